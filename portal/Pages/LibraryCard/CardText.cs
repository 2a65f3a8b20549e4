using Metro.Portal.Web;

namespace Metro.Portal.Pages.LibraryCard;

/// <summary>What the digital card says.</summary>
internal static class CardText
{
    private static readonly AreaText Sentences = new(typeof(CardText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
