using Metro.Portal.Web;

namespace Metro.Portal.Pages.Desk.Lists;

/// <summary>What the lists say from which librarians work.</summary>
internal static class ListsText
{
    private static readonly AreaText Sentences = new(typeof(ListsText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
