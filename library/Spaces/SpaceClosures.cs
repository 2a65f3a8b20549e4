using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>
/// A closure announced late moves the bookings that it shuts out to the nearest free slots of the same space and length, the same
/// day or the next open one, or cancels them. Notice and limits are waived, for the fault is the library's; organisers are told
/// and nobody gets a strike (DOMAIN.md rules 1 and 8).
/// </summary>
internal sealed class SpaceClosures(LibraryCalendar calendar, LibrarySettings settings) : IClosureListener
{
    public async Task<Outcome<IReadOnlyList<AffectedByClosure>>> ApplyAsync(LibraryDbContext db, AnnouncedClosure closure, Actor by, CancellationToken stop)
    {
        var guardians = new Guardians(db, calendar, settings);
        var bookings = new Bookings(db, calendar, settings, new(db, calendar, settings, guardians), guardians);
        var (hours, settled) = (new ChangedHours(calendar, db, closure.Exception), new List<AffectedByClosure>());
        foreach (var booking in await AffectedAsync(db, closure.Exception, hours, stop))
        {
            var branch = (await hours.AtAsync(booking.Space.BranchId, stop)).Hours;
            var answer = await closure.SettleAsync(
                new AffectedByClosure(booking.Subject, booking.Title, booking.MemberId, calendar.DateOf(booking.StartsAt), null), booking.When,
                SlotsFrom(booking, branch), to => bookings.MoveByClosureAsync(booking, to, branch, closure.Exception.Name, by, stop),
                () => bookings.CancelAsync(booking, closure.Exception.Name, by, stop), calendar);
            if (answer.Refusal is { } no) return no;
            settled.Add(answer.Value);
        }

        return settled;
    }

    private static async Task<List<Booking>> AffectedAsync(LibraryDbContext db, CalendarException announced, ChangedHours hours, CancellationToken stop)
    {
        var (from, until) = hours.Span;
        var touched = await db.Bookings.Include(booking => booking.Space.Kind).Include(booking => booking.Equipment)
            .Where(booking => (booking.Status == BookingStatus.Requested || booking.Status == BookingStatus.Confirmed)
                && (announced.BranchId == null || booking.Space.BranchId == announced.BranchId)
                && booking.HeldUntil > from && booking.StartsAt >= from && booking.StartsAt < until)
            .OrderBy(booking => booking.StartsAt).ThenBy(booking => booking.Id).ToListAsync(stop);
        var affected = new List<Booking>();
        foreach (var booking in touched)
            if ((await hours.AtAsync(booking.Space.BranchId, stop)).ShutsOut(booking.When)) affected.Add(booking);
        return affected;
    }

    /// <summary>The space's slots from that day on, on each day the nearest in the day first.</summary>
    private IEnumerable<Interval> SlotsFrom(Booking booking, BranchCalendar branch)
    {
        var (use, slot) = (booking.When, booking.Space.Slot);
        return Enumerable.Range(0, AnnouncedClosure.SearchDays + 1).SelectMany(days =>
        {
            var sameTime = use.Start.AddDays(days);
            return branch.OpeningsOn(calendar.DateOf(use.Start).AddDays(days)).SelectMany(Slots).OrderBy(one => (one.Start - sameTime).Duration()).ThenBy(one => one.Start);
        });

        IEnumerable<Interval> Slots((DateTime Opens, DateTime Closes) opening)
        {
            for (var start = opening.Opens; start + use.Duration <= opening.Closes; start += slot)
                yield return new Interval(start, start + use.Duration);
        }
    }
}
