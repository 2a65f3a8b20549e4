using Metro.Portal.Web;

namespace Metro.Portal.Pages.Unsubscribe;

/// <summary>What the page behind the link in reminders says.</summary>
internal static class UnsubscribeText
{
    private static readonly AreaText Sentences = new(typeof(UnsubscribeText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
