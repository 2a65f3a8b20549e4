namespace Metro.Theme;

/// <summary>The beginning of a page: where the reader is, what the page is called, what it is about. Drawn by <c>_PageHeader</c>.</summary>
/// <param name="Title">The page's heading.</param>
public sealed record PageHeader(string Title)
{
    /// <summary>The pages above this one, the nearest last; the home page is added by itself.</summary>
    public IReadOnlyList<SiteLink> Trail { get; init; } = [];

    /// <summary>A word above the heading, such as the kind of thing; null for none.</summary>
    public string? Kicker { get; init; }

    /// <summary>One or two sentences below the heading; null for none.</summary>
    public string? Lead { get; init; }

    /// <summary>The language of title and lead where it is not the page's.</summary>
    public string? Language { get; init; }
}
