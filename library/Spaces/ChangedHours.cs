using Metro.Library.Calendar;
using Metro.Library.Time;

namespace Metro.Library.Spaces;

/// <summary>
/// Which uses of a branch a newly announced exception shuts out: all on a closed day; under other hours, those that had been
/// within the ordinary ones and no longer fit. What was planned outside opening hours on purpose stays.
/// </summary>
internal sealed class ChangedHours(LibraryCalendar calendar, LibraryDbContext db, CalendarException announced)
{
    private readonly Dictionary<long, BranchAfterwards> branches = [];

    /// <summary>The instants between which something may have changed, but not before now.</summary>
    public (DateTime From, DateTime Until) Span
    {
        get
        {
            var from = calendar.StartOf(announced.From);
            return (from > calendar.Now ? from : calendar.Now, calendar.EndOf(announced.To));
        }
    }

    /// <summary>The hours of a branch with the exception, which is in the database already.</summary>
    public async Task<BranchAfterwards> AtAsync(long branchId, CancellationToken stop)
    {
        if (branches.TryGetValue(branchId, out var known)) return known;
        var branch = await db.Branches.FindAsync([branchId], stop) ?? throw new InvalidOperationException($"There is no branch {branchId}.");
        return branches[branchId] = new BranchAfterwards(calendar, announced, await calendar.OfAsync(db, branchId, stop), branch.Week);
    }
}

/// <summary>A branch once the exception holds.</summary>
internal sealed class BranchAfterwards(LibraryCalendar calendar, CalendarException announced, BranchCalendar hours, WeeklyHours ordinary)
{
    public BranchCalendar Hours => hours;

    /// <summary>Whether the exception, and nothing else, keeps this use from taking place.</summary>
    public bool ShutsOut(Interval use) => announced.Covers(calendar.DateOf(use.Start)) && !Suits(use, use);

    /// <summary>Whether the branch is open for this use at another time, as far as it was at the first.</summary>
    public bool Suits(Interval use, Interval elsewhere)
    {
        var date = calendar.DateOf(elsewhere.Start);
        return hours.IsOpenOn(date) && (!WasWithinOrdinaryHours(use) || hours.OpeningsOn(date).Any(open => open.Opens <= elsewhere.Start && elsewhere.End <= open.Closes));
    }

    /// <summary>The same time of day on the days after, as far as another place is looked for.</summary>
    public IEnumerable<Interval> SameTimeLater(Interval use)
    {
        var (date, time) = (calendar.DateOf(use.Start), TimeOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(use.Start, calendar.Zone)));
        return Enumerable.Range(1, AnnouncedClosure.SearchDays).Select(days => calendar.InstantOf(date.AddDays(days), time))
            .Select(start => new Interval(start, start + use.Duration)).Where(later => Suits(use, later));
    }

    private bool WasWithinOrdinaryHours(Interval use)
    {
        var date = calendar.DateOf(use.Start);
        return ordinary[date.DayOfWeek].Intervals
            .Any(open => calendar.InstantOf(date, open.Opens) <= use.Start && use.End <= calendar.InstantOf(date, open.Closes));
    }
}
