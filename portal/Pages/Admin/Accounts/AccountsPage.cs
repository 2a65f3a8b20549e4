using Metro.Portal.Accounts;
using Metro.Portal.People;
using Microsoft.AspNetCore.Authorization;

namespace Metro.Portal.Pages.Admin.Accounts;

/// <summary>A page on which administrators see to accounts.</summary>
[Authorize(Roles = Role.Administrator)]
internal abstract class AccountsPage : DeskPage;
