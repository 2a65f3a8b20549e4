using Metro.Library.Calendar;
using Metro.Library.Time;

namespace Metro.Library.Spaces;

/// <summary>
/// Which uses of a branch a newly announced exception shuts out: all on a closed day; under other hours, those that had been
/// within the ordinary ones and no longer fit. What was planned outside opening hours on purpose stays.
/// </summary>
internal sealed class ChangedHours(LibraryCalendar calendar, LibraryDbContext db, CalendarException announced)
{
    private readonly Dictionary<long, (BranchCalendar After, WeeklyHours Ordinary)> branches = [];

    /// <summary>The instants between which something may have changed, but not before now.</summary>
    public (DateTime From, DateTime Until) Span
    {
        get
        {
            var from = calendar.StartOf(announced.From);
            return (from > calendar.Now ? from : calendar.Now, calendar.EndOf(announced.To));
        }
    }

    public async Task<bool> ShutOutAsync(long branchId, Interval use, CancellationToken stop)
    {
        if (!branches.TryGetValue(branchId, out var hours))
        {
            var branch = await db.Branches.FindAsync([branchId], stop) ?? throw new InvalidOperationException($"There is no branch {branchId}.");
            // A preview asks before the exception is saved; with it twice the answer is the same.
            hours = ((await calendar.OfAsync(db, branchId, stop)).With(announced), branch.Week);
            branches[branchId] = hours;
        }

        var date = calendar.DateOf(use.Start);
        if (!announced.Covers(date)) return false;
        if (!hours.After.IsOpenOn(date)) return true;

        var wasWithin = hours.Ordinary[date.DayOfWeek].Intervals
            .Any(open => calendar.InstantOf(date, open.Opens) <= use.Start && use.End <= calendar.InstantOf(date, open.Closes));
        return wasWithin && !hours.After.OpeningsOn(date).Any(open => open.Opens <= use.Start && use.End <= open.Closes);
    }
}
