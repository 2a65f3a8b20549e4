using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>The codes for the day on which the telephone is lost: shown once, to be printed or written down.</summary>
internal sealed class RecoveryCodesModel(UserManager<Account> accounts) : SecurityPage(accounts)
{
    /// <inheritdoc cref="AuthenticatorModel.MadeCodes"/>
    [TempData]
    public string? MadeCodes { get; set; }

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (MadeCodes is not { Length: > 0 } made) return LocalRedirect(Url.Content("~/account/security/authenticator"));

        Codes = made.Split(' ');
        return Page();
    }
}
