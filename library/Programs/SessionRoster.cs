using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>Somebody on the list of a session, as staff see them.</summary>
/// <param name="Registration">The registration, with its needs and consents.</param>
/// <param name="Name">Who; null once forgotten.</param>
/// <param name="Email">Where they can be written to; null where they did not say, or once forgotten.</param>
/// <param name="Phone">Where they can be called; members only.</param>
public sealed record RosterRow(Registration Registration, string? Name, string? Email, string? Phone)
{
    /// <summary>Whether a guardian has agreed to pictures of a child; false says nothing about grown-ups.</summary>
    public bool GuardianAllowsPhotographs => Registration.Consents.Any(consent => consent.Purpose == GuardianConsentPurpose.Photographs && consent.WithdrawnAt is null);
}

/// <summary>Who takes part in a session. Not thread-safe: one per request.</summary>
public sealed class SessionRoster(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>The most rows of a list: the largest hall, twice.</summary>
    public const int MostRows = 1000;

    /// <summary>
    /// Those who have a seat, by name, and then those who wait, in the order of the queue. A view of other people's records, so it
    /// leaves an audit line.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="by">Who reads it.</param>
    /// <param name="stop">Ends the search.</param>
    public Task<IReadOnlyList<RosterRow>> OfAsync(long sessionId, Actor by, CancellationToken stop = default) => db.WriteAsync<IReadOnlyList<RosterRow>>(async inner =>
    {
        var rows = await (
            from registration in db.Registrations.AsNoTracking().Include(one => one.Needs).Include(one => one.Consents).AsSplitQuery().ThatCount()
            where registration.SessionId == sessionId
            join member in db.Members on registration.MemberId equals (long?)member.Id into members
            from member in members.DefaultIfEmpty()
            orderby registration.Id
            select new RosterRow(
                registration,
                member == null ? registration.Name : member.Name,
                member == null ? registration.Email : member.Email,
                member == null ? null : member.Phone)).Take(MostRows).ToListAsync(inner);
        if (rows.Count == 0) return rows;

        db.Audit(by, "session.registrants_viewed", new Subject("session", sessionId), calendar.Now, after: new { Registrations = rows.Count });
        await db.SaveChangesAsync(inner);
        return [.. rows.OrderBy(row => Waits(row.Registration)).ThenBy(row => Waits(row.Registration) ? "" : row.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(row => row.Registration.Id)];
    }, stop);

    private static bool Waits(Registration registration) => registration.Status == RegistrationStatus.Waiting;
}
