using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>A closure announced late cancels the sessions that it leaves without an open door; their people are told and nobody gets a strike.</summary>
internal sealed class ProgramClosures(LibraryCalendar calendar, LibrarySettings settings) : IClosureListener
{
    public async Task<IReadOnlyList<AffectedByClosure>> AffectedByAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop) =>
        [.. (await AffectedAsync(db, announced, stop)).Select(Describe)];

    public async Task<IReadOnlyList<AffectedByClosure>> ApplyAsync(LibraryDbContext db, CalendarException announced, Actor by, CancellationToken stop)
    {
        var planning = new ProgramPlanning(db, calendar, settings);
        var affected = await AffectedAsync(db, announced, stop);
        foreach (var session in affected) await planning.CancelAsync(session, announced.Name, by, stop);
        return [.. affected.Select(Describe)];
    }

    private async Task<List<Session>> AffectedAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop)
    {
        var hours = new ChangedHours(calendar, db, announced);
        var (from, until) = hours.Span;
        var touched = await db.Sessions.Include(session => session.Program)
            .Where(session => session.Status == SessionStatus.Scheduled && session.BranchId != null
                && (announced.BranchId == null || session.BranchId == announced.BranchId)
                && session.StartsAt < until && session.EndsAt > from)
            .OrderBy(session => session.StartsAt).ToListAsync(stop);
        var affected = new List<Session>();
        foreach (var session in touched)
        {
            // An exhibition of a month outlasts a holiday; what begins on the closed day does not happen.
            if (session.StartsAt >= from && await hours.ShutOutAsync(session.BranchId!.Value, session.When, stop)) affected.Add(session);
        }

        return affected;
    }

    private AffectedByClosure Describe(Session session) =>
        new(session.Subject, session.Program.Title, null, calendar.DateOf(session.StartsAt), null);
}
