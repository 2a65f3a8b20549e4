using System.ComponentModel.DataAnnotations;
using Metro.Portal.Accounts;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Metro.Portal.Pages.Accounts;

/// <summary>
/// Signs a person in by e-mail and password. Every refusal reads the same, so that nobody learns from it which
/// addresses have an account or which are closed.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
internal sealed class SignInModel(SignInManager<Account> signIn, UserManager<Account> accounts) : PageModel
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

    public string? Fault { get; private set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Leave() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid && await accounts.FindByEmailAsync(Email.Trim()) is { } account
            && (await signIn.PasswordSignInAsync(account, Password, Remember, lockoutOnFailure: true)).Succeeded)
            return Leave();

        Fault = PortalText.Get("SignIn.Refused");
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private LocalRedirectResult Leave() => LocalRedirect(LocalAddress.Or(ReturnTo, Url.Content("~/account")));
}
