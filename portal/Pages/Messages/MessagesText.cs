using Metro.Portal.Web;

namespace Metro.Portal.Pages.Messages;

/// <summary>What the pages of a member's messages say.</summary>
internal static class MessagesText
{
    private static readonly AreaText Sentences = new(typeof(MessagesText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
