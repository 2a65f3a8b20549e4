using System.Globalization;
using System.Security.Claims;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>Where the letter to a new address leads: whoever opens it has the mailbox, and the account gets the address.</summary>
[AllowAnonymous]
[ResponseCache(NoStore = true)]
internal sealed class ConfirmEmailModel(UserManager<Account> accounts, SignInManager<Account> signIn, AddressChange change) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "account")]
    public long AccountId { get; set; }

    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    [BindProperty(SupportsGet = true, Name = "email")]
    public string? Email { get; set; }

    /// <inheritdoc cref="ChoosePasswordModel.Told"/>
    [TempData]
    public string? Told { get; set; }

    /// <summary>Whose address it becomes; null where the link opens nothing any more.</summary>
    public Account? Account { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : Ended();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await FindAsync() || !await change.ConfirmAsync(Account!, Email!, AccountLinks.Read(Token)!, stop)) return Ended();

        Told = SecurityText.Get("Confirm.Done", Email!);
        if (User.FindFirstValue(ClaimTypes.NameIdentifier) != Account!.Id.ToString(CultureInfo.InvariantCulture)) return LocalRedirect(Url.Content("~/account/sign-in"));
        await signIn.RefreshSignInAsync(Account);
        return LocalRedirect(Url.Content("~/account/security"));
    }

    private async Task<bool> FindAsync()
    {
        if (Email is not { Length: > 0 and <= 254 } || AccountLinks.Read(Token) is not { } token) return false;
        if (await accounts.FindByIdAsync(AccountId.ToString(CultureInfo.InvariantCulture)) is not { } account) return false;
        if (!await accounts.VerifyUserTokenAsync(account, accounts.Options.Tokens.ChangeEmailTokenProvider, UserManager<Account>.GetChangeEmailTokenPurpose(Email), token)) return false;

        Account = account;
        return true;
    }

    private PageResult Ended()
    {
        Account = null;
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }
}
