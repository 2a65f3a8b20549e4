using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>Alternative texts of a picture, kept as a JSON object from language to text.</summary>
internal static class MediaAlt
{
    public static bool Has(string alt, string? culture) => culture is null
        ? Read(alt).Any(each => each.Value.Length > 0)
        : Read(alt).GetValueOrDefault(culture) is { Length: > 0 };

    public static IReadOnlyDictionary<string, string> Read(string alt) =>
        ContentJson.Read(alt).Where(each => ContentJson.TextOf(each.Value) is not null)
            .ToDictionary(each => each.Key, each => ContentJson.TextOf(each.Value)!);

    public static string Write(IReadOnlyDictionary<string, string> alt)
    {
        var json = new JsonObject();
        foreach (var (culture, text) in alt.OrderBy(each => each.Key, StringComparer.Ordinal)) json[culture] = text;
        return ContentJson.Write(json);
    }
}
