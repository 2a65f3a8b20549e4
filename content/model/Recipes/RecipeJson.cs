using System.Text.Json;
using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>JSON of recipes: names in any case, later duplicates win, numbers as they were written.</summary>
internal static class RecipeJson
{
    /// <summary>The element as nodes of its own; a name that occurs twice has its later value.</summary>
    public static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var item = new JsonObject();
                foreach (var property in element.EnumerateObject()) item[property.Name] = Node(property.Value);
                return item;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Node)]);
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    /// <summary>The value under a name, whatever its case.</summary>
    public static JsonNode? Get(this JsonObject item, string name) =>
        item.TryGetPropertyValue(name, out var exact)
            ? exact
            : item.FirstOrDefault(property => property.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public static string? GetText(this JsonObject item, string name) => ContentJson.TextOf(item.Get(name));

    public static bool? GetFlag(this JsonObject item, string name) => item.Get(name) is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    /// <summary>
    /// One document laid over another, as Orchard merges: objects name by name, lists replaced. Records of
    /// definitions, which have names, are laid over those of the same name.
    /// </summary>
    public static JsonObject Merged(JsonObject below, JsonObject above, bool recordsByName = false)
    {
        var merged = below.DeepClone().AsObject();
        foreach (var (name, value) in above)
            merged[name] = (merged[name], value) switch
            {
                (JsonObject under, JsonObject over) => Merged(under, over, recordsByName),
                (JsonArray under, JsonArray over) when recordsByName && over.All(IsNamed) && under.All(IsNamed) => MergedByName(under, over),
                _ => value?.DeepClone(),
            };
        return merged;
    }

    private static bool IsNamed(JsonNode? node) => node is JsonObject record && record.GetText("Name") is not null;

    private static JsonArray MergedByName(JsonArray below, JsonArray above)
    {
        var records = below.Select(each => each!.DeepClone().AsObject()).ToList();
        foreach (var record in above.Select(each => each!.AsObject()))
        {
            var at = records.FindIndex(each => each.GetText("Name") == record.GetText("Name"));
            if (at < 0) records.Add(record.DeepClone().AsObject());
            else records[at] = Merged(records[at], record, recordsByName: true);
        }

        return new JsonArray([.. records]);
    }
}
