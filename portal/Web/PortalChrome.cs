using System.Globalization;
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
        [new SiteLink(PortalText.Get("Home.Title"), IsEnglish ? LanguageFromPath.EnglishPrefix : "/", Context.Request.Path == "/")];

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
