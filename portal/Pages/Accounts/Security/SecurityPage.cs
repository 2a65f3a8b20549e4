using Metro.Portal.Accounts;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>
/// A page about how somebody signs in: about themselves alone, never a child. What it changes asks for the password again, so that
/// a device left open gives nothing away for good.
/// </summary>
internal abstract class SecurityPage(UserManager<Account> accounts) : AccountPage
{
    /// <summary>The password as it is, asked again.</summary>
    [BindProperty]
    public string? CurrentPassword { get; set; }

    /// <summary>The accounts.</summary>
    protected UserManager<Account> Accounts => accounts;

    /// <summary>The account of whoever is signed in.</summary>
    protected async Task<Account> OwnAsync() => await accounts.GetUserAsync(User) ?? throw new InvalidOperationException("The account of this session is gone.");

    /// <summary>Says so where the password is not the right one; five wrong ones close the account for a while, as at sign-in.</summary>
    protected async Task<bool> IsOwnPasswordAsync(Account account)
    {
        this.Require(nameof(CurrentPassword), CurrentPassword);
        if (string.IsNullOrEmpty(CurrentPassword)) return false;
        if (!await accounts.IsLockedOutAsync(account) && await accounts.CheckPasswordAsync(account, CurrentPassword))
        {
            await accounts.ResetAccessFailedCountAsync(account);
            return true;
        }

        await accounts.AccessFailedAsync(account);
        this.Fault(nameof(CurrentPassword), SecurityText.Get("Current.Wrong"));
        return false;
    }

    /// <inheritdoc />
    protected override IActionResult? WhyNot() => For is null ? null : NotFound();
}
