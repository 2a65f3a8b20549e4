using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Office.Webhooks;

/// <summary>The webhooks, and the way to another.</summary>
internal sealed class WebhooksModel(ContentTypes types, ContentSettings settings, Content.Webhooks webhooks) : WebhookPage(types, settings)
{
    public IReadOnlyList<Webhook> All { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => All = await webhooks.AllAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var added = await webhooks.AddAsync(Person, Address?.Trim() ?? "", Chosen, stop);
        if (added.Succeeded)
        {
            Secret = added.Result.Secret;
            return Answer(null, OfficeText.Get("webhooks.added"), $"/webhooks/{added.Result.Webhook.Id}");
        }

        await OnGetAsync(stop);
        return Again(added.Refusal);
    }
}
