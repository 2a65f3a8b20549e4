using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Visits;

/// <summary>
/// A closure announced late moves the class visits that it shuts out to the next free slot of their offer, or cancels them. The
/// notice is waived, for the fault is the library's; the school is told, and gets its visit back if it does not want the new
/// time (DOMAIN.md rules 1 and 9).
/// </summary>
internal sealed class VisitClosures(LibraryCalendar calendar, LibrarySettings settings) : IClosureListener
{
    public async Task<Outcome<IReadOnlyList<AffectedByClosure>>> ApplyAsync(LibraryDbContext db, AnnouncedClosure closure, Actor by, CancellationToken stop)
    {
        var (visits, settled) = (new ClassVisits(db, calendar, settings), new List<AffectedByClosure>());
        foreach (var visit in await AffectedAsync(db, closure.Exception, stop))
        {
            var answer = await closure.SettleAsync(
                new AffectedByClosure(visit.Subject, $"{visit.Offer.Name}: {visit.School.Name}", null, calendar.DateOf(visit.StartsAt), null), visit.When,
                SlotsFrom(visit), to => visits.MoveByClosureAsync(visit, to.Start, closure.Exception.Name, by, stop),
                () => visits.CancelAsync(visit, closure.Exception.Name, CancelledBy.Library, by, stop), calendar);
            if (answer.Refusal is { } no) return no;
            settled.Add(answer.Value);
        }

        return settled;
    }

    private async Task<List<Visit>> AffectedAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop)
    {
        var hours = new ChangedHours(calendar, db, announced);
        var (from, until) = hours.Span;
        var touched = await db.Visits.Include(visit => visit.School).Include(visit => visit.Offer.Times)
            .Where(visit => (visit.Status == VisitStatus.Requested || visit.Status == VisitStatus.Approved)
                && (announced.BranchId == null || visit.Offer.BranchId == announced.BranchId)
                && visit.StartsAt >= from && visit.StartsAt < until)
            .OrderBy(visit => visit.StartsAt).ToListAsync(stop);
        var affected = new List<Visit>();
        foreach (var visit in touched)
            if ((await hours.AtAsync(visit.Offer.BranchId, stop)).ShutsOut(visit.When)) affected.Add(visit);
        return affected;
    }

    /// <summary>The offer's times from that day on, on each day the nearest in the day first.</summary>
    private IEnumerable<Interval> SlotsFrom(Visit visit)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(visit.StartsAt, calendar.Zone);
        var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        return
            from days in Enumerable.Range(0, AnnouncedClosure.SearchDays + 1)
            let day = date.AddDays(days)
            from slot in visit.Offer.Times.Where(one => one.Day == day.DayOfWeek)
                .OrderBy(one => (one.StartsAt.ToTimeSpan() - time.ToTimeSpan()).Duration()).ThenBy(one => one.StartsAt)
            let start = calendar.InstantOf(day, slot.StartsAt)
            where start != visit.StartsAt
            select new Interval(start, start + visit.When.Duration);
    }
}
