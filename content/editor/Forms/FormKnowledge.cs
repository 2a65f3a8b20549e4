using System.Globalization;
using System.Text.Json.Nodes;

namespace Metro.Content.Editor.Forms;

/// <summary>
/// What a form needs to know beyond the document: the types of what can be inside, the terms of taxonomies, and the names of
/// what the document points to. Each list is bounded.
/// </summary>
internal sealed record FormKnowledge(ContentTypes Types)
{
    private const int MostTerms = 1_000;

    /// <summary>The terms on offer, by the alias or the id of their taxonomy.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FormOption>> Terms { get; private init; } = new Dictionary<string, IReadOnlyList<FormOption>>();

    /// <summary>The ids of taxonomies, by alias or id.</summary>
    public IReadOnlyDictionary<string, string> TaxonomyIds { get; private init; } = new Dictionary<string, string>();

    /// <summary>Content that is picked, by its id or its set's.</summary>
    public IReadOnlyDictionary<string, PickLine> Content { get; private init; } = new Dictionary<string, PickLine>();

    public IReadOnlyDictionary<string, ContentAuthor> People { get; private init; } = new Dictionary<string, ContentAuthor>();

    /// <summary>Files that the document shows, by their normalised path.</summary>
    public IReadOnlyDictionary<string, MediaAsset> Media { get; private init; } = new Dictionary<string, MediaAsset>();

    /// <summary>The taxonomy that a field's terms are of, as <see cref="Terms"/> knows it; null for other fields.</summary>
    public static string? TaxonomyOf(FieldDef field) => field.Taxonomy ?? field.TaxonomyId;

    public static async Task<FormKnowledge> LoadAsync(
        ContentTypes types, ContentTypeDef type, JsonObject document, string? culture, FormSources sources, ContentSettings settings, CancellationToken stop)
    {
        var (terms, taxonomies) = (new Dictionary<string, IReadOnlyList<FormOption>>(), new Dictionary<string, string>());
        foreach (var taxonomy in TypesIn(types, type, document).SelectMany(each => each.Fields).Select(TaxonomyOf).OfType<string>().Distinct().Take(20))
        {
            var found = (await sources.Reader.ByAliasAsync(taxonomy, culture ?? settings.DefaultCulture, stop))?.Item ?? await sources.Reader.FindLatestAsync(taxonomy, stop);
            if (found is null) continue;

            taxonomies[taxonomy] = found.ItemId;
            terms[taxonomy] = [.. TermsOf(found.Content.Object("TaxonomyPart")?["Terms"]).Take(MostTerms)];
        }

        var media = await sources.Media.FindManyAsync(Listed(document, "Paths"), stop);
        return new FormKnowledge(types)
        {
            Terms = terms,
            TaxonomyIds = taxonomies,
            Content = await sources.Picks.NamesAsync([.. Listed(document, "ContentItemIds"), .. Listed(document, "LocalizationSets")], culture, stop),
            People = Listed(document, "UserIds") is { Count: > 0 } people ? await sources.People.FindAsync([.. people.Take(200)], stop) : new Dictionary<string, ContentAuthor>(),
            Media = media.ToDictionary(asset => MediaPath.Normalise(asset.Path)),
        };
    }

    /// <summary>The item's type, and those of all that is inside it.</summary>
    private static HashSet<ContentTypeDef> TypesIn(ContentTypes types, ContentTypeDef type, JsonObject document) =>
        [type, .. Objects(document).Select(each => each.Text("ContentType")).OfType<string>().Distinct().Select(types.Find).OfType<ContentTypeDef>()];

    private static IReadOnlyCollection<string> Listed(JsonObject document, string key) => [.. Objects(document).SelectMany(each => each.List(key)).Distinct().Take(500)];

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject item => item.Select(property => property.Value).SelectMany(Objects).Prepend(item),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    /// <summary>Terms with their sub-terms after them.</summary>
    private static IEnumerable<FormOption> TermsOf(JsonNode? terms, string above = "")
    {
        foreach (var term in (terms as JsonArray ?? []).OfType<JsonObject>())
        {
            if (term.Text("ContentItemId") is not { } id) continue;

            var isEnglish = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
            var name = (isEnglish ? term.Text("Term", "EnglishTitle", "Text") : null) is { Length: > 0 } english
                ? english : term.Text("TitlePart", "Title") ?? term.Text("DisplayText") ?? id;
            yield return new FormOption(id, above + name);
            foreach (var below in TermsOf(term["Terms"], $"{above}{name} › ")) yield return below;
        }
    }
}

/// <summary>Where a form finds what it offers.</summary>
internal sealed record FormSources(StoredTypes Types, ContentReader Reader, PickList Picks, MediaLibrary Media, IContentAuthors People);
