using System.Globalization;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Search;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Catalog;

/// <summary>The catalogue as a list: searched, filtered by facets with their counts, ordered, and leafed through.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Catalogue, Unless = "q")]
[EnableRateLimiting(RateLimits.Search)]
internal sealed class CatalogModel(LibraryDbContext db, CatalogSearch search, SiteChrome chrome) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public CatalogRequest Asked { get; set; } = new();

    public SearchResult Result { get; private set; } = null!;

    public IReadOnlyList<BookLine> Books { get; private set; } = [];

    public IReadOnlyList<FacetGroup> Facets { get; private set; } = [];

    public IReadOnlyList<SiteLink> Chosen { get; private set; } = [];

    public string Heading => string.IsNullOrWhiteSpace(Asked.Text)
        ? CatalogText.Get(Asked is { Filters: 0, Order: SearchOrder.Newest } && Asked.Sort is not null ? "New.Title" : "Title")
        : CatalogText.Get("Results.Title", Shortened(Asked.Text));

    public Pager Pager => new(
        Asked.After is null ? null : Asked.Address(),
        Result.Next is { } next ? Asked.Address(after: next, skipped: Asked.SkippedTitles + Books.Count) : null)
    {
        PreviousIsFirst = true,
        Place = Books.Count == 0 ? null : CatalogText.Get("Place", Asked.SkippedTitles + 1, Asked.SkippedTitles + Books.Count, Result.Total),
    };

    public async Task OnGetAsync(CancellationToken stop)
    {
        Result = await search.SearchAsync(Asked.Query(), stop);
        Books = await db.BookLinesAsync(await search.TitlesOfAsync(Result, stop), stop);
        var branches = await db.Branches.AsNoTracking().Where(branch => branch.IsActive).ToDictionaryAsync(branch => branch.Id, branch => branch.LocalName, stop);
        Facets = [.. FacetGroup.All(Asked, Result.Facets!, branches).Where(group => group.Values.Count > 0)];
        Chosen = [.. FacetGroup.Chosen(Asked, Facets)];

        chrome.Head.HasSearchBox = false;
        chrome.Head.Description = CatalogText.Get("Description");
        chrome.Head.Canonical = PortalChrome.InLanguage("/catalog");
        chrome.Head.IsIndexed = Asked.Filters == 0 && string.IsNullOrWhiteSpace(Asked.Text) && Asked.After is null;
        chrome.Head.Next = Pager.Next;
        chrome.Head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/catalog/new.atom"), "application/atom+xml", CatalogText.Get("New.Title")));
    }

    private static string Shortened(string text) => text.Length <= 80 ? text.Trim() : string.Concat(text.AsSpan(0, 80).TrimEnd(), "…");
}

/// <summary>A facet as the page offers it: what can be chosen, and how many titles each choice would leave.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Values">What can be chosen, the most frequent first.</param>
internal sealed record FacetGroup(string Name, string Title, IReadOnlyList<FacetValue> Values)
{
    public static IEnumerable<FacetGroup> All(CatalogRequest asked, SearchFacets facets, IReadOnlyDictionary<long, LocalText> branches)
    {
        var reader = CultureInfo.CurrentUICulture;
        yield return Of("format", facets.Formats, asked.Formats, one => one.ToString(), one => CatalogWords.Of(one, reader));
        yield return Of("audience", facets.Audiences, asked.Audiences, one => one.ToString(), one => CatalogWords.Of(one, reader));
        yield return Of("language", facets.Languages, asked.Languages, code => code, LanguageNames.Of);
        yield return Of("branch", [.. facets.Branches.Where(one => branches.ContainsKey(one.Value))], asked.Branches, id => id.ToString(CultureInfo.InvariantCulture), id => branches[id].Explain(reader));
        yield return Of("subject", facets.Subjects, asked.Subjects, text => text, text => text);
    }

    /// <summary>What is chosen, each with the address of the list without it.</summary>
    public static IEnumerable<SiteLink> Chosen(CatalogRequest asked, IReadOnlyList<FacetGroup> groups)
    {
        foreach (var group in groups)
            foreach (var value in group.Values.Where(value => value.IsChosen))
                yield return new SiteLink(value.Text, asked.Address(group.Name, value.Value));
        if (asked.YearFrom is not null || asked.YearTo is not null)
            yield return new SiteLink($"{asked.YearFrom?.ToString(CultureInfo.InvariantCulture) ?? "…"}–{asked.YearTo?.ToString(CultureInfo.InvariantCulture) ?? "…"}", asked.Address("year"));
        if (asked.IsAvailableNow) yield return new SiteLink(CatalogText.Get("Facet.available"), asked.Address("available"));
    }

    private static FacetGroup Of<T>(string name, IReadOnlyList<FacetCount<T>> counts, IReadOnlyList<T> chosen, Func<T, string> value, Func<T, string> text) where T : notnull =>
        new(name, CatalogText.Get($"Facet.{name}"),
        [
            .. counts.Select(one => new FacetValue(value(one.Value), text(one.Value), one.Count, chosen.Contains(one.Value))),
            // A choice that leaves nothing can still be taken back.
            .. chosen.Where(one => counts.All(count => !count.Value.Equals(one)) && (typeof(T) != typeof(long))).Select(one => new FacetValue(value(one), text(one), 0, true)),
        ]);
}

/// <summary>A value of a facet.</summary>
internal sealed record FacetValue(string Value, string Text, int Count, bool IsChosen);

/// <summary>What lists of titles need beside the titles.</summary>
internal static class BookLines
{
    /// <summary>Titles with what their copies are doing, in the same order.</summary>
    public static async Task<IReadOnlyList<BookLine>> BookLinesAsync(this LibraryDbContext db, IReadOnlyList<Title> titles, CancellationToken stop)
    {
        if (titles.Count == 0) return [];
        var copies = await db.AvailabilityOfAsync([.. titles.Select(title => title.Id)], stop);
        return [.. titles.Select(title => new BookLine(title, copies.GetValueOrDefault(title.Id)))];
    }
}
