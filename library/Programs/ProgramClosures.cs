using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>
/// A closure announced late moves the sessions that it leaves without an open door to the same time of the next open day on
/// which their place is free, or cancels them; their people are told and nobody gets a strike (DOMAIN.md rules 1 and 8).
/// </summary>
internal sealed class ProgramClosures(LibraryCalendar calendar, LibrarySettings settings) : IClosureListener
{
    public async Task<Outcome<IReadOnlyList<AffectedByClosure>>> ApplyAsync(LibraryDbContext db, AnnouncedClosure closure, Actor by, CancellationToken stop)
    {
        var (planning, hours, settled) = (new ProgramPlanning(db, calendar, settings), new ChangedHours(calendar, db, closure.Exception), new List<AffectedByClosure>());
        foreach (var session in await AffectedAsync(db, closure.Exception, hours, stop))
        {
            var branch = await hours.AtAsync(session.BranchId!.Value, stop);
            var answer = await closure.SettleAsync(
                new AffectedByClosure(session.Subject, session.Program.Title, null, calendar.DateOf(session.StartsAt), null), session.When,
                branch.SameTimeLater(session.When),
                async to => branch.ShutsOut(to) ? SpaceRefusals.Closed(calendar.DateOf(to.Start))
                    : await ClashesAsync(db, session, to, stop) ? ProgramRefusals.ClashesWithSession(calendar.DateOf(to.Start))
                    : await planning.MoveByClosureAsync(session, to, closure.Exception.Name, by, stop),
                () => planning.CancelAsync(session, closure.Exception.Name, by, stop), calendar);
            if (answer.Refusal is { } no) return no;
            settled.Add(answer.Value);
        }

        return settled;
    }

    private static async Task<List<Session>> AffectedAsync(LibraryDbContext db, CalendarException announced, ChangedHours hours, CancellationToken stop)
    {
        var (from, until) = hours.Span;
        var touched = await db.Sessions.Include(session => session.Program)
            .Where(session => session.Status == SessionStatus.Scheduled && session.BranchId != null
                && (announced.BranchId == null || session.BranchId == announced.BranchId)
                // An exhibition of a month outlasts a holiday; what begins on the closed day does not happen.
                && session.StartsAt >= from && session.StartsAt < until)
            .OrderBy(session => session.StartsAt).ToListAsync(stop);
        var affected = new List<Session>();
        foreach (var session in touched)
            if ((await hours.AtAsync(session.BranchId!.Value, stop)).ShutsOut(session.When)) affected.Add(session);
        return affected;
    }

    /// <summary>
    /// Another session of the program is at that time, or one at the very same place outside the spaces, which have a timetable of
    /// their own. Exhibitions share their place with whatever goes on around them.
    /// </summary>
    private static Task<bool> ClashesAsync(LibraryDbContext db, Session session, Interval to, CancellationToken stop) =>
        db.Sessions.AnyAsync(other => other.Id != session.Id && other.Status == SessionStatus.Scheduled && other.StartsAt < to.End && other.EndsAt > to.Start
            && (other.ProgramId == session.ProgramId
                || (session.PlaceKind == PlaceKind.Branch && other.PlaceKind == PlaceKind.Branch && other.BranchId == session.BranchId
                    && other.PlaceWords == session.PlaceWords && session.Program.Kind != ProgramKind.Exhibition && other.Program.Kind != ProgramKind.Exhibition)), stop);
}
