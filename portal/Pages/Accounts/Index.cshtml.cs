using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Accounts;

/// <summary>A person's own page: who they are here, and what they may do.</summary>
[Authorize]
[ResponseCache(NoStore = true)]
internal sealed class AccountModel(UserManager<Account> accounts) : PageModel
{
    public string DisplayName { get; private set; } = "";

    public IReadOnlyList<string> Roles { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (await accounts.GetUserAsync(User) is not { } account) return Challenge();

        DisplayName = account.DisplayName;
        var held = await accounts.GetRolesAsync(account);
        Roles = [.. Role.All.Where(held.Contains)];
        return Page();
    }
}
