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
using Metro.Portal.Schema.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>Lending and taking in.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class LendingMutations
{
    /// <summary>Lends a copy. A scan that repeats itself changes nothing.</summary>
    /// <param name="card">The member's card number or barcode.</param>
    /// <param name="barcode">The copy's.</param>
    /// <param name="branch">Where it is lent; its calendar decides the due date.</param>
    /// <param name="inSpiteBecause">Why it is lent in spite of a limit, a debt or an overdue copy; the audit trail keeps it. Somebody else's hold and an invalid card stand.</param>
    public static async Task<FieldResult<CopyLent, RefusalError>> CheckOutAsync(
        string card, string barcode, [ID<Branch>] long branch, CirculationDesk desk, LibraryDbContext db, Acting acting, CancellationToken stop, string? inSpiteBecause = null) =>
        await (await desk.CheckOutAsync(new LendingScan(card, barcode, branch) { InSpiteBecause = inSpiteBecause }, await acting.AsStaffAsync(stop), stop)).ThenAsync(async lent =>
            new CopyLent(await LoanAsync(db, lent.LoanId, stop), lent.Due.In(null), lent.Repeated));

    /// <summary>Takes a copy in, whatever it was, and says where it goes.</summary>
    /// <param name="barcode">The copy's.</param>
    /// <param name="branch">Where it is taken in.</param>
    /// <param name="returnedOn">The day it lay in the book drop; today unless told otherwise.</param>
    public static async Task<FieldResult<CopyReturned, RefusalError>> CheckInAsync(
        string barcode, [ID<Branch>] long branch, CirculationDesk desk, LibraryDbContext db, Acting acting, CancellationToken stop, DateOnly? returnedOn = null) =>
        await (await desk.CheckInAsync(barcode, branch, await acting.AsStaffAsync(stop), returnedOn, stop)).ThenAsync(async taken => new CopyReturned(
            taken.Barcode, taken.Title, taken.Routing, taken.DestinationBranchId is { } to ? await db.Branches.AsNoTracking().SingleAsync(one => one.Id == to, stop) : null,
            taken.LoanId is { } loan ? await LoanAsync(db, loan, stop) : null, taken.Lateness, taken.Repeated));

    /// <summary>A borrower has lost a copy. The loan stays open until it is found, replaced or paid.</summary>
    /// <param name="barcode">The copy's.</param>
    public static async Task<FieldResult<Loan, RefusalError>> ReportLostAsync(
        string barcode, CirculationDesk desk, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var normal = Copy.NormalBarcode(barcode);
        return await (await desk.ReportLostAsync(barcode, await acting.AsStaffAsync(stop), stop)).OrAsync(() => (
            from loan in db.Loans.AsNoTracking().Open()
            join copy in db.Copies on loan.CopyId equals copy.Id
            where copy.Barcode == normal
            select loan).SingleAsync(stop));
    }

    /// <summary>The borrower says that the copy was brought back, and it is not among those returned: nobody reminds them while the staff look for it.</summary>
    /// <param name="loan">The loan.</param>
    public static async Task<FieldResult<Loan, RefusalError>> ClaimReturnedAsync(
        [ID<Loan>] long loan, CirculationDesk desk, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await desk.ClaimReturnedAsync(loan, await acting.AsStaffAsync(stop), stop)).OrAsync(() => LoanAsync(db, loan, stop));

    /// <summary>The copy was not brought back after all: the loan counts again as any other.</summary>
    /// <param name="loan">The loan.</param>
    public static async Task<FieldResult<Loan, RefusalError>> WithdrawReturnClaimAsync(
        [ID<Loan>] long loan, CirculationDesk desk, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await desk.WithdrawClaimAsync(loan, await acting.AsStaffAsync(stop), stop)).OrAsync(() => LoanAsync(db, loan, stop));

    /// <summary>The borrower brought another copy in place of the lost one: the loan ends, and what was charged for the loss is waived.</summary>
    /// <param name="loan">The loan.</param>
    /// <param name="note">What was brought.</param>
    public static async Task<FieldResult<Loan, RefusalError>> AcceptReplacementAsync(
        [ID<Loan>] long loan, string note, CirculationDesk desk, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await desk.AcceptReplacementAsync(loan, note, await acting.AsStaffAsync(stop), stop)).OrAsync(() => LoanAsync(db, loan, stop));

    /// <summary>Takes note that the copy of a hold that was not collected has been taken from the hold shelf.</summary>
    /// <param name="hold">The hold.</param>
    public static async Task<FieldResult<Hold, RefusalError>> ClearHoldAsync(
        [ID<Hold>] long hold, HoldQueue queue, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await queue.ClearAsync(hold, await acting.AsStaffAsync(stop), stop)).OrAsync(() => CirculationMutations.HoldAsync(db, hold, stop));

    /// <summary>Assesses a fine for damage.</summary>
    /// <param name="loan">The loan.</param>
    /// <param name="amount">How much, in rupiah.</param>
    /// <param name="note">What was damaged.</param>
    public static async Task<FieldResult<Fine, RefusalError>> AssessDamageAsync(
        [ID<Loan>] long loan, int amount, string note, FinesLedger ledger, Acting acting, CancellationToken stop) =>
        (await ledger.AssessDamageAsync(loan, amount, note, await acting.AsStaffAsync(stop), stop)).Then(fine => fine);

    /// <summary>Receives money for a fine. The same request key is the same payment, however often it is sent.</summary>
    /// <param name="fine">The fine.</param>
    /// <param name="amount">How much, in rupiah.</param>
    /// <param name="method">How it is paid.</param>
    /// <param name="requestKey">A name for this payment that no other has.</param>
    public static async Task<FieldResult<FinePayment, RefusalError>> PayFineAsync(
        [ID<Fine>] long fine, int amount, PaymentMethod method, string requestKey, FinesLedger ledger, Acting acting, CancellationToken stop) =>
        (await ledger.PayAsync(fine, amount, method, requestKey, await acting.AsStaffAsync(stop), stop)).Then(payment => payment);

    /// <summary>Lets a fine go, or a part of it.</summary>
    /// <param name="fine">The fine.</param>
    /// <param name="amount">How much, in rupiah.</param>
    /// <param name="reason">Why.</param>
    public static async Task<FieldResult<FineWaiver, RefusalError>> WaiveFineAsync(
        [ID<Fine>] long fine, int amount, string reason, FinesLedger ledger, Acting acting, CancellationToken stop) =>
        (await ledger.WaiveAsync(fine, amount, reason, await acting.AsStaffAsync(stop), stop)).Then(waiver => waiver);

    internal static void Describe(ObjectTypeDescriptor<FinePayment> payment)
    {
        payment.BindFieldsExplicitly().Description("Money received for a fine.");
        payment.Field(one => one.Amount);
        payment.Field(one => one.Method);
        payment.Field(one => one.ReceiptNumber);
        payment.Field(one => one.ReceivedBy);
        payment.Field(one => one.At).Description("When it was received.");
    }

    internal static void Describe(ObjectTypeDescriptor<FineWaiver> waiver)
    {
        waiver.BindFieldsExplicitly().Description("A part of a fine that the library lets go.");
        waiver.Field(one => one.Amount);
        waiver.Field(one => one.Reason);
        waiver.Field(one => one.WaivedBy);
        waiver.Field(one => one.At).Description("When it was decided.");
    }

    private static Task<Loan> LoanAsync(LibraryDbContext db, long id, CancellationToken stop) => db.Loans.AsNoTracking().SingleAsync(loan => loan.Id == id, stop);
}

/// <summary>A copy that was lent.</summary>
/// <param name="Loan">The loan.</param>
/// <param name="DueBecause">When it is due, and why then, in the language of the request.</param>
/// <param name="Repeated">Whether the member had it already.</param>
public sealed record CopyLent(Loan Loan, string DueBecause, bool Repeated);

/// <summary>A copy that was taken in.</summary>
/// <param name="Barcode">The copy's.</param>
/// <param name="Title">The title of its book.</param>
/// <param name="Routing">Where it goes now.</param>
/// <param name="Destination">The branch whose box it goes into; null unless it goes to another.</param>
/// <param name="Loan">The loan that ended; null when none did.</param>
/// <param name="Lateness">What being late costs.</param>
/// <param name="Repeated">Whether it had been taken in already.</param>
public sealed record CopyReturned(string Barcode, string Title, Routing Routing, Branch? Destination, Loan? Loan, Lateness Lateness, bool Repeated);

/// <summary>Members, from application to farewell.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class MembershipMutations
{
    /// <summary>Gives a card at once to somebody who stands at the desk.</summary>
    /// <param name="application">Who they are.</param>
    public static async Task<FieldResult<Member, RefusalError>> RegisterMemberAsync(
        NewMember application, Library.Members.Registrations registrations, Acting acting, CancellationToken stop) =>
        (await registrations.RegisterAtDeskAsync(application.ToApplication(), await acting.AsStaffAsync(stop), stop)).Then(member => member);

    /// <summary>Makes an applicant a member, and tells them.</summary>
    /// <param name="member">The applicant.</param>
    public static async Task<FieldResult<Member, RefusalError>> ApproveMemberAsync(
        [ID<Member>] long member, Library.Members.Registrations registrations, Acting acting, CancellationToken stop) =>
        (await registrations.ApproveAsync(member, await acting.AsStaffAsync(stop), stop)).Then(one => one);

    /// <summary>Declines an application, and tells the applicant why.</summary>
    /// <param name="member">The applicant.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Member, RefusalError>> DeclineMemberAsync(
        [ID<Member>] long member, string reason, Library.Members.Registrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => registrations.DeclineAsync(member, reason, by, stop), db, acting, stop);

    /// <summary>Keeps a member from borrowing for some days.</summary>
    /// <param name="member">The member.</param>
    /// <param name="through">The last day.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Member, RefusalError>> SuspendMemberAsync(
        [ID<Member>] long member, DateOnly through, string reason, MemberAccounts accounts, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => accounts.SuspendAsync(member, through, reason, by, stop), db, acting, stop);

    /// <summary>Ends a suspension early.</summary>
    /// <param name="member">The member.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Member, RefusalError>> LiftSuspensionAsync(
        [ID<Member>] long member, string reason, MemberAccounts accounts, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => accounts.LiftSuspensionAsync(member, reason, by, stop), db, acting, stop);

    /// <summary>Moves a member to another category.</summary>
    /// <param name="member">The member.</param>
    /// <param name="category">On which terms from now on.</param>
    public static Task<FieldResult<Member, RefusalError>> ChangeMemberCategoryAsync(
        [ID<Member>] long member, MemberCategory category, MemberAccounts accounts, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => accounts.ChangeCategoryAsync(member, category, by, stop), db, acting, stop);

    /// <summary>Gives a new card with another barcode; the old one is worthless from now on.</summary>
    /// <param name="member">The member.</param>
    [UseMutationConvention(PayloadFieldName = "barcode")]
    public static async Task<FieldResult<string, RefusalError>> ReplaceCardAsync(
        [ID<Member>] long member, MemberAccounts accounts, Acting acting, CancellationToken stop) =>
        (await accounts.ReplaceCardAsync(member, await acting.AsStaffAsync(stop), stop)).Then(barcode => barcode);

    /// <summary>Ends a membership. Refused while copies or fines are open.</summary>
    /// <param name="member">The member.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Member, RefusalError>> CloseMembershipAsync(
        [ID<Member>] long member, string? reason, MemberPrivacy privacy, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => privacy.CloseAsync(member, reason, by, stop), db, acting, stop);

    /// <summary>Writes a note about a member for the staff. The member reads it in their download.</summary>
    /// <param name="member">The member.</param>
    /// <param name="text">What the staff should know; at most 1,000 characters.</param>
    public static Task<FieldResult<Member, RefusalError>> AddMemberNoteAsync(
        [ID<Member>] long member, string text, MemberNotes notes, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => notes.AddAsync(member, text, by, stop), db, acting, stop);

    /// <summary>Removes a note that is no longer true. Removing it again changes nothing.</summary>
    /// <param name="member">The member.</param>
    /// <param name="note">The note.</param>
    public static Task<FieldResult<Member, RefusalError>> RemoveMemberNoteAsync(
        [ID<Member>] long member, [ID<MemberNote>] long note, MemberNotes notes, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, async by => await db.Members.AnyAsync(one => one.Id == member, stop) ? await notes.RemoveAsync(member, note, by, stop) : MemberRefusals.Unknown, db, acting, stop);

    /// <summary>Makes one record of two that are the same person's.</summary>
    /// <param name="kept">The record that stays.</param>
    /// <param name="duplicate">The record that is merged into it.</param>
    public static Task<FieldResult<Member, RefusalError>> MergeMembersAsync(
        [ID<Member>] long kept, [ID<Member>] long duplicate, MemberPrivacy privacy, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(kept, by => privacy.MergeAsync(kept, duplicate, by, stop), db, acting, stop);

    private static async Task<FieldResult<Member, RefusalError>> ChangeAsync(
        long id, Func<Actor, Task<Refusal?>> change, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await change(await acting.AsStaffAsync(stop))).OrAsync(() => MemberMutations.OfIdAsync(db, id, stop));
}

/// <summary>Somebody who wants a card.</summary>
/// <param name="Name">The person's name, or the organisation's.</param>
/// <param name="Category">On which terms.</param>
public sealed record NewMember(string Name, MemberCategory Category)
{
    /// <summary>The date of birth; needed for persons.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>The sixteen digits of an identity card; a child's own or the parent's. Not for organisations.</summary>
    public string? Nik { get; init; }

    /// <summary>Where to write by e-mail.</summary>
    public string? Email { get; init; }

    /// <summary>Where to ring.</summary>
    public string? Phone { get; init; }

    /// <summary>The postal address on one line.</summary>
    public string? Address { get; init; }

    /// <summary>Whom to speak to at an organisation or a school.</summary>
    public string? ContactPerson { get; init; }

    /// <summary>A school's eight-digit national number.</summary>
    public string? Npsn { get; init; }

    /// <summary>The language to write in.</summary>
    [DefaultValue(Schema.Language.Id)]
    public Language Language { get; init; } = Language.Id;

    /// <summary>Who decides for somebody under age.</summary>
    public NewGuardian? Guardian { get; init; }

    internal MembershipApplication ToApplication() => new(
        new MemberDetails(Name, BirthDate, Email, Phone, Address, ContactPerson, Npsn), Category, Nik, Language.Code,
        Guardian is null ? null : new GuardianDetails(Guardian.Name, Guardian.Relation, Guardian.Phone, Guardian.Email, Guardian.Member),
        Guardian is null ? null : [new ConsentGiven(ConsentPurpose.Membership, Guardian.ConsentEvidence)]);
}

/// <summary>Who decides for somebody under age, and agrees to the membership.</summary>
/// <param name="Name">The guardian's name.</param>
/// <param name="Relation">What they are to the child: mother, father, grandparent, a home.</param>
/// <param name="ConsentEvidence">What proves the consent, such as the number of the signed form.</param>
/// <param name="Phone">Where to ring the guardian.</param>
/// <param name="Email">Where to write to the guardian.</param>
/// <param name="Member">The guardian's own membership, with which they act for the child online.</param>
public sealed record NewGuardian(string Name, string Relation, string ConsentEvidence, string? Phone = null, string? Email = null, [property: ID<Member>] long? Member = null);

/// <summary>Visits, bookings and programs, as the desk answers them.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class AnsweringMutations
{
    /// <summary>Says yes to a class visit, writes the reply letter, and takes one visit from the school's quota.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="beyondQuotaBecause">Why it may pass where the quota is used up; the audit trail keeps it.</param>
    public static Task<FieldResult<Visit, RefusalError>> ApproveVisitAsync(
        [ID<Visit>] long visit, ClassVisits visits, LibraryDbContext db, Acting acting, CancellationToken stop, string? beyondQuotaBecause = null) =>
        VisitAsync(by => visits.ApproveAsync(visit, by, beyondQuotaBecause, stop), db, acting, stop);

    /// <summary>Says no to a class visit, with a reason.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Visit, RefusalError>> DeclineVisitAsync(
        [ID<Visit>] long visit, string reason, ClassVisits visits, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        VisitAsync(by => visits.DeclineAsync(visit, reason, by, stop), db, acting, stop);

    /// <summary>Takes note that the class came.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="children">How many children were counted.</param>
    public static Task<FieldResult<Visit, RefusalError>> RecordVisitAsync(
        [ID<Visit>] long visit, int children, ClassVisits visits, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        VisitAsync(by => visits.ArriveAsync(visit, children, by, stop), db, acting, stop);

    /// <summary>Takes note that the class stayed away.</summary>
    /// <param name="visit">The visit.</param>
    public static Task<FieldResult<Visit, RefusalError>> RecordVisitNoShowAsync(
        [ID<Visit>] long visit, ClassVisits visits, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        VisitAsync(by => visits.StayAwayAsync(visit, by, stop), db, acting, stop);

    /// <summary>Writes down a school, so that it can ask for visits.</summary>
    /// <param name="school">What is known of it.</param>
    public static async Task<FieldResult<School, RefusalError>> RegisterSchoolAsync(NewSchool school, Schools schools, Acting acting, CancellationToken stop) =>
        (await schools.RegisterAsync(school.ToDetails(), await acting.AsStaffAsync(stop), stop)).Then(one => one);

    /// <summary>Says yes to a request for a space, after looking at everything again.</summary>
    /// <param name="booking">The request.</param>
    /// <param name="declineRivals">Whether one knows that requests for an overlapping time are declined by this.</param>
    public static Task<FieldResult<Booking, RefusalError>> ApproveBookingAsync(
        [ID<Booking>] long booking, Bookings bookings, LibraryDbContext db, Acting acting, CancellationToken stop, bool declineRivals = false) =>
        BookingAsync(by => bookings.ApproveAsync(booking, declineRivals, by, stop), db, acting, stop);

    /// <summary>Says no to a request for a space, with a reason.</summary>
    /// <param name="booking">The request.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Booking, RefusalError>> DeclineBookingAsync(
        [ID<Booking>] long booking, string reason, Bookings bookings, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        BookingAsync(by => bookings.DeclineAsync(booking, reason, by, stop), db, acting, stop);

    /// <summary>Lets somebody in by their ticket.</summary>
    /// <param name="ticket">The code, however typed.</param>
    public static async Task<FieldResult<Registration, RefusalError>> CheckInTicketAsync(
        string ticket, CheckIns door, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await door.CheckInAsync(ticket, await acting.AsStaffAsync(stop), stop)).ThenAsync(one => RegistrationMutations.OfTicketAsync(db, one.TicketCode, stop));

    /// <summary>Registers a visitor who is not a member, where the program is open to them.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The visitor's name.</param>
    /// <param name="email">The visitor's e-mail address.</param>
    /// <param name="birthDate">The date of birth, where the program asks; it is not kept.</param>
    /// <param name="party">Who comes along, and with what needs.</param>
    public static async Task<FieldResult<Registration, RefusalError>> RegisterVisitorAsync(
        [ID<Session>] long session, string name, string email, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop,
        DateOnly? birthDate = null, RegistrationParty? party = null) =>
        await (await registrations.RegisterAsync(
                session, (party ?? new()).ToRequest(null) with { Name = name, Email = email, BirthDate = birthDate }, await acting.AsStaffAsync(stop), stop))
            .ThenAsync(one => RegistrationMutations.OfTicketAsync(db, one.TicketCode, stop));

    /// <summary>Answers a request to arrange something, and tells the person.</summary>
    /// <param name="need">The request.</param>
    /// <param name="answer">The answer.</param>
    public static async Task<FieldResult<AccommodationRequest, RefusalError>> AnswerNeedAsync(
        [ID<AccommodationRequest>] long need, AccommodationAnswer answer, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await registrations.AnswerNeedAsync(need, answer, await acting.AsStaffAsync(stop), stop))
            .OrAsync(() => db.Set<AccommodationRequest>().AsNoTracking().SingleAsync(one => one.Id == need, stop));

    /// <summary>Decides an appeal against a strike, and tells the member.</summary>
    /// <param name="strike">The strike.</param>
    /// <param name="lift">Whether the strike is lifted.</param>
    /// <param name="answer">What the member is told.</param>
    public static async Task<FieldResult<Strike, RefusalError>> DecideAppealAsync(
        [ID<Strike>] long strike, bool lift, string answer, Absences absences, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await absences.DecideAsync(strike, lift, answer, await acting.AsStaffAsync(stop), stop))
            .OrAsync(() => db.Strikes.AsNoTracking().SingleAsync(one => one.Id == strike, stop));

    /// <summary>Cancels a session; everybody who registered is told.</summary>
    /// <param name="session">The session.</param>
    /// <param name="reason">Why, for the people who had registered.</param>
    public static async Task<FieldResult<Session, RefusalError>> CancelSessionAsync(
        [ID<Session>] long session, string? reason, ProgramPlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await planning.CancelAsync(session, reason, await acting.AsStaffAsync(stop), stop)).OrAsync(() => SessionAsync(db, session, stop));

    /// <summary>Changes how many seats a session has; free ones go down the queue at once.</summary>
    /// <param name="session">The session.</param>
    /// <param name="capacity">How many seats.</param>
    public static async Task<FieldResult<Session, RefusalError>> ChangeCapacityAsync(
        [ID<Session>] long session, int capacity, ProgramPlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await planning.ChangeCapacityAsync(session, capacity, await acting.AsStaffAsync(stop), stop)).OrAsync(() => SessionAsync(db, session, stop));

    private static Task<Session> SessionAsync(LibraryDbContext db, long id, CancellationToken stop) => db.Sessions.AsNoTracking().SingleAsync(one => one.Id == id, stop);

    private static async Task<FieldResult<Visit, RefusalError>> VisitAsync(
        Func<Actor, Task<Outcome<Visit>>> change, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await change(await acting.AsStaffAsync(stop))).ThenAsync(visit => VisitMutations.OfIdAsync(db, visit.Id, stop));

    private static async Task<FieldResult<Booking, RefusalError>> BookingAsync(
        Func<Actor, Task<Outcome<Booking>>> change, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await change(await acting.AsStaffAsync(stop))).ThenAsync(booking => BookingMutations.OfIdAsync(db, booking.Id, stop));
}

/// <summary>A school that wants to visit.</summary>
/// <param name="Npsn">The eight digits of its national number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Level">Its level.</param>
/// <param name="ContactName">The teacher to speak to.</param>
/// <param name="ContactEmail">The teacher's e-mail address, to which answers go.</param>
/// <param name="ContactPhone">The teacher's telephone number.</param>
/// <param name="Address">Where it is.</param>
public sealed record NewSchool(
    string Npsn, string Name, SchoolLevel Level, string ContactName, string ContactEmail, string? ContactPhone = null, string? Address = null)
{
    internal SchoolDetails ToDetails() => new()
    {
        Npsn = Npsn, Name = Name, Level = Level, ContactName = ContactName, ContactEmail = ContactEmail, ContactPhone = ContactPhone, Address = Address,
    };
}
