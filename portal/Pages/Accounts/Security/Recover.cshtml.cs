using Metro.Library.Input;
using Metro.Portal.Accounts;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>Somebody forgot their password. The answer is the same whether the address has an account or not.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignUp)]
[ResponseCache(NoStore = true)]
internal sealed class RecoverModel(SignUps signUps) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    /// <summary>The address to which was written, if it has an account.</summary>
    [TempData]
    public string? Sent { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        this.Require(nameof(Email), Email);
        if (!ModelState.IsValid) return this.Refused();
        if (InputText.CheckEmail(Email!.Trim()) is { } refusal) return this.Refuse(refusal);

        await signUps.RecoverAsync(Email, stop);
        Sent = Email.Trim();
        return LocalRedirect(Url.Content("~/account/recover"));
    }
}
