using System.Text.Json.Nodes;
using Metro.Content.Editor.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>A page that shows or reads the form of one item, which may not exist yet.</summary>
internal abstract class DocumentPage(ContentStore store, ContentReader reader, ContentHistory history) : EditorPage
{
    private FormChoices? choices;

    protected ContentStore Store => store;

    protected ContentHistory History => history;

    /// <summary>The type of an item that does not exist yet.</summary>
    [BindProperty(SupportsGet = true, Name = "type")]
    public string? NewType { get; set; }

    /// <summary>The language of an item that does not exist yet.</summary>
    [BindProperty(SupportsGet = true, Name = "language")]
    public string? NewLanguage { get; set; }

    /// <summary>The version that the form began from; empty for an item that does not exist yet.</summary>
    [BindProperty]
    public string? BaseVersion { get; set; }

    public string Id { get; private set; } = "";

    /// <summary>The newest version; null while the item does not exist.</summary>
    public ContentItem? Item { get; private set; }

    /// <summary>Null when no code describes the type: such content comes and goes with recipes.</summary>
    public ContentTypeDef? Type { get; private set; }

    public string TypeName => Item?.Type ?? Type!.Name;

    public string? Language => Item is not null ? Item.Culture : Type?.IsLocalised == true ? NewLanguage ?? store.Settings.DefaultCulture : null;

    public bool MayPublish => Person.May(ContentAct.Publish, TypeName, Item?.Owner);

    /// <summary>Finds the item, or the type of one to be written.</summary>
    /// <returns>The answer where this person cannot go on; else null.</returns>
    protected async Task<IActionResult?> OpenAsync(string id, ContentAct act, CancellationToken stop)
    {
        if (!ContentId.IsValid(id)) return NotFound();

        (Id, Item) = (id, await reader.FindLatestAsync(id, stop));
        if (Item is { DeletedUtc: not null }) return NotFound();

        Type = store.Types.Find(Item?.Type ?? NewType ?? "");
        if (Item is null && Type is not { IsCreatable: true }) return NotFound();
        if (Item is null && Type!.IsLocalised && !store.Settings.Cultures.Contains(Language)) return NotFound();
        if (Person.May(act, TypeName, Item?.Owner)) return null;

        return Item is not null && !Person.May(ContentAct.Preview, TypeName, Item.Owner) ? NotFound() : Forbid();
    }

    protected async Task<ContentForm> FormAsync(JsonObject document, CancellationToken stop, IReadOnlyList<Fault>? faults = null, JsonObject? source = null)
    {
        choices ??= await FormChoices.LoadAsync(Type!, reader, store, Language, stop);
        return ContentForm.Of(Type!, document, choices, store.Settings, MayPublish, faults, source);
    }

    /// <summary>What was posted, laid over the version that the form began from.</summary>
    protected async Task<JsonObject> PostedAsync(CancellationToken stop)
    {
        var basis = Item is not null && BaseVersion is { Length: > 0 } version ? await history.VersionAsync(Item.ItemId, version, stop) : null;
        var document = basis?.Content ?? [];
        return (await FormAsync(document, stop)).LayOver(document, Id, await Request.ReadFormAsync(stop));
    }

    /// <summary>What stands in the way of publishing the document, and the advice of the checks.</summary>
    protected async Task<IReadOnlyList<Fault>> FaultsAsync(JsonObject document, CancellationToken stop) =>
        await store.ValidateAsync(Id, document, stop) ?? ContentChecks.Of(Type, TypeName, document, Language);
}
