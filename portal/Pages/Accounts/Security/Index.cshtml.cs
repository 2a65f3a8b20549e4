using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>How somebody signs in, in one place: address, password, second step, passkeys, other devices.</summary>
internal sealed class SecurityModel(UserManager<Account> accounts, SignInManager<Account> signIn) : SecurityPage(accounts)
{
    public Account Account { get; private set; } = null!;

    /// <summary>How many passkeys there are.</summary>
    public int Passkeys { get; private set; }

    public async Task OnGetAsync()
    {
        Account = await OwnAsync();
        Passkeys = (await Accounts.GetPasskeysAsync(Account)).Count;
    }

    /// <summary>Ends the sessions on all devices but this one.</summary>
    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        var account = await OwnAsync();
        await Accounts.UpdateSecurityStampAsync(account);
        await signIn.RefreshSignInAsync(account);
        return Tell(SecurityText.Get("Everywhere.Done"), "/account/security");
    }
}
