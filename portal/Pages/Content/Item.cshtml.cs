using Metro.Content;
using Metro.Content.Editor;
using Metro.Portal.Pages.EResources;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Content;

/// <summary>
/// What editors have published, at the address that they gave it; the last place where an address is looked up. An
/// address that moved leads on for good.
/// </summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Licences | Matters.Programs | Matters.Spaces)]
internal sealed class ItemModel(ContentReader reader, JoinedPages joined, MediaLibrary media, ContentTypes types, ContentSettings settings, SiteChrome chrome, KeptFiles kept, LendingDesk lending) : PageModel
{
    public ShownContent Shown { get; private set; } = null!;

    /// <summary>What the reader can do with a lent e-resource; null where it is not lent.</summary>
    public LendingChoice? Lending { get; private set; }

    /// <summary>Whether its files are handed out by their addresses.</summary>
    public bool IsFree { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        // The language is part of a content address, and was taken off it on the way in.
        var path = (Request.PathBase + Request.Path).Value ?? "";
        if (await reader.ByPathAsync(path, stop) is not { } found) return NotFound();
        if (found.RedirectTo is { } target) return target.StartsWith('/') ? LocalRedirectPermanent(target) : RedirectPermanent(target);
        if (found.Item is not { } item) return NotFound();
        if (await joined.AddressOfAsync(item, stop) is { } page) return LocalRedirect(page);

        Shown = await ShownContent.LoadAsync(item, reader, media, types, settings, stop);
        (Lending, IsFree) = (await lending.ChoiceAsync(item, User, stop), !await kept.IsKeptAsync(item, stop));
        await DescribeAsync(item, stop);
        return Page();
    }

    /// <summary>The pages above this one.</summary>
    public IReadOnlyList<SiteLink> Trail => Shown.Item.Type switch
    {
        "NewsPost" => [new SiteLink(SiteText.Get("Nav.News"), PortalChrome.InLanguage("/news"))],
        "EResource" => [new SiteLink(SiteText.Get("Nav.EResources"), PortalChrome.InLanguage("/e-resources"))],
        "SpacePage" => [new SiteLink(SiteText.Get("Nav.Spaces"), PortalChrome.InLanguage("/spaces"))],
        "Workshop" or "Exhibition" or "ReadingProgram" or "CommunityEvent" => [new SiteLink(SiteText.Get("Nav.Programs"), PortalChrome.InLanguage("/programs"))],
        _ => [],
    };

    private async Task DescribeAsync(ContentItem item, CancellationToken stop)
    {
        var head = chrome.Head;
        head.Description = item.Text("Summary");
        head.Kind = item.Type == "NewsPost" ? "article" : "website";
        if (item.LocalizationSet is { } set)
            head.OtherLanguage = (await reader.LanguagesAsync(set, stop)).GetValueOrDefault(chrome.OtherLanguage.Language) is { } path ? "/" + path : null;
        var picture = (await media.PicturesAsync(item, "Image", stop)).FirstOrDefault();
        if (picture is not null) (head.Picture, head.PictureAlt) = ($"/media/{picture.Asset.Path}", picture.Alt);
        if (item.Type == "NewsPost") head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/news.atom"), "application/atom+xml", SiteText.Get("Nav.News")));
        head.Describe(ContentData.Of(item, chrome));
    }
}
