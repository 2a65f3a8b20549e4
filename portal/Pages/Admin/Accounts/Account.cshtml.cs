using System.Globalization;
using Metro.Portal.Accounts;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Admin.Accounts;

/// <summary>One account: its roles, and what an administrator can do when something is wrong.</summary>
internal sealed class OneAccountModel(StaffAccounts accounts, SignInManager<Account> signIn, UserManager<Account> users) : AccountsPage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public ListedAccount Account { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await LoadAsync(stop) ? Page() : NotFound();

    /// <summary>Gives and takes roles.</summary>
    public Task<IActionResult> OnPostRolesAsync(string[] roles, CancellationToken stop) => ActAsync(accounts.SetRolesAsync(Id, roles, Staff, stop), "Roles.Told", stop);

    /// <summary>Shuts the account out.</summary>
    public Task<IActionResult> OnPostCloseAsync(CancellationToken stop) => ActAsync(accounts.CloseAsync(Id, Staff, stop), "Close.Told", stop);

    /// <summary>Opens it again.</summary>
    public Task<IActionResult> OnPostOpenAsync(CancellationToken stop) => ActAsync(accounts.OpenAsync(Id, Staff, stop), "Open.Told", stop);

    /// <summary>Ends its sessions.</summary>
    public Task<IActionResult> OnPostSignOutAsync(CancellationToken stop) => ActAsync(accounts.SignOutAsync(Id, Staff, stop), "SignOut.Told", stop);

    /// <summary>Takes its second step away.</summary>
    public Task<IActionResult> OnPostResetAsync(CancellationToken stop) => ActAsync(accounts.ResetSecondStepAsync(Id, Staff, stop), "Reset.Told", stop);

    /// <summary>Writes the invitation once more.</summary>
    public Task<IActionResult> OnPostInviteAsync(CancellationToken stop) => ActAsync(accounts.InviteAgainAsync(Id, stop), "Invite.Told", stop);

    private async Task<IActionResult> ActAsync(Task<AccountRefusal?> act, string told, CancellationToken stop)
    {
        var refusal = await act;
        if (!await LoadAsync(stop)) return NotFound();
        if (refusal is null)
        {
            // Whoever changed something about themselves stays, with what they may do now.
            if (Staff.Id == Id.ToString(CultureInfo.InvariantCulture) && await users.GetUserAsync(User) is { } self) await signIn.RefreshSignInAsync(self);
            return Tell(AccountsText.Get(told, Account.Name), $"/admin/accounts/{Key(Id)}");
        }

        this.Fault("", AccountsText.Get($"Refusal.{refusal}"));
        return this.Refused();
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await accounts.FindAsync(Id, stop) is not { } account) return false;
        Account = account;
        return true;
    }
}
