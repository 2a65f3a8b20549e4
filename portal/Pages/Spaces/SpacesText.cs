using Metro.Portal.Web;

namespace Metro.Portal.Pages.Spaces;

/// <summary>What the pages of spaces say.</summary>
internal static class SpacesText
{
    private static readonly AreaText Sentences = new(typeof(SpacesText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
