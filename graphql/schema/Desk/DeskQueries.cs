using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>What the desk may ask. Whoever looks at another person's record leaves an audit line.</summary>
[QueryType]
[Authorize(Permissions.ReadDesk)]
internal static class DeskQueries
{
    /// <summary>Finds members by card number, barcode or the beginning of the name. For the desk; the search is audited.</summary>
    /// <param name="search">At least two characters.</param>
    [ListSize(AssumedSize = 50, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<FoundMember>?> GetMembersAsync(string search, MemberAccounts accounts, Acting acting, CancellationToken stop) =>
        await accounts.FindAsync(search, await acting.AsStaffAsync(stop), stop);

    /// <summary>A member's record. For the desk; the look is audited.</summary>
    /// <param name="id">The member's id.</param>
    public static async Task<Member?> GetMemberAsync([ID<Member>] long id, MemberAccounts accounts, Acting acting, CancellationToken stop)
    {
        var seen = await accounts.ViewAsync(id, await acting.AsStaffAsync(stop), stop);
        return seen.Succeeded ? seen.Value : null;
    }

    /// <summary>Applications for membership that wait for review, the oldest first. For the desk; each look is audited.</summary>
    /// <param name="first">How many, up to 100.</param>
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 20, AssumedSize = 100, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Member?>?> GetMembershipApplicationsAsync(
        Library.Members.Registrations registrations, [DataLoader("MemberSeenDataLoader")] IDataLoader<long, Member> members, CancellationToken stop, int first = 20)
    {
        var waiting = await registrations.AwaitingReviewAsync(0, Math.Clamp(first, 1, 100), stop);
        return await members.LoadAsync([.. waiting.Select(member => member.Id)], stop);
    }

    /// <summary>Loans, open ones unless told otherwise. For the desk.</summary>
    /// <param name="branch">Only those lent by this branch.</param>
    /// <param name="overdue">Whether only copies are wanted that should have come back.</param>
    /// <param name="ended">Whether returned and replaced ones are wanted instead.</param>
    [UsePaging(MaxPageSize = 100, DefaultPageSize = 20)]
    [UseFiltering]
    [UseSorting]
    public static IQueryable<Loan> GetLoans(LibraryDbContext db, LibraryCalendar calendar, [ID<Branch>] long? branch = null, bool overdue = false, bool ended = false)
    {
        var loans = ended ? db.Loans.Where(loan => loan.EndedAt != null) : db.Loans.Open();
        if (branch is { } branchId) loans = loans.Where(loan => loan.BranchId == branchId);
        var today = calendar.Today;
        return overdue ? loans.Where(loan => loan.State == LoanState.Out && loan.DueOn < today) : loans;
    }

    /// <summary>Bookings of spaces and requests for them. For the desk.</summary>
    /// <param name="space">Only those of this space.</param>
    [UsePaging(MaxPageSize = 100, DefaultPageSize = 20)]
    [UseFiltering]
    [UseSorting]
    public static IQueryable<Booking> GetBookings(LibraryDbContext db, [ID<Space>] long? space = null) =>
        space is { } spaceId ? db.Bookings.Where(booking => booking.SpaceId == spaceId) : db.Bookings;

    /// <summary>Class visits and requests for them. For the desk.</summary>
    [UsePaging(MaxPageSize = 100, DefaultPageSize = 20)]
    [UseFiltering]
    [UseSorting]
    public static IQueryable<Visit> GetClassVisits(LibraryDbContext db) => db.Visits;

    /// <summary>The school with this national number; null when it has never been written down. For the desk.</summary>
    /// <param name="npsn">Its eight digits; spaces, dots and dashes do not matter.</param>
    public static Task<School?> GetSchoolAsync(string npsn, Schools schools, CancellationToken stop) => schools.FindAsync(npsn, stop);

    /// <summary>The list at the door of a session: who has a seat, who waits, what they need. For the desk; the look is audited.</summary>
    /// <param name="session">The session.</param>
    /// <param name="first">How many rows, up to 200.</param>
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 50, AssumedSize = 200, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<DoorListRow>?> GetDoorListAsync(
        [ID<Session>] long session, CheckIns door, Acting acting, CancellationToken stop, int first = 50) =>
        await door.ListAsync(session, null, first, await acting.AsStaffAsync(stop), stop);

    /// <summary>Holds ready for pickup, the one that expires first at the top. For the desk; the look is audited.</summary>
    /// <param name="branch">The branch; all unless told otherwise.</param>
    /// <param name="first">How many, up to 200.</param>
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 50, AssumedSize = 200, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<ShelvedHold>?> GetHoldShelfAsync(
        CirculationLists lists, Acting acting, CancellationToken stop, [ID<Branch>] long? branch = null, int first = 50) =>
        (await lists.ReadyAsync(branch, null, first, await acting.AsStaffAsync(stop), stop)).Items;

    /// <summary>Copies to fetch from the open shelf for holds, in the order in which they were claimed. For the desk.</summary>
    /// <param name="branch">The branch; all unless told otherwise.</param>
    /// <param name="first">How many, up to 200.</param>
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 50, AssumedSize = 200, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<HoldToFetch>?> GetHoldsToFetchAsync(CirculationLists lists, CancellationToken stop, [ID<Branch>] long? branch = null, int first = 50) =>
        (await lists.ToFetchAsync(branch, null, first, stop)).Items;

    /// <summary>Members whose records are looked at together; each look is an audit line of its own.</summary>
    [DataLoader]
    public static Task<IReadOnlyDictionary<long, Member>> GetMemberSeenAsync(
        IReadOnlyList<long> ids, LibraryDbContext db, LibraryCalendar calendar, Acting acting, CancellationToken stop) =>
        db.WriteAsync<IReadOnlyDictionary<long, Member>>(async inner =>
        {
            var by = await acting.AsStaffAsync(inner);
            var members = await db.Members.AsNoTracking().Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, inner);
            foreach (var id in members.Keys) db.Audit(by, "member.viewed", new Subject("member", id), calendar.Now);
            await db.SaveChangesAsync(inner);
            return members;
        }, stop);
}

/// <summary>What a search for members tells of each.</summary>
[ObjectType<FoundMember>]
[Authorize(Permissions.ReadDesk)]
internal static class FoundMemberFields
{
    internal static void Describe(ObjectTypeDescriptor<FoundMember> found)
    {
        found.BindFieldsExplicitly().Description("A member as a search shows them.");
        found.Field(one => one.Name).Description("The name.");
        found.Field(one => one.CardNumber).Description("The number on the card; null for an applicant.");
        found.Field(one => one.BirthDate).Description("The date of birth; null for organisations and schools.");
        found.Field(one => one.Category).Description("On which terms.");
        found.Field(one => one.Status).Description("Where the membership stands.");
    }

    /// <summary>The member's id, for `member(id:)` and mutations.</summary>
    [ID<Member>]
    public static long Id([Parent] FoundMember found) => found.Id;
}

/// <summary>What the list at the door tells of each registration.</summary>
[ObjectType<DoorListRow>]
[Authorize(Permissions.ReadDesk)]
internal static class DoorListRowFields
{
    internal static void Describe(ObjectTypeDescriptor<DoorListRow> row)
    {
        row.BindFieldsExplicitly().Description("A registration on the list at the door.");
        row.Field(one => one.Status);
        row.Field(one => one.Seats);
        row.Field(one => one.Name);
        row.Field(one => one.GroupName);
        row.Field(one => one.Age);
        row.Field(one => one.Needs);
        row.Field(one => one.GuardianAllowsPhotographs);
    }

    /// <summary>The code that is shown at the door.</summary>
    public static string Ticket([Parent] DoorListRow row) => TicketCode.Display(row.TicketCode);
}

/// <summary>What the hold shelf tells of each hold.</summary>
[ObjectType<ShelvedHold>]
[Authorize(Permissions.ReadDesk)]
internal static class ShelvedHoldFields
{
    internal static void Describe(ObjectTypeDescriptor<ShelvedHold> hold)
    {
        hold.BindFieldsExplicitly().Description("A copy on the hold shelf, with whom it waits for.");
        hold.Field(one => one.State).Description("How far the hold has come.");
        hold.Field(one => one.PickupBy).Description("The last day for picking it up.");
        hold.Field(one => one.Barcode).Description("The copy's barcode.");
        hold.Field(one => one.Title).Description("The title of the book.");
        hold.Field(one => one.MemberName).Description("Who picks it up.");
        hold.Field(one => one.CardNumber).Description("The number on their card.");
    }

    /// <summary>The hold's id.</summary>
    [ID<Hold>]
    public static long Id([Parent] ShelvedHold hold) => hold.HoldId;

    /// <summary>The branch on whose hold shelf it stands.</summary>
    [Cost(2)]
    public static Task<Branch?> GetBranchAsync([Parent] ShelvedHold hold, IDataLoader<long, Branch> branches, CancellationToken stop) => branches.LoadAsync(hold.BranchId, stop);
}

/// <summary>What the list of copies to fetch tells of each.</summary>
[ObjectType<HoldToFetch>]
[Authorize(Permissions.ReadDesk)]
internal static class HoldToFetchFields
{
    internal static void Describe(ObjectTypeDescriptor<HoldToFetch> hold)
    {
        hold.BindFieldsExplicitly().Description("A copy to be fetched from the open shelf for somebody who waits.");
        hold.Field(one => one.Barcode).Description("The copy's barcode.");
        hold.Field(one => one.ShelfMark).Description("Where it stands on the shelf; null where nobody wrote it down.");
        hold.Field(one => one.Title).Description("The title of the book.");
    }

    /// <summary>The hold's id.</summary>
    [ID<Hold>]
    public static long Id([Parent] HoldToFetch hold) => hold.HoldId;

    /// <summary>Where the copy stands.</summary>
    [Cost(2)]
    public static Task<Branch?> GetBranchAsync([Parent] HoldToFetch hold, IDataLoader<long, Branch> branches, CancellationToken stop) => branches.LoadAsync(hold.AtBranchId, stop);

    /// <summary>Where it will be picked up.</summary>
    [Cost(2)]
    public static Task<Branch?> GetPickupBranchAsync([Parent] HoldToFetch hold, IDataLoader<long, Branch> branches, CancellationToken stop) =>
        branches.LoadAsync(hold.PickupBranchId, stop);
}
