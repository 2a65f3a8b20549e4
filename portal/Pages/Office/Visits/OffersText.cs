using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>What the pages say on which staff decide what classes can come for.</summary>
internal static class OffersText
{
    private static readonly AreaText Sentences = new(typeof(OffersText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
