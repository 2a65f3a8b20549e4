using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Visits;

/// <summary>A closure announced late cancels the class visits that it shuts out; the school is told and gets its visit back.</summary>
internal sealed class VisitClosures(LibraryCalendar calendar, LibrarySettings settings) : IClosureListener
{
    public async Task<IReadOnlyList<AffectedByClosure>> AffectedByAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop) =>
        [.. (await AffectedAsync(db, announced, stop)).Select(Describe)];

    public async Task<IReadOnlyList<AffectedByClosure>> ApplyAsync(LibraryDbContext db, CalendarException announced, Actor by, CancellationToken stop)
    {
        var visits = new ClassVisits(db, calendar, settings);
        var affected = await AffectedAsync(db, announced, stop);
        foreach (var visit in affected) await visits.CancelAsync(visit, announced.Name, CancelledBy.Library, by, stop);
        return [.. affected.Select(Describe)];
    }

    private async Task<List<Visit>> AffectedAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop)
    {
        var hours = new ChangedHours(calendar, db, announced);
        var (from, until) = hours.Span;
        var touched = await db.Visits.Include(visit => visit.School).Include(visit => visit.Offer)
            .Where(visit => (visit.Status == VisitStatus.Requested || visit.Status == VisitStatus.Approved)
                && (announced.BranchId == null || visit.Offer.BranchId == announced.BranchId)
                && visit.StartsAt >= from && visit.StartsAt < until)
            .OrderBy(visit => visit.StartsAt).ToListAsync(stop);
        var affected = new List<Visit>();
        foreach (var visit in touched)
            if (await hours.ShutOutAsync(visit.Offer.BranchId, visit.When, stop)) affected.Add(visit);
        return affected;
    }

    private AffectedByClosure Describe(Visit visit) =>
        new(visit.Subject, $"{visit.Offer.Name}: {visit.School.Name}", null, calendar.DateOf(visit.StartsAt), null);
}
