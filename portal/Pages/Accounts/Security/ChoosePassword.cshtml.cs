using System.Globalization;
using Metro.Library.Outbox;
using Metro.Portal.Accounts;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>
/// Where the link of a letter leads: whoever opens it has the mailbox, and chooses a password. Looking changes nothing, since
/// programs that read mail follow links. It signs nobody in, so that it never goes around the second step.
/// </summary>
[AllowAnonymous]
[ResponseCache(NoStore = true)]
internal sealed class ChoosePasswordModel(UserManager<Account> accounts, SignUps signUps, AccountLetters letters, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "account")]
    public long AccountId { get; set; }

    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>What was done, said on the page to sign in.</summary>
    [TempData]
    public string? Told { get; set; }

    /// <summary>Whose password is chosen; null where the link opens nothing any more.</summary>
    public Account? Account { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : Ended();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await FindAsync()) return Ended();
        this.Require(nameof(Password), Password);
        if (!ModelState.IsValid) return this.Refused();

        var (account, had) = (Account!, Account!.PasswordHash is not null);
        var result = await accounts.ResetPasswordAsync(account, AccountLinks.Read(Token)!, Password!);
        if (!result.Succeeded) return this.RefusePassword(result, nameof(Password));

        account.EmailConfirmed = true;
        // Whoever has the mailbox need not wait because somebody else has guessed.
        if (account.LockoutEnd > clock.GetUtcNow()) account.LockoutEnd = null;
        account.AccessFailedCount = 0;
        await accounts.UpdateAsync(account);
        if (had) await letters.PasswordChangedAsync(account.Id, account.Email!, account.DisplayName, account.Language, stop);
        Told = SecurityText.Get("Choose.Done");
        return LocalRedirect(Url.Content("~/account/sign-in"));
    }

    private async Task<bool> FindAsync()
    {
        if (AccountLinks.Read(Token) is not { } token || await accounts.FindByIdAsync(AccountId.ToString(CultureInfo.InvariantCulture)) is not { } account || signUps.IsClosed(account)) return false;
        if (!await accounts.VerifyUserTokenAsync(account, accounts.Options.Tokens.PasswordResetTokenProvider, UserManager<Account>.ResetPasswordTokenPurpose, token)) return false;

        Account = account;
        return true;
    }

    private PageResult Ended()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }
}
