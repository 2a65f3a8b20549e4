using Metro.Portal.Web;

namespace Metro.Portal.Pages.Accounts.Family;

/// <summary>What the pages say on which guardians decide for their children.</summary>
internal static class FamilyText
{
    private static readonly AreaText Sentences = new(typeof(FamilyText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
