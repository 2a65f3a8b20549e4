using System.Globalization;
using System.Text.Json.Nodes;
using Metro.Bench.Budgets;
using Metro.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Metro.Bench.City;

/// <summary>
/// What editors wrote in five years, in both languages: every item was corrected once, and its second version is public. The rows
/// by which it is found are those that publishing derives from the document.
/// </summary>
internal static class CityContent
{
    private const int SetsAtOnce = 1_000;
    private const int VersionsOfSet = 4;

    private static readonly (string Type, string Folder)[] Types =
        [("Workshop", "workshops"), ("NewsPost", "news"), ("Workshop", "workshops"), ("NewsPost", "news"), ("Exhibition", "exhibitions"), ("CommunityEvent", "community-events")];

    private static readonly ContentSettings Settings = new();

    /// <param name="file">Where to.</param>
    /// <param name="model">The content's tables and columns.</param>
    /// <param name="taxonomies">By what content is sorted: topics, then audiences.</param>
    /// <param name="size">How much.</param>
    /// <param name="today">The city's day.</param>
    public static void Write(CityFile file, IModel model, IReadOnlyList<Taxonomy> taxonomies, CitySize size, DateOnly today)
    {
        for (var set = 0; set < size.ContentVersions / VersionsOfSet; set += SetsAtOnce)
        {
            var rows = Enumerable.Range(set, Math.Min(SetsAtOnce, (size.ContentVersions / VersionsOfSet) - set))
                .SelectMany(number => RowsOf(number, size, today, taxonomies)).ToList();
            foreach (var kind in rows.GroupBy(row => row.GetType())) Write(file, model.FindEntityType(kind.Key)!, kind);
        }
    }

    /// <summary>A taxonomy of the demonstration's content.</summary>
    public static async Task<Taxonomy> TaxonomyAsync(ContentDbContext db, string alias)
    {
        var reader = new ContentReader(db, ContentTypes.Shipped, Settings);
        var found = await reader.ByAliasAsync(alias, "id") ?? throw new CannotMeasureException($"The demonstration's content has no {alias}.");
        return new Taxonomy(found.Item.ItemId, [.. (await reader.TermsAsync(alias, "id")).Select(term => term.TermId)]);
    }

    private static IEnumerable<object> RowsOf(int set, CitySize size, DateOnly today, IReadOnlyList<Taxonomy> taxonomies)
    {
        var (type, folder) = Types[set % Types.Length];
        var locSet = ContentId.Of("city", $"set{set}");
        // Every third set is a workshop, of which the first ones present a program each.
        var program = type == "Workshop" && 1 + (set / 3) is var number && number <= size.Programs ? number : (int?)null;
        var starts = program is { } planned ? CityPrograms.FirstOf(planned, size, today) : CityPrograms.FirstOf(1 + (set % size.Programs), size, today);
        var published = starts.AddDays(-30);
        foreach (var culture in Settings.Cultures)
        {
            var isEnglish = culture == "en";
            var title = isEnglish ? $"What happened in the city {set}" : $"Kabar dari kota {set}";
            var path = $"{(isEnglish ? "en/" : "")}{folder}/{(isEnglish ? "city" : "kota")}-{set}";
            var item = new ItemRow
            {
                ItemId = ContentId.Of("city", $"item{set}{culture}"), Type = type, LocSet = locSet, Culture = culture, Owner = "bench", CreatedUtc = published.AddDays(-2),
                LatestVersionId = ContentId.Of("city", $"second{set}{culture}"), PublishedVersionId = ContentId.Of("city", $"second{set}{culture}"), FirstPublishedUtc = published, Stamp = 2,
            };
            yield return item;
            yield return VersionOf(item, ContentId.Of("city", $"first{set}{culture}"), 1, published.AddDays(-1), published, Document("draft"));
            var current = VersionOf(item, item.LatestVersionId, 2, published, published, Document("public"));
            yield return current;
            foreach (var scope in (Scope[])[Scope.Published, Scope.Latest])
            {
                var rows = new ScopeRows(item, current, scope, ContentTypes.Shipped.Find(type), Settings);
                foreach (var row in rows.Own().Concat(rows.Listed([]))) yield return row;
            }

            JsonObject Document(string state) => new()
            {
                ["TitlePart"] = new JsonObject { ["Title"] = title },
                ["AutoroutePart"] = new JsonObject { ["Path"] = path },
                ["LocalizationPart"] = new JsonObject { ["LocalizationSet"] = locSet, ["Culture"] = culture },
                ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = BodyOf(set, isEnglish, state) },
                [type] = FieldsOf(type, set, program, starts, program is { } one ? CityPrograms.LastOf(one, size, today) : starts.AddHours(3), isEnglish, taxonomies),
            };
        }
    }

    private static VersionRow VersionOf(ItemRow item, string id, int number, DateTime modified, DateTime published, JsonObject document)
    {
        var doc = ContentJson.Write(document);
        return new VersionRow
        {
            VersionId = id, ItemId = item.ItemId, Number = number, Doc = doc, DocHash = ContentJson.Hash(doc), LocSet = item.LocSet, Author = "Bench",
            DisplayText = document.Text("TitlePart", "Title")!, ModifiedUtc = modified, PublishedUtc = number == 2 ? published : null,
        };
    }

    private static JsonObject FieldsOf(string type, int set, int? program, DateTime starts, DateTime ends, bool isEnglish, IReadOnlyList<Taxonomy> taxonomies)
    {
        var fields = new JsonObject
        {
            ["Summary"] = new JsonObject { ["Text"] = isEnglish ? $"In short: number {set} of many." : $"Singkatnya: nomor {set} dari banyak." },
            ["Topics"] = Chosen(taxonomies[0], set),
            ["Audience"] = Chosen(taxonomies[1], set / 7),
        };
        switch (type)
        {
            case "NewsPost":
                fields["Pinned"] = new JsonObject { ["Value"] = false };
                break;
            case "Exhibition":
                fields["StartsOn"] = new JsonObject { ["Value"] = starts.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
                fields["EndsOn"] = new JsonObject { ["Value"] = starts.AddDays(20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
                break;
            default:
                fields["StartsAt"] = new JsonObject { ["Value"] = ContentJson.Format(starts) };
                fields["EndsAt"] = new JsonObject { ["Value"] = ContentJson.Format(ends) };
                fields["Place"] = new JsonObject { ["Text"] = isEnglish ? "Creative room" : "Ruang Kreatif" };
                if (type == "Workshop") fields["Capacity"] = new JsonObject { ["Value"] = 12 + (set % 30) };
                if (type == "CommunityEvent") fields["Organiser"] = new JsonObject { ["Text"] = $"Komunitas {set % 300}" };
                if (program is { } planned) fields["ProgramCode"] = new JsonObject { ["Text"] = CityPrograms.CodeOf(planned) };
                break;
        }

        return fields;
    }

    private static JsonObject Chosen(Taxonomy taxonomy, int set) => new()
    {
        ["TaxonomyContentItemId"] = taxonomy.ItemId,
        ["TermContentItemIds"] = new JsonArray(taxonomy.Terms[set % taxonomy.Terms.Count], taxonomy.Terms[(set + 3) % taxonomy.Terms.Count]),
    };

    private static string BodyOf(int set, bool isEnglish, string state)
    {
        var sentence = isEnglish ? "Come and learn together with your neighbours, word{0} by word{1}. " : "Mari belajar bersama tetangga Anda, kata{0} demi kata{1}. ";
        return $"## {(isEnglish ? "What it is" : "Tentang ini")}\n\n"
            + string.Concat(Enumerable.Range(0, 6).Select(i => string.Format(CultureInfo.InvariantCulture, sentence, set % 2_000, (set + i) * 31 % 3_000)))
            + $"\n\n{state}\n";
    }

    /// <summary>A taxonomy and its terms, by their ids.</summary>
    internal sealed record Taxonomy(string ItemId, IReadOnlyList<string> Terms);

    /// <summary>Entities as their context would insert them.</summary>
    private static void Write(CityFile file, IEntityType type, IEnumerable<object> entities)
    {
        var properties = type.GetProperties().Where(property => property.ValueGenerated == ValueGenerated.Never || property.ClrType != typeof(long))
            .Select(property => (Column: property.GetColumnName(), Read: property.PropertyInfo!, Converter: property.GetTypeMapping().Converter)).ToArray();
        var row = new object?[properties.Length];
        file.Write(type.GetTableName()!, string.Join(", ", properties.Select(property => property.Column)), entities.Select(entity =>
        {
            for (var i = 0; i < properties.Length; i++)
            {
                var value = properties[i].Read.GetValue(entity);
                row[i] = value is not null && properties[i].Converter is { } converter ? converter.ConvertToProvider(value) : value;
            }

            return row;
        }));
    }
}
