using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Policies;
using Metro.Library.Spaces;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>The library's terms, as the staff look them up.</summary>
[QueryType]
[Authorize(Permissions.ReadDesk)]
internal static class PolicyQueries
{
    /// <summary>On which terms members borrow: every row that holds, the general one first. The most specific one decides. For the desk.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<LoanTerms>?> GetLoanTermsAsync(TermsTable table, CancellationToken stop) => await table.InForceAsync(stop);

    /// <summary>The limits that hold for everybody alike. For the desk.</summary>
    public static async Task<HouseLimits?> GetHouseLimitsAsync(LimitsInForce limits, CancellationToken stop) => await limits.GetAsync(stop);
}

/// <summary>What administrators decide: terms of lending, and the rules by which spaces are booked.</summary>
[MutationType]
[Authorize(Permissions.WritePolicies)]
internal static class PolicyMutations
{
    /// <summary>Sets the terms on which a category of members borrows a format; they hold for loans and renewals from now on.</summary>
    /// <param name="terms">The terms.</param>
    public static async Task<FieldResult<LoanTerms, RefusalError>> SetLoanTermsAsync(LendingTerms terms, TermsTable table, Acting acting, CancellationToken stop) =>
        await (await table.SetAsync(terms.ToTerms(), await acting.AsStaffAsync(stop), stop)).OrAsync(() => table.HoldingAsync(terms.Category, terms.Format, stop));

    /// <summary>
    /// Sets the limits that hold for everybody alike, from now on. Schools' visits of the school years under way and to come rise or fall
    /// with theirs; visits that are approved, strikes and memberships that were given, and what is on loan stay as they are.
    /// </summary>
    /// <param name="visitsPerSchoolYear">How many class visits a school may have in one school year.</param>
    /// <param name="mostStrikes">With how many strikes at once a member may not take seats or rooms.</param>
    /// <param name="strikeDays">For how many days a strike counts.</param>
    /// <param name="mostOwed">From how many rupiah owed on a member may not borrow, renew or reserve.</param>
    /// <param name="membershipDays">How many days a membership lasts, and a renewal extends it by.</param>
    /// <param name="mostDigitalLoans">How many e-books a member may have on loan at once.</param>
    public static async Task<FieldResult<HouseLimits, RefusalError>> SetHouseLimitsAsync(
        int visitsPerSchoolYear, int mostStrikes, int strikeDays, int mostOwed, int membershipDays, int mostDigitalLoans, LimitsInForce limits, Acting acting, CancellationToken stop)
    {
        var asked = new HouseLimits
        {
            VisitsPerSchoolYear = visitsPerSchoolYear, MostStrikes = mostStrikes, StrikeDays = strikeDays, MostOwed = mostOwed, MembershipDays = membershipDays, MostDigitalLoans = mostDigitalLoans,
        };
        return await (await limits.SetAsync(asked, await acting.AsStaffAsync(stop), stop)).OrAsync(() => limits.GetAsync(stop));
    }

    /// <summary>Makes a kind of space: the rules by which its spaces are booked.</summary>
    /// <param name="kind">The rules.</param>
    public static async Task<FieldResult<SpaceKind, RefusalError>> CreateSpaceKindAsync(SpaceRules kind, SpacePlanning planning, Acting acting, CancellationToken stop) =>
        (await planning.CreateKindAsync(kind.ToDetails(), await acting.AsStaffAsync(stop), stop)).Then(made => made);

    /// <summary>Changes the rules by which spaces of a kind are booked. What is booked already keeps its time.</summary>
    /// <param name="kind">The kind of space.</param>
    /// <param name="rules">Its rules from now on, all of them.</param>
    public static async Task<FieldResult<SpaceKind, RefusalError>> ChangeSpaceKindAsync(
        [ID<SpaceKind>] long kind, SpaceRules rules, SpacePlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await planning.ChangeKindAsync(kind, rules.ToDetails(), await acting.AsStaffAsync(stop), stop))
            .OrAsync(() => db.SpaceKinds.AsNoTracking().SingleAsync(one => one.Id == kind, stop));

    internal static void Describe(ObjectTypeDescriptor<HouseLimits> limits)
    {
        limits.BindFieldsExplicitly().Description("The limits that hold for everybody alike, whatever they borrow or book.");
        limits.Field(one => one.VisitsPerSchoolYear);
        limits.Field(one => one.MostStrikes);
        limits.Field(one => one.StrikeDays);
        limits.Field(one => one.MostOwed);
        limits.Field(one => one.MembershipDays);
        limits.Field(one => one.MostDigitalLoans);
    }

    internal static void Describe(ObjectTypeDescriptor<LoanTerms> terms)
    {
        terms.BindFieldsExplicitly().Description("On which terms a category of members borrows a format: one row of the notice at the desk.");
        terms.Field(one => one.Category);
        terms.Field(one => one.Format);
        terms.Field(one => one.MostLoans);
        terms.Field(one => one.LoanDays);
        terms.Field(one => one.MostRenewals);
        terms.Field(one => one.GraceDays);
        terms.Field(one => one.FinePerDay);
        terms.Field(one => one.FineCeiling);
        terms.Field(one => one.SuspensionDaysPerDayLate);
        terms.Field(one => one.MostHolds);
        terms.Field(one => one.PickupDays);
    }
}

/// <summary>On which terms members borrow.</summary>
/// <param name="MostLoans">How many copies at a time; terms with a format limit that format, those without limit all together.</param>
/// <param name="LoanDays">For how many calendar days.</param>
/// <param name="MostRenewals">How many renewals.</param>
/// <param name="GraceDays">How many open days late a return may be without a fine or a suspension; a later one counts them all.</param>
/// <param name="FinePerDay">The fine for each open day late, in rupiah; 0 for none.</param>
/// <param name="FineCeiling">The most that one loan is fined for being late, in rupiah.</param>
/// <param name="SuspensionDaysPerDayLate">For how many days each open day late keeps the member from borrowing; 0 for none.</param>
/// <param name="MostHolds">How many holds at a time.</param>
/// <param name="PickupDays">For how many open days a copy stays ready on the hold shelf.</param>
/// <param name="Category">For whom; everybody unless told otherwise.</param>
/// <param name="Format">For what; everything unless told otherwise.</param>
public sealed record LendingTerms(
    int MostLoans, int LoanDays, int MostRenewals, int FinePerDay, int FineCeiling, int MostHolds, int PickupDays,
    MemberCategory? Category = null, TitleFormat? Format = null, int GraceDays = 0, int SuspensionDaysPerDayLate = 0)
{
    internal LoanTerms ToTerms() => new()
    {
        Category = Category,
        Format = Format,
        MostLoans = MostLoans,
        LoanDays = LoanDays,
        MostRenewals = MostRenewals,
        GraceDays = GraceDays,
        FinePerDay = FinePerDay,
        FineCeiling = FineCeiling,
        SuspensionDaysPerDayLate = SuspensionDaysPerDayLate,
        MostHolds = MostHolds,
        PickupDays = PickupDays,
    };
}

/// <summary>The rules by which spaces of a kind are booked.</summary>
/// <param name="Name">Its name in Indonesian; at most 200 characters.</param>
/// <param name="NameEnglish">Its name in English.</param>
/// <param name="Audience">Who may ask for it.</param>
/// <param name="NeedsApproval">Whether staff approve each request; otherwise a free slot is booked at once.</param>
/// <param name="MostPerWeek">How many bookings an organiser may have in one week, Monday to Sunday; no limit unless told otherwise.</param>
/// <param name="MostPerMonth">How many bookings an organiser may have in one calendar month; no limit unless told otherwise.</param>
/// <param name="DaysAhead">How many days ahead one can book.</param>
/// <param name="NoticeHours">How many hours before the start a booking must be asked for.</param>
/// <param name="AnswerHours">For how many hours a request waits for an answer before it lapses; never past its start.</param>
/// <param name="ChecksIn">Whether people check in; where they do not, nothing is released.</param>
/// <param name="CheckInOpensMinutes">How many minutes before the start the check-in opens.</param>
/// <param name="CheckInClosesMinutes">How many minutes after the start a room that nobody claimed is released.</param>
/// <param name="StrikesNoShows">Whether staying away without a word earns a member a strike.</param>
public sealed record SpaceRules(
    string Name, string? NameEnglish = null, SpaceAudience Audience = SpaceAudience.Members, bool NeedsApproval = false, int? MostPerWeek = null, int? MostPerMonth = null,
    int DaysAhead = 90, int NoticeHours = 0, int AnswerHours = 72, bool ChecksIn = true, int CheckInOpensMinutes = 15, int CheckInClosesMinutes = 15, bool StrikesNoShows = true)
{
    internal SpaceKindDetails ToDetails() => new()
    {
        Name = Name,
        NameEnglish = NameEnglish,
        Audience = Audience,
        NeedsApproval = NeedsApproval,
        MostPerWeek = MostPerWeek,
        MostPerMonth = MostPerMonth,
        DaysAhead = DaysAhead,
        NoticeHours = NoticeHours,
        AnswerHours = AnswerHours,
        ChecksIn = ChecksIn,
        CheckInOpensMinutes = CheckInOpensMinutes,
        CheckInClosesMinutes = CheckInClosesMinutes,
        StrikesNoShows = StrikesNoShows,
    };
}
