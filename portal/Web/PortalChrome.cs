using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Portal.Accounts;
using Metro.Portal.Pages;
using Metro.Theme;
using Microsoft.AspNetCore.Diagnostics;

namespace Metro.Portal.Web;

/// <summary>
/// Fills the theme's layout from the library's settings, the editors' menus and the current request. A page about a fault of
/// ours is drawn without the database, which may be the fault.
/// </summary>
internal sealed class PortalChrome(IHttpContextAccessor request, LibrarySettings library, ContentReader content, ContentSettings contentSettings, DoorHours door) : SiteChrome
{
    private IReadOnlyList<SiteLink>? mainMenu;
    private IReadOnlyList<SiteLink>? footerMenu;
    private OpeningSign? opening;

    private HttpContext Context => request.HttpContext ?? throw new InvalidOperationException("Pages are drawn for a request.");

    private static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public override string SiteName => IsEnglish ? library.NameEnglish : library.Name;

    public override string Language => IsEnglish ? "en" : "id";

    public override LanguageLink OtherLanguage => IsEnglish
        ? new LanguageLink("id", "Bahasa Indonesia", PageAddress)
        : new LanguageLink("en", "English", LanguageFromPath.EnglishPrefix + (PageAddress == "/" ? "" : PageAddress));

    public override IReadOnlyList<SiteLink> Navigation => mainMenu ??
    [
        Link("Nav.Catalog", "/catalog"), Link("Nav.Programs", "/programs"), Link("Nav.EResources", "/e-resources"),
        Link("Nav.Spaces", "/spaces"), Link("Nav.Visits", "/visits"), Link("Nav.News", "/news"), Link("Nav.Hours", "/hours"),
    ];

    public override IReadOnlyList<SiteLink> Personal =>
    [
        .. ContentRoles.All.Any(Context.User.IsInRole) ? [Link("Nav.Content", "/admin/content")] : (SiteLink[])[],
        .. Context.User.IsInRole(Role.Librarian) || Context.User.IsInRole(Role.Administrator) ? [Link("Nav.Desk", "/desk")] : (SiteLink[])[],
        .. Context.User.IsInRole(Role.Librarian) || Context.User.IsInRole(Role.Administrator) ? [Link("Nav.Administration", "/admin")] : (SiteLink[])[],
        Context.User.Identity?.IsAuthenticated == true ? Link("Nav.Account", "/account") : Link("Nav.SignIn", "/account/sign-in"),
    ];

    public override IReadOnlyList<LinkGroup> Footer =>
    [
        new(SiteText.Get("Footer.Library"),
        [
            // Whatever editors put into their menu, the statement on accessibility is one step away from every page.
            .. ((SiteLink[])[.. footerMenu ?? [Link("Nav.Privacy", "/privacy")], Link("Nav.Accessibility", "/accessibility"), Link("Nav.Hours", "/hours"), Link("Nav.Faq", "/faq")])
                .DistinctBy(link => link.Address),
        ]),
        new(SiteText.Get("Footer.Open"),
        [
            new SiteLink("GraphQL", "/graphql"), new SiteLink("OPDS", "/opds"), Link("Nav.Feeds", "/feeds"), Link("Nav.Theme", "/theme"),
        ]),
    ];

    public override OpeningSign? Opening => opening;

    public override string SearchAddress => InLanguage("/search");

    public override string Origin => $"{Context.Request.Scheme}://{Context.Request.Host}";

    public override string Address => library.Address;

    public override string CurrentPath => Context.Request.PathBase + PageAddress;

    public override Appearance Appearance => AppearanceChoice.Read(Context.Request);

    public override PreviewSign? Preview =>
        TimeTravelRegistration.Sign(Context, contentSettings) is var (words, leave, address) ? new PreviewSign(words, leave, address) : null;

    public override async Task PrepareAsync()
    {
        if (Context.Features.Get<IExceptionHandlerFeature>() is not null) return;

        var stop = Context.RequestAborted;
        mainMenu = await MenuAsync("main-menu", stop);
        footerMenu = await MenuAsync("footer-menu", stop);
        if (await door.MainAsync(stop) is var (_, hours) && door.Now(hours) is var (isOpen, words))
            opening = new OpeningSign(isOpen, words, InLanguage("/hours"));
    }

    /// <summary>A path of the portal in the reader's language.</summary>
    public static string InLanguage(string path) => !IsEnglish ? path : path == "/" ? LanguageFromPath.EnglishPrefix : LanguageFromPath.EnglishPrefix + path;

    /// <summary>The editors' menu in the reader's language; null where there is none, or only one in another language.</summary>
    private async Task<IReadOnlyList<SiteLink>?> MenuAsync(string alias, CancellationToken stop)
    {
        var menu = await content.MenuAsync(alias, Language, stop);
        return menu is null || (menu.Culture is { } culture && culture != Language)
            ? null
            : [.. menu.Entries.Where(entry => entry.Url.Length > 0).Select(entry => new SiteLink(entry.Text, entry.Url, IsAtOrBelow(entry.Url)))];
    }

    private SiteLink Link(string text, string path) => new(SiteText.Get(text), InLanguage(path), IsAtOrBelow(InLanguage(path)));

    private bool IsAtOrBelow(string address)
    {
        var here = Context.Request.PathBase.Add(Context.Request.Path);
        return here == address || (here.StartsWithSegments(address, StringComparison.Ordinal) && address is not ("/" or LanguageFromPath.EnglishPrefix));
    }

    /// <summary>The page's address without its language; an error page stands for the page that was asked for.</summary>
    private string PageAddress
    {
        get
        {
            var asked = Context.Features.Get<IStatusCodeReExecuteFeature>();
            var path = asked is null ? Context.Request.Path : new PathString(asked.OriginalPath);
            var query = asked is null ? Context.Request.QueryString : new QueryString(asked.OriginalQueryString);
            return path.ToUriComponent() + query.ToUriComponent();
        }
    }
}
