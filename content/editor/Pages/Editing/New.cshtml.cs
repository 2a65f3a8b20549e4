using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>Gives a new item its address before it exists, so that what is typed can be kept under it, and sent twice makes one item.</summary>
internal sealed class NewModel(StoredTypes types) : EditorPage
{
    public async Task<IActionResult> OnGetAsync(string? type, string? language, CancellationToken stop)
    {
        if ((await types.WithCodeAsync(stop)).Find(type ?? "") is not { IsCreatable: true } found) return NotFound();
        if (!Person.May(ContentAct.Edit, found.Name)) return Forbid();

        return Go($"/{ContentId.New()}?type={found.Name}{(found.IsLocalised && language is not null ? "&language=" + Uri.EscapeDataString(language) : "")}");
    }
}
