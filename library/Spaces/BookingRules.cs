using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>
/// What is asked before a space is given, in the order in which it is useful to hear it. Called inside the write that gives it,
/// for every occurrence by itself (DOMAIN.md rule 7).
/// </summary>
internal sealed class BookingRules(LibraryDbContext db, LibraryCalendar calendar, Absences absences, Guardians guardians)
{
    /// <summary>Whether this organiser may ask for this space at all.</summary>
    public async Task<Refusal?> WhyNotOrganiserAsync(Space space, BookingRequest asked, Actor by, CancellationToken stop)
    {
        if (by.Kind == ActorKind.Staff && asked.MemberId is null) return null;
        var audience = space.Kind.Audience;
        if (asked.MemberId is not { } memberId) return audience == SpaceAudience.Everybody ? null : SpaceRefusals.NotForYou;

        var member = await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop);
        if (member is null || !await guardians.MayActForAsync(by, member, stop)) return MemberRefusals.Unknown;
        if (member.CannotTakePartOn(calendar.Today) is { } no) return no;
        if (by.Kind == ActorKind.Staff) return null;
        if (audience == SpaceAudience.Staff || (audience == SpaceAudience.Organisations && member.IsPerson)) return SpaceRefusals.NotForYou;
        return await absences.WhyNotAsync(memberId, stop);
    }

    /// <summary>Whether the space can be had then, apart from who asks.</summary>
    /// <param name="space">The space, with its kind.</param>
    /// <param name="when">From start to end.</param>
    /// <param name="branch">The hours of its branch.</param>
    /// <param name="heads">How many people.</param>
    /// <param name="wishes">What they would like besides.</param>
    /// <param name="moving">The booking that is being moved or approved, whose own hold does not count; null for a new one.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<Refusal?> WhyNotThenAsync(
        Space space, Interval when, BranchCalendar branch, int heads, IReadOnlyList<EquipmentWish> wishes, Booking? moving, CancellationToken stop)
    {
        if (heads > space.Capacity) return SpaceRefusals.TooManyHeads(space.Capacity);
        if (WhyNotOnSlots(space, when, branch) is { } off) return off;
        if (await db.IsOccupiedAsync(space.Id, space.Held(when), moving?.Subject, stop)) return SpaceRefusals.Taken(space.LocalName);
        return await WhyNotEquipmentAsync(space, space.Held(when), wishes, moving, stop);
    }

    /// <summary>Notice, how far ahead, and how many an organiser may have in a week and in a month. Staff book for the library without these.</summary>
    /// <param name="space">The space, with its kind.</param>
    /// <param name="when">From start to end.</param>
    /// <param name="organiserKey">By whom is counted.</param>
    /// <param name="besides">Starts of other occurrences of the same request that have been found free.</param>
    /// <param name="moving">The booking that is being moved, which is not counted; null for a new one.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<Refusal?> WhyNotSoOftenAsync(
        Space space, Interval when, string organiserKey, IReadOnlyCollection<DateTime> besides, Booking? moving, Actor by, CancellationToken stop)
    {
        var (kind, now) = (space.Kind, calendar.Now);
        if (when.Start < now) return SpaceRefusals.InThePast;
        var latest = calendar.Today.AddDays(by.Kind == ActorKind.Staff ? Bookings.MostDaysAheadForStaff : kind.DaysAhead);
        if (when.Start >= calendar.EndOf(latest)) return SpaceRefusals.TooFarAhead(latest);
        if (by.Kind == ActorKind.Staff) return null;
        if (when.Start < now.AddHours(kind.NoticeHours)) return SpaceRefusals.TooShortNotice(kind.NoticeHours);

        var date = calendar.DateOf(when.Start);
        var monday = date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
        if (kind.MostPerWeek is { } perWeek && await CountAsync(monday, monday.AddDays(6)) >= perWeek) return SpaceRefusals.WeekIsFull(perWeek);
        var month = new DateOnly(date.Year, date.Month, 1);
        if (kind.MostPerMonth is { } perMonth && await CountAsync(month, month.AddMonths(1).AddDays(-1)) >= perMonth) return SpaceRefusals.MonthIsFull(perMonth);
        return null;

        async Task<int> CountAsync(DateOnly from, DateOnly to)
        {
            var (start, end, own) = (calendar.StartOf(from), calendar.EndOf(to), moving?.Id);
            return besides.Count(one => one >= start && one < end) + await db.Bookings.CountAsync(one => one.OrganiserKey == organiserKey
                && one.StartsAt >= start && one.StartsAt < end && one.Space.KindId == kind.Id && one.Id != own
                && one.Status != BookingStatus.Declined && one.Status != BookingStatus.Lapsed && one.Status != BookingStatus.Cancelled, stop);
        }
    }

    /// <summary>Slots count from each opening of the branch; a booking is a number of whole ones, within one opening.</summary>
    private Refusal? WhyNotOnSlots(Space space, Interval when, BranchCalendar branch)
    {
        var date = calendar.DateOf(when.Start);
        var opening = branch.OpeningsOn(date).Where(open => open.Opens <= when.Start && when.End <= open.Closes).ToList();
        if (opening.Count == 0) return SpaceRefusals.Closed(date);
        if ((when.Start - opening[0].Opens).Ticks % space.Slot.Ticks != 0 || when.Duration.Ticks % space.Slot.Ticks != 0)
            return SpaceRefusals.NotOnSlots(space.SlotMinutes);
        return when.Duration > space.Slot * space.MostSlots ? SpaceRefusals.TooLong(space.SlotMinutes * space.MostSlots) : null;
    }

    /// <summary>Things are out from setting up to the end of cleaning; what counts is the most that is out at once.</summary>
    private async Task<Refusal?> WhyNotEquipmentAsync(Space space, Interval held, IReadOnlyList<EquipmentWish> wishes, Booking? moving, CancellationToken stop)
    {
        if (wishes.Count == 0) return null;
        var ids = wishes.Select(wish => wish.EquipmentId).ToList();
        var things = await db.Equipment.Where(one => ids.Contains(one.Id) && one.BranchId == space.BranchId).ToDictionaryAsync(one => one.Id, stop);
        var own = moving?.Id;
        var uses = await db.Bookings
            .Where(one => (one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.CheckedIn)
                && one.HeldUntil > held.Start && one.HeldFrom < held.End && one.Id != own)
            .SelectMany(one => one.Equipment, (one, used) => new { one.HeldFrom, one.HeldUntil, used.EquipmentId, used.Count })
            .Where(used => ids.Contains(used.EquipmentId)).ToListAsync(stop);
        foreach (var wish in wishes)
        {
            if (!things.TryGetValue(wish.EquipmentId, out var thing)) return SpaceRefusals.UnknownEquipment(wish.EquipmentId);
            var most = held.MaximumOf(uses.Where(used => used.EquipmentId == wish.EquipmentId).Select(used => (new Interval(used.HeldFrom, used.HeldUntil), used.Count)));
            if (most + wish.Count > thing.Total) return SpaceRefusals.NotEnoughEquipment(thing.LocalName, Math.Max(0, thing.Total - most));
        }

        return null;
    }
}
