using Metro.Content;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.News;

/// <summary>What the library has to tell, the newest first.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Content)]
internal sealed class NewsModel(ContentReader reader, ContentCards cards, SiteChrome chrome) : PageModel
{
    private const int PageSize = 12;

    public IReadOnlyList<Card> Posts { get; private set; } = [];

    public Pager Pager { get; private set; } = new(null, null);

    public async Task OnGetAsync([FromQuery] string? after, CancellationToken stop)
    {
        var cursor = ContentCursor.TryParse(after) is { } place && place.ToString() == after ? place : null;
        var page = await reader.NewsAsync(PageSize, cursor, stop);
        Posts = await cards.OfAsync(page.Items, stop, headingLevel: 2);
        var address = PortalChrome.InLanguage("/news");
        Pager = new Pager(cursor is null ? null : address, page.HasMore ? address + QueryString.Create("after", $"{page.Items[^1].Cursor}").ToUriComponent() : null) { PreviousIsFirst = true };
        chrome.Head.Description = SiteText.Get("News.Lead");
        chrome.Head.Next = Pager.Next;
        chrome.Head.IsIndexed = cursor is null;
        chrome.Head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/news.atom"), "application/atom+xml", SiteText.Get("Nav.News")));
    }
}

/// <summary>The news as pages and feeds ask for it.</summary>
internal static class NewsQueries
{
    /// <summary>News in the reader's language, the newest first; a cursor of another order is passed over.</summary>
    public static async Task<ContentPage> NewsAsync(this ContentReader reader, int size, ContentCursor? after, CancellationToken stop)
    {
        var query = new ContentQuery(ContentCards.Culture, "NewsPost") { PageSize = size };
        try
        {
            return await reader.ListAsync(query with { After = after }, stop);
        }
        catch (ArgumentException)
        {
            return await reader.ListAsync(query, stop);
        }
    }
}
