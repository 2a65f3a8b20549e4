using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
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

    /// <summary>Counts a copy that was read in the library and left on a table. The same copy scanned again within some minutes is not counted again.</summary>
    /// <param name="barcode">The copy's.</param>
    /// <param name="branch">Where it was read.</param>
    [UseMutationConvention(PayloadFieldName = "readToday")]
    public static async Task<FieldResult<int, RefusalError>> CountReadingAsync(
        string barcode, [ID<Branch>] long branch, OnSiteCounter counter, Acting acting, CancellationToken stop) =>
        (await counter.CountAsync(new ReadingScan(barcode, branch), await acting.AsStaffAsync(stop), stop)).Then(times => times);

    /// <summary>Sends a member by mail what they borrowed or renewed today at a branch. Asked again within the same minute nothing more is sent.</summary>
    /// <param name="member">The member.</param>
    /// <param name="branch">Where.</param>
    public static async Task<FieldResult<Member, RefusalError>> SendReceiptAsync(
        [ID<Member>] long member, [ID<Branch>] long branch, Receipts receipts, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await receipts.SendAsync(member, branch, await acting.AsStaffAsync(stop), stop)).OrAsync(() => MemberMutations.OfIdAsync(db, member, stop));

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
