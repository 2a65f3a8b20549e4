using Metro.Portal.Web;

namespace Metro.Portal.Pages.Accounts.Tokens;

/// <summary>What the page of tokens says.</summary>
internal static class TokenText
{
    private static readonly AreaText Sentences = new(typeof(TokenText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
