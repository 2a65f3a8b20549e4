using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Attendance;

/// <summary>
/// Forgets people who registered or booked without being members, some time after they were there; that a seat or a room was used
/// stays, for the statistics (DOMAIN.md rule 11). Not thread-safe: one per request.
/// </summary>
public sealed class VisitorPrivacy(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>For a job: idempotent, and bounded, so it is called again until it answers 0.</summary>
    /// <param name="most">The most registrations, and the most bookings, that one call forgets.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>How many registrations and bookings were unlinked from their people.</returns>
    public Task<int> ForgetAsync(int most = 200, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var before = calendar.Now.AddDays(-settings.KeepVisitorsDays);
        var registrations = await db.Registrations.Include(one => one.Needs).Include(one => one.Consents)
            .Where(one => one.Email != null && one.MemberId == null && one.Session.EndsAt < before).OrderBy(one => one.Id).Take(most).ToListAsync(inner);
        var bookings = await db.Bookings
            .Where(one => one.Email != null && one.MemberId == null && one.EndsAt < before).OrderBy(one => one.Id).Take(most).ToListAsync(inner);

        var subjects = registrations.Select(one => one.Subject.ToString()).Concat(bookings.Select(one => one.Subject.ToString())).ToList();
        db.RemoveRange(await db.OutboxMessages.Where(message => subjects.Contains(message.Subject)).ToListAsync(inner));
        foreach (var registration in registrations) registration.ForgetPerson();
        foreach (var booking in bookings) booking.ForgetPerson();
        await db.SaveChangesAsync(inner);
        return registrations.Count + bookings.Count;
    }, stop);
}
