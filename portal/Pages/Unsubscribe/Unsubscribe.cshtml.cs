using Metro.Library.Outbox;
using Metro.Scheduler.Letters;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Unsubscribe;

/// <summary>
/// Ends the reminders of a topic for whoever has the link, without signing in. Looking changes nothing: programs that read mail
/// follow links. A mail program's own button posts (RFC 8058), without a cookie; the sealed link is the proof.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
internal sealed class UnsubscribeModel(UnsubscribeLinks links, Subscriptions subscriptions) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "t")]
    public string? Token { get; set; }

    public UnsubscribeWish? Wish { get; private set; }

    public bool IsStopped { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await ShowAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (links.Read(Token) is { } wish) await subscriptions.StopAsync(wish.RecipientKey, wish.Topic, stop);
        return await ShowAsync(stop);
    }

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken stop)
    {
        if (links.Read(Token) is { } wish) await subscriptions.ResumeAsync(wish.RecipientKey, wish.Topic, stop);
        return await ShowAsync(stop);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken stop)
    {
        Wish = links.Read(Token);
        if (Wish is null) Response.StatusCode = StatusCodes.Status404NotFound;
        else IsStopped = (await subscriptions.StoppedAsync(Wish.RecipientKey, stop)).Contains(Wish.Topic);
        return Page();
    }
}
