using Metro.Portal.Accounts;
using Metro.Portal.Settings;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>An authenticator app as the second step: set up with a picture or by hand, its recovery codes, and taken away.</summary>
internal sealed class AuthenticatorModel(UserManager<Account> accounts, SignInManager<Account> signIn, SecondStep secondStep, PortalSettings portal) : SecurityPage(accounts)
{
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The recovery codes that were just made; kept, encrypted, until the next page has shown them.</summary>
    [TempData]
    public string? MadeCodes { get; set; }

    /// <summary>Whether a second step is set up.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Whether nothing else goes on before there is one.</summary>
    public bool IsNeeded { get; private set; }

    public int CodesLeft { get; private set; }

    /// <summary>The secret in groups of four.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>The secret for a camera.</summary>
    public string Picture { get; private set; } = "";

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var account = await OwnAsync();
        if (account.TwoFactorEnabled) return LocalRedirect(Url.Content("~/account/security/authenticator"));

        this.Require(nameof(Code), Code);
        if (ModelState.IsValid && await secondStep.TurnOnAsync(account, Code!, stop) is { } codes) return Show(codes);

        if (ModelState.IsValid) this.Fault(nameof(Code), SecurityText.Get("App.Wrong"));
        await LoadAsync(stop);
        return this.Refused();
    }

    /// <summary>Makes new recovery codes.</summary>
    public async Task<IActionResult> OnPostCodesAsync(CancellationToken stop)
    {
        var account = await OwnAsync();
        if (account.TwoFactorEnabled && await IsOwnPasswordAsync(account)) return Show(await secondStep.NewRecoveryCodesAsync(account, stop));
        await LoadAsync(stop);
        return this.Refused();
    }

    /// <summary>Asks for a password alone again; staff who must have a second step then set up another.</summary>
    public async Task<IActionResult> OnPostOffAsync(CancellationToken stop)
    {
        var account = await OwnAsync();
        if (!await IsOwnPasswordAsync(account))
        {
            await LoadAsync(stop);
            return this.Refused();
        }

        await secondStep.TurnOffAsync(account, stop);
        await signIn.SignInAsync(account, isPersistent: false);
        return Tell(SecurityText.Get("App.Gone"), "/account/security");
    }

    private LocalRedirectResult Show(IReadOnlyList<string> codes)
    {
        MadeCodes = string.Join(' ', codes);
        return LocalRedirect(Url.Content("~/account/security/recovery-codes"));
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var account = await OwnAsync();
        IsOn = account.TwoFactorEnabled;
        IsNeeded = portal.StaffSecondFactor && !SecondStep.IsDone(User) && Role.All.Any(User.IsInRole);
        if (IsOn)
        {
            CodesLeft = await Accounts.CountRecoveryCodesAsync(account);
            return;
        }

        var secret = await secondStep.SecretAsync(account, stop);
        (Secret, Picture) = (string.Join(' ', secret.Chunk(4).Select(group => new string(group))), secondStep.Picture(account, secret));
    }
}
