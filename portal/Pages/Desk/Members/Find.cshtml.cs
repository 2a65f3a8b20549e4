using Metro.Library.Members;
using Metro.Portal.People;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>Finding a member by name, card, telephone or e-mail address.</summary>
internal sealed class FindModel(MemberAccounts accounts) : DeskPage
{
    /// <summary>What was typed.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    /// <summary>Who was found; null before the first search.</summary>
    public IReadOnlyList<FoundMember>? Found { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(Text)) return Page();

        Found = await accounts.FindAsync(Text, Staff, stop);
        return Found is [{ CardNumber: not null } only] ? LocalRedirect(PortalChrome.InLanguage($"/desk/members/{Key(only.Id)}")) : Page();
    }
}
