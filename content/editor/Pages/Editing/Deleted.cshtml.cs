using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>What was deleted and can be brought back by this person.</summary>
internal sealed class DeletedModel(EditorList editors, ContentStore store) : EditorPage
{
    private const int PageSize = 50;

    public IReadOnlyList<ContentItem> Items { get; private set; } = [];

    public string LabelOf(string type) => store.Types.Find(type)?.Label(Reader) ?? type;

    public string DeletedAt(ContentItem item) =>
        TimeZoneInfo.ConvertTimeFromUtc(item.DeletedUtc!.Value, store.Settings.Zone).ToString("d MMM yyyy HH.mm", CultureInfo.CurrentCulture);

    public string? NextPage { get; private set; }

    /// <param name="after">The item at which the page before ended: when it was deleted, and its id.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task OnGetAsync(string? after, CancellationToken stop)
    {
        (DateTime, string)? place = after?.Split('.', 2) is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= DateTime.MaxValue.Ticks ? (new DateTime(number, DateTimeKind.Utc), id) : null;
        var found = await editors.DeletedAsync(Person, place, PageSize + 1, stop);
        Items = [.. found.Take(PageSize)];
        if (found.Count > PageSize) NextPage = At(string.Create(CultureInfo.InvariantCulture, $"/deleted?after={Items[^1].DeletedUtc!.Value.Ticks}.{Items[^1].ItemId}"));
    }

    public async Task<IActionResult> OnPostRestoreAsync(string id, CancellationToken stop)
    {
        var restored = await store.UndeleteAsync(Person, id, stop);
        return Tell(restored.Refusal, "editor.undeleted", restored.Succeeded ? $"/{id}" : "/deleted");
    }
}
