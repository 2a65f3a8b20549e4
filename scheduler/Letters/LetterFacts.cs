using System.Globalization;
using System.Text.Json;

namespace Metro.Scheduler.Letters;

/// <summary>
/// The facts of one message, by name, as words in the reader's language: dates with their weekday and instants by the library's
/// clock, a name in English where there is one and the reader reads English.
/// </summary>
internal sealed class LetterFacts(JsonElement facts, CultureInfo culture, TimeZoneInfo zone)
{
    public static LetterFacts Parse(string payload, CultureInfo culture, TimeZoneInfo zone)
    {
        using var document = JsonDocument.Parse(payload);
        return new LetterFacts(document.RootElement.Clone(), culture, zone);
    }

    private bool IsEnglish => culture.TwoLetterISOLanguageName == "en";

    /// <summary>What is there, as words; null where it is not.</summary>
    public string? Words(string name) => name switch
    {
        "when" => When(),
        "startsOn" => Instant("startsAt") is { } start ? Date(DateOnly.FromDateTime(Local(start))) : null,
        _ => Value(name) is { } value ? Words(value) : null,
    };

    /// <summary>A text as it stands, in no language; null where there is none.</summary>
    public string? Text(string name) => facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public int? Number(string name) => facts.TryGetProperty(name, out var value) && value.TryGetInt32Safely() is { } number ? number : null;

    public bool IsTrue(string name) => facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>An instant in UTC; null where there is none.</summary>
    public DateTime? Instant(string name) => Text(name) is { } text && AsInstant(text) is { } instant ? instant : null;

    /// <summary>The English text for readers of English, where there is one.</summary>
    private JsonElement? Value(string name)
    {
        if (IsEnglish && facts.TryGetProperty(name + "English", out var english) && english.ValueKind == JsonValueKind.String && english.GetString()!.Length > 0) return english;
        return facts.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string? Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out var number) ? number.ToString("N0", culture) : value.GetDouble().ToString(culture),
        JsonValueKind.String when value.GetString()!.Trim() is { Length: > 0 } text =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Date(date)
            : AsInstant(text) is { } instant ? DateAndTime(instant)
            : text,
        _ => null,
    };

    private string? When() => (Instant("startsAt"), Instant("endsAt")) switch
    {
        ({ } start, { } end) when Local(start).Date == Local(end).Date => $"{DateAndTime(start, zoned: false)}–{Time(end)}",
        ({ } start, { } end) => $"{DateAndTime(start)} – {DateAndTime(end)}",
        ({ } start, null) => DateAndTime(start),
        _ => null,
    };

    private string Date(DateOnly date) => date.ToString("dddd, d MMMM yyyy", culture);

    private string DateAndTime(DateTime instant, bool zoned = true) => IsEnglish
        ? $"{Date(DateOnly.FromDateTime(Local(instant)))}, {Time(instant, zoned)}"
        : $"{Date(DateOnly.FromDateTime(Local(instant)))}, pukul {Time(instant, zoned)}";

    private string Time(DateTime instant, bool zoned = true) =>
        Local(instant).ToString(IsEnglish ? "HH:mm" : "HH.mm", CultureInfo.InvariantCulture) + (zoned ? " " + ZoneName : "");

    private DateTime Local(DateTime instant) => TimeZoneInfo.ConvertTimeFromUtc(instant, zone);

    /// <summary>Indonesians know their zones by these names; elsewhere the offset says it.</summary>
    private string ZoneName => zone.Id switch
    {
        "Asia/Jakarta" or "Asia/Pontianak" => "WIB",
        "Asia/Makassar" => "WITA",
        "Asia/Jayapura" => "WIT",
        _ => zone.StandardName,
    };

    private static DateTime? AsInstant(string text) =>
        text.Length >= 20 && text[^1] == 'Z' && text[10] == 'T' && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;
}

internal static class JsonNumbers
{
    public static int? TryGetInt32Safely(this JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
