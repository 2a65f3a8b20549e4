using System.Globalization;
using System.Text.Json.Nodes;

namespace Metro.Content.Editor.Forms;

/// <summary>
/// A value of a document as text in a form, and back. What cannot be read as its kind is kept as it was typed, for
/// publishing to refuse with its place; what was not changed is not touched, so that a document keeps its exact form.
/// </summary>
internal static class DocumentValue
{
    /// <summary>What the form shows of the value at that place.</summary>
    public static IReadOnlyList<string> Show(JsonObject document, FormInput input, TimeZoneInfo zone)
    {
        var node = Find(document, input.Path);
        return input.Kind switch
        {
            InputKind.SeveralOf => Texts(node),
            InputKind.Lines => Texts(node) is { Count: > 0 } lines ? [string.Join('\n', lines)] : [],
            InputKind.OneOf when node is JsonArray => [.. Texts(node).Take(1)],
            InputKind.YesNo => node is JsonValue flag && flag.TryGetValue<bool>(out var yes) && yes ? ["true"] : [],
            _ => Text(node) is { Length: > 0 } text ? [Shown(text, input.Kind, zone)] : [],
        };
    }

    /// <summary>Writes what was posted to its place, unless it is what the document says already.</summary>
    public static void Lay(JsonObject document, FormInput input, IReadOnlyList<string> posted, TimeZoneInfo zone)
    {
        var values = posted.Select(value => value.ReplaceLineEndings("\n")).Where(value => value.Length > 0).ToList();
        if (values.SequenceEqual(Show(document, input, zone).Select(value => value.ReplaceLineEndings("\n")))) return;

        Put(document, input.Path, Read(input, values, Find(document, input.Path) is JsonArray, zone));
    }

    public static JsonNode? Find(JsonObject document, string path)
    {
        JsonNode? node = document;
        foreach (var step in path.Split('.').Skip(1))
        {
            var at = step.IndexOf('[', StringComparison.Ordinal);
            node = (node as JsonObject)?[at < 0 ? step : step[..at]];
            if (at < 0) continue;

            var index = int.Parse(step[(at + 1)..^1], CultureInfo.InvariantCulture);
            node = node is JsonArray list && index < list.Count ? list[index] : null;
        }

        return node;
    }

    /// <summary>Puts a value at a place, making the objects and arrays on the way.</summary>
    public static void Put(JsonObject document, string path, JsonNode? value)
    {
        var steps = path.Split('.').Skip(1).ToArray();
        var holder = document;
        foreach (var step in steps[..^1])
        {
            if (holder[step] is not JsonObject next) holder[step] = next = [];
            holder = next;
        }

        holder[steps[^1]] = value;
    }

    private static JsonNode? Read(FormInput input, List<string> values, bool isList, TimeZoneInfo zone)
    {
        if (input.Kind == InputKind.SeveralOf || (input.Kind == InputKind.OneOf && (isList || IsListed(input.Path)))) return Array(values);
        if (input.Kind == InputKind.Lines)
            return Array(values.SelectMany(text => text.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0));
        if (input.Kind == InputKind.YesNo) return values.Count > 0;
        if (values.Count == 0) return null;

        var text = values[0];
        return input.Kind switch
        {
            InputKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : text,
            InputKind.Instant => DateTime.TryParse(text, CultureInfo.InvariantCulture, out var local) && !zone.IsInvalidTime(local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified))
                ? TimeZoneInfo.ConvertTimeToUtc(local, zone).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
                : text,
            InputKind.Time => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : text,
            _ => text,
        };
    }

    /// <summary>Fields that choose are lists in the document even where one alone may be chosen.</summary>
    private static bool IsListed(string path) => path.Split('.')[^1] is "TermContentItemIds" or "ContentItemIds" or "LocalizationSets";

    private static JsonArray Array(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)JsonValue.Create(value))];

    private static string Shown(string text, InputKind kind, TimeZoneInfo zone) => kind switch
    {
        InputKind.Instant when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) =>
            TimeZoneInfo.ConvertTimeFromUtc(instant.UtcDateTime, zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        InputKind.Date when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) =>
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        InputKind.Time when TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        _ => text,
    };

    private static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.Select(Text).OfType<string>()],
        _ => Text(node) is { Length: > 0 } text ? [text] : [],
    };

    private static string? Text(JsonNode? node) => node is not JsonValue value ? null : value.TryGetValue<string>(out var text) ? text : value.ToJsonString();
}
