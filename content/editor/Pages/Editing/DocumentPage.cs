using System.Text.Json.Nodes;
using Metro.Content.Editor.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>A page that shows or reads the form of one item, which may not exist yet.</summary>
[RequestSizeLimit(LargestPost)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestPost, ValueCountLimit = MostValues)]
internal abstract class DocumentPage(ContentStore store, ContentReader reader, ContentHistory history, FormSources sources) : EditorPage
{
    /// <summary>A form may bring a file for the media library along, which limits each kind more closely.</summary>
    private const long LargestPost = 1_100_000_000;

    /// <summary>A taxonomy of a thousand terms is a form of some thousands of values.</summary>
    private const int MostValues = 50_000;

    protected FormSources Sources => sources;

    protected ContentStore Store => store;

    protected ContentHistory History => history;

    protected ContentReader Items => reader;

    /// <summary>The type of an item that does not exist yet.</summary>
    [BindProperty(SupportsGet = true, Name = "type")]
    public string? NewType { get; set; }

    /// <summary>The language of an item that does not exist yet.</summary>
    [BindProperty(SupportsGet = true, Name = "language")]
    public string? NewLanguage { get; set; }

    /// <summary>The version that the form began from; empty for an item that does not exist yet.</summary>
    [BindProperty]
    public string? BaseVersion { get; set; }

    /// <summary>
    /// The document as the form shows it, where it is not that of a version: rows that were added or moved and not saved yet.
    /// It travels with the form, which is laid over it.
    /// </summary>
    [BindProperty]
    public string? Working { get; set; }

    public string Id { get; private set; } = "";

    /// <summary>The newest version; null while the item does not exist.</summary>
    public ContentItem? Item { get; private set; }

    /// <summary>All types, those included that came with recipes.</summary>
    public ContentTypes Types { get; private set; } = store.Types;

    /// <summary>The type, as code or a stored definition describes it, or as the document's shape lets see.</summary>
    public ContentTypeDef Type { get; private set; } = null!;

    public string TypeName => Item?.Type ?? Type.Name;

    public string? Language => Item is not null ? Item.Culture : Type.IsLocalised ? NewLanguage ?? store.Settings.DefaultCulture : null;

    public bool MayPublish => Person.May(ContentAct.Publish, TypeName, Item?.Owner);

    /// <summary>Finds the item, or the type of one to be written.</summary>
    /// <returns>The answer where this person cannot go on; else null.</returns>
    protected async Task<IActionResult?> OpenAsync(string id, ContentAct act, CancellationToken stop)
    {
        if (!ContentId.IsValid(id)) return NotFound();

        (Id, Item) = (id, await reader.FindLatestAsync(id, stop));
        if (Item is { DeletedUtc: not null }) return NotFound();

        Types = await sources.Types.WithCodeAsync(stop);
        var found = Types.Find(Item?.Type ?? NewType ?? "");
        if (Item is null && found is not { IsCreatable: true }) return NotFound();

        Type = found ?? new FormDescription.ShapedType(Item!.Type, Item.Content);
        if (Item is null && Type.IsLocalised && !store.Settings.Cultures.Contains(Language)) return NotFound();
        if (Person.May(act, TypeName, Item?.Owner)) return null;

        return Item is not null && !Person.May(ContentAct.Preview, TypeName, Item.Owner) ? NotFound() : Forbid();
    }

    protected async Task<ContentForm> FormAsync(JsonObject document, CancellationToken stop, IReadOnlyList<Fault>? faults = null, JsonObject? source = null)
    {
        var knowledge = await FormKnowledge.LoadAsync(Types, Type, document, Language, sources, store.Settings, stop);
        return ContentForm.Of(Type, document, knowledge, store.Settings, MayPublish, faults, source);
    }

    /// <summary>What was posted, laid over the document that the form showed.</summary>
    protected async Task<JsonObject> PostedAsync(CancellationToken stop)
    {
        var document = (Working is { Length: > 0 } working ? ConflictView.Read(working) : null) ?? await BasisAsync(stop);
        return (await FormAsync(document, stop)).LayOver(document, await Request.ReadFormAsync(stop));
    }

    /// <summary>The version that the form began from; an empty document for an item that does not exist yet.</summary>
    protected async Task<JsonObject> BasisAsync(CancellationToken stop) =>
        (Item is not null && BaseVersion is { Length: > 0 } version ? await history.VersionAsync(Item.ItemId, version, stop) : null)?.Content ?? [];

    /// <summary>What stands in the way of publishing the document, and the advice of the checks.</summary>
    protected Task<IReadOnlyList<Fault>> FaultsAsync(JsonObject document, CancellationToken stop) =>
        Item is null ? store.ValidateNewAsync(TypeName, document, Language, stop) : store.ValidateAsync(Id, document, stop)!;
}
