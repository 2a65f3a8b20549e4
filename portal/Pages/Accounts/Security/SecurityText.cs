using Metro.Portal.Web;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>What the pages say about how somebody signs in.</summary>
internal static class SecurityText
{
    private static readonly AreaText Sentences = new(typeof(SecurityText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
