using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Office.Owners;

/// <summary>Gives an item another owner, found by name among those who write content.</summary>
internal sealed class OwnerModel(ContentTypes types, ContentSettings settings, ContentStore store, ContentReader reader, IContentAuthors authors)
    : OfficePage(types, settings)
{
    protected override string? Permission => ContentPermissions.EditContentOwner;

    public ContentItem Item { get; private set; } = null!;

    /// <summary>The name of who owns it now; null when that account is gone.</summary>
    public string? OwnerName { get; private set; }

    public IReadOnlyList<ContentAuthor> Found { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        if (await reader.FindLatestAsync(id, stop) is not { DeletedUtc: null } item || !Person.May(ContentAct.Edit, item.Type, item.Owner)) return NotFound();

        Item = item;
        OwnerName = (await authors.FindAsync([item.Owner], stop)).GetValueOrDefault(item.Owner)?.Name;
        Found = await authors.SearchAsync(Words, 20, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? owner, CancellationToken stop)
    {
        if (await OnGetAsync(id, stop) is NotFoundResult notFound) return notFound;
        if (owner is null || !(await authors.FindAsync([owner], stop)).TryGetValue(owner, out var next))
        {
            Trouble = OfficeText.Get("owner.choose");
            return Go($"/{id}/owner");
        }

        var changed = await store.ChangeOwnerAsync(Person, id, owner, $"{OwnerName ?? Item.Owner} → {next.Name}", stop);
        return Answer(changed.Refusal, OfficeText.Get("owner.changed", next.Name), $"/{id}");
    }
}
