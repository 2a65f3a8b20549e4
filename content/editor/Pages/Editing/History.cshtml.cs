using System.Globalization;
using Metro.Content.Editor.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>An item's versions, what changed between any two of them, and the way back.</summary>
internal sealed class HistoryModel(ContentStore store, ContentReader reader, ContentHistory history, FormSources sources) : DocumentPage(store, reader, history, sources)
{
    public IReadOnlyList<VersionLine> Versions { get; private set; } = [];

    /// <summary>What changed between the two versions asked for; null while none is asked for.</summary>
    public IReadOnlyList<FieldChange>? Changes { get; private set; }

    public IReadOnlyList<AuditLine> Audit { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public bool MayEdit => Person.May(ContentAct.Edit, TypeName, Item!.Owner);

    public string InZone(DateTime instant) => TimeZoneInfo.ConvertTimeFromUtc(instant, Store.Settings.Zone).ToString("d MMM yyyy HH.mm", CultureInfo.CurrentCulture);

    public async Task<IActionResult> OnGetAsync(string id, int? before, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Preview, stop) is { } answer) return answer;
        if (Item is null) return NotFound();

        Versions = await History.VersionsAsync(id, before, stop: stop);
        Audit = await History.AuditAsync(id, limit: 50, stop: stop);
        if (From is not null && To is not null)
        {
            Changes = await History.DiffAsync(id, From, To, stop);
            if (Changes is null) return NotFound();
        }

        return Page();
    }

    public async Task<IActionResult> OnPostRestoreAsync(string id, string version, string latest, CancellationToken stop)
    {
        var restored = await Store.RestoreAsync(Person, id, version, latest, stop);
        return Tell(restored.Refusal, "editor.restored", restored.Succeeded ? $"/{id}" : $"/{id}/history");
    }
}
