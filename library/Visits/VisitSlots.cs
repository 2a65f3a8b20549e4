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

        var taken = await TakenAsync([offer], first, last, stop);
        return SlotsOf(offer, first, last, await calendar.OfAsync(db, offer.BranchId, stop), taken).ToList();
    }

    /// <summary>
    /// The first slot of each offer that is free and that a school can still ask for, by the offer's key, within <see cref="MostDays"/>
    /// days of the first day that its notice allows; offers without one are left out. Asks the database as often for one as for all.
    /// </summary>
    /// <param name="offers">The offers, with their times.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<IReadOnlyDictionary<long, VisitSlot>> NextFreeAsync(IReadOnlyCollection<VisitOffer> offers, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(offers);
        if (offers.Count == 0) return new Dictionary<long, VisitSlot>();

        (DateOnly First, DateOnly Last) DaysOf(VisitOffer offer) =>
            (calendar.Today.AddDays(offer.NoticeDays), calendar.Today.AddDays(Math.Min(offer.NoticeDays + MostDays - 1, offer.DaysAhead)));
        var taken = await TakenAsync(offers, offers.Min(offer => DaysOf(offer).First), offers.Max(offer => DaysOf(offer).Last), stop);
        var branches = new Dictionary<long, BranchCalendar>();
        var next = new Dictionary<long, VisitSlot>();
        foreach (var offer in offers)
        {
            if (!branches.TryGetValue(offer.BranchId, out var branch)) branches[offer.BranchId] = branch = await calendar.OfAsync(db, offer.BranchId, stop);
            var (first, last) = DaysOf(offer);
            if (SlotsOf(offer, first, last, branch, taken).FirstOrDefault(slot => slot.IsFree) is { } free) next[offer.Id] = free;
        }

        return next;
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

    private IEnumerable<VisitSlot> SlotsOf(VisitOffer offer, DateOnly first, DateOnly last, BranchCalendar branch, Taken taken)
    {
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            foreach (var time in offer.Times.Where(one => one.Day == date.DayOfWeek).Select(one => one.StartsAt).Order())
            {
                if (offer.VisitAt(date, time, calendar, branch) is not { } visit || visit.Start <= calendar.Now) continue;
                var free = !visit.Cells(Occupancy.Quarter).Any(quarter => taken.Guides.Contains((offer.Guides, quarter)))
                    && !(offer.SpaceId is { } space && taken.Spaces[space].Held(visit).Cells(Occupancy.Quarter).Any(quarter => taken.Rooms.Contains((space, quarter))));
                yield return new VisitSlot(date, time, visit.Start, visit.End, free);
            }
        }
    }

    /// <summary>What keeps these offers from being free between two days.</summary>
    private async Task<Taken> TakenAsync(IReadOnlyCollection<VisitOffer> offers, DateOnly first, DateOnly last, CancellationToken stop)
    {
        var (start, end) = (calendar.StartOf(first), calendar.EndOf(last));
        var teams = offers.Select(offer => offer.Guides).Distinct().ToList();
        var rooms = offers.Select(offer => offer.SpaceId).OfType<long>().Distinct().ToList();
        var guides = await db.Set<GuidesQuarter>().Where(one => teams.Contains(one.Guides) && one.StartsAt >= start && one.StartsAt < end)
            .Select(one => new { one.Guides, one.StartsAt }).ToListAsync(stop);
        if (rooms.Count == 0) return new Taken([.. guides.Select(one => (one.Guides, one.StartsAt))], [], []);

        var quarters = await db.Set<OccupiedQuarter>().Where(one => rooms.Contains(one.SpaceId) && one.StartsAt >= start && one.StartsAt < end)
            .Select(one => new { one.SpaceId, one.StartsAt }).ToListAsync(stop);
        return new Taken(
            [.. guides.Select(one => (one.Guides, one.StartsAt))], [.. quarters.Select(one => (one.SpaceId, one.StartsAt))],
            await db.Spaces.AsNoTracking().Where(one => rooms.Contains(one.Id)).ToDictionaryAsync(one => one.Id, stop));
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    /// <summary>Quarters of an hour that guides and rooms are not free.</summary>
    private sealed record Taken(HashSet<(string Guides, DateTime At)> Guides, HashSet<(long SpaceId, DateTime At)> Rooms, Dictionary<long, Space> Spaces);
}
