using Metro.Library.Calendar;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>One slot of a space.</summary>
/// <param name="StartsAt">When it starts, in UTC.</param>
/// <param name="EndsAt">When it ends, in UTC.</param>
/// <param name="IsFree">Whether it has not begun and nobody has it, set-up and cleaning included. A hint: the write decides (DOMAIN.md rule 7).</param>
public sealed record SpaceSlot(DateTime StartsAt, DateTime EndsAt, bool IsFree);

/// <summary>One day of a space.</summary>
/// <param name="Space">The space.</param>
/// <param name="Date">The day, by the library's clock.</param>
/// <param name="Slots">Its slots in order; none on a closed day.</param>
public sealed record SpaceDay(Space Space, DateOnly Date, IReadOnlyList<SpaceSlot> Slots);

/// <summary>Something else that could be had.</summary>
/// <param name="Space">The space.</param>
/// <param name="StartsAt">When it would start, in UTC.</param>
/// <param name="EndsAt">When it would end, in UTC.</param>
public sealed record FreeAlternative(Space Space, DateTime StartsAt, DateTime EndsAt);

/// <summary>When spaces are free, by day or by week, and what else could be had. Not thread-safe: one per request.</summary>
public sealed class SpaceTimetable(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>The most days that one question covers.</summary>
    public const int MostDays = 31;

    /// <summary>The most spaces that one question covers.</summary>
    public const int MostSpaces = 50;

    /// <summary>How many days before and after the wished one alternatives are sought.</summary>
    public const int AlternativeDays = 7;

    /// <summary>The days of a branch's spaces, both ends included, at most <see cref="MostDays"/>: day by day, and within a day space by space.</summary>
    /// <param name="branchId">The branch.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="spaceId">One of its spaces, or null for all.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<Outcome<IReadOnlyList<SpaceDay>>> BetweenAsync(long branchId, DateOnly from, DateOnly to, long? spaceId = null, CancellationToken stop = default)
    {
        if (to.DayNumber - from.DayNumber >= MostDays) return SpaceRefusals.SpanTooLong(MostDays);
        if (!await db.Branches.AnyAsync(branch => branch.Id == branchId, stop)) return CalendarRefusals.UnknownBranch($"{branchId}");
        // What is past or beyond every calendar has no slots; it is no error.
        if (from < calendar.Today) from = calendar.Today;
        if (to > calendar.Today.AddDays(Bookings.MostDaysAheadForStaff)) to = calendar.Today.AddDays(Bookings.MostDaysAheadForStaff);
        if (to < from) return Array.Empty<SpaceDay>();

        var spaces = await db.Spaces.AsNoTracking().Include(space => space.Kind)
            .Where(space => space.BranchId == branchId && space.IsActive && (spaceId == null || space.Id == spaceId))
            .OrderBy(space => space.Name).ThenBy(space => space.Id).Take(MostSpaces).ToListAsync(stop);
        var (branch, taken) = (await calendar.OfAsync(db, branchId, stop), await TakenAsync(spaces, from, to, stop));
        var days = new List<SpaceDay>();
        for (var date = from; date <= to; date = date.AddDays(1))
            days.AddRange(spaces.Select(space => new SpaceDay(space, date, [.. SlotsOn(space, date, branch).Select(slot =>
                new SpaceSlot(slot.Start, slot.End, slot.Start >= calendar.Now && IsFree(space, slot, taken)))])));
        return days;
    }

    /// <summary>
    /// What could be had instead: the same length, nearest in time first, and at the same time the same space before others of the
    /// same kind and branch that hold as many people.
    /// </summary>
    /// <param name="wished">What could not be had.</param>
    /// <param name="most">How many alternatives at most; 1 to 20.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<IReadOnlyList<FreeAlternative>> InsteadOfAsync(BookingRequest wished, int most = 5, CancellationToken stop = default)
    {
        var space = await db.Spaces.AsNoTracking().SingleOrDefaultAsync(one => one.Id == wished.SpaceId, stop);
        if (space is null || Interval.Between(wished.StartsAt, wished.EndsAt) is not { } when) return [];

        var spaces = await db.Spaces.AsNoTracking().Include(one => one.Kind)
            .Where(one => one.BranchId == space.BranchId && one.KindId == space.KindId && one.IsActive && one.Capacity >= wished.Heads)
            .OrderBy(one => one.Id).Take(MostSpaces).ToListAsync(stop);
        var now = calendar.Now;
        var horizon = calendar.Today.AddDays(Bookings.MostDaysAheadForStaff);
        var wishedOn = when.Start < now ? calendar.Today : when.Start > calendar.StartOf(horizon) ? horizon : calendar.DateOf(when.Start);
        var (from, to) = (wishedOn.AddDays(-AlternativeDays), wishedOn.AddDays(AlternativeDays));
        if (from < calendar.Today) from = calendar.Today;
        var (branch, taken) = (await calendar.OfAsync(db, space.BranchId, stop), await TakenAsync(spaces, from, to, stop));

        var found = new List<FreeAlternative>();
        for (var date = from; date <= to; date = date.AddDays(1))
        {
            foreach (var one in spaces)
            {
                var openings = branch.OpeningsOn(date);
                foreach (var slot in SlotsOn(one, date, branch))
                {
                    if (when.Duration.Ticks % one.Slot.Ticks != 0 || when.Duration > one.Slot * one.MostSlots) break;
                    var use = new Interval(slot.Start, slot.Start + when.Duration);
                    var soon = one.Kind.NoticeHours > 0 ? now.AddHours(one.Kind.NoticeHours) : now;
                    if (use.Start >= soon && date <= calendar.Today.AddDays(one.Kind.DaysAhead)
                        && openings.Any(open => open.Opens <= use.Start && use.End <= open.Closes) && IsFree(one, use, taken))
                        found.Add(new FreeAlternative(one, use.Start, use.End));
                }
            }
        }

        return [.. found.OrderBy(one => (one.StartsAt - when.Start).Duration()).ThenBy(one => one.Space.Id == space.Id ? 0 : 1)
            .ThenBy(one => one.Space.Capacity).ThenBy(one => one.StartsAt).ThenBy(one => one.Space.Id).Take(Math.Clamp(most, 1, 20))];
    }

    private async Task<Dictionary<long, HashSet<DateTime>>> TakenAsync(List<Space> spaces, DateOnly from, DateOnly to, CancellationToken stop)
    {
        // Set-up reaches back before the first opening, cleaning beyond the last; never by more than a day.
        var (start, end) = (calendar.StartOf(from.AddDays(-1)), calendar.EndOf(to.AddDays(1)));
        var ids = spaces.Select(space => space.Id).ToList();
        var quarters = await db.Set<OccupiedQuarter>().AsNoTracking()
            .Where(one => ids.Contains(one.SpaceId) && one.StartsAt >= start && one.StartsAt < end)
            .Select(one => new { one.SpaceId, one.StartsAt }).ToListAsync(stop);
        return quarters.GroupBy(one => one.SpaceId).ToDictionary(group => group.Key, group => group.Select(one => one.StartsAt).ToHashSet());
    }

    private static IEnumerable<Interval> SlotsOn(Space space, DateOnly date, BranchCalendar branch)
    {
        foreach (var (opens, closes) in branch.OpeningsOn(date))
        {
            for (var start = opens; start + space.Slot <= closes; start += space.Slot)
                yield return new Interval(start, start + space.Slot);
        }
    }

    private static bool IsFree(Space space, Interval use, Dictionary<long, HashSet<DateTime>> taken) =>
        !taken.TryGetValue(space.Id, out var quarters) || !space.Held(use).Cells(Occupancy.Quarter).Any(quarters.Contains);
}
