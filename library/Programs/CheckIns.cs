using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>One row of the list at the door.</summary>
/// <param name="RegistrationId">The registration.</param>
/// <param name="TicketCode">Its ticket code, as stored.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Seats">How many come.</param>
/// <param name="Name">Who; null once forgotten.</param>
/// <param name="GroupName">The group; null where it is none.</param>
/// <param name="Age">The age on the day, where the program asks.</param>
/// <param name="Needs">What the library was asked to arrange.</param>
/// <param name="GuardianAllowsPhotographs">Whether a guardian has agreed to pictures of a child; false says nothing about grown-ups.</param>
public sealed record DoorListRow(
    long RegistrationId, string TicketCode, RegistrationStatus Status, int Seats, string? Name, string? GroupName, int? Age,
    IReadOnlyList<AccommodationKind> Needs, bool GuardianAllowsPhotographs);

/// <summary>The door: who came, and what becomes of the seats of those who did not (DOMAIN.md rule 8). Not thread-safe: one per request.</summary>
public sealed class CheckIns(LibraryDbContext db, LibraryCalendar calendar, Absences absences)
{
    /// <summary>The most rows in one stretch of the list at the door.</summary>
    public const int MostRows = 200;

    /// <summary>
    /// Lets somebody in by their ticket code. After the unclaimed seats have been released, those who wait at the door or come
    /// late take what is left; a late-comer's strike is lifted.
    /// </summary>
    /// <param name="ticket">The code, however typed.</param>
    /// <param name="by">Who stands at the door.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Outcome<Registration>> CheckInAsync(string ticket, Actor by, CancellationToken stop = default)
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
            db.Audit(by, "registration.checked_in", registration.Subject, calendar.Now);
            await db.SaveChangesAsync(inner);
            return registration;
        }, stop);
    }

    /// <summary>
    /// The list at the door: who has a seat, who waits, what they need, whether pictures may be taken. A view of other people's
    /// records, so it leaves an audit line.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="after">The last registration of the stretch before; null for the first stretch.</param>
    /// <param name="size">How many rows, at most <see cref="MostRows"/>.</param>
    /// <param name="by">Who reads it.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<IReadOnlyList<DoorListRow>> ListAsync(long sessionId, long? after, int size, Actor by, CancellationToken stop = default)
    {
        var rows = await (
            from registration in db.Registrations.AsNoTracking().ThatCount()
            where registration.SessionId == sessionId && (after == null || registration.Id > after)
            join member in db.Members on registration.MemberId equals (long?)member.Id into members
            from member in members.DefaultIfEmpty()
            orderby registration.Id
            select new DoorListRow(registration.Id, registration.TicketCode, registration.Status, registration.Seats,
                member == null ? registration.Name : member.Name, registration.GroupName, registration.Age,
                registration.Needs.Select(need => need.Kind).ToList(),
                registration.Consents.Any(consent => consent.Purpose == GuardianConsentPurpose.Photographs && consent.WithdrawnAt == null)))
            .Take(Math.Clamp(size, 1, MostRows)).ToListAsync(stop);
        if (rows.Count == 0) return rows;

        await db.WriteAsync(async inner =>
        {
            db.Audit(by, "session.registrants_viewed", new Subject("session", sessionId), calendar.Now, after: new { Registrations = rows.Select(row => row.RegistrationId) });
            await db.SaveChangesAsync(inner);
        }, stop);
        return rows;
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
            if (session.Program.StrikesNoShows && !registration.WasMovedByClosure && registration.MemberId is { } memberId)
                await absences.GiveAsync(memberId, registration.Subject, registration.Culture, session.Program.LocalTitle, session.StartsAt, stop);
        }

        session.Release(now);
        await db.OfferFreeSeatsAsync(session, calendar, stop);
        await db.SaveChangesAsync(stop);
        return true;
    }
}
