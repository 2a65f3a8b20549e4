using Metro.Library.Calendar;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>What stands on a slip of paper or in a message after a visit to the desk.</summary>
/// <param name="Library">The library's name.</param>
/// <param name="Branch">The branch's name.</param>
/// <param name="Member">The member's name.</param>
/// <param name="CardNumber">The number on the card.</param>
/// <param name="PrintedAt">When, in UTC.</param>
/// <param name="Lent">What was lent or renewed that day and is still out.</param>
/// <param name="Returned">What came back that day.</param>
/// <param name="Payments">What was paid that day.</param>
/// <param name="Owed">What is owed in all, in rupiah.</param>
public sealed record Receipt(
    LocalText Library, LocalText Branch, string Member, string? CardNumber, DateTime PrintedAt,
    IReadOnlyList<ReceiptLine> Lent, IReadOnlyList<ReceiptLine> Returned, IReadOnlyList<ReceiptPayment> Payments, long Owed);

/// <summary>A copy on a receipt.</summary>
/// <param name="Barcode">The copy.</param>
/// <param name="Title">Its title's name.</param>
/// <param name="DueOn">When it is due, or was.</param>
/// <param name="ReturnedOn">When it came back; null while it is out.</param>
public sealed record ReceiptLine(string Barcode, string Title, DateOnly DueOn, DateOnly? ReturnedOn);

/// <summary>A payment on a receipt.</summary>
/// <param name="Number">The number of the receipt.</param>
/// <param name="Amount">In rupiah.</param>
/// <param name="Method">How it was paid.</param>
public sealed record ReceiptPayment(string Number, int Amount, PaymentMethod Method);

/// <summary>One payment of a fine, or one part of it that was let go, as it stands on a slip of its own.</summary>
/// <param name="Library">The library's name.</param>
/// <param name="Address">Where the library is.</param>
/// <param name="Member">The member's name.</param>
/// <param name="CardNumber">The number on the card.</param>
/// <param name="Title">The title whose loan caused the fine.</param>
/// <param name="Reason">What the fine is for.</param>
/// <param name="Assessed">How much was assessed, in rupiah.</param>
/// <param name="Amount">How much was paid or let go with this slip, in rupiah.</param>
/// <param name="Payment">The number of the receipt and how it was paid; null where a part was let go.</param>
/// <param name="WaivedBecause">Why a part was let go, <see cref="FineWaiver.Found"/> where a lost copy turned up; null for a payment.</param>
/// <param name="By">The name of whoever received the money, or decided.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Outstanding">What is still owed for this fine now, in rupiah.</param>
public sealed record FineSlip(
    LocalText Library, string Address, string Member, string? CardNumber, string Title, FineReason Reason, int Assessed, int Amount, ReceiptPayment? Payment, string? WaivedBecause, string By, DateTime At, int Outstanding);

/// <summary>Writes receipts from what happened, so that one can be printed again.</summary>
public sealed class Receipts(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, Guardians guardians)
{
    /// <summary>The receipt of today's visit of a member to a branch.</summary>
    public async Task<Outcome<Receipt>> OfTodayAsync(long memberId, long branchId, Actor by, CancellationToken stop = default)
    {
        var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Id == memberId, stop);
        if (member is null || !await guardians.MayActForAsync(by, member, stop)) return MemberRefusals.Unknown;
        var branch = await db.Branches.AsNoTracking().FirstOrDefaultAsync(one => one.Id == branchId, stop);
        if (branch is null) return Catalog.CatalogRefusals.NoSuchBranch;

        var (today, since) = (calendar.Today, calendar.StartOf(calendar.Today));
        var lines = await (
            from loan in db.Loans.AsNoTracking()
            where loan.MemberId == memberId && (loan.LentOn == today || loan.RenewedOn == today || loan.EndedAt >= since)
            join copy in db.Copies on loan.CopyId equals copy.Id
            orderby loan.Id
            select new { loan.EndedAt, Line = new ReceiptLine(copy.Barcode, copy.Title!.Name, loan.DueOn, loan.ReturnedOn) }).Take(1_000).ToListAsync(stop);
        var payments = await (
            from payment in db.FinePayments
            where payment.At >= since
            join fine in db.Fines on payment.FineId equals fine.Id
            where fine.MemberId == memberId
            orderby payment.Id
            select new ReceiptPayment(payment.ReceiptNumber, payment.Amount, payment.Method)).Take(100).ToListAsync(stop);
        var owed = await db.Fines.Where(fine => fine.MemberId == memberId && fine.Outstanding > 0).SumAsync(fine => (long)fine.Outstanding, stop);
        return new Receipt(new LocalText(settings.Name, settings.NameEnglish), branch.LocalName, member.Name, member.CardNumber, calendar.Now,
            [.. lines.Where(row => row.EndedAt is null).Select(row => row.Line)], [.. lines.Where(row => row.EndedAt is not null).Select(row => row.Line)], payments, owed);
    }

    /// <summary>The slip of one payment. Somebody else's is refused as if there were none.</summary>
    public async Task<Outcome<FineSlip>> OfPaymentAsync(long memberId, long paymentId, Actor by, CancellationToken stop = default) =>
        await db.FinePayments.AsNoTracking().FirstOrDefaultAsync(one => one.Id == paymentId, stop) is { } paid
            ? await SlipAsync(memberId, paid.FineId, paid.Amount, new ReceiptPayment(paid.ReceiptNumber, paid.Amount, paid.Method), null, paid.ReceivedBy, paid.At, by, stop)
            : CirculationRefusals.NoSuchFine;

    /// <summary>The slip of one part of a fine that was let go. Somebody else's is refused as if there were none.</summary>
    public async Task<Outcome<FineSlip>> OfWaiverAsync(long memberId, long waiverId, Actor by, CancellationToken stop = default) =>
        await db.FineWaivers.AsNoTracking().FirstOrDefaultAsync(one => one.Id == waiverId, stop) is { } waived
            ? await SlipAsync(memberId, waived.FineId, waived.Amount, null, waived.Reason, waived.WaivedBy, waived.At, by, stop)
            : CirculationRefusals.NoSuchFine;

    private async Task<Outcome<FineSlip>> SlipAsync(
        long memberId, long fineId, int amount, ReceiptPayment? payment, string? waivedBecause, string name, DateTime at, Actor by, CancellationToken stop)
    {
        var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Id == memberId, stop);
        if (member is null || !await guardians.MayActForAsync(by, member, stop)) return MemberRefusals.Unknown;

        var row = await (
            from fine in db.Fines.AsNoTracking()
            where fine.Id == fineId && fine.MemberId == memberId
            join loan in db.Loans on fine.LoanId equals loan.Id
            join title in db.Titles on loan.TitleId equals title.Id
            select new { fine.Reason, fine.Amount, fine.Outstanding, title.Name }).FirstOrDefaultAsync(stop);
        return row is null
            ? CirculationRefusals.NoSuchFine
            : new FineSlip(new LocalText(settings.Name, settings.NameEnglish), settings.Address, member.Name, member.CardNumber, row.Name, row.Reason, row.Amount, amount, payment, waivedBecause, name, at, row.Outstanding);
    }

    /// <summary>Whether the receipt can go by mail: the member has an address and lets the library write to it.</summary>
    public Task<bool> CanBeSentAsync(long memberId, CancellationToken stop = default) =>
        db.Members.AnyAsync(member => member.Id == memberId && member.Email != null && member.ByEmail, stop);

    /// <summary>Sends by mail what was lent or renewed today at a branch and is still out. Asked again within the same minute it sends nothing more.</summary>
    public Task<Refusal?> SendAsync(long memberId, long branchId, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var member = await db.Members.FindAsync([memberId], inner);
        if (member is null || !await guardians.MayActForAsync(by, member, inner)) return MemberRefusals.Unknown;
        if (member.Email is null || !member.ByEmail) return CirculationRefusals.NoReceiptByMail;

        var (today, now) = (calendar.Today, calendar.Now);
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        var lent = await (
            from loan in db.Loans.Open().Of(memberId)
            where loan.BranchId == branchId && (loan.LentOn == today || loan.RenewedOn == today)
            join title in db.Titles on loan.TitleId equals title.Id
            orderby loan.Id
            select new { loan.Id, loan.DueOn, title.Name }).Take(1_000).ToListAsync(inner);
        if (lent.Count == 0) return CirculationRefusals.NoReceiptByMail;

        foreach (var one in lent)
            await db.TellAsync(new Subject("loan", one.Id), member.Recipient, ReceiptKind, minute, new { Title = one.Name, one.DueOn }, now, inner);
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);

    /// <summary>The kind of message that a receipt is.</summary>
    public const string ReceiptKind = "circulation.receipt";
}
