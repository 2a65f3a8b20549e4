using Metro.Portal.Web;

namespace Metro.Portal.Pages.PhoneLoans;

/// <summary>What the pages of borrowing and returning with a telephone say, and the screens at the library.</summary>
internal static class PhoneText
{
    private static readonly AreaText Sentences = new(typeof(PhoneText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
