using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Accounts;

/// <summary>Ends the session on this device.</summary>
[AllowAnonymous]
[ResponseCache(NoStore = true)]
internal sealed class SignOutModel(SignInManager<Account> signIn) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        // Nothing of what was read stays on a device that others use; see also the pages' own no-store.
        Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return LocalRedirect(Url.Content("~/"));
    }
}
