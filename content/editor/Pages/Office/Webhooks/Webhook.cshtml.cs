using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Office.Webhooks;

/// <summary>One webhook: its address, its secret while it is new, and what became of each call.</summary>
internal sealed class WebhookModel(ContentTypes types, ContentSettings settings, Content.Webhooks webhooks) : WebhookPage(types, settings)
{
    private const int PageSize = 25;

    public Webhook Hook { get; private set; } = null!;

    public IReadOnlyList<WebhookCall> Calls { get; private set; } = [];

    public string? NextPage { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, string? after, CancellationToken stop)
    {
        if (!await LoadAsync(id, after, stop)) return NotFound();

        (Address, Follows) = (Hook.Url, [.. Hook.Types]);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken stop)
    {
        var refusal = await webhooks.ChangeAsync(Person, id, Address?.Trim() ?? "", Chosen, stop);
        if (refusal is null || refusal == Refusal.NotFound || refusal == Refusal.Forbidden) return Answer(refusal, OfficeText.Get("webhooks.saved"), $"/webhooks/{id}");

        return await LoadAsync(id, null, stop) ? Again(refusal) : NotFound();
    }

    public async Task<IActionResult> OnPostPauseAsync(string id, CancellationToken stop) =>
        Answer(await webhooks.PauseAsync(Person, id, stop), OfficeText.Get("webhooks.paused_done"), $"/webhooks/{id}");

    public async Task<IActionResult> OnPostResumeAsync(string id, CancellationToken stop) =>
        Answer(await webhooks.ResumeAsync(Person, id, stop), OfficeText.Get("webhooks.resumed_done"), $"/webhooks/{id}");

    public async Task<IActionResult> OnPostRenewAsync(string id, CancellationToken stop)
    {
        var renewed = await webhooks.RenewSecretAsync(Person, id, stop);
        Secret = renewed.Result?.Secret;
        return Answer(renewed.Refusal, OfficeText.Get("webhooks.renewed"), $"/webhooks/{id}");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string id, CancellationToken stop) =>
        Answer(await webhooks.RemoveAsync(Person, id, stop), OfficeText.Get("webhooks.removed"), "/webhooks");

    public async Task<IActionResult> OnPostResendAsync(string id, string call, CancellationToken stop) =>
        Answer(await webhooks.ResendAsync(Person, id, call, stop), OfficeText.Get("webhooks.resent"), $"/webhooks/{id}");

    private async Task<bool> LoadAsync(string id, string? after, CancellationToken stop)
    {
        if (await webhooks.FindAsync(id, stop) is not { } hook) return false;

        Hook = hook;
        var place = PlaceOf(after) is var (instant, call)
            ? new WebhookCall(call, "", "", WebhookCallState.Waiting, 0, null, null, instant, null, null)
            : null;
        var found = await webhooks.CallsAsync(id, place, PageSize + 1, stop);
        Calls = [.. found.Take(PageSize)];
        if (found.Count > PageSize) NextPage = AtWith($"/webhooks/{id}", ("after", PlaceOf(Calls[^1].CreatedUtc, Calls[^1].Id)));
        return true;
    }
}
