using Metro.Portal.Web;

namespace Metro.Portal.Pages.Accounts.Privacy;

/// <summary>What the page of somebody's own data says.</summary>
internal static class PrivacyText
{
    private static readonly AreaText Sentences = new(typeof(PrivacyText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
