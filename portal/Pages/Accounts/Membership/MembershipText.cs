using Metro.Portal.Web;

namespace Metro.Portal.Pages.Accounts.Membership;

/// <summary>What the page of a membership says.</summary>
internal static class MembershipText
{
    private static readonly AreaText Sentences = new(typeof(MembershipText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
