using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Visits;

/// <summary>What the API tells of an offer to classes.</summary>
[ExtendObjectType<VisitOffer>]
internal static class VisitOfferFields
{
    internal static void Describe(ObjectTypeDescriptor<VisitOffer> offer)
    {
        offer.Name("ClassVisitOffer").BindFieldsExplicitly().Description("Something that the library offers to classes, at the times of a weekly pattern.");
        offer.Field(one => one.Id).Description("Its global id.");
        offer.Field(one => one.Kind);
        offer.Field(one => one.DurationMinutes);
        offer.Field(one => one.LeastChildren);
        offer.Field(one => one.MostChildren);
        offer.Field(one => one.NoticeDays).Description("How many days before the visit it must be asked for.");
        offer.Field(one => one.CancelDays).Description("Up to how many days before the visit a cancellation gives the quota back.");
    }

    internal static void Describe(ObjectTypeDescriptor<VisitSlot> slot)
    {
        slot.Name("ClassVisitSlot").BindFieldsExplicitly().Description("A time at which a class could come.");
        slot.Field(one => one.Date).Description("The day, by the library's clock.");
        slot.Field(one => one.Time).Description("The time, by the library's clock.");
        slot.Field(one => one.StartsAt).Description("When it starts.");
        slot.Field(one => one.EndsAt).Description("When it ends.");
        slot.Field(one => one.IsFree).Description("Whether nobody has it. A hint: the request decides.");
    }

    [NodeResolver]
    public static Task<VisitOffer?> GetOfferAsync(long id, IDataLoader<long, VisitOffer> offers, CancellationToken stop) => offers.LoadAsync(id, stop);

    /// <summary>Its name.</summary>
    /// <param name="language">The language of the name; that of the request unless told otherwise.</param>
    public static string Name([Parent] VisitOffer offer, Language? language = null) => offer.LocalName.In(language);

    /// <summary>The languages in which it is given.</summary>
    public static IReadOnlyList<Language> Languages([Parent] VisitOffer offer) =>
        [.. offer.Languages.Split(',').Select(code => Language.Find(code.Trim())).OfType<Language>()];

    /// <summary>Whether schools can ask for it; false once staff withdrew it.</summary>
    public static bool IsOffered([Parent] VisitOffer offer) => offer.IsActive;

    /// <summary>The branch whose hours it follows.</summary>
    [Cost(2)]
    public static Task<Branch?> GetBranchAsync([Parent] VisitOffer offer, IDataLoader<long, Branch> branches, CancellationToken stop) =>
        branches.LoadAsync(offer.BranchId, stop);

    /// <summary>The times that can still be asked for: the weekly pattern, minus closures, minus what is taken.</summary>
    /// <param name="from">The first day; today unless told otherwise.</param>
    /// <param name="through">The last day, included, at most 62 days in all; 30 days later unless told otherwise.</param>
    /// <param name="onlyFree">Whether only free times are wanted.</param>
    [Cost(10)]
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<VisitSlot>> GetSlotsAsync(
        [Parent] VisitOffer offer, VisitSlots slots, LibraryCalendar calendar, CancellationToken stop, DateOnly? from = null, DateOnly? through = null, bool onlyFree = false)
    {
        var first = from ?? calendar.Today;
        var found = (await slots.BetweenAsync(offer.Id, first, through ?? first.AddDays(30), stop)).OrError();
        return onlyFree ? [.. found.Where(slot => slot.IsFree)] : found;
    }

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, VisitOffer>> GetVisitOfferByIdAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.VisitOffers.AsNoTracking().Where(offer => ids.Contains(offer.Id)).ToDictionaryAsync(offer => offer.Id, stop);
}

/// <summary>What everybody may ask of class visits.</summary>
[QueryType]
internal static class VisitQueries
{
    /// <summary>What the library offers to classes.</summary>
    [CacheControl(60)]
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<VisitOffer>> GetClassVisitOffersAsync(LibraryDbContext db, CancellationToken stop) =>
        await db.VisitOffers.AsNoTracking().Where(offer => offer.IsActive).OrderBy(offer => offer.Kind).ThenBy(offer => offer.Id).Take(100).ToListAsync(stop);
}
