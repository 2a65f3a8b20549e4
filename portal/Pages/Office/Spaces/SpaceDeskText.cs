using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>What the pages say on which staff give out spaces.</summary>
internal static class SpaceDeskText
{
    private static readonly AreaText Sentences = new(typeof(SpaceDeskText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
