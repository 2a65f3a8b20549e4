using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>What classes can come for, as the office decides it.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class OfferMutations
{
    /// <summary>Offers something to classes; schools can ask for it at once.</summary>
    /// <param name="branch">The branch whose hours it follows.</param>
    /// <param name="offer">What it is.</param>
    public static async Task<FieldResult<VisitOffer, RefusalError>> CreateClassVisitOfferAsync(
        [ID<Branch>] long branch, ClassVisitOfferDescription offer, Schools schools, Acting acting, CancellationToken stop) =>
        (await schools.OfferAsync(offer.ToDetails(branch), await acting.AsStaffAsync(stop), stop)).Then(made => made);

    /// <summary>Changes an offer. Visits that were asked for keep their time, space and guides.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="details">What it is from now on, all of it.</param>
    public static async Task<FieldResult<VisitOffer, RefusalError>> ChangeClassVisitOfferAsync(
        [ID<VisitOffer>] long offer, ClassVisitOfferDescription details, Schools schools, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var branch = await db.VisitOffers.Where(one => one.Id == offer).Select(one => (long?)one.BranchId).FirstOrDefaultAsync(stop);
        var refusal = branch is { } there ? await schools.ChangeOfferAsync(offer, details.ToDetails(there), await acting.AsStaffAsync(stop), stop) : VisitRefusals.UnknownOffer(offer);
        return await refusal.OrAsync(() => OfIdAsync(db, offer, stop));
    }

    /// <summary>Makes an offer no longer. Visits that were asked for stay.</summary>
    /// <param name="offer">The offer.</param>
    public static async Task<FieldResult<VisitOffer, RefusalError>> WithdrawClassVisitOfferAsync(
        [ID<VisitOffer>] long offer, Schools schools, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await schools.WithdrawOfferAsync(offer, await acting.AsStaffAsync(stop), stop)).OrAsync(() => OfIdAsync(db, offer, stop));

    /// <summary>Makes a withdrawn offer once more.</summary>
    /// <param name="offer">The offer.</param>
    public static async Task<FieldResult<VisitOffer, RefusalError>> ResumeClassVisitOfferAsync(
        [ID<VisitOffer>] long offer, Schools schools, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await schools.ResumeOfferAsync(offer, await acting.AsStaffAsync(stop), stop)).OrAsync(() => OfIdAsync(db, offer, stop));

    private static Task<VisitOffer> OfIdAsync(LibraryDbContext db, long id, CancellationToken stop) => db.VisitOffers.AsNoTracking().SingleAsync(offer => offer.Id == id, stop);
}

/// <summary>What staff decide about an offer to classes.</summary>
/// <param name="Kind">What a class comes for.</param>
/// <param name="Name">Its name in Indonesian; at most 200 characters.</param>
/// <param name="Times">When visits can start, week by week; those of one day do not overlap.</param>
/// <param name="NameEnglish">Its name in English.</param>
/// <param name="DurationMinutes">How long it takes, in minutes.</param>
/// <param name="LeastChildren">The fewest children.</param>
/// <param name="MostChildren">The most children.</param>
/// <param name="NoticeDays">How many days before the visit it must be asked for.</param>
/// <param name="DaysAhead">How many days ahead it can be asked for.</param>
/// <param name="CancelDays">Up to how many days before the visit a cancellation gives the quota back.</param>
/// <param name="AnswerDays">How many days a request waits for an answer before it lapses.</param>
/// <param name="Space">The space that it occupies; none where it needs none, and when the library comes to the school.</param>
/// <param name="Guides">Who leads it: one class at a time, whatever the offer; the one team of the branch unless told otherwise.</param>
public sealed record ClassVisitOfferDescription(
    VisitKind Kind, string Name, IReadOnlyList<ClassVisitTime> Times, string? NameEnglish = null, int DurationMinutes = 90, int LeastChildren = 5, int MostChildren = 40,
    int NoticeDays = 14, int DaysAhead = 200, int CancelDays = 3, int AnswerDays = 7, [property: ID<Space>] long? Space = null, string? Guides = null)
{
    /// <summary>The languages in which it is given; Indonesian unless told otherwise.</summary>
    public IReadOnlyList<Language>? Languages { get; init; }

    internal VisitOfferDetails ToDetails(long branchId) => new()
    {
        Kind = Kind,
        Name = Name,
        NameEnglish = NameEnglish,
        DurationMinutes = DurationMinutes,
        LeastChildren = LeastChildren,
        MostChildren = MostChildren,
        Languages = [.. (Languages ?? [Language.Id]).Select(language => language.Code).Distinct()],
        BranchId = branchId,
        SpaceId = Space,
        Guides = Guides,
        NoticeDays = NoticeDays,
        DaysAhead = DaysAhead,
        CancelDays = CancelDays,
        AnswerDays = AnswerDays,
        Times = [.. Times.Select(time => new VisitTimeDetails(time.Day, time.StartsAt)).Distinct()],
    };
}

/// <summary>One time of a weekly pattern at which a visit can start.</summary>
/// <param name="Day">The weekday.</param>
/// <param name="StartsAt">The time by the library's clock; a whole number of quarters.</param>
public sealed record ClassVisitTime(DayOfWeek Day, TimeOnly StartsAt);
