using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>What the pages say on which administrators set the library's terms.</summary>
internal static class PoliciesText
{
    private static readonly AreaText Sentences = new(typeof(PoliciesText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
