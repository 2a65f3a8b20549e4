using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Theme;

namespace Metro.Portal.Web;

/// <summary>Fills the theme's layout from the library's settings and the current request.</summary>
internal sealed class PortalChrome(IHttpContextAccessor request, LibrarySettings library) : SiteChrome
{
    private HttpContext Context => request.HttpContext ?? throw new InvalidOperationException("Pages are drawn for a request.");

    private static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public override string SiteName => IsEnglish ? library.NameEnglish : library.Name;

    public override string Language => IsEnglish ? "en" : "id";

    public override LanguageLink OtherLanguage => IsEnglish
        ? new LanguageLink("id", "Bahasa Indonesia", PageAddress)
        : new LanguageLink("en", "English", LanguageFromPath.EnglishPrefix + (PageAddress == "/" ? "" : PageAddress));

    public override IReadOnlyList<SiteLink> Navigation =>
    [
        Link("Home.Title", "/"),
        .. ContentRoles.All.Any(Context.User.IsInRole) ? [Link("Content.Title", "/admin/content")] : (SiteLink[])[],
        Context.User.Identity?.IsAuthenticated == true ? Link("Account.Title", "/account") : Link("SignIn.Title", "/account/sign-in"),
    ];

    private SiteLink Link(string text, string path)
    {
        var inLanguage = (IsEnglish ? LanguageFromPath.EnglishPrefix : "") + path;
        return new SiteLink(PortalText.Get(text), inLanguage == "/en/" ? LanguageFromPath.EnglishPrefix : inLanguage, Context.Request.Path == path);
    }

    public override string Address => library.Address;

    public override string CurrentPath => Context.Request.PathBase + PageAddress;

    public override Appearance Appearance => AppearanceChoice.Read(Context.Request);

    /// <summary>The page's address without its language; an error page stands for the page that was asked for.</summary>
    private string PageAddress
    {
        get
        {
            var asked = Context.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodeReExecuteFeature>();
            var path = asked is null ? Context.Request.Path : new PathString(asked.OriginalPath);
            var query = asked is null ? Context.Request.QueryString : new QueryString(asked.OriginalQueryString);
            return path.ToUriComponent() + query.ToUriComponent();
        }
    }
}
