using System.ComponentModel.DataAnnotations;
using Metro.Portal.Accounts;
using Metro.Portal.Pages.Accounts.Security;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Metro.Portal.Pages.Accounts;

/// <summary>The second step of signing in, after the password: a code of the authenticator app, or one of the codes kept for its loss.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
internal sealed class SecondStepModel(SignInManager<Account> signIn) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Remember { get; set; }

    /// <summary>Whether a recovery code is asked for instead.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Recovery { get; set; }

    [BindProperty(SupportsGet = true)]
    [StringLength(2000)]
    public string? ReturnTo { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? LocalRedirect(Url.Content("~/account/sign-in")) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is null) return LocalRedirect(Url.Content("~/account/sign-in"));
        this.Require(nameof(Code), Code);
        if (!ModelState.IsValid) return this.Refused();

        var answer = Recovery
            ? await signIn.TwoFactorRecoveryCodeSignInAsync(Code!.Trim().ToUpperInvariant())
            : await signIn.TwoFactorAuthenticatorSignInAsync(SecondStep.Digits(Code), Remember, rememberClient: false);
        if (answer.Succeeded) return LocalRedirect(LocalAddress.Or(ReturnTo, Url.Content("~/account")));

        this.Fault(nameof(Code), SecurityText.Get("Step.Wrong"));
        return this.Refused();
    }

    /// <summary>This page, asking for the other kind of code.</summary>
    public string Again(bool recovery) => Url.Content("~/account/sign-in/second-step")
        + QueryString.Create(new Dictionary<string, string?> { ["returnTo"] = ReturnTo, ["remember"] = Remember ? "true" : "false", ["recovery"] = recovery ? "true" : "false" });
}
