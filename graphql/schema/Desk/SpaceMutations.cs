using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>Spaces and equipment, as the office plans them.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class SpaceMutations
{
    /// <summary>Makes a space, which can be booked from then on by the rules of its kind.</summary>
    /// <param name="branch">In which branch it is; it is open when the branch is.</param>
    /// <param name="space">What it is.</param>
    public static async Task<FieldResult<Space, RefusalError>> CreateSpaceAsync(
        [ID<Branch>] long branch, SpaceDescription space, SpacePlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await planning.CreateAsync(space.ToDetails(branch), await acting.AsStaffAsync(stop), stop)).ThenAsync(made => OfIdAsync(db, made.Id, stop));

    /// <summary>Changes a space. What is booked there already keeps its time.</summary>
    /// <param name="space">The space.</param>
    /// <param name="details">What it is from now on, all of it.</param>
    public static async Task<FieldResult<Space, RefusalError>> ChangeSpaceAsync(
        [ID<Space>] long space, SpaceDescription details, SpacePlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        // A space does not change its branch: what was booked there counts on that branch's hours.
        var branch = await db.Spaces.Where(one => one.Id == space).Select(one => (long?)one.BranchId).FirstOrDefaultAsync(stop);
        var refusal = branch is { } there ? await planning.ChangeAsync(space, details.ToDetails(there), await acting.AsStaffAsync(stop), stop) : SpaceRefusals.UnknownSpace(space);
        return await refusal.OrAsync(() => OfIdAsync(db, space, stop));
    }

    /// <summary>Takes a space out of use: nobody books it any more. What takes place there stays as it is; move or cancel it, so that people are told.</summary>
    /// <param name="space">The space.</param>
    /// <param name="despiteUses">Whether one knows that something is still to take place there; refused without, while there is.</param>
    public static async Task<FieldResult<Space, RefusalError>> TakeSpaceOutOfUseAsync(
        [ID<Space>] long space, SpacePlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop, bool despiteUses = false) =>
        await (await planning.TakeOutOfUseAsync(space, despiteUses, await acting.AsStaffAsync(stop), stop)).OrAsync(() => OfIdAsync(db, space, stop));

    /// <summary>Puts a space into use again.</summary>
    /// <param name="space">The space.</param>
    public static async Task<FieldResult<Space, RefusalError>> PutSpaceIntoUseAsync(
        [ID<Space>] long space, SpacePlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await planning.PutIntoUseAsync(space, await acting.AsStaffAsync(stop), stop)).OrAsync(() => OfIdAsync(db, space, stop));

    /// <summary>Adds a thing that can be had with the spaces of a branch.</summary>
    /// <param name="branch">The branch that has it.</param>
    /// <param name="name">What it is, in Indonesian; at most 200 characters.</param>
    /// <param name="total">How many there are in all.</param>
    /// <param name="nameEnglish">What it is, in English.</param>
    public static async Task<FieldResult<Equipment, RefusalError>> AddEquipmentAsync(
        [ID<Branch>] long branch, string name, int total, SpacePlanning planning, Acting acting, CancellationToken stop, string? nameEnglish = null) =>
        (await planning.AddEquipmentAsync(branch, new LocalText(name, nameEnglish), total, await acting.AsStaffAsync(stop), stop)).Then(thing => thing);

    /// <summary>Names or counts a thing anew. What was promised stands, even when there are too few now.</summary>
    /// <param name="equipment">The thing.</param>
    /// <param name="name">What it is, in Indonesian; at most 200 characters.</param>
    /// <param name="total">How many there are in all; with none, nobody gets it any more.</param>
    /// <param name="nameEnglish">What it is, in English.</param>
    /// <param name="despitePromises">Whether one knows that more are promised at one time than there will be; refused without.</param>
    public static async Task<FieldResult<Equipment, RefusalError>> ChangeEquipmentAsync(
        [ID<Equipment>] long equipment, string name, int total, SpacePlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop,
        string? nameEnglish = null, bool despitePromises = false) =>
        await (await planning.ChangeEquipmentAsync(equipment, new LocalText(name, nameEnglish), total, despitePromises, await acting.AsStaffAsync(stop), stop))
            .OrAsync(() => db.Equipment.AsNoTracking().SingleAsync(one => one.Id == equipment, stop));

    private static Task<Space> OfIdAsync(LibraryDbContext db, long id, CancellationToken stop) =>
        db.Spaces.AsNoTracking().Include(space => space.Kind).SingleAsync(space => space.Id == id, stop);
}

/// <summary>What staff decide about a space.</summary>
/// <param name="Kind">By which rules it is booked.</param>
/// <param name="Name">Its name in Indonesian; at most 200 characters.</param>
/// <param name="Capacity">How many people fit.</param>
/// <param name="NameEnglish">Its name in English.</param>
/// <param name="SlotMinutes">How long a slot is, in minutes: a multiple of 15.</param>
/// <param name="MostSlots">How many slots one booking may last.</param>
/// <param name="SetUpMinutes">For how many minutes it is being set up before a booking: a multiple of 15.</param>
/// <param name="CleaningMinutes">For how many minutes it is being cleaned after a booking: a multiple of 15.</param>
/// <param name="ContentKey">The code under which editors present it.</param>
public sealed record SpaceDescription(
    [property: ID<SpaceKind>] long Kind, string Name, int Capacity, string? NameEnglish = null,
    int SlotMinutes = 60, int MostSlots = 4, int SetUpMinutes = 0, int CleaningMinutes = 0, string? ContentKey = null)
{
    internal SpaceDetails ToDetails(long branchId) => new()
    {
        KindId = Kind,
        BranchId = branchId,
        Name = Name,
        NameEnglish = NameEnglish,
        ContentKey = ContentKey,
        Capacity = Capacity,
        SlotMinutes = SlotMinutes,
        MostSlots = MostSlots,
        SetUpMinutes = SetUpMinutes,
        CleaningMinutes = CleaningMinutes,
    };
}
