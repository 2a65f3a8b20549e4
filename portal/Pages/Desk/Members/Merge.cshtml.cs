using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>Two records of one person side by side, and what moves when the second is merged into the first.</summary>
internal sealed class MergeModel(MemberAccounts accounts, MemberPrivacy privacy, AtTheDesk atTheDesk) : MemberFilePage
{
    /// <summary>The other's card number or barcode.</summary>
    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    /// <summary>The record that stays.</summary>
    public MemberAtTheDesk Kept { get; private set; } = null!;

    /// <summary>The record that ends; null where nobody has that card.</summary>
    public MemberAtTheDesk? Duplicate { get; private set; }

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await ShowAsync();
        if (Duplicate is not { Member: var duplicate }) return this.Refuse(MemberRefusals.Unknown);
        return await privacy.MergeAsync(Id, duplicate.Id, Staff, stop) is { } refusal ? this.Refuse(refusal) : Tell(FilesText.Get("Done.Merged", duplicate.Name), Within());
    }

    private async Task ShowAsync()
    {
        var stop = HttpContext.RequestAborted;
        Kept = (await atTheDesk.MemberAsync(Id, stop))!;
        if (With is null || await atTheDesk.FindMemberAsync(With, stop) is not { } other || other == Id) return;
        if ((await accounts.ViewAsync(other, Staff, stop)).Succeeded) Duplicate = await atTheDesk.MemberAsync(other, stop);
    }
}
