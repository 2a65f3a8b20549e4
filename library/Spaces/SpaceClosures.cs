using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>A closure announced late cancels the bookings that it shuts out; organisers are told and nobody gets a strike (DOMAIN.md rule 8).</summary>
internal sealed class SpaceClosures(LibraryCalendar calendar, LibrarySettings settings) : IClosureListener
{
    public async Task<IReadOnlyList<AffectedByClosure>> AffectedByAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop) =>
        [.. (await AffectedAsync(db, announced, stop)).Select(Describe)];

    public async Task<IReadOnlyList<AffectedByClosure>> ApplyAsync(LibraryDbContext db, CalendarException announced, Actor by, CancellationToken stop)
    {
        var bookings = new Bookings(db, calendar, settings, new(db, calendar, settings), new(db, calendar, settings));
        var affected = await AffectedAsync(db, announced, stop);
        foreach (var booking in affected) await bookings.CancelAsync(booking, announced.Name, by, stop);
        return [.. affected.Select(Describe)];
    }

    private async Task<List<Booking>> AffectedAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop)
    {
        var hours = new ChangedHours(calendar, db, announced);
        var (from, until) = hours.Span;
        var touched = await db.Bookings.Include(booking => booking.Space.Kind)
            .Where(booking => (booking.Status == BookingStatus.Requested || booking.Status == BookingStatus.Confirmed)
                && (announced.BranchId == null || booking.Space.BranchId == announced.BranchId)
                && booking.HeldUntil > from && booking.StartsAt >= from && booking.StartsAt < until)
            .OrderBy(booking => booking.StartsAt).ToListAsync(stop);
        var affected = new List<Booking>();
        foreach (var booking in touched)
            if (await hours.ShutOutAsync(booking.Space.BranchId, booking.When, stop)) affected.Add(booking);
        return affected;
    }

    private AffectedByClosure Describe(Booking booking) =>
        new(booking.Subject, booking.Title, booking.MemberId, calendar.DateOf(booking.StartsAt), null);
}
