using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Accounts.SignUp;

/// <summary>Where somebody says as whom they want an account. Who is signed in has one, and is led to their membership.</summary>
[AllowAnonymous]
internal sealed class SignUpStartModel : PageModel
{
    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Url.Content("~/account/membership")) : Page();
}
