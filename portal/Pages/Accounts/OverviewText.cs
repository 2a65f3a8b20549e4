using Metro.Portal.Web;

namespace Metro.Portal.Pages.Accounts;

/// <summary>What a person's own page says.</summary>
internal static class OverviewText
{
    private static readonly AreaText Sentences = new(typeof(OverviewText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
