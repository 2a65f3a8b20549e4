using Metro.Portal.Web;

namespace Metro.Portal.Pages.Visits;

/// <summary>What the pages of class visits say.</summary>
internal static class VisitsText
{
    private static readonly AreaText Sentences = new(typeof(VisitsText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
