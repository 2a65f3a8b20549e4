using Metro.Portal.Web;

namespace Metro.Portal.Pages.Visits;

/// <summary>What the pages say on which schools ask for visits.</summary>
internal static class VisitRequestText
{
    private static readonly AreaText Sentences = new(typeof(VisitRequestText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
