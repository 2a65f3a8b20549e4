using Metro.Portal.Web;

namespace Metro.Portal.Pages.Admin.Mail;

/// <summary>What the pages of the outgoing mail say.</summary>
internal static class MailText
{
    private static readonly AreaText Sentences = new(typeof(MailText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
