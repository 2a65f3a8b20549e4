using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>What was told about bookings, looked at once more before it is sent (DOMAIN.md rule 14).</summary>
internal sealed class SpaceMessageCheck(LibraryCalendar calendar) : IMessageCheck
{
    public bool Knows(string kind) => kind.StartsWith("spaces.", StringComparison.Ordinal);

    public async Task<bool> IsStillTrueAsync(LibraryDbContext db, OutboxMessage message, CancellationToken stop)
    {
        var id = long.Parse(message.Subject.AsSpan(message.Subject.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var (booking, now) = (db.Bookings.Where(one => one.Id == id), calendar.Now);
        return message.Kind switch
        {
            "spaces.reminder" => await booking.AnyAsync(one => one.Status == BookingStatus.Confirmed && one.StartsAt > now, stop),
            "spaces.confirmed" or "spaces.approved" => await booking.AnyAsync(one => one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.CheckedIn, stop),
            "spaces.requested" => await booking.AnyAsync(one => one.Status == BookingStatus.Requested || one.Status == BookingStatus.Confirmed, stop),
            "spaces.moved" => await booking.AnyAsync(one => one.Status == BookingStatus.Requested || one.Status == BookingStatus.Confirmed, stop),
            _ => true,
        };
    }
}
