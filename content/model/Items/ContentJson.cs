using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>Reading and writing documents: always the same bytes for the same document, keys in the order in which they came.</summary>
public static class ContentJson
{
    /// <summary>How deep a document may be nested.</summary>
    public const int MaxDepth = 64;

    internal static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth,
    };

    /// <summary>The document as text, in one line.</summary>
    public static string Write(JsonNode document) => document.ToJsonString(Compact);

    /// <summary>The document that a text holds; the text is one that <see cref="Write"/> made.</summary>
    public static JsonObject Read(string text) =>
        JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth })!.AsObject();

    /// <summary>A number by which equal documents are known as such.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The text at a path of keys; null when there is none, or no text.</summary>
    public static string? Text(this JsonObject? document, params ReadOnlySpan<string> keys) =>
        TextOf(document.At(keys));

    /// <summary>Whether true stands at a path of keys.</summary>
    public static bool Flag(this JsonObject? document, params ReadOnlySpan<string> keys) =>
        document.At(keys) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>The number at a path of keys; null when there is none.</summary>
    public static double? Number(this JsonObject? document, params ReadOnlySpan<string> keys) => Number(document.At(keys));

    /// <summary>The instant at a path of keys, in UTC; null when there is none. A text without an offset is UTC.</summary>
    public static DateTime? Instant(this JsonObject? document, params ReadOnlySpan<string> keys) =>
        Instant(document.Text(keys));

    /// <summary>The texts of the array at a path of keys; what is not a text is left out.</summary>
    public static IReadOnlyList<string> List(this JsonObject? document, params ReadOnlySpan<string> keys) =>
        document.At(keys) is JsonArray array ? [.. array.Select(TextOf).OfType<string>()] : [];

    /// <summary>The object at a path of keys; null when there is none.</summary>
    public static JsonObject? Object(this JsonObject? document, params ReadOnlySpan<string> keys) => document.At(keys) as JsonObject;

    internal static JsonNode? At(this JsonObject? document, params ReadOnlySpan<string> keys)
    {
        JsonNode? node = document;
        foreach (var key in keys)
        {
            if (node is not JsonObject step) return null;
            node = step[key];
        }

        return node;
    }

    /// <summary>Puts a value at part and property, making the part when it is missing.</summary>
    internal static void Put(this JsonObject document, string part, string property, JsonNode? value)
    {
        if (document[part] is not JsonObject target) document[part] = target = [];
        target[property] = value;
    }

    internal static string? TextOf(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped: JSON allows it, and it is no text.
            return null;
        }
    }

    /// <summary>Whether every name and text can be stored: PostgreSQL keeps no NUL, and half a character is none.</summary>
    internal static bool IsStorable(JsonNode? node) => node switch
    {
        JsonObject item => item.All(property => IsStorable(property.Key) && IsStorable(property.Value)),
        JsonArray list => list.All(IsStorable),
        JsonValue value => value.GetValueKind() != JsonValueKind.String || (TextOf(value) is { } text && IsStorable(text)),
        _ => true,
    };

    private static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i])) return false;
            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i]))) return false;
        }

        return true;
    }

    internal static double? Number(JsonNode? node) =>
        node is not JsonValue value ? null
        : value.TryGetValue<double>(out var number) ? number
        : value.TryGetValue<int>(out var whole) ? whole
        : value.TryGetValue<long>(out var large) ? large
        : value.TryGetValue<decimal>(out var exact) ? (double)exact
        : null;

    internal static DateTime? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? ToMicroseconds(instant.UtcDateTime)
            : null;

    /// <summary>PostgreSQL keeps microseconds: an instant is cut to them before it is stored, so that both databases answer alike.</summary>
    internal static DateTime ToMicroseconds(DateTime instant) =>
        new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    /// <summary>The instant as Orchard writes it: UTC, no more decimals than needed.</summary>
    internal static string Format(DateTime instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
