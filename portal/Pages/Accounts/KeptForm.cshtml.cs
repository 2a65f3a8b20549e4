using System.Globalization;
using System.Security.Claims;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Accounts;

/// <summary>What somebody sent when their session was over, given back after sign-in: to be sent on, or dropped.</summary>
[Authorize]
[ResponseCache(NoStore = true)]
internal sealed class KeptFormModel(KeptForms kept) : PageModel
{
    public SentForm Sent { get; private set; } = null!;

    /// <summary>What a person is likely to have typed, to be read and copied: sentences, not keys.</summary>
    public IEnumerable<string> Typed => Sent.Fields.Select(each => each.Value.Trim()).Where(value => value.Any(char.IsWhiteSpace)).Distinct();

    private long AccountId => long.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await kept.FindAsync(AccountId, stop) is not { } sent) return LocalRedirect(Url.Content("~/account"));

        Sent = sent;
        return Page();
    }

    public async Task<IActionResult> OnPostDropAsync(CancellationToken stop)
    {
        await kept.ForgetAsync(AccountId, stop);
        return LocalRedirect(Url.Content("~/account"));
    }
}
