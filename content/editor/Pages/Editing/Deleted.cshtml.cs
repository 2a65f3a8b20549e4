using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>What was deleted and can be brought back by this person.</summary>
internal sealed class DeletedModel(EditorList editors, ContentStore store) : EditorPage
{
    public IReadOnlyList<ContentItem> Items { get; private set; } = [];

    public string LabelOf(string type) => store.Types.Find(type)?.Label(Reader) ?? type;

    public string DeletedAt(ContentItem item) =>
        TimeZoneInfo.ConvertTimeFromUtc(item.DeletedUtc!.Value, store.Settings.Zone).ToString("d MMM yyyy HH.mm", CultureInfo.CurrentCulture);

    public async Task OnGetAsync(CancellationToken stop) =>
        Items = [.. (await editors.DeletedAsync(200, stop)).Where(item => Person.May(ContentAct.Delete, item.Type, item.Owner))];

    public async Task<IActionResult> OnPostRestoreAsync(string id, CancellationToken stop)
    {
        var restored = await store.UndeleteAsync(Person, id, stop);
        return Tell(restored.Refusal, "editor.undeleted", restored.Succeeded ? $"/{id}" : "/deleted");
    }
}
