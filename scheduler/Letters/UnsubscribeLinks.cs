using System.Globalization;
using Metro.Library.Outbox;
using Metro.Scheduler.Mailing;
using Microsoft.AspNetCore.DataProtection;

namespace Metro.Scheduler.Letters;

/// <summary>Who wants to end what, as a link says it.</summary>
/// <param name="RecipientKey">Who, as in <see cref="OutboxMessage.RecipientKey"/>.</param>
/// <param name="Topic">What.</param>
public sealed record UnsubscribeWish(string RecipientKey, MailTopic Topic);

/// <summary>
/// Links that end letters of a topic for one reader without signing in. They are sealed, so that nobody ends another's, and name
/// nobody to those who see the address. Safe for several threads.
/// </summary>
public sealed class UnsubscribeLinks(IDataProtectionProvider protection, MailSettings mail)
{
    private readonly IDataProtector protector = protection.CreateProtector("Metro.Scheduler.Unsubscribe");

    /// <summary>The page's path, to which the token is the parameter <c>t</c>.</summary>
    public const string Path = "/unsubscribe";

    /// <summary>The link for a reader and a topic.</summary>
    public Uri For(UnsubscribeWish wish, string language) =>
        new($"{LetterComposer.Page(mail, Path, LetterComposer.CultureOf(language))}?t={protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{wish.Topic} {wish.RecipientKey}"))}");

    /// <summary>What a token says; null when it is not one of ours.</summary>
    public UnsubscribeWish? Read(string? token)
    {
        if (token is not { Length: > 0 and < 2_000 }) return null;
        try
        {
            return protector.Unprotect(token).Split(' ', 2) is [var topic, var recipient] && Enum.TryParse<MailTopic>(topic, out var parsed) ? new UnsubscribeWish(recipient, parsed) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
