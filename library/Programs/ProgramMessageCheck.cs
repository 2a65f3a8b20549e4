using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>What was told about seats, looked at once more before it is sent (DOMAIN.md rule 14).</summary>
internal sealed class ProgramMessageCheck(LibraryCalendar calendar) : IMessageCheck
{
    public bool Knows(string kind) => kind.StartsWith("programs.", StringComparison.Ordinal);

    public async Task<bool> IsStillTrueAsync(LibraryDbContext db, OutboxMessage message, CancellationToken stop)
    {
        var id = long.Parse(message.Subject.AsSpan(message.Subject.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var (registration, now) = (db.Registrations.Where(one => one.Id == id), calendar.Now);
        return message.Kind switch
        {
            ProgramMessages.Reminder => await registration.AnyAsync(one => one.Status == RegistrationStatus.Confirmed && one.Session.StartsAt > now, stop),
            ProgramMessages.Registered => await registration.AnyAsync(one => one.Status == RegistrationStatus.Confirmed || one.Status == RegistrationStatus.Attended, stop),
            ProgramMessages.Waitlisted => await registration.AnyAsync(one => one.Status == RegistrationStatus.Waiting, stop),
            ProgramMessages.Offered => await registration.AnyAsync(one => one.Status == RegistrationStatus.Offered && one.OfferExpiresAt > now, stop),
            ProgramMessages.News => await registration.AnyAsync(one => one.ActiveKey != null, stop),
            ProgramMessages.SessionMoved => await registration.AnyAsync(one => one.ActiveKey != null && one.Session.EndsAt > now, stop),
            _ => true,
        };
    }
}
