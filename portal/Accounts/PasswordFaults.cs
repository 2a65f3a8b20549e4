using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Accounts;

/// <summary>Why a password cannot be one, said beside the question.</summary>
internal static class PasswordFaults
{
    /// <summary>The page once more, with what is wrong with the new password.</summary>
    public static PageResult RefusePassword(this PageModel page, IdentityResult result, string field)
    {
        var options = page.HttpContext.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<IdentityOptions>>().Value.Password;
        foreach (var error in result.Errors)
            page.Fault(field, error.Code switch
            {
                nameof(IdentityErrorDescriber.PasswordTooShort) => PortalText.Get("Password.TooShort", options.RequiredLength),
                nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => PortalText.Get("Password.TooEven", options.RequiredUniqueChars),
                GuessablePasswords.Code => PortalText.Get("Password.Guessable"),
                _ => PortalText.Get("Password.NotPossible"),
            });
        return page.Refused();
    }
}
