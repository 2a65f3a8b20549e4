using Metro.Library.Calendar;
using Metro.Library.Input;
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

    /// <summary>Takes a space out of use. Bookings to come are not cancelled by this: cancel them, so that people are told.</summary>
    public Task<Refusal?> TakeOutOfUseAsync(long spaceId, Actor by, CancellationToken stop = default) =>
        ChangeAsync(spaceId, "space.out_of_use", space => space.TakeOutOfUse(), by, stop);

    /// <summary>Puts a space into use again.</summary>
    public Task<Refusal?> PutIntoUseAsync(long spaceId, Actor by, CancellationToken stop = default) =>
        ChangeAsync(spaceId, "space.in_use", space => space.PutIntoUse(), by, stop);

    /// <summary>Adds a thing that can be had with a space, and how many there are.</summary>
    public async Task<Outcome<Equipment>> AddEquipmentAsync(long branchId, LocalText name, int total, Actor by, CancellationToken stop = default)
    {
        var unusable = InputText.CheckName(name.Indonesian, "name", Space.NameLimit)
            ?? InputText.Check(name.English, "name", Space.NameLimit)
            ?? InputText.CheckNumber(total, "equipment", 0, 100_000);
        if (unusable is not null) return unusable;
        if (!await db.Branches.AnyAsync(branch => branch.Id == branchId, stop)) return CalendarRefusals.UnknownBranch($"{branchId}");

        return await CreateAsync(() => new Equipment(branchId, InputText.Tidy(name.Indonesian)!, InputText.Tidy(name.English), total),
            thing => new Subject("equipment", thing.Id), thing => new { thing.Name, thing.Total }, by, stop);
    }

    /// <summary>Counts a thing anew. Promises that were made stand, even when there are too few now.</summary>
    public Task<Refusal?> RecountEquipmentAsync(long equipmentId, int total, Actor by, CancellationToken stop = default)
    {
        if (InputText.CheckNumber(total, "equipment", 0, 100_000) is { } refusal) return Task.FromResult<Refusal?>(refusal);

        return db.WriteAsync(async inner =>
        {
            if (await db.Equipment.FindAsync([equipmentId], inner) is not { } thing) return SpaceRefusals.UnknownEquipment(equipmentId);

            db.Audit(by, "equipment.recounted", new Subject("equipment", equipmentId), calendar.Now, new { thing.Total }, new { Total = total });
            thing.Recount(total);
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

    private Task<Refusal?> ChangeAsync(long spaceId, string action, Action<Space> change, Actor by, CancellationToken stop) =>
        db.WriteAsync(async inner =>
        {
            if (await db.Spaces.FindAsync([spaceId], inner) is not { } space) return SpaceRefusals.UnknownSpace(spaceId);

            var before = new { space.Name, space.Capacity, space.SlotMinutes, space.IsActive };
            change(space);
            db.Audit(by, action, new Subject("space", spaceId), calendar.Now, before, new { space.Name, space.Capacity, space.SlotMinutes, space.IsActive });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    private async Task<Refusal?> WhereAsync(SpaceDetails details, CancellationToken stop)
    {
        if (!await db.SpaceKinds.AnyAsync(kind => kind.Id == details.KindId, stop)) return SpaceRefusals.UnknownKind(details.KindId);
        return await db.Branches.AnyAsync(branch => branch.Id == details.BranchId, stop) ? null : CalendarRefusals.UnknownBranch($"{details.BranchId}");
    }

    private static Refusal? Check(SpaceKindDetails details) =>
        InputText.CheckName(details.Name, "name", Space.NameLimit)
        ?? InputText.Check(details.NameEnglish, "name", Space.NameLimit)
        ?? InputText.CheckNumber(details.MostPerWeek ?? 1, "limit", 1, 1000)
        ?? InputText.CheckNumber(details.MostPerMonth ?? 1, "limit", 1, 1000)
        ?? InputText.CheckNumber(details.DaysAhead, "days", 1, 730)
        ?? InputText.CheckNumber(details.NoticeHours, "hours", 0, 24 * 365)
        ?? InputText.CheckNumber(details.AnswerHours, "hours", 1, 24 * 60)
        ?? InputText.CheckNumber(details.CheckInOpensMinutes, "minutes", 0, 24 * 60)
        ?? InputText.CheckNumber(details.CheckInClosesMinutes, "minutes", 0, 24 * 60);

    private static Refusal? Check(SpaceDetails details) =>
        InputText.CheckName(details.Name, "name", Space.NameLimit)
        ?? InputText.Check(details.NameEnglish, "name", Space.NameLimit)
        ?? InputText.Check(details.ContentKey, "code", Space.ContentKeyLimit)
        ?? InputText.CheckNumber(details.Capacity, "capacity", 1, 100_000)
        ?? InputText.CheckNumber(details.SlotMinutes, "minutes", 15, 24 * 60)
        ?? InputText.CheckNumber(details.MostSlots, "slots", 1, 96)
        ?? InputText.CheckNumber(details.SetUpMinutes, "minutes", 0, 24 * 60)
        ?? InputText.CheckNumber(details.CleaningMinutes, "minutes", 0, 24 * 60)
        ?? (details.SlotMinutes % 15 != 0 || details.SetUpMinutes % 15 != 0 || details.CleaningMinutes % 15 != 0 ? SpaceRefusals.NotInQuarters : null);
}
