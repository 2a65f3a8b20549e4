using System.Globalization;
using System.Text.Json.Nodes;

namespace Metro.Content.Editor.Forms;

/// <summary>What can be chosen in the fields of a type: the terms of its taxonomies, and the content that it may point to.</summary>
internal sealed record FormChoices(
    IReadOnlyDictionary<string, IReadOnlyList<FormOption>> ByField, IReadOnlyDictionary<string, string> TaxonomyIds)
{
    /// <summary>The choices as an item of that language offers them, each list bounded.</summary>
    public static async Task<FormChoices> LoadAsync(ContentTypeDef type, ContentReader reader, ContentStore store, string? culture, CancellationToken stop)
    {
        var (choices, taxonomies) = (new Dictionary<string, IReadOnlyList<FormOption>>(), new Dictionary<string, string>());
        var language = culture ?? store.Settings.DefaultCulture;
        foreach (var field in type.Fields)
        {
            if (field.Taxonomy is { } alias && await reader.ByAliasAsync(alias, language, stop) is { Item: var taxonomy })
            {
                taxonomies[field.Name] = taxonomy.ItemId;
                choices[field.Name] = [.. Terms(taxonomy.Content.Object("TaxonomyPart")?["Terms"])];
            }
            else if (field.Kind is FieldKind.ContentPicker or FieldKind.LocalizationSetContentPicker)
            {
                choices[field.Name] = await ContentAsync(field, reader, store, language, stop);
            }
        }

        return new FormChoices(choices, taxonomies);
    }

    /// <summary>Terms with their sub-terms after them.</summary>
    private static IEnumerable<FormOption> Terms(JsonNode? terms, string above = "")
    {
        foreach (var term in (terms as JsonArray ?? []).OfType<JsonObject>())
        {
            if (term.Text("ContentItemId") is not { } id) continue;

            var isEnglish = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
            var name = (isEnglish ? term.Text("Term", "EnglishTitle", "Text") : null) ?? term.Text("TitlePart", "Title") ?? term.Text("DisplayText") ?? id;
            yield return new FormOption(id, above + name);
            foreach (var below in Terms(term["Terms"], $"{above}{name} › ")) yield return below;
        }
    }

    private static async Task<IReadOnlyList<FormOption>> ContentAsync(FieldDef field, ContentReader reader, ContentStore store, string language, CancellationToken stop)
    {
        var options = new List<FormOption>();
        var types = field.PickedTypes.Count > 0 ? field.PickedTypes : [.. store.Types.All.Where(type => type.Uses<AutoroutePart>() && type.IsLocalised).Select(type => type.Name)];
        foreach (var some in types.Chunk(8))
        {
            var page = await reader.ListAsync(new ContentQuery(language, some) { Order = ContentOrder.Title, PageSize = ContentQuery.MaxPageSize }, stop);
            options.AddRange(from offered in page.Items
                             let item = offered.Item
                             let value = field.Kind == FieldKind.ContentPicker ? item.ItemId : item.LocalizationSet
                             where value is not null
                             select new FormOption(value, item.DisplayText));
        }

        return options;
    }
}
