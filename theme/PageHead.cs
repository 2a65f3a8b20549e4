using System.Text.Json;
using System.Text.Json.Nodes;

namespace Metro.Theme;

/// <summary>
/// What a page says of itself to search engines, social networks and feed readers. A page that says nothing is
/// described by its title alone.
/// </summary>
public sealed class PageHead
{
    private readonly List<string> structuredData = [];

    /// <summary>What the page is about, in one or two plain sentences.</summary>
    public string? Description { get; set; }

    /// <summary>What Open Graph calls the page: <c>website</c>, <c>article</c> or <c>book</c>.</summary>
    public string Kind { get; set; } = "website";

    /// <summary>A picture of the page, from the site's root; null for the site's own.</summary>
    public string? Picture { get; set; }

    /// <summary>What is in the picture.</summary>
    public string? PictureAlt { get; set; }

    /// <summary>The one address under which the page is known, from the site's root; null for the current one without its query.</summary>
    public string? Canonical { get; set; }

    /// <summary>The same page in the other language, from the site's root, where its address is not merely the prefix apart.</summary>
    public string? OtherLanguage { get; set; }

    /// <summary>Whether search engines may list the page. Results of searches and personal pages are not for them.</summary>
    public bool IsIndexed { get; set; } = true;

    /// <summary>Whether the header has its search box: false where the page itself has one that searches for the same.</summary>
    public bool HasSearchBox { get; set; } = true;

    /// <summary>The page that the reader will probably ask for next, fetched while nothing else is; null for none.</summary>
    public string? Next { get; set; }

    /// <summary>The page for machines: feeds that follow what it shows, or the same thing as MARC or a calendar.</summary>
    public IList<FeedLink> Feeds { get; } = [];

    /// <summary>The page in the words of schema.org, as JSON-LD documents.</summary>
    public IReadOnlyList<string> StructuredData => structuredData;

    /// <summary>Adds a JSON-LD document. What could end the element that carries it is escaped.</summary>
    public void Describe(JsonObject document) => structuredData.Add(document.ToJsonString(JsonSerializerOptions.Default));
}

/// <summary>A form of the page for machines.</summary>
/// <param name="Address">Where it is, from the site's root.</param>
/// <param name="MediaType">Its type, such as <c>application/atom+xml</c>.</param>
/// <param name="Title">What it holds.</param>
public sealed record FeedLink(string Address, string MediaType, string Title);
