using System.Globalization;
using Metro.Library;
using Metro.Library.Circulation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>A fine with what it was for and what was paid or let go of it.</summary>
internal sealed record FineLine(Fine Fine, string Title, IReadOnlyList<FinePayment> Payments, IReadOnlyList<FineWaiver> Waivers);

/// <summary>What a member owes: pay, let go, assess damage.</summary>
internal sealed class FinesModel(FinesLedger ledger, AtTheDesk atTheDesk, LibraryDbContext db) : MemberFilePage
{
    /// <summary>The fines, those that are owed first.</summary>
    public IReadOnlyList<FineLine> Fines { get; private set; } = [];

    /// <summary>What they have, for damage that is seen when it comes back.</summary>
    public IReadOnlyList<LoanLine> Loans { get; private set; } = [];

    /// <summary>How much is owed, in rupiah.</summary>
    public long Owed { get; private set; }

    /// <summary>A name for the next payment: sent twice, it is paid once.</summary>
    public string NextKey { get; } = Guid.NewGuid().ToString("N");

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostPayAsync(long fine, int amount, PaymentMethod method, string requestKey, CancellationToken stop)
    {
        if (!await IsTheirsAsync(fine, stop)) return NotFound();
        var outcome = await ledger.PayAsync(fine, amount, method, requestKey, Staff, stop);
        return Tell(outcome.Refusal?.Explain(CultureInfo.CurrentUICulture) ?? FilesText.Get("Done.Paid", outcome.Value.Amount, outcome.Value.ReceiptNumber), Within("/fines"));
    }

    public async Task<IActionResult> OnPostWaiveAsync(long fine, int amount, string reason, CancellationToken stop) =>
        await IsTheirsAsync(fine, stop) ? After((await ledger.WaiveAsync(fine, amount, reason ?? "", Staff, stop)).Refusal, "Done.Waived", "/fines") : NotFound();

    public async Task<IActionResult> OnPostDamageAsync(long loan, int amount, string note, CancellationToken stop) =>
        await db.Loans.AnyAsync(one => one.Id == loan && one.MemberId == Id, stop)
            ? After((await ledger.AssessDamageAsync(loan, amount, note ?? "", Staff, stop)).Refusal, "Done.Damage", "/fines")
            : NotFound();

    private Task<bool> IsTheirsAsync(long fine, CancellationToken stop) => db.Fines.AnyAsync(one => one.Id == fine && one.MemberId == Id, stop);

    private async Task ShowAsync()
    {
        var stop = HttpContext.RequestAborted;
        var rows = await (
            from fine in db.Fines.AsNoTracking()
            where fine.MemberId == Id
            join loan in db.Loans on fine.LoanId equals loan.Id
            join title in db.Titles on loan.TitleId equals title.Id
            orderby fine.Outstanding > 0 descending, fine.Id descending
            select new { Fine = fine, title.Name }).Take(200).ToListAsync(stop);
        var keys = rows.Select(row => row.Fine.Id).ToList();
        var payments = (await db.FinePayments.AsNoTracking().Where(one => keys.Contains(one.FineId)).OrderBy(one => one.Id).Take(1_000).ToListAsync(stop)).ToLookup(one => one.FineId);
        var waivers = (await db.FineWaivers.AsNoTracking().Where(one => keys.Contains(one.FineId)).OrderBy(one => one.Id).Take(1_000).ToListAsync(stop)).ToLookup(one => one.FineId);
        Fines = [.. rows.Select(row => new FineLine(row.Fine, row.Name, [.. payments[row.Fine.Id]], [.. waivers[row.Fine.Id]]))];
        Loans = await atTheDesk.LoansOfAsync(Id, stop);
        Owed = await ledger.TotalOwedByAsync(Id, stop);
    }
}
