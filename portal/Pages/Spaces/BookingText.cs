using Metro.Portal.Web;

namespace Metro.Portal.Pages.Spaces;

/// <summary>What the pages say on which people book spaces.</summary>
internal static class BookingText
{
    private static readonly AreaText Sentences = new(typeof(BookingText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
