using Metro.Content;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.Schema.Content;
using Metro.Portal.Schema.Social;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Spaces;

/// <summary>What the API tells of a space. Who has it, and why, is not for the public.</summary>
[ExtendObjectType<Space>]
internal static class SpaceFields
{
    internal static void Describe(ObjectTypeDescriptor<Space> space)
    {
        space.BindFieldsExplicitly().Description("A room or corner that people can have for a time. It is open when its branch is.");
        space.Field(one => one.Id).Description("Its global id.");
        space.Field(one => one.Kind).Description("By which rules it is booked.");
        space.Field(one => one.Capacity);
        space.Field(one => one.SlotMinutes);
        space.Field(one => one.MostSlots);
    }

    internal static void Describe(ObjectTypeDescriptor<SpaceKind> kind)
    {
        kind.BindFieldsExplicitly().Description("Spaces that are booked by the same rules: study rooms, the creative space, the hall.");
        kind.Field(one => one.Audience);
        kind.Field(one => one.NeedsApproval);
        kind.Field(one => one.MostPerWeek);
        kind.Field(one => one.MostPerMonth);
        kind.Field(one => one.DaysAhead);
        kind.Field(one => one.NoticeHours);
        kind.Field(one => one.AnswerHours);
        kind.Field(one => one.ChecksIn);
        kind.Field(one => one.CheckInOpensMinutes);
        kind.Field(one => one.CheckInClosesMinutes);
        kind.Field(one => one.StrikesNoShows);
    }

    internal static void Describe(ObjectTypeDescriptor<SpaceSlot> slot)
    {
        slot.BindFieldsExplicitly().Description("One slot of a space.");
        slot.Field(one => one.StartsAt).Description("When it starts.");
        slot.Field(one => one.EndsAt).Description("When it ends.");
        slot.Field(one => one.IsFree).Description("Whether it has not begun and nobody has it, set-up and cleaning included. A hint: booking decides.");
    }

    internal static void Describe(ObjectTypeDescriptor<FreeAlternative> alternative)
    {
        alternative.BindFieldsExplicitly().Description("Something else that could be had.");
        alternative.Field(one => one.Space).Description("The space.");
        alternative.Field(one => one.StartsAt).Description("When it would start.");
        alternative.Field(one => one.EndsAt).Description("When it would end.");
    }

    internal static void Describe(ObjectTypeDescriptor<Equipment> equipment)
    {
        equipment.BindFieldsExplicitly().Description("Things that can be had with a space, counted and not told apart: three projectors, forty chairs.");
        equipment.Field(one => one.Id).Description("Its global id.");
        equipment.Field(one => one.Total);
    }

    [NodeResolver]
    public static Task<Space?> GetSpaceAsync(long id, IDataLoader<long, Space> spaces, CancellationToken stop) => spaces.LoadAsync(id, stop);

    /// <summary>Its name.</summary>
    /// <param name="language">The language of the name; that of the request unless told otherwise.</param>
    public static string Name([Parent] Space space, Language? language = null) => space.LocalName.In(language);

    /// <summary>Whether it can be had; false once staff took it out of use.</summary>
    public static bool IsInUse([Parent] Space space) => space.IsActive;

    /// <summary>What editors have published about it, with pictures and text; null where nobody has.</summary>
    /// <param name="language">The reader's language; that of the request unless told otherwise.</param>
    [Cost(2)]
    [GraphQLType("SpacePage")]
    public static async Task<object?> GetPresentationAsync(
        [Parent] Space space, [DataLoader("SpacePresentationDataLoader")] IDataLoader<PresentationKey, OfferedItem> presentations, CancellationToken stop, Language? language = null) =>
        space.ContentKey is { } key && await presentations.LoadAsync(new PresentationKey(key, (language ?? Language.OfRequest).Code), stop) is { } found ? ContentEntry.Of(found) : null;

    /// <summary>The branch in which it is.</summary>
    [Cost(2)]
    public static Task<Branch?> GetBranchAsync([Parent] Space space, IDataLoader<long, Branch> branches, CancellationToken stop) => branches.LoadAsync(space.BranchId, stop);

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, Space>> GetSpaceByIdAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.Spaces.AsNoTracking().Include(space => space.Kind).Where(space => ids.Contains(space.Id)).ToDictionaryAsync(space => space.Id, stop);
}

/// <summary>The name of a kind of space.</summary>
[ExtendObjectType<SpaceKind>]
internal static class SpaceKindFields
{
    /// <summary>Its id, for `createSpace`, `changeSpace` and `changeSpaceKind`.</summary>
    [ID<SpaceKind>]
    public static long Id([Parent] SpaceKind kind) => kind.Id;

    /// <summary>Its name.</summary>
    /// <param name="language">The language of the name; that of the request unless told otherwise.</param>
    public static string Name([Parent] SpaceKind kind, Language? language = null) => kind.LocalName.In(language);
}

/// <summary>The name of a piece of equipment.</summary>
[ExtendObjectType<Equipment>]
internal static class EquipmentFields
{
    [NodeResolver]
    public static Task<Equipment?> GetEquipmentAsync(long id, LibraryDbContext db, CancellationToken stop) =>
        db.Equipment.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, stop);

    /// <summary>What it is.</summary>
    /// <param name="language">The language of the name; that of the request unless told otherwise.</param>
    public static string Name([Parent] Equipment equipment, Language? language = null) => equipment.LocalName.In(language);
}

/// <summary>What everybody may ask of spaces.</summary>
[QueryType]
internal static class SpaceQueries
{
    /// <summary>The spaces that people can have.</summary>
    /// <param name="branch">Only those in this branch.</param>
    [CacheControl(60)]
    [ListSize(AssumedSize = 50, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Space>> GetSpacesAsync(LibraryDbContext db, CancellationToken stop, [ID<Branch>] long? branch = null) =>
        await db.Spaces.AsNoTracking().Include(space => space.Kind)
            .Where(space => space.IsActive && (branch == null || space.BranchId == branch)).OrderBy(space => space.BranchId).ThenBy(space => space.Id)
            .Take(SpaceTimetable.MostSpaces).ToListAsync(stop);

    /// <summary>The kinds of spaces, by whose rules spaces are booked.</summary>
    [CacheControl(60)]
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<SpaceKind>> GetSpaceKindsAsync(LibraryDbContext db, CancellationToken stop) =>
        await db.SpaceKinds.AsNoTracking().OrderBy(kind => kind.Id).Take(100).ToListAsync(stop);

    /// <summary>One space; null when there is none.</summary>
    /// <param name="id">Its global id.</param>
    [CacheControl(60)]
    public static Task<Space?> GetSpaceAsync([ID<Space>] long id, IDataLoader<long, Space> spaces, CancellationToken stop) => spaces.LoadAsync(id, stop);

    /// <summary>The equipment that can be had with the spaces of a branch.</summary>
    /// <param name="branch">The branch.</param>
    [CacheControl(60)]
    [ListSize(AssumedSize = 50, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Equipment>> GetEquipmentAsync([ID<Branch>] long branch, LibraryDbContext db, CancellationToken stop) =>
        await db.Equipment.AsNoTracking().Where(one => one.BranchId == branch).OrderBy(one => one.Id).Take(200).ToListAsync(stop);

    /// <summary>When the spaces of a branch are free, day by day and within a day space by space.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="from">The first day; today unless told otherwise. What is past has no slots.</param>
    /// <param name="through">The last day, included, at most 31 days in all; the first one unless told otherwise.</param>
    /// <param name="space">Only this space.</param>
    /// <param name="onlyFree">Whether only free slots are wanted.</param>
    [CacheControl(15)]
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<SpaceAgenda>> GetSpaceSlotsAsync(
        [ID<Branch>] long branch, SpaceTimetable timetable, LibraryCalendar calendar, CancellationToken stop,
        DateOnly? from = null, DateOnly? through = null, [ID<Space>] long? space = null, bool onlyFree = false)
    {
        var first = from ?? calendar.Today;
        var days = (await timetable.BetweenAsync(branch, first, through ?? first, space, stop)).OrError();
        return [.. days.Select(day => new SpaceAgenda(day.Space, day.Date, [.. day.Slots.Where(slot => slot.IsFree || !onlyFree)]))
            .Where(day => day.Slots.Count > 0 || !onlyFree)];
    }
}

/// <summary>One day of a space.</summary>
/// <param name="Space">The space.</param>
/// <param name="Date">The day, by the library's clock.</param>
/// <param name="Slots">Its slots in order; none on a day on which the branch is closed.</param>
public sealed record SpaceAgenda(Space Space, DateOnly Date, IReadOnlyList<SpaceSlot> Slots);
