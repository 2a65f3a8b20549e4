using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Library.Elending;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Lending;

/// <summary>An e-resource that a member has or waits for, as its page shows it.</summary>
/// <param name="Hold">The place in the queue.</param>
/// <param name="Place">How many are before; null for what is kept for them.</param>
internal sealed record OwnDigitalHold(DigitalHold Hold, QueuePosition? Place);

/// <summary>
/// E-resources that a member has on loan or waits for: read, given back, taken up, given up. The pages of the resources send their
/// forms here.
/// </summary>
internal sealed class ELoansModel(LibraryDbContext db, DigitalLending lending, ContentReader content, Dates dates) : MemberPage
{
    private const string Path = "/account/e-loans";

    public IReadOnlyList<DigitalLoan> Loans { get; private set; } = [];

    public IReadOnlyList<OwnDigitalHold> Holds { get; private set; } = [];

    private IReadOnlyDictionary<string, string> Names { get; set; } = new Dictionary<string, string>();

    private IReadOnlyDictionary<string, string> Pages { get; set; } = new Dictionary<string, string>();

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostBorrowAsync(string? resource, CancellationToken stop)
    {
        var lent = await lending.BorrowAsync(Member.Id, resource ?? "", By, stop);
        if (lent.Refusal is { } refusal) return await RefuseAsync(refusal, stop);
        return Tell(LendingText.Get("ELoan.Lent", lent.Value.Licence.LocalTitle.Explain(CultureInfo.CurrentUICulture), dates.Day(lent.Value.DueAt.AddTicks(-1))), Path);
    }

    public async Task<IActionResult> OnPostWaitAsync(string? resource, CancellationToken stop)
    {
        var hold = await lending.HoldAsync(Member.Id, resource ?? "", By, stop);
        // Pressed twice: they wait already.
        if (hold.Refusal is { } refusal && refusal.Code != ElendingRefusals.AlreadyWaiting.Code) return await RefuseAsync(refusal, stop);
        return Tell(LendingText.Get("ELoan.Waiting"), Path);
    }

    public async Task<IActionResult> OnPostReturnAsync(long loan, CancellationToken stop)
    {
        if (!await db.DigitalLoans.AnyAsync(one => one.Id == loan && one.MemberId == Member.Id, stop)) return NotFound();
        if (await lending.ReturnAsync(loan, By, stop) is { } refusal && refusal.Code != ElendingRefusals.UnknownLoan.Code) return await RefuseAsync(refusal, stop);
        return Tell(LendingText.Get("ELoan.Returned"), Path);
    }

    public async Task<IActionResult> OnPostLeaveAsync(long hold, CancellationToken stop)
    {
        if (!await db.DigitalHolds.AnyAsync(one => one.Id == hold && one.MemberId == Member.Id, stop)) return NotFound();
        if (await lending.CancelHoldAsync(hold, By, stop) is { } refusal && refusal.Code != ElendingRefusals.UnknownHold.Code) return await RefuseAsync(refusal, stop);
        return Tell(LendingText.Get("ELoan.Left"), Path);
    }

    public string NameOf(string code) => Names.GetValueOrDefault(code) ?? code;

    /// <summary>The page of a resource; null where editors have none.</summary>
    public string? PageOf(string code) => Pages.GetValueOrDefault(code);

    /// <summary>Where it is read.</summary>
    public string? ReaderOf(string code) => PageOf(code) is not { } page ? null
        : For is { } ward ? string.Create(CultureInfo.InvariantCulture, $"{page}/read?for={ward}") : page + "/read";

    private async Task<IActionResult> RefuseAsync(Library.Refusal refusal, CancellationToken stop)
    {
        await LoadAsync(stop);
        return this.Refuse(refusal);
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        Loans = await db.DigitalLoans.AsNoTracking().Include(loan => loan.Licence).Where(loan => loan.MemberId == Member.Id && loan.EndedAt == null)
            .OrderBy(loan => loan.DueAt).ThenBy(loan => loan.Id).Take(50).ToListAsync(stop);
        var active = await db.DigitalHolds.AsNoTracking().Where(hold => hold.MemberId == Member.Id && hold.EndedAt == null).OrderBy(hold => hold.Id).Take(50).ToListAsync(stop);
        var holds = new List<OwnDigitalHold>(active.Count);
        foreach (var hold in active.OrderBy(hold => hold.Status != DigitalHoldStatus.Offered).ThenBy(hold => hold.Id)) holds.Add(new OwnDigitalHold(hold, await lending.PositionOfAsync(hold.Id, stop)));
        Holds = holds;

        var codes = Loans.Select(loan => loan.ResourceKey).Concat(active.Select(hold => hold.ResourceKey)).Distinct().ToArray();
        Names = (await db.Licences.AsNoTracking().Where(licence => codes.Contains(licence.ResourceKey)).ToListAsync(stop)).GroupBy(licence => licence.ResourceKey)
            .ToDictionary(same => same.Key, same => same.First().LocalTitle.Explain(CultureInfo.CurrentUICulture));
        Pages = (await content.ByFieldAsync("ResourceCode", codes, ContentCards.Culture, stop)).Where(found => found.Any(one => one.Item.Path is { Length: > 0 }))
            .ToDictionary(found => found.Key, found => "/" + found.First(one => one.Item.Path is { Length: > 0 }).Item.Path);
    }
}
