using Metro.Portal.Web;

namespace Metro.Portal.Pages.Accounts.Details;

/// <summary>What the page of somebody's details and wishes says.</summary>
internal static class DetailsText
{
    private static readonly AreaText Sentences = new(typeof(DetailsText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
