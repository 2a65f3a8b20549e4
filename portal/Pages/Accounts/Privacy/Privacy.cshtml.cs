using System.Text;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Metro.Portal.Pages.Accounts.Security;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Accounts.Privacy;

/// <summary>
/// What somebody can ask for under Law 27/2022: everything that is kept about them, and to be forgotten. What stands in the way of
/// that is said before they try; the password is asked, since it cannot be undone.
/// </summary>
internal sealed class OwnDataModel(UserManager<Account> accounts, SignInManager<Account> signIn, OwnData data, Guardians guardians, Clearance clearance) : AccountPage
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    /// <summary>What stands in the way of being forgotten.</summary>
    public IReadOnlyList<Refusal> Owed { get; private set; } = [];

    /// <summary>Whether they decide; a guardian does for whoever is under age.</summary>
    public bool MayDecide { get; private set; }

    /// <summary>Whether it is the page of a child.</summary>
    public bool IsWard => Acting is { IsSelf: false };

    /// <summary>Whether the account works for the library; an administrator closes such an account.</summary>
    public bool IsStaff => !IsWard && Role.All.Any(User.IsInRole);

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    /// <summary>Everything that is kept, as a file for programs and people.</summary>
    public async Task<IActionResult> OnPostDownloadAsync(CancellationToken stop)
    {
        var account = IsWard ? null : await accounts.GetUserAsync(User);
        var document = await data.ExportAsync(account, Acting, stop);
        if (document.Refusal is null) return File(Encoding.UTF8.GetBytes(document.Value), "application/json; charset=utf-8", PrivacyText.Get("Download.File"));

        await LoadAsync(stop);
        return this.Refuse(document.Refusal);
    }

    /// <summary>Forgets the member, and with them the account.</summary>
    public async Task<IActionResult> OnPostEraseAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        if (!MayDecide || IsStaff) return NotFound();
        var account = (await accounts.GetUserAsync(User))!;
        this.Require(nameof(CurrentPassword), CurrentPassword);
        if (ModelState.IsValid && (await accounts.IsLockedOutAsync(account) || !await accounts.CheckPasswordAsync(account, CurrentPassword!)))
        {
            await accounts.AccessFailedAsync(account);
            this.Fault(nameof(CurrentPassword), SecurityText.Get("Current.Wrong"));
        }

        if (!ModelState.IsValid) return this.Refused();

        var name = Acting?.Member.Name ?? Caller.Name;
        if (await data.EraseAsync(account, Acting, stop) is { } refusal) return this.Refuse(refusal);
        if (IsWard)
        {
            Told = PrivacyText.Get("Erased.Child", name);
            return LocalRedirect(Url.Content("~/account/family"));
        }

        await signIn.SignOutAsync();
        return LocalRedirect(Url.Content("~/account/erased"));
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        MayDecide = Acting is not { } acting || await guardians.MayDecideForAsync(acting.By, acting.Member, stop);
        Owed = Acting is { } owing && MayDecide ? await clearance.OwedAsync(owing.Member.Id, stop) : [];
    }
}
