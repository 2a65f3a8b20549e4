namespace Metro.Content;

/// <summary>What the city sets for its content.</summary>
public sealed record ContentSettings
{
    /// <summary>The portal's languages; the first is the one whose addresses have no prefix, and to which others fall back.</summary>
    public IReadOnlyList<string> Cultures { get; init; } = ["id", "en"];

    /// <summary>The portal's first language.</summary>
    public string DefaultCulture => Cultures[0];

    /// <summary>The library's zone: what <em>a day</em> means.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta");

    /// <summary>The most characters of an item's document.</summary>
    public int MaxDocumentLength { get; init; } = 1_000_000;

    /// <summary>How long an edit lock lasts without being renewed.</summary>
    public TimeSpan LockLasts { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Addresses that belong to the portal itself and that no content may take, without a slash in front.</summary>
    public IReadOnlyList<string> ReservedPaths { get; init; } =
        ["admin", "api", "graphql", "health", "opds", "media", "account", "sitemap.xml", "robots.txt"];

    /// <summary>First steps of addresses that the portal itself answers beside content, without the language: links there are not broken.</summary>
    public IReadOnlyList<string> PortalPaths { get; init; } = ["catalog", "programs", "workshops", "exhibitions", "news", "spaces", "search", "e-resources"];

    internal DateTime StartOfDay(DateOnly day) =>
        TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified), Zone);
}
