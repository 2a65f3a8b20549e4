using System.ComponentModel.DataAnnotations;
using Metro.Portal.Accounts;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;

namespace Metro.Portal.Pages.Accounts;

/// <summary>
/// Signs a person in by e-mail and password. Every refusal reads the same, so that nobody learns from it which
/// addresses have an account or which are closed.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
internal sealed class SignInModel(SignInManager<Account> signIn, UserManager<Account> accounts, Passkeys passkeys, SecondStep secondStep) : PageModel
{
    [BindProperty]
    [Required, StringLength(256)]
    public string Email { get; set; } = "";

    [BindProperty]
    [Required, StringLength(128)]
    public string Password { get; set; } = "";

    [BindProperty]
    public bool Remember { get; set; }

    [BindProperty(SupportsGet = true)]
    [StringLength(2000)]
    public string? ReturnTo { get; set; }

    /// <summary>What was done before one came here, said once.</summary>
    [TempData]
    public string? Told { get; set; }

    public string? Fault { get; private set; }

    /// <summary>Whether a form waits behind the sign-in.</summary>
    public bool HasKeptForm => ReturnTo?.EndsWith(KeptForms.Address, StringComparison.Ordinal) == true;

    /// <summary>Whether a page of a child waits behind the sign-in, as a letter to a guardian leads to.</summary>
    public bool IsOfAChild => ReturnTo?.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query && QueryHelpers.ParseQuery(ReturnTo[query..]).ContainsKey("for");

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Leave() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid && await accounts.FindByEmailAsync(Email.Trim()) is { } account)
        {
            var answer = await signIn.PasswordSignInAsync(account, Password, Remember, lockoutOnFailure: true);
            if (answer.Succeeded) return Leave();
            if (answer.RequiresTwoFactor) return LocalRedirect(Url.Content("~/account/sign-in/second-step") + QueryString.Create(new Dictionary<string, string?> { ["returnTo"] = ReturnTo, ["remember"] = Remember ? "true" : "false" }));
        }

        return Refuse(PortalText.Get("SignIn.Refused"));
    }

    /// <summary>What the browser asks a passkey; for the script of the page.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    /// <summary>Signs in by a passkey, which the device gave away only after it was sure who holds it: that is both steps.</summary>
    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        if (credential is not { Length: > 0 and < 20_000 }) return Refuse(PortalText.Get("SignIn.PasskeyRefused"));
        if (await passkeys.AssertAsync(credential) is not { } account) return Refuse(PortalText.Get("SignIn.PasskeyRefused"));

        await secondStep.StayAsync(account);
        return Leave();
    }

    private PageResult Refuse(string fault)
    {
        // What is missing is no news beside a passkey that is not known, nor beside a password that does not match.
        ModelState.Clear();
        Fault = fault;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private LocalRedirectResult Leave() => LocalRedirect(LocalAddress.Or(ReturnTo, Url.Content("~/account")));
}
