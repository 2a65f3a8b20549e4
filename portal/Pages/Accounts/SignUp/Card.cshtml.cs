using Metro.Portal.Accounts;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Metro.Portal.Pages.Accounts.SignUp;

/// <summary>
/// An account for whoever has a card already. The answer is the same whether such a card exists or not: the letter goes to the
/// address that the library knows.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignUp)]
[ResponseCache(NoStore = true)]
internal sealed class SignUpCardModel(SignUps signUps) : PageModel
{
    [BindProperty]
    public string? CardNumber { get; set; }

    [BindProperty]
    public DateOnly? BirthDate { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Url.Content("~/account/membership")) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        this.Require(nameof(CardNumber), CardNumber);
        if (BirthDate is null) this.Require(nameof(BirthDate), null);
        if (!ModelState.IsValid) return this.Refused();

        await signUps.ForCardAsync(CardNumber, BirthDate!.Value, stop);
        return LocalRedirect(Url.Content("~/account/sign-up/sent?card=true"));
    }
}
