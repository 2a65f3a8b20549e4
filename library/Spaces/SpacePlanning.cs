using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Programs;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>What staff do with kinds of spaces, spaces and equipment. Bookings that were made keep their times. Not thread-safe: one per request.</summary>
public sealed class SpacePlanning(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>Makes a kind of space.</summary>
    public Task<Outcome<SpaceKind>> CreateKindAsync(SpaceKindDetails details, Actor by, CancellationToken stop = default) =>
        Check(details) is { } refusal
            ? Task.FromResult<Outcome<SpaceKind>>(refusal)
            : CreateAsync(() => new SpaceKind(details), kind => new Subject("space_kind", kind.Id), kind => new { kind.Name, kind.Audience, kind.NeedsApproval }, by, stop);

    /// <summary>Changes the rules by which spaces of a kind are booked.</summary>
    public Task<Refusal?> ChangeKindAsync(long kindId, SpaceKindDetails details, Actor by, CancellationToken stop = default)
    {
        if (Check(details) is { } refusal) return Task.FromResult<Refusal?>(refusal);

        return db.WriteAsync(async inner =>
        {
            if (await db.SpaceKinds.FindAsync([kindId], inner) is not { } kind) return SpaceRefusals.UnknownKind(kindId);

            var before = new { kind.Name, kind.Audience, kind.NeedsApproval, kind.MostPerWeek, kind.MostPerMonth };
            kind.Change(details);
            db.Audit(by, "space_kind.changed", new Subject("space_kind", kindId), calendar.Now, before,
                new { kind.Name, kind.Audience, kind.NeedsApproval, kind.MostPerWeek, kind.MostPerMonth });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);
    }

    /// <summary>Makes a space.</summary>
    public async Task<Outcome<Space>> CreateAsync(SpaceDetails details, Actor by, CancellationToken stop = default) =>
        (Check(details) ?? await WhereAsync(details, stop)) is { } refusal
            ? refusal
            : await CreateAsync(() => new Space(details), space => new Subject("space", space.Id), space => new { space.Name, space.Capacity, space.SlotMinutes }, by, stop);

    /// <summary>Changes a space.</summary>
    public async Task<Refusal?> ChangeAsync(long spaceId, SpaceDetails details, Actor by, CancellationToken stop = default)
    {
        if ((Check(details) ?? await WhereAsync(details, stop)) is { } refusal) return refusal;

        return await ChangeAsync(spaceId, "space.changed", space => space.Change(details), by, stop);
    }

    /// <summary>
    /// Takes a space out of use: nobody books it any more. What takes place there stays as it is (<see cref="SpaceDiary.ToComeAsync"/>
    /// lists it); move or cancel it, so that people are told. An offer of class visits that needs the space has to go elsewhere first.
    /// </summary>
    /// <param name="spaceId">The space.</param>
    /// <param name="despiteUses">Whether staff know that something is still to take place there; refused without, while there is.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Refusal?> TakeOutOfUseAsync(long spaceId, bool despiteUses, Actor by, CancellationToken stop = default) =>
        ChangeAsync(spaceId, "space.out_of_use", space => space.TakeOutOfUse(), by, stop, async inner =>
        {
            var offer = await db.VisitOffers.Where(one => one.SpaceId == spaceId && one.IsActive).OrderBy(one => one.Id).FirstOrDefaultAsync(inner);
            if (offer is not null) return SpaceRefusals.OfferStands(offer.LocalName);
            return !despiteUses && await UsesToComeAsync(spaceId, inner) is > 0 and var uses ? SpaceRefusals.StillUsed(uses) : null;
        });

    /// <summary>Puts a space into use again.</summary>
    public Task<Refusal?> PutIntoUseAsync(long spaceId, Actor by, CancellationToken stop = default) =>
        ChangeAsync(spaceId, "space.in_use", space => space.PutIntoUse(), by, stop);

    /// <summary>Adds a thing that can be had with a space, and how many there are.</summary>
    public async Task<Outcome<Equipment>> AddEquipmentAsync(long branchId, LocalText name, int total, Actor by, CancellationToken stop = default)
    {
        var unusable = Check(name, total);
        if (unusable is not null) return unusable;
        if (!await db.Branches.AnyAsync(branch => branch.Id == branchId, stop)) return CalendarRefusals.UnknownBranch($"{branchId}");

        return await CreateAsync(() => new Equipment(branchId, InputText.Tidy(name.Indonesian)!, InputText.Tidy(name.English), total),
            thing => new Subject("equipment", thing.Id), thing => new { thing.Name, thing.Total }, by, stop);
    }

    /// <summary>Names or counts a thing anew. Promises that were made stand (<see cref="SpaceDiary.PromisesOfAsync"/> lists them), even when there are too few now.</summary>
    /// <param name="equipmentId">The thing.</param>
    /// <param name="name">What it is.</param>
    /// <param name="total">How many there are in all; with none, nobody gets it any more.</param>
    /// <param name="despitePromises">Whether staff know that more are promised at one time than there will be; refused without.</param>
    /// <param name="by">Who counts.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Refusal?> ChangeEquipmentAsync(long equipmentId, LocalText name, int total, bool despitePromises, Actor by, CancellationToken stop = default)
    {
        if (Check(name, total) is { } refusal) return Task.FromResult<Refusal?>(refusal);

        return db.WriteAsync(async inner =>
        {
            if (await db.Equipment.FindAsync([equipmentId], inner) is not { } thing) return SpaceRefusals.UnknownEquipment(equipmentId);
            if (!despitePromises && total < thing.Total && await EquipmentPromises.OfAsync(db, equipmentId, calendar.Now, inner) is var promised && promised.MostAtOnce > total)
                return SpaceRefusals.PromisedAlready(promised.MostAtOnce);

            var before = new { thing.Name, thing.NameEnglish, thing.Total };
            thing.Change(InputText.Tidy(name.Indonesian)!, InputText.Tidy(name.English), total);
            db.Audit(by, "equipment.changed", new Subject("equipment", equipmentId), calendar.Now, before, new { thing.Name, thing.NameEnglish, thing.Total });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);
    }

    private Task<Outcome<T>> CreateAsync<T>(Func<T> create, Func<T, Subject> subject, Func<T, object> facts, Actor by, CancellationToken stop)
        where T : class => db.WriteAsync<Outcome<T>>(async inner =>
        {
            var created = create();
            db.Add(created);
            await db.SaveChangesAsync(inner);
            db.Audit(by, subject(created).Kind + ".created", subject(created), calendar.Now, after: facts(created));
            await db.SaveChangesAsync(inner);
            return created;
        }, stop);

    private Task<Refusal?> ChangeAsync(long spaceId, string action, Action<Space> change, Actor by, CancellationToken stop, Func<CancellationToken, Task<Refusal?>>? whyNot = null) =>
        db.WriteAsync(async inner =>
        {
            if (await db.Spaces.FindAsync([spaceId], inner) is not { } space) return SpaceRefusals.UnknownSpace(spaceId);
            if (whyNot is not null && await whyNot(inner) is { } refusal) return refusal;

            var before = new { space.Name, space.Capacity, space.SlotMinutes, space.IsActive };
            change(space);
            db.Audit(by, action, new Subject("space", spaceId), calendar.Now, before, new { space.Name, space.Capacity, space.SlotMinutes, space.IsActive });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    private async Task<int> UsesToComeAsync(long spaceId, CancellationToken stop)
    {
        var now = calendar.Now;
        return await db.Bookings.CountAsync(one => one.SpaceId == spaceId && one.HeldUntil > now && one.EndsAt > now
                && (one.Status == BookingStatus.Requested || one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.CheckedIn), stop)
            + await db.Sessions.CountAsync(one => one.SpaceId == spaceId && one.Status == SessionStatus.Scheduled && one.EndsAt > now, stop)
            + await db.Visits.CountAsync(one => one.Offer.SpaceId == spaceId && (one.Status == VisitStatus.Requested || one.Status == VisitStatus.Approved) && one.EndsAt > now, stop);
    }

    private async Task<Refusal?> WhereAsync(SpaceDetails details, CancellationToken stop)
    {
        if (!await db.SpaceKinds.AnyAsync(kind => kind.Id == details.KindId, stop)) return SpaceRefusals.UnknownKind(details.KindId);
        return await db.Branches.AnyAsync(branch => branch.Id == details.BranchId, stop) ? null : CalendarRefusals.UnknownBranch($"{details.BranchId}");
    }

    private static Refusal? Check(LocalText name, int total) =>
        InputText.CheckName(name.Indonesian, "name", Space.NameLimit)
        ?? InputText.Check(name.English, "name_english", Space.NameLimit)
        ?? InputText.CheckNumber(total, "total", 0, 100_000);

    private static Refusal? Check(SpaceKindDetails details) =>
        InputText.CheckName(details.Name, "name", Space.NameLimit)
        ?? InputText.Check(details.NameEnglish, "name_english", Space.NameLimit)
        ?? InputText.CheckNumber(details.MostPerWeek ?? 1, "most_per_week", 1, 1000)
        ?? InputText.CheckNumber(details.MostPerMonth ?? 1, "most_per_month", 1, 1000)
        ?? InputText.CheckNumber(details.DaysAhead, "days_ahead", 1, 730)
        ?? InputText.CheckNumber(details.NoticeHours, "notice_hours", 0, 24 * 365)
        ?? InputText.CheckNumber(details.AnswerHours, "answer_hours", 1, 24 * 60)
        ?? InputText.CheckNumber(details.CheckInOpensMinutes, "check_in_opens_minutes", 0, 24 * 60)
        ?? InputText.CheckNumber(details.CheckInClosesMinutes, "check_in_closes_minutes", 0, 24 * 60);

    private static Refusal? Check(SpaceDetails details) =>
        InputText.CheckName(details.Name, "name", Space.NameLimit)
        ?? InputText.Check(details.NameEnglish, "name_english", Space.NameLimit)
        ?? InputText.Check(details.ContentKey, "code", Space.ContentKeyLimit)
        ?? InputText.CheckNumber(details.Capacity, "capacity", 1, 100_000)
        ?? InputText.CheckNumber(details.SlotMinutes, "slot_minutes", 15, 24 * 60)
        ?? InputText.CheckNumber(details.MostSlots, "most_slots", 1, 96)
        ?? InputText.CheckNumber(details.SetUpMinutes, "set_up_minutes", 0, 24 * 60)
        ?? InputText.CheckNumber(details.CleaningMinutes, "cleaning_minutes", 0, 24 * 60)
        ?? (details.SlotMinutes % 15 != 0 || details.SetUpMinutes % 15 != 0 || details.CleaningMinutes % 15 != 0 ? SpaceRefusals.NotInQuarters : null);
}
