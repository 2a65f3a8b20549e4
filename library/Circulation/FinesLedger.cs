using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Input;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>A fine with all that happened to it.</summary>
/// <param name="Fine">The assessment.</param>
/// <param name="Title">The name of the title whose loan caused it.</param>
/// <param name="Payments">What was paid, the first first.</param>
/// <param name="Waivers">What was let go, the first first.</param>
public sealed record FineOnRecord(Fine Fine, string Title, IReadOnlyList<FinePayment> Payments, IReadOnlyList<FineWaiver> Waivers);

/// <summary>Fines assessed by hand, paid and waived; each is a record of its own (DOMAIN.md rule 5).</summary>
public sealed class FinesLedger(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>The most that one fine can be, in rupiah.</summary>
    public const int MostAmount = 100_000_000;

    /// <summary>Fines a damaged copy. One assessment for each loan: another is refused by its key.</summary>
    /// <param name="loanId">The loan, open or ended.</param>
    /// <param name="amount">In rupiah.</param>
    /// <param name="note">What is damaged.</param>
    /// <param name="by">Who looked at it.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<Fine>> AssessDamageAsync(long loanId, int amount, string note, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<Fine>>(async inner =>
        {
            if (InputText.CheckNumber(amount, "amount", 1, MostAmount) is { } unusable) return unusable;
            if (InputText.Check(note, "note", 1_000, required: true) is { } unreadable) return unreadable;
            var loan = await db.Loans.FindAsync([loanId], inner);
            if (loan is null || loan.MemberId is null) return CirculationRefusals.NoSuchLoan;
            if (await db.Fines.FirstOrDefaultAsync(one => one.LoanId == loanId && one.Reason == FineReason.Damaged, inner) is { } earlier) return earlier;

            var fine = new Fine(FineReason.Damaged, loan, amount, 0, note, calendar.Now);
            db.Fines.Add(fine);
            await db.SaveChangesAsync(inner);
            db.Audit(by, "fine.assessed", fine.Subject, calendar.Now, after: new { fine.Reason, fine.Amount, fine.MemberId, note });
            await db.SaveChangesAsync(inner);
            return fine;
        }, stop);

    /// <summary>Receives money for a fine.</summary>
    /// <param name="fineId">The fine.</param>
    /// <param name="amount">In rupiah, at most what is owed.</param>
    /// <param name="method">How it is paid.</param>
    /// <param name="requestKey">Names this payment, at most 80 characters: asking twice with the same key pays once.</param>
    /// <param name="by">Who receives it.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<FinePayment>> PayAsync(long fineId, int amount, PaymentMethod method, string requestKey, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<FinePayment>>(async inner =>
        {
            if (InputText.Check(requestKey, "request_key", 80, required: true) is { } unusable) return unusable;
            if (await db.FinePayments.FirstOrDefaultAsync(one => one.RequestKey == requestKey, inner) is { } earlier)
                return earlier.FineId == fineId && earlier.Amount == amount ? earlier : InputRefusals.Unreadable("request_key");
            if (InputText.CheckNumber(amount, "amount", 1, MostAmount) is { } outside) return outside;
            if (!Enum.IsDefined(method)) return InputRefusals.Unreadable("amount");
            var fine = await db.Fines.FindAsync([fineId], inner);
            if (fine is null) return CirculationRefusals.NoSuchFine;
            if (amount > fine.Outstanding) return CirculationRefusals.MoreThanOwed(fine.Outstanding);

            var year = calendar.Today.Year;
            var number = await db.NextNumberAsync(string.Create(CultureInfo.InvariantCulture, $"payment-{year}"), inner);
            var payment = new FinePayment(fineId, amount, method, string.Create(CultureInfo.InvariantCulture, $"K-{year}-{number:D6}"), requestKey, AuditLine.CutName(by.Name), calendar.Now);
            db.FinePayments.Add(payment);
            fine.Settle(amount);
            db.Audit(by, "fine.paid", fine.Subject, calendar.Now, after: new { payment.Amount, payment.Method, payment.ReceiptNumber, fine.Outstanding });
            await db.SaveChangesAsync(inner);
            return payment;
        }, stop);

    /// <summary>Lets a fine go, or a part of it.</summary>
    public Task<Outcome<FineWaiver>> WaiveAsync(long fineId, int amount, string reason, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<FineWaiver>>(async inner =>
        {
            if (InputText.CheckNumber(amount, "amount", 1, MostAmount) is { } unusable) return unusable;
            if (InputText.Check(reason, "reason", 1_000, required: true) is { } unreadable) return unreadable;
            var fine = await db.Fines.FindAsync([fineId], inner);
            if (fine is null) return CirculationRefusals.NoSuchFine;
            if (amount > fine.Outstanding) return CirculationRefusals.MoreThanOwed(fine.Outstanding);

            var waiver = new FineWaiver(fineId, amount, reason, AuditLine.CutName(by.Name), calendar.Now);
            db.FineWaivers.Add(waiver);
            fine.Settle(amount);
            db.Audit(by, "fine.waived", fine.Subject, calendar.Now, after: new { waiver.Amount, waiver.Reason, fine.Outstanding });
            await db.SaveChangesAsync(inner);
            return waiver;
        }, stop);

    /// <summary>A member's fines that are not settled, the oldest first; at most 200.</summary>
    public Task<List<Fine>> OwedByAsync(long memberId, CancellationToken stop = default) =>
        db.Fines.AsNoTracking().Where(fine => fine.MemberId == memberId && fine.Outstanding > 0).OrderBy(fine => fine.Id).Take(200).ToListAsync(stop);

    /// <summary>A member's fines with what was paid and waived of each: those that are owed first, then the latest; at most 200.</summary>
    public async Task<IReadOnlyList<FineOnRecord>> RecordOfAsync(long memberId, CancellationToken stop = default)
    {
        var rows = await (
            from fine in db.Fines.AsNoTracking()
            where fine.MemberId == memberId
            join loan in db.Loans on fine.LoanId equals loan.Id
            join title in db.Titles on loan.TitleId equals title.Id
            orderby fine.Outstanding == 0, fine.Id descending
            select new { Fine = fine, Title = title.Name }).Take(200).ToListAsync(stop);
        var ids = rows.Select(row => row.Fine.Id).ToArray();
        var payments = (await db.FinePayments.AsNoTracking().Where(payment => ids.Contains(payment.FineId)).OrderBy(payment => payment.Id).ToListAsync(stop)).ToLookup(payment => payment.FineId);
        var waivers = (await db.FineWaivers.AsNoTracking().Where(waiver => ids.Contains(waiver.FineId)).OrderBy(waiver => waiver.Id).ToListAsync(stop)).ToLookup(waiver => waiver.FineId);
        return [.. rows.Select(row => new FineOnRecord(row.Fine, row.Title, [.. payments[row.Fine.Id]], [.. waivers[row.Fine.Id]]))];
    }

    /// <summary>How much a member owes, in rupiah.</summary>
    public Task<long> TotalOwedByAsync(long memberId, CancellationToken stop = default) =>
        db.Fines.Where(fine => fine.MemberId == memberId && fine.Outstanding > 0).SumAsync(fine => (long)fine.Outstanding, stop);

    /// <summary>What an open loan would cost if it came back on a day: what the member's account shows before the return.</summary>
    public async Task<Lateness> IfReturnedOnAsync(long loanId, DateOnly day, CancellationToken stop = default)
    {
        var loan = await db.Loans.AsNoTracking().FirstOrDefaultAsync(one => one.Id == loanId, stop);
        if (loan is null || loan.EndedAt is not null || day <= loan.DueOn) return Lateness.None;
        var terms = (await TermsTable.ReadAsync(db, loan.MemberCategory, stop)).For(loan.Format);
        return Lateness.Of(loan.DueOn, day, terms, await calendar.OfAsync(db, loan.BranchId, stop));
    }
}
