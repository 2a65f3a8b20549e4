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
    /// <returns>Whether the document was changed.</returns>
    public static bool Lay(JsonObject document, FormInput input, IReadOnlyList<string> posted, TimeZoneInfo zone)
    {
        var values = posted.Select(value => value.ReplaceLineEndings("\n")).Where(value => value.Length > 0).ToList();
        if (values.SequenceEqual(Show(document, input, zone).Select(value => value.ReplaceLineEndings("\n")))) return false;

        Put(document, input.Path, Read(input, values, Find(document, input.Path) is JsonArray, zone));
        return true;
    }

    public static JsonNode? Find(JsonObject document, string path)
    {
        JsonNode? node = document;
        foreach (var step in path.Split('.').Skip(1))
        {
            var (key, index) = Step(step);
            node = (node as JsonObject)?[key];
            if (index is { } at) node = node is JsonArray list && at < list.Count ? list[at] : null;
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
            if (Found(holder, step) is not JsonObject next) Set(holder, step, next = []);
            holder = next;
        }

        Set(holder, steps[^1], value);
    }

    private static JsonNode? Found(JsonObject holder, string step)
    {
        var (key, index) = Step(step);
        return index is not { } at ? holder[key] : holder[key] is JsonArray list && at < list.Count ? list[at] : null;
    }

    private static void Set(JsonObject holder, string step, JsonNode? value)
    {
        var (key, index) = Step(step);
        if (index is not { } at)
        {
            holder[key] = value;
            return;
        }

        if (holder[key] is not JsonArray list) holder[key] = list = [];
        // What a list lacks before its last value has the value that says nothing.
        while (list.Count <= at) list.Add(key == "Anchors" ? new JsonObject { ["X"] = 0.5, ["Y"] = 0.5 } : "");
        list[at] = value;
    }

    private static (string Key, int? Index) Step(string step)
    {
        var at = step.IndexOf('[', StringComparison.Ordinal);
        return at < 0 ? (step, null) : (step[..at], int.Parse(step[(at + 1)..^1], CultureInfo.InvariantCulture));
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
            InputKind.Percent => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var hundredths) && double.IsFinite(hundredths) ? JsonValue.Create(hundredths / 100) : text,
            InputKind.OneNumberOf => int.TryParse(text, CultureInfo.InvariantCulture, out var choice) ? JsonValue.Create(choice) : text,
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
        InputKind.Percent when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) =>
            Math.Round(share * 100, 1).ToString(CultureInfo.InvariantCulture),
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
