using System.Globalization;

namespace Metro.Content.Editor;

/// <summary>A fact that a type has its items tell beyond text and pictures.</summary>
/// <param name="Label">What it is, in the reader's language.</param>
/// <param name="Value">What the item says.</param>
/// <param name="Link">Where it leads; null when nowhere.</param>
public sealed record ShownFact(string Label, string Value, string? Link);

/// <summary>
/// An item as readers meet it: what the partial <c>_ContentItem</c> draws. The public page and the editor's preview
/// both draw it, so that a preview shows what the public will see.
/// </summary>
public sealed class ShownContent
{
    /// <summary>Fields that other parts of the portal read; they say nothing to readers.</summary>
    private static readonly HashSet<string> Codes = ["ProgramCode", "SpaceCode", "ResourceCode"];

    private readonly ContentTypeDef? type;
    private readonly ContentSettings settings;
    private readonly Dictionary<string, string> terms = [];

    private ShownContent(ContentItem item, ContentTypeDef? type, ContentSettings settings) => (Item, this.type, this.settings) = (item, type, settings);

    /// <summary>The item.</summary>
    public ContentItem Item { get; }

    /// <summary>The pictures of all its media fields, in the order of the fields.</summary>
    public IReadOnlyList<ShownPicture> Pictures { get; private set; } = [];

    /// <summary>Books and documents of its media fields, to be read or kept.</summary>
    public IReadOnlyList<MediaAsset> Files { get; private set; } = [];

    /// <summary>What it says of itself in a sentence or two; empty when nothing.</summary>
    public string Summary => Item.Text("Summary") ?? "";

    /// <summary>Its text as safe HTML.</summary>
    public string Body => MarkdownText.ToHtml(Item.Markdown) + SafeHtml.Sanitise(Item.Content.Text("HtmlBodyPart", "Html"));

    /// <summary>What is inside it, in the editors' order: the contents of its bags, the widgets of its flow.</summary>
    public IReadOnlyList<ShownBlock> Blocks => ShownBlock.Of(Item.Content);

    /// <summary>What the type says of the item beyond text and pictures, in the editors' order.</summary>
    public IEnumerable<ShownFact> Facts => (type?.Fields ?? [])
        .Where(each => each.Name != "Summary" && !Codes.Contains(each.Name))
        .Select(each => new ShownFact(each.Label(CultureInfo.CurrentUICulture), ValueOf(each), LinkOf(each)))
        .Where(fact => fact.Value.Length > 0);

    /// <summary>Reads what the item shows besides its own text: pictures with their descriptions, the names of its terms.</summary>
    /// <param name="item">The item, in whichever version.</param>
    /// <param name="reader">Where terms are looked up: as they are, or as they will be.</param>
    /// <param name="media">Where pictures are looked up.</param>
    /// <param name="types">The types that code describes.</param>
    /// <param name="settings">The city's settings.</param>
    /// <param name="stop">Stops the reading.</param>
    public static async Task<ShownContent> LoadAsync(
        ContentItem item, ContentReader reader, MediaLibrary media, ContentTypes types, ContentSettings settings, CancellationToken stop = default)
    {
        var shown = new ShownContent(item, types.Find(item.Type), settings);
        foreach (var field in shown.type?.Fields ?? [])
        {
            if (field.Kind == FieldKind.Media)
            {
                var found = await media.PicturesAsync(item, field.Name, stop);
                shown.Pictures = [.. shown.Pictures, .. found.Where(one => one.Asset.Kind == MediaKind.Picture)];
                shown.Files = [.. shown.Files, .. found.Select(one => one.Asset).Where(asset => asset.Kind is MediaKind.Book or MediaKind.Document)];
            }

            if (field is not { Kind: FieldKind.Taxonomy, Taxonomy: { } alias } || item.Terms(field.Name).Count == 0) continue;

            foreach (var term in await reader.TermsAsync(alias, item.Culture ?? settings.DefaultCulture, stop)) shown.terms[term.TermId] = term.Text;
        }

        return shown;
    }

    private string ValueOf(FieldDef field) => field.Kind switch
    {
        FieldKind.Text => Item.Text(field.Name) is { Length: > 0 } text ? field.OptionLabel(text, CultureInfo.CurrentUICulture) : "",
        FieldKind.MultiText => string.Join(", ", Item.Content.List(Item.Type, field.Name, "Values")),
        FieldKind.Numeric => Item.Amount(field.Name)?.ToString("N0", CultureInfo.CurrentCulture) ?? "",
        FieldKind.Date => Item.Day(field.Name)?.ToString("dddd, d MMMM yyyy", CultureInfo.CurrentCulture) ?? "",
        FieldKind.DateTime => Item.Instant(field.Name) is { } instant ? InZone(instant) : "",
        FieldKind.Time => TimeOnly.TryParse(Item.Field(field.Name).Text("Value"), CultureInfo.InvariantCulture, out var time) ? time.ToString("HH.mm", CultureInfo.CurrentCulture) : "",
        FieldKind.Link => LinkOf(field) is { } link ? Item.Field(field.Name).Text("Text") is { Length: > 0 } named ? named : link : "",
        FieldKind.Taxonomy => string.Join(", ", Item.Terms(field.Name).Select(term => terms.GetValueOrDefault(term)).OfType<string>()),
        _ => "",
    };

    private string? LinkOf(FieldDef field) =>
        field.Kind == FieldKind.Link && Item.Field(field.Name).Text("Url") is { Length: > 0 } url && SafeHtml.IsSafeLink(url) ? url : null;

    private string InZone(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, settings.Zone).ToString("dddd, d MMMM yyyy, HH.mm", CultureInfo.CurrentCulture);
}
