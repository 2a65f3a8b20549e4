using Metro.Portal.Web;

namespace Metro.Portal.Pages;

/// <summary>What the frame of the site, its home page, its search and its hours say.</summary>
internal static class SiteText
{
    private static readonly AreaText Sentences = new(typeof(SiteText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
