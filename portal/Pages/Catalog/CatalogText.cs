using Metro.Portal.Web;

namespace Metro.Portal.Pages.Catalog;

/// <summary>What the pages of the catalogue say.</summary>
internal static class CatalogText
{
    private static readonly AreaText Sentences = new(typeof(CatalogText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
