using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>What the pages of the cataloguers say.</summary>
internal static class CataloguingText
{
    private static readonly AreaText Sentences = new(typeof(CataloguingText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
