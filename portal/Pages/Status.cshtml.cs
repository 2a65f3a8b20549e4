using System.Text;
using Metro.Content;
using Metro.Library.Search;
using Metro.Portal.Pages.Catalog;
using Metro.Portal.Telemetry;
using Metro.Portal.Web;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Metro.Portal.Pages;

/// <summary>
/// The page behind an answer that has a status and no body. Asked for directly it is a page like any other that
/// does not exist. Where nothing stands at an address, its words are searched for: what was meant is often near.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class StatusModel(PortalMeasures measures, CatalogSearch catalog, ContentReader content, SiteChrome chrome) : PageModel
{
    private const int MostNear = 4;
    private const int LongestWords = 80;

    public int Code { get; private set; }

    /// <summary>The words of the address that was asked for.</summary>
    public string Words { get; private set; } = "";

    /// <summary>
    /// Whether a page of a child was asked for, as a letter to a guardian leads to. The words are the same whether there is such a
    /// child or not.
    /// </summary>
    public bool IsOfAChild { get; private set; }

    /// <summary>What may have been meant.</summary>
    public IReadOnlyList<SiteLink> Near { get; private set; } = [];

    /// <summary>In how many seconds to come back; null where nobody was asked to wait.</summary>
    public int? Wait => int.TryParse(Response.Headers.RetryAfter, out var seconds) ? seconds : null;

    public Task OnGetAsync(int code, CancellationToken stop) => ShowAsync(code, stop);

    public Task OnPostAsync(int code, CancellationToken stop) => ShowAsync(code, stop);

    private async Task ShowAsync(int code, CancellationToken stop)
    {
        chrome.Head.IsIndexed = false;
        var asked = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        Code = asked is null ? StatusCodes.Status404NotFound : code;
        Response.StatusCode = Code;
        if (Code != StatusCodes.Status404NotFound) return;

        measures.NotFound();
        IsOfAChild = User.Identity?.IsAuthenticated == true && asked?.OriginalQueryString is { } query && QueryHelpers.ParseQuery(query).ContainsKey("for");
        if (IsOfAChild) return;

        chrome.Head.HasSearchBox = false;
        Words = WordsOf(asked?.OriginalPath ?? "");
        if (Words.Length == 0) return;

        // Where nothing has all the words, the longest one says most.
        Near = await NearAsync(Words, stop);
        if (Near.Count == 0 && Words.Split(' ').MaxBy(word => word.Length) is { Length: > 3 } longest && longest != Words) Near = await NearAsync(longest, stop);
    }

    private async Task<IReadOnlyList<SiteLink>> NearAsync(string words, CancellationToken stop)
    {
        var pages = await content.SearchAsync(words, ContentCards.Culture, take: MostNear, stop: stop);
        var books = await catalog.SearchAsync(new CatalogQuery { Text = words, Size = MostNear, WithFacets = false, AsYouType = true }, stop);
        return
        [
            .. pages.Where(hit => hit.Path is not null).Select(hit => new SiteLink(hit.Title, "/" + hit.Path)),
            .. (await catalog.TitlesOfAsync(books, stop)).Select(title => new SiteLink(title.Name, BookLine.AddressOf(title.Id))),
        ];
    }

    /// <summary>The last step of a path as words: <c>/news/jam-buka_baru.html</c> is "jam buka baru".</summary>
    private static string WordsOf(string path)
    {
        var last = path.TrimEnd('/').Split('/')[^1];
        var dot = last.LastIndexOf('.');
        var words = new StringBuilder();
        foreach (var sign in dot > 0 ? last[..dot] : last) words.Append(char.IsLetterOrDigit(sign) ? sign : ' ');
        var text = words.ToString().Trim();
        return text.Length <= LongestWords ? text : text[..LongestWords];
    }
}
