using System.Globalization;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Admin.Accounts;

/// <summary>Every account, by name, to be found by name, address and role.</summary>
internal sealed class AccountsModel(StaffAccounts accounts) : AccountsPage
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true, Name = "role")]
    public string? Role { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<ListedAccount> Found { get; private set; } = [];

    public bool HasMore { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        Number = Math.Max(Number, 1);
        (Found, HasMore) = await accounts.FindAsync(new AccountQuery(Words ?? "", Portal.Accounts.Role.All.Contains(Role) ? Role : null, Number), stop);
    }

    /// <summary>Another page of the same list.</summary>
    public string PageAddress(int number) => Url.Content("~/admin/accounts")
        + QueryString.Create(new Dictionary<string, string?> { ["q"] = Words, ["role"] = Role, ["p"] = number.ToString(CultureInfo.InvariantCulture) });
}
