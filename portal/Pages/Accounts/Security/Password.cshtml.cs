using Metro.Library.Outbox;
using Metro.Portal.Accounts;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>Another password; sessions on other devices end.</summary>
internal sealed class PasswordModel(UserManager<Account> accounts, SignInManager<Account> signIn, AccountLetters letters) : SecurityPage(accounts)
{
    [BindProperty]
    public string? NewPassword { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var account = await OwnAsync();
        this.Require(nameof(NewPassword), NewPassword);
        if (!await IsOwnPasswordAsync(account) || !ModelState.IsValid) return this.Refused();

        var result = await Accounts.ChangePasswordAsync(account, CurrentPassword!, NewPassword!);
        if (!result.Succeeded) return this.RefusePassword(result, nameof(NewPassword));

        await signIn.RefreshSignInAsync(account);
        await letters.PasswordChangedAsync(account.Id, account.Email!, account.DisplayName, account.Language, stop);
        return Tell(SecurityText.Get("Password.Done"), "/account/security");
    }
}
