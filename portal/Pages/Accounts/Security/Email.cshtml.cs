using Metro.Library.Input;
using Metro.Portal.Accounts;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>Another address for the account: a letter goes there, and nothing changes before its link is opened.</summary>
[EnableRateLimiting(RateLimits.SignUp)]
internal sealed class EmailModel(UserManager<Account> accounts, AddressChange change) : SecurityPage(accounts)
{
    [BindProperty]
    public string? Email { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var account = await OwnAsync();
        this.Require(nameof(Email), Email);
        if (!await IsOwnPasswordAsync(account) || !ModelState.IsValid) return this.Refused();
        if (InputText.CheckEmail(Email!.Trim()) is { } refusal) return this.Refuse(refusal);

        await change.AskAsync(account, Email.Trim(), stop);
        return Tell(SecurityText.Get("Email.Sent", Email.Trim()), "/account/security");
    }
}
