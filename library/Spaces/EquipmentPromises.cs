using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>One booking to come that has some of a thing.</summary>
/// <param name="Booking">The booking.</param>
/// <param name="Title">What it is for.</param>
/// <param name="Space">Where it is.</param>
/// <param name="StartsAt">When it starts, in UTC.</param>
/// <param name="EndsAt">When it ends, in UTC.</param>
/// <param name="Count">How many it has.</param>
public sealed record EquipmentUse(Subject Booking, string Title, LocalText Space, DateTime StartsAt, DateTime EndsAt, int Count);

/// <summary>What of a thing is promised from now on.</summary>
/// <param name="Uses">The bookings that have it, in order of their start; at most <see cref="MostUses"/>.</param>
/// <param name="MostAtOnce">How many are out at most at one time, setting up and cleaning included.</param>
public sealed record EquipmentPromises(IReadOnlyList<EquipmentUse> Uses, int MostAtOnce)
{
    /// <summary>The most bookings that are looked at.</summary>
    public const int MostUses = 2000;

    internal static async Task<EquipmentPromises> OfAsync(LibraryDbContext db, long equipmentId, DateTime now, CancellationToken stop)
    {
        var uses = await db.Bookings.AsNoTracking()
            .Where(one => (one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.CheckedIn) && one.HeldUntil > now)
            .SelectMany(one => one.Equipment, (one, used) => new { Booking = one, one.Space, used.EquipmentId, used.Count })
            .Where(one => one.EquipmentId == equipmentId)
            .OrderBy(one => one.Booking.StartsAt).ThenBy(one => one.Booking.Id).Take(MostUses)
            .Select(one => new { one.Booking.Id, one.Booking.Title, one.Space.Name, one.Space.NameEnglish, one.Booking.StartsAt, one.Booking.EndsAt, one.Booking.HeldFrom, one.Booking.HeldUntil, one.Count })
            .ToListAsync(stop);
        var atOnce = uses.Count == 0 ? 0 : new Interval(now, uses.Max(one => one.HeldUntil)).MaximumOf(uses.Select(one => (new Interval(one.HeldFrom, one.HeldUntil), one.Count)));
        return new([.. uses.Select(one => new EquipmentUse(new("booking", one.Id), one.Title, new(one.Name, one.NameEnglish), one.StartsAt, one.EndsAt, one.Count))], atOnce);
    }
}
