using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>The door: who came, and what becomes of the seats of those who did not (DOMAIN.md rule 8). Not thread-safe: one per request.</summary>
public sealed class CheckIns(LibraryDbContext db, LibraryCalendar calendar, Absences absences)
{
    /// <summary>
    /// Lets somebody in by their ticket code. After the unclaimed seats have been released, those who wait at the door or come
    /// late take what is left; a late-comer's strike is lifted.
    /// </summary>
    /// <param name="ticket">The code, however typed.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Outcome<Registration>> CheckInAsync(string ticket, CancellationToken stop = default)
    {
        if (TicketCode.Normalise(ticket) is not { } code) return ProgramRefusals.NotATicket;
        var sessionId = await db.Registrations.Where(one => one.TicketCode == code).Select(one => one.SessionId).SingleOrDefaultAsync(stop);

        return await db.WriteInTurnAsync<Outcome<Registration>>(Turn.Session, sessionId, async inner =>
        {
            var registration = await db.Registrations.Include(one => one.Session.Program).SingleOrDefaultAsync(one => one.TicketCode == code, inner);
            if (registration is null) return ProgramRefusals.UnknownRegistration;
            var stayedAway = registration.Status == RegistrationStatus.NoShow;
            if (registration.CheckIn(calendar.Now) is { } no) return no;

            if (stayedAway) await absences.LiftAsync(registration.Subject, inner);
            await db.SaveChangesAsync(inner);
            return registration;
        }, stop);
    }

    /// <summary>
    /// Releases the seats that nobody claimed by the end of the check-in: down the queue while the session has not begun, to
    /// whoever is at the door afterwards. For a job: idempotent, and bounded, so it is called again until it answers 0.
    /// </summary>
    /// <param name="mostSessions">The most sessions that one call looks at.</param>
    /// <param name="stop">Ends the work after the session under way.</param>
    /// <returns>How many sessions were released.</returns>
    public async Task<int> ReleaseNoShowsAsync(int mostSessions = 50, CancellationToken stop = default)
    {
        var now = calendar.Now;
        var due = await db.Sessions.AsNoTracking()
            .Where(session => session.ReleasedAt == null && session.CheckInClosesAt <= now && session.Status == SessionStatus.Scheduled)
            .OrderBy(session => session.CheckInClosesAt).Take(mostSessions).Select(session => session.Id).ToListAsync(stop);
        foreach (var sessionId in due) await db.WriteInTurnAsync(Turn.Session, sessionId, inner => ReleaseAsync(sessionId, now, inner), stop);
        return due.Count;
    }

    private async Task<bool> ReleaseAsync(long sessionId, DateTime now, CancellationToken stop)
    {
        var session = await db.Sessions.Include(one => one.Program).SingleAsync(one => one.Id == sessionId, stop);
        if (session.ReleasedAt is not null || session.Status == SessionStatus.Cancelled || !(session.CheckInClosesAt <= now)) return false;

        var absent = await db.Registrations
            .Where(one => one.SessionId == sessionId && one.Status == RegistrationStatus.Confirmed).OrderBy(one => one.Id).ToListAsync(stop);
        foreach (var registration in absent)
        {
            registration.StayAway();
            if (session.Program.StrikesNoShows && registration.MemberId is { } memberId)
                await absences.GiveAsync(memberId, registration.Subject, registration.Culture, session.Program.LocalTitle, session.StartsAt, stop);
        }

        session.Release(now);
        await db.OfferFreeSeatsAsync(session, calendar, stop);
        await db.SaveChangesAsync(stop);
        return true;
    }
}
