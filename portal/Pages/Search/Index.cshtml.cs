using Metro.Content;
using Metro.Library;
using Metro.Library.Search;
using Metro.Portal.Pages.Catalog;
using Metro.Portal.Web;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Metro.Portal.Pages.Search;

/// <summary>
/// One search over everything that the public can read: the catalogue by its index, the rest by the editors' words. A part that is
/// asked for by name is shown in full, the others in brief.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Search)]
internal sealed class SearchModel(LibraryDbContext db, CatalogSearch catalog, ContentReader content, PlannedAhead planned, SiteChrome chrome) : PageModel
{
    private const int Brief = 5;
    private const int InFull = 20;
    private const int MostSkipped = 1_000;

    /// <summary>The parts beside the catalogue, and what they are made of.</summary>
    private static readonly (string Name, string[] Types)[] ContentParts =
    [
        ("programs", ["Workshop", "Exhibition", "ReadingProgram", "CommunityEvent"]),
        ("e-resources", ["EResource"]),
        ("spaces", ["SpacePage"]),
        ("pages", ["Page", "NewsPost", "Faq"]),
    ];

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true, Name = "part")]
    public string? Part { get; set; }

    [BindProperty(SupportsGet = true, Name = "skip")]
    public string? Skip { get; set; }

    public SearchResult? Found { get; private set; }

    public IReadOnlyList<BookLine> Books { get; private set; } = [];

    public IReadOnlyList<SearchPart> Parts { get; private set; } = [];

    public bool HasWords => !string.IsNullOrWhiteSpace(Text);

    public bool FoundNothing => HasWords && Books.Count == 0 && Parts.All(part => part.Hits.Count == 0);

    public string Shown => Text is { Length: > 80 } ? string.Concat(Text.AsSpan(0, 80).TrimEnd(), "…") : Text ?? "";

    public async Task OnGetAsync(CancellationToken stop)
    {
        chrome.Head.HasSearchBox = false;
        chrome.Head.IsIndexed = false;
        if (!HasWords) return;

        var asked = Array.Find(ContentParts, part => part.Name == Part);
        if (asked.Name is not null)
        {
            var skip = int.TryParse(Skip, out var number) ? Math.Clamp(number, 0, MostSkipped) : 0;
            var hits = await content.SearchAsync(Text!, ContentCards.Culture, asked.Types, skip, InFull + 1, stop);
            // What nobody wrote about comes last, after the last page of what somebody did.
            if (hits.Count <= InFull) hits = [.. hits, .. await planned.FindAsync(asked.Name, Text!, InFull - hits.Count, stop)];
            Parts = [new SearchPart(asked.Name, [.. hits.Take(InFull)], hits.Count > InFull ? AddressOf(asked.Name, skip + InFull) : null) { Previous = skip > 0 ? AddressOf(asked.Name, Math.Max(0, skip - InFull)) : null }];
            return;
        }

        Found = await catalog.SearchAsync(new CatalogQuery { Text = Text, Size = Brief, WithFacets = false }, stop);
        Books = await db.BookLinesAsync(await catalog.TitlesOfAsync(Found, stop), stop);
        var parts = new List<SearchPart>();
        foreach (var (name, types) in ContentParts)
        {
            var hits = await content.SearchAsync(Text!, ContentCards.Culture, types, take: Brief + 1, stop: stop);
            if (hits.Count <= Brief) hits = [.. hits, .. await planned.FindAsync(name, Text!, Brief + 1 - hits.Count, stop)];
            parts.Add(new SearchPart(name, [.. hits.Take(Brief)], hits.Count > Brief ? AddressOf(name, 0) : null));
        }

        Parts = parts;
    }

    private string AddressOf(string part, int skip) => PortalChrome.InLanguage("/search")
        + QueryString.Create([KeyValuePair.Create<string, string?>("q", Text), KeyValuePair.Create<string, string?>("part", part), .. skip == 0 ? [] : (KeyValuePair<string, string?>[])[KeyValuePair.Create<string, string?>("skip", $"{skip}")]]).ToUriComponent();
}

/// <summary>What was found in one part of the site.</summary>
/// <param name="Name">The part's name in the address.</param>
/// <param name="Hits">What was found, best first.</param>
/// <param name="More">Where the rest stands; null where this is all.</param>
internal sealed record SearchPart(string Name, IReadOnlyList<SearchHit> Hits, string? More)
{
    /// <summary>The page before, where this part is leafed through.</summary>
    public string? Previous { get; init; }
}
