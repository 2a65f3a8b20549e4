using Metro.Portal.Web;

namespace Metro.Portal.Pages.Admin.Accounts;

/// <summary>What the pages say on which administrators see to accounts.</summary>
internal static class AccountsText
{
    private static readonly AreaText Sentences = new(typeof(AccountsText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
