using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Visits;

/// <summary>A time at which a class could come.</summary>
/// <param name="Date">The day, by the library's clock.</param>
/// <param name="Time">The time, by the library's clock.</param>
/// <param name="StartsAt">When it would start, in UTC.</param>
/// <param name="EndsAt">When it would end, in UTC.</param>
/// <param name="IsFree">Whether nobody has it. A free slot is a hint: the write decides (DOMAIN.md rule 7).</param>
public sealed record VisitSlot(DateOnly Date, TimeOnly Time, DateTime StartsAt, DateTime EndsAt, bool IsFree);

/// <summary>The slots of an offer: the weekly pattern, minus closures, minus what is taken. Not thread-safe: one per request.</summary>
public sealed class VisitSlots(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>The most days that one question covers.</summary>
    public const int MostDays = 62;

    /// <summary>The slots from one day to another that a school can still ask for, both included, at most <see cref="MostDays"/> days.</summary>
    public Task<Outcome<IReadOnlyList<VisitSlot>>> BetweenAsync(long offerId, DateOnly from, DateOnly to, CancellationToken stop = default) =>
        BetweenAsync(offerId, from, to, byStaff: false, stop);

    /// <summary>As <see cref="BetweenAsync(long, DateOnly, DateOnly, CancellationToken)"/>; staff agree on a visit at shorter notice than schools can ask for.</summary>
    /// <param name="offerId">The offer.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="byStaff">Whether it is staff who ask.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<Outcome<IReadOnlyList<VisitSlot>>> BetweenAsync(long offerId, DateOnly from, DateOnly to, bool byStaff, CancellationToken stop = default)
    {
        if (to.DayNumber - from.DayNumber >= MostDays) return SpaceRefusals.SpanTooLong(MostDays);
        var offer = await db.VisitOffers.AsNoTracking().Include(one => one.Times).SingleOrDefaultAsync(one => one.Id == offerId && one.IsActive, stop);
        if (offer is null) return VisitRefusals.UnknownOffer(offerId);

        // Only now are the days clipped to those that make sense: a year 1066 has no slots, it is no error.
        var (first, last) = (Later(from, calendar.Today.AddDays(byStaff ? 0 : offer.NoticeDays)), Earlier(to, calendar.Today.AddDays(offer.DaysAhead)));
        if (last < first) return Array.Empty<VisitSlot>();

        var branch = await calendar.OfAsync(db, offer.BranchId, stop);
        var (start, end) = (calendar.StartOf(first), calendar.EndOf(last));
        var space = offer.SpaceId is { } spaceId ? await db.Spaces.AsNoTracking().SingleAsync(one => one.Id == spaceId, stop) : null;
        var guides = await db.Set<GuidesQuarter>().Where(one => one.Guides == offer.Guides && one.StartsAt >= start && one.StartsAt < end)
            .Select(one => one.StartsAt).ToHashSetAsync(stop);
        var room = await db.Set<OccupiedQuarter>().Where(one => one.SpaceId == offer.SpaceId && one.StartsAt >= start && one.StartsAt < end)
            .Select(one => one.StartsAt).ToHashSetAsync(stop);

        var slots = new List<VisitSlot>();
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            foreach (var time in offer.Times.Where(one => one.Day == date.DayOfWeek).Select(one => one.StartsAt).Order())
            {
                if (offer.VisitAt(date, time, calendar, branch) is not { } visit || visit.Start <= calendar.Now) continue;
                var free = !visit.Cells(Occupancy.Quarter).Any(guides.Contains)
                    && !(space is not null && space.Held(visit).Cells(Occupancy.Quarter).Any(room.Contains));
                slots.Add(new VisitSlot(date, time, visit.Start, visit.End, free));
            }
        }

        return slots;
    }

    /// <summary>The free slots of an offer that are nearest to a day, the nearest first; none where the offer is not made.</summary>
    public async Task<IReadOnlyList<VisitSlot>> NearestFreeAsync(long offerId, DateOnly wished, int most = 5, CancellationToken stop = default)
    {
        wished = Later(calendar.Today, Earlier(wished, calendar.Today.AddDays(Bookings.MostDaysAheadForStaff)));
        var around = await BetweenAsync(offerId, wished.AddDays(-MostDays / 2), wished.AddDays((MostDays / 2) - 1), stop);
        return around.Succeeded
            ? [.. around.Value.Where(slot => slot.IsFree).OrderBy(slot => Math.Abs(slot.Date.DayNumber - wished.DayNumber)).ThenBy(slot => slot.StartsAt).Take(most)]
            : [];
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
