using Metro.Library;
using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Members;

/// <summary>What the API tells of a loan.</summary>
[ObjectType<Loan>]
[Authorize(Permissions.ReadOwn)]
internal static class LoanFields
{
    internal static void Describe(ObjectTypeDescriptor<Loan> loan)
    {
        loan.BindFieldsExplicitly().Description("A copy with a member, from check-out to return.");
        loan.Field(one => one.LentAt).Description("When it was lent.");
        loan.Field(one => one.LentOn).IsFilterable();
        loan.Field(one => one.DueOn).IsFilterable().IsSortable();
        loan.Field(one => one.Renewals);
        loan.Field(one => one.State).IsFilterable();
        loan.Field(one => one.ReturnedOn);
        loan.Field(one => one.ClaimedReturnedOn);
        loan.Field(one => one.Channel);
        loan.Field(one => one.Format).IsFilterable();
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<Loan>]
    public static long Id([Parent] Loan loan) => loan.Id;

    /// <summary>Whether it is late today. An overdue copy is still out.</summary>
    public static bool IsOverdue([Parent] Loan loan, LibraryCalendar calendar) => loan.IsOverdueOn(calendar.Today);

    /// <summary>The book.</summary>
    [Cost(2)]
    public static Task<Title?> GetBookAsync([Parent] Loan loan, IDataLoader<long, Title> books, CancellationToken stop) => books.LoadAsync(loan.TitleId, stop);

    /// <summary>The barcode of the copy.</summary>
    [Cost(2)]
    public static async Task<string?> GetBarcodeAsync([Parent] Loan loan, IDataLoader<long, Copy> copies, CancellationToken stop) =>
        (await copies.LoadAsync(loan.CopyId, stop))?.Barcode;

    /// <summary>The branch that lent it.</summary>
    [Cost(2)]
    public static Task<Branch?> GetBranchAsync([Parent] Loan loan, IDataLoader<long, Branch> branches, CancellationToken stop) => branches.LoadAsync(loan.BranchId, stop);

    /// <summary>What being late would cost if it came back today; nothing on time.</summary>
    public static async Task<Lateness?> GetIfReturnedTodayAsync([Parent] Loan loan, FinesLedger ledger, LibraryCalendar calendar, CancellationToken stop) =>
        loan.EndedAt is null ? await ledger.IfReturnedOnAsync(loan.Id, calendar.Today, stop) : null;

    /// <summary>When it is due, and why then, in the language of the request: "due Monday 24 November: Sunday is closed". Null once it has ended.</summary>
    [Cost(5)]
    public static async Task<string?> GetDueBecauseAsync(
        [Parent] Loan loan, [DataLoader("BorrowedByMemberDataLoader")] IDataLoader<long, IReadOnlyList<BorrowedCopy>> borrowed, CancellationToken stop) =>
        (await BorrowedAsync(loan, borrowed, stop))?.Due.In(null);

    /// <summary>Why it could not be renewed now; null where it could, and once it has ended.</summary>
    [Cost(5)]
    public static async Task<RefusalError?> GetWhyNotRenewableAsync(
        [Parent] Loan loan, [DataLoader("BorrowedByMemberDataLoader")] IDataLoader<long, IReadOnlyList<BorrowedCopy>> borrowed, CancellationToken stop) =>
        (await BorrowedAsync(loan, borrowed, stop))?.NotRenewed is { } refusal ? new RefusalError(refusal) : null;

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, IReadOnlyList<BorrowedCopy>>> GetBorrowedByMemberAsync(IReadOnlyList<long> ids, BorrowedCopies borrowed, CancellationToken stop)
    {
        var found = new Dictionary<long, IReadOnlyList<BorrowedCopy>>();
        foreach (var id in ids) found[id] = await borrowed.OfAsync(id, stop);
        return found;
    }

    private static async Task<BorrowedCopy?> BorrowedAsync(Loan loan, IDataLoader<long, IReadOnlyList<BorrowedCopy>> borrowed, CancellationToken stop) =>
        loan is { MemberId: { } member, EndedAt: null } ? (await borrowed.LoadAsync(member, stop))?.FirstOrDefault(one => one.LoanId == loan.Id) : null;

    /// <summary>Who has it. For the desk; each look leaves an audit line.</summary>
    [Cost(2)]
    [Authorize(Permissions.ReadDesk)]
    public static async Task<Member?> GetMemberAsync([Parent] Loan loan, [DataLoader("MemberSeenDataLoader")] IDataLoader<long, Member> members, CancellationToken stop) =>
        loan.MemberId is { } id ? await members.LoadAsync(id, stop) : null;
}

/// <summary>What the API tells of being late.</summary>
internal static class LatenessFields
{
    internal static void Describe(ObjectTypeDescriptor<Lateness> lateness)
    {
        lateness.BindFieldsExplicitly().Description("What being late costs, by the terms and the hours of the branch.");
        lateness.Field(one => one.DaysLate).Description("How many open days late; closed days are not counted.");
        lateness.Field(one => one.Amount);
        lateness.Field(one => one.SuspendedThrough);
    }
}

/// <summary>What the API tells of a hold.</summary>
[ObjectType<Hold>]
[Authorize(Permissions.ReadOwn)]
internal static class HoldFields
{
    internal static void Describe(ObjectTypeDescriptor<Hold> hold)
    {
        hold.BindFieldsExplicitly().Description("A place in the queue for a book; first come, first served.");
        hold.Field(one => one.PlacedAt).Description("When it was placed.");
        hold.Field(one => one.State);
        hold.Field(one => one.SuspendedThrough);
        hold.Field(one => one.ReadyAt).Description("When its copy was ready on the hold shelf; null until then.");
        hold.Field(one => one.PickupBy);
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<Hold>]
    public static long Id([Parent] Hold hold) => hold.Id;

    /// <summary>Whether it lets others go first today.</summary>
    public static bool IsSuspended([Parent] Hold hold, LibraryCalendar calendar) => hold.IsSuspendedOn(calendar.Today);

    /// <summary>The book.</summary>
    [Cost(2)]
    public static Task<Title?> GetBookAsync([Parent] Hold hold, IDataLoader<long, Title> books, CancellationToken stop) => books.LoadAsync(hold.TitleId, stop);

    /// <summary>Where it will be picked up.</summary>
    [Cost(2)]
    public static Task<Branch?> GetPickupBranchAsync([Parent] Hold hold, IDataLoader<long, Branch> branches, CancellationToken stop) =>
        branches.LoadAsync(hold.PickupBranchId, stop);

    /// <summary>The honest place in the queue: 1 is next; 0 when a copy has been claimed for it, or it has ended.</summary>
    public static async Task<QueuePlace> GetQueueAsync([Parent] Hold hold, HoldQueue queue, CancellationToken stop)
    {
        var (position, length) = await queue.PositionAsync(hold.Id, stop);
        return new(position, length);
    }

    /// <summary>Who waits. For the desk; each look leaves an audit line.</summary>
    [Cost(2)]
    [Authorize(Permissions.ReadDesk)]
    public static async Task<Member?> GetMemberAsync([Parent] Hold hold, [DataLoader("MemberSeenDataLoader")] IDataLoader<long, Member> members, CancellationToken stop) =>
        hold.MemberId is { } id ? await members.LoadAsync(id, stop) : null;
}

/// <summary>A place in a queue.</summary>
/// <param name="Position">1 is next; 0 for whoever waits no more.</param>
/// <param name="Length">How many wait.</param>
public sealed record QueuePlace(int Position, int Length);

/// <summary>What the API tells of a fine.</summary>
[ObjectType<Fine>]
[Authorize(Permissions.ReadOwn)]
internal static class FineFields
{
    internal static void Describe(ObjectTypeDescriptor<Fine> fine)
    {
        fine.BindFieldsExplicitly().Description("What a member owes for being late, for a loss or for damage. Payments and waivers are kept apart from it.");
        fine.Field(one => one.Reason);
        fine.Field(one => one.Amount);
        fine.Field(one => one.Outstanding);
        fine.Field(one => one.DaysLate);
        fine.Field(one => one.Note);
        fine.Field(one => one.AssessedAt).Description("When it was assessed.");
    }

    internal static void Describe(ObjectTypeDescriptor<FineOnRecord> record)
    {
        record.BindFieldsExplicitly().Description("A fine with all that happened to it.");
        record.Field(one => one.Fine).Description("The assessment.");
        record.Field(one => one.Title).Description("The title of the book whose loan caused it.");
        record.Field(one => one.Payments).Description("What was paid, the first first.");
        record.Field(one => one.Waivers).Description("What was let go, the first first.");
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<Fine>]
    public static long Id([Parent] Fine fine) => fine.Id;

    /// <summary>The loan that caused it.</summary>
    [Cost(2)]
    public static Task<Loan?> GetLoanAsync([Parent] Fine fine, IDataLoader<long, Loan> loans, CancellationToken stop) => loans.LoadAsync(fine.LoanId, stop);

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, Loan>> GetLoanByIdAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.Loans.AsNoTracking().Where(loan => ids.Contains(loan.Id)).ToDictionaryAsync(loan => loan.Id, stop);
}

/// <summary>What the API tells of a registration.</summary>
[ObjectType<Registration>]
[Authorize(Permissions.ReadOwn)]
internal static class RegistrationFields
{
    internal static void Describe(ObjectTypeDescriptor<Registration> registration)
    {
        registration.BindFieldsExplicitly().Description("One person's or group's place in a session: seated together or not at all.");
        registration.Field(one => one.Session).Description("The session.");
        registration.Field(one => one.Seats);
        registration.Field(one => one.GroupName);
        registration.Field(one => one.Note);
        registration.Field(one => one.Status);
        registration.Field(one => one.OfferExpiresAt).Description("Until when an offered seat is held; null unless offered.");
        registration.Field(one => one.AttendedAt).Description("When they checked in; null until then.");
        registration.Field(one => one.CreatedAt).Description("When it was made.");
        registration.Field(one => one.Needs);
    }

    internal static void Describe(ObjectTypeDescriptor<AccommodationRequest> need)
    {
        need.BindFieldsExplicitly().Description("Something that the library is asked to arrange for a registration.");
        need.Field(one => one.Kind);
        need.Field(one => one.Note);
        need.Field(one => one.Answer);
    }

    /// <summary>The code that is shown at the door and named in mutations, such as `K7PM-42XD`.</summary>
    public static string Ticket([Parent] Registration registration) => TicketCode.Display(registration.TicketCode);

    /// <summary>Whether it is part of an enrolment in the whole series.</summary>
    public static bool IsOfSeries([Parent] Registration registration) => registration.SeriesEnrolmentId is not null;

    /// <summary>The place on the waitlist: 1 is next; null for whoever does not wait.</summary>
    public static async Task<int?> GetWaitlistPositionAsync([Parent] Registration registration, LibraryDbContext db, CancellationToken stop) =>
        registration.Status == RegistrationStatus.Waiting ? await db.Registrations.AheadOf(registration).CountAsync(stop) + 1 : null;
}

/// <summary>The id of a need, for the desk's answer.</summary>
[ExtendObjectType<AccommodationRequest>]
internal static class AccommodationRequestFields
{
    /// <summary>Its id, for the desk's answer.</summary>
    [ID<AccommodationRequest>]
    public static long Id([Parent] AccommodationRequest need) => need.Id;
}

/// <summary>What the API tells of a booking.</summary>
[ObjectType<Booking>]
[Authorize(Permissions.ReadOwn)]
internal static class BookingFields
{
    internal static void Describe(ObjectTypeDescriptor<Booking> booking)
    {
        booking.BindFieldsExplicitly().Description("Somebody's use of a space, or their request for it.");
        booking.Field(one => one.Title);
        booking.Field(one => one.StartsAt).Description("When it starts.").IsFilterable().IsSortable();
        booking.Field(one => one.EndsAt).Description("When it ends.").IsFilterable();
        booking.Field(one => one.Heads);
        booking.Field(one => one.Status).IsFilterable();
        booking.Field(one => one.AnswerBy).Description("Until when a request waits for an answer; null once it has one.");
        booking.Field(one => one.Reason);
        booking.Field(one => one.Note);
        booking.Field(one => one.OrganiserName);
        booking.Field(one => one.CheckedInAt).Description("When they checked in; null until then.");
        booking.Field(one => one.CreatedAt).Description("When it was asked for.");
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<Booking>]
    public static long Id([Parent] Booking booking) => booking.Id;

    /// <summary>Whether it is an occurrence of a recurring request.</summary>
    public static bool IsRecurring([Parent] Booking booking) => booking.SeriesId is not null;

    /// <summary>The space.</summary>
    [Cost(2)]
    public static Task<Space?> GetSpaceAsync([Parent] Booking booking, IDataLoader<long, Space> spaces, CancellationToken stop) => spaces.LoadAsync(booking.SpaceId, stop);

    /// <summary>The member who organises; null for others. For the desk; each look leaves an audit line.</summary>
    [Cost(2)]
    [Authorize(Permissions.ReadDesk)]
    public static async Task<Member?> GetMemberAsync([Parent] Booking booking, [DataLoader("MemberSeenDataLoader")] IDataLoader<long, Member> members, CancellationToken stop) =>
        booking.MemberId is { } id ? await members.LoadAsync(id, stop) : null;
}

/// <summary>What the API tells of a class visit.</summary>
[ObjectType<Visit>]
[Authorize(Permissions.ReadOwn)]
internal static class VisitFields
{
    internal static void Describe(ObjectTypeDescriptor<Visit> visit)
    {
        visit.Name("ClassVisit").BindFieldsExplicitly().Description("A class that comes to the library, or to which the library comes; or a request for it.");
        visit.Field(one => one.StartsAt).Description("When it starts.").IsFilterable().IsSortable();
        visit.Field(one => one.EndsAt).Description("When it ends.");
        visit.Field(one => one.Children);
        visit.Field(one => one.Adults);
        visit.Field(one => one.ClassName);
        visit.Field(one => one.Needs);
        visit.Field(one => one.Note);
        visit.Field(one => one.Status).IsFilterable();
        visit.Field(one => one.AnswerBy).Description("Until when a request waits for an answer; null once it has one.");
        visit.Field(one => one.Reason);
        visit.Field(one => one.ChildrenCame);
        visit.Field(one => one.RequestedAt).Description("When it was asked for.");
    }

    internal static void Describe(ObjectTypeDescriptor<School> school)
    {
        school.BindFieldsExplicitly().Description("A school that visits the library, known by its national number.");
        school.Field(one => one.Npsn);
        school.Field(one => one.Name);
        school.Field(one => one.Level);
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<Visit>]
    public static long Id([Parent] Visit visit) => visit.Id;

    /// <summary>The language in which it is given.</summary>
    public static Language Language([Parent] Visit visit) => Schema.Language.Find(visit.Language) ?? Schema.Language.Id;

    /// <summary>What the class comes for.</summary>
    [Cost(2)]
    public static Task<VisitOffer?> GetOfferAsync([Parent] Visit visit, IDataLoader<long, VisitOffer> offers, CancellationToken stop) => offers.LoadAsync(visit.OfferId, stop);

    /// <summary>The school.</summary>
    [Cost(2)]
    public static Task<School?> GetSchoolAsync([Parent] Visit visit, IDataLoader<long, School> schools, CancellationToken stop) => schools.LoadAsync(visit.SchoolId, stop);

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, School>> GetSchoolByIdAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.Schools.AsNoTracking().Where(school => ids.Contains(school.Id)).ToDictionaryAsync(school => school.Id, stop);
}

/// <summary>What the API tells of a school beside its name: to the desk, whom to speak to.</summary>
[ExtendObjectType<School>]
internal static class SchoolFields
{
    /// <summary>Its id, for `changeSchool`.</summary>
    [ID<School>]
    public static long Id([Parent] School school) => school.Id;

    /// <summary>Where it is; null where nobody wrote it down. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static string? Address([Parent] School school) => school.Address;

    /// <summary>The teacher to speak to. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static string? ContactName([Parent] School school) => school.ContactName;

    /// <summary>The teacher's e-mail address, to which answers go. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static string? ContactEmail([Parent] School school) => school.ContactEmail;

    /// <summary>The teacher's telephone number; null where nobody wrote it down. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static string? ContactPhone([Parent] School school) => school.ContactPhone;
}

/// <summary>What the API tells of an absence.</summary>
[ObjectType<Strike>]
[Authorize(Permissions.ReadOwn)]
internal static class StrikeFields
{
    internal static void Describe(ObjectTypeDescriptor<Strike> strike)
    {
        strike.BindFieldsExplicitly().Description("Somebody stayed away from a seat or room without a word. It counts for a time, and can be appealed.");
        strike.Field(one => one.GivenAt).Description("When it was given.");
        strike.Field(one => one.ExpiresAt).Description("When it no longer counts.");
        strike.Field(one => one.LiftedAt).Description("When it was lifted; null while it stands.");
        strike.Field(one => one.Appeal);
        strike.Field(one => one.AppealText);
        strike.Field(one => one.AppealAnswer);
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<Strike>]
    public static long Id([Parent] Strike strike) => strike.Id;
}
