using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Appeals;

/// <summary>What the page says on which staff decide appeals.</summary>
internal static class AppealsText
{
    private static readonly AreaText Sentences = new(typeof(AppealsText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
