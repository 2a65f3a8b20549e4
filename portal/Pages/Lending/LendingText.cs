using Metro.Portal.Web;

namespace Metro.Portal.Pages.Lending;

/// <summary>What the pages of a member's loans, holds and fines say.</summary>
internal static class LendingText
{
    private static readonly AreaText Sentences = new(typeof(LendingText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
