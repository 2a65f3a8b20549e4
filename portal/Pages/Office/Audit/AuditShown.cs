using System.Globalization;
using System.Text.Json;
using Metro.Library;
using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Audit;

/// <summary>How a line of the audit trail is told to people: who, what, and each fact before and after.</summary>
internal static class AuditShown
{
    private const int MostFacts = 30;
    private const int LongestFact = 200;

    /// <summary>What was done; the written form of an action that nobody does any more.</summary>
    public static string ActionOf(AuditLine line) => AuditText.Find("Action." + line.Action) ?? line.Action;

    /// <summary>Who did it.</summary>
    public static string ActorOf(AuditLine line) => line switch
    {
        { ActorKind: ActorKind.System } => AuditText.Get("By.Portal", line.ActorName ?? ""),
        { ActorName: { } name } => name,
        _ => AuditText.Get("By.Forgotten"),
    };

    /// <summary>To what it was done, such as "Peminjaman 42".</summary>
    public static string SubjectOf(AuditLine line)
    {
        var (kind, id) = line.Subject.Split(':') is [var first, var second] ? (first, second) : (line.Subject, "");
        var name = AuditText.Find("Kind." + kind) ?? kind;
        return id is "" or "0" ? name : $"{name} {id}";
    }

    /// <summary>Where what it was done to is looked at, from the site's root; null where it has no page.</summary>
    public static string? AddressOf(AuditLine line) => line.Subject.Split(':') is [var kind, var id] && id != "0" && Rooms.TryGetValue(kind, out var room) ? $"{room}/{id}" : null;

    private static readonly IReadOnlyDictionary<string, string> Rooms = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["account"] = "/admin/accounts", ["booking"] = "/desk/bookings", ["copy"] = "/desk/copies", ["equipment"] = "/desk/spaces/equipment", ["member"] = "/desk/members", ["program"] = "/desk/programs",
        ["school"] = "/desk/schools", ["session"] = "/desk/sessions", ["space"] = "/desk/spaces", ["space_kind"] = "/desk/policies/spaces", ["title"] = "/desk/catalog", ["visit"] = "/desk/visits", ["visit_offer"] = "/desk/visits/offers",
    };

    /// <summary>Each fact that the line keeps: "Kuota: 2 → 3".</summary>
    public static IEnumerable<string> ChangesOf(AuditLine line, Dates dates)
    {
        var (before, after) = (FactsOf(line.Before), FactsOf(line.After));
        return after.Keys.Union(before.Keys).Take(MostFacts)
            .Select(name => (Name: name, Before: Said(before, name, dates), After: Said(after, name, dates)))
            .Where(fact => fact.Before != fact.After)
            .Select(fact => fact switch
            {
                { Before: null } => $"{NameOf(fact.Name)}: {fact.After}",
                { After: null } => $"{NameOf(fact.Name)}: {fact.Before} → –",
                _ => $"{NameOf(fact.Name)}: {fact.Before} → {fact.After}",
            });
    }

    private static string NameOf(string fact) => AuditText.Find("Fact." + fact) ?? fact;

    private static IReadOnlyDictionary<string, JsonElement> FactsOf(string? json)
    {
        if (json is null) return new Dictionary<string, JsonElement>();

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.EnumerateObject().DistinctBy(fact => fact.Name).ToDictionary(fact => fact.Name, fact => fact.Value.Clone())
            : new Dictionary<string, JsonElement> { ["value"] = document.RootElement.Clone() };
    }

    private static string? Said(IReadOnlyDictionary<string, JsonElement> facts, string name, Dates dates)
    {
        if (!facts.TryGetValue(name, out var fact)) return null;

        var said = fact.ValueKind switch
        {
            JsonValueKind.True => AuditText.Get("Yes"),
            JsonValueKind.False => AuditText.Get("No"),
            JsonValueKind.String => fact.GetString()!,
            JsonValueKind.Null => "–",
            JsonValueKind.Array => string.Join(", ", fact.EnumerateArray().Select(one => AuditText.Find("Value." + one) ?? one.ToString())),
            _ => fact.ToString(),
        };
        if (fact.ValueKind == JsonValueKind.String)
        {
            if (DateOnly.TryParseExact(said, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return dates.Day(date);
            if (said is [_, _, _, _, '-', .., 'Z'] && DateTime.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var instant))
                return $"{dates.Day(instant)}, {dates.Time(instant)}";
            if (AuditText.Find("Value." + said) is { } word) return word;
        }

        return said.Length <= LongestFact ? said : said[..LongestFact] + "…";
    }
}
