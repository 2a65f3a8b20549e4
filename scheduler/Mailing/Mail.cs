using System.Globalization;
using Metro.Library.Time;

namespace Metro.Scheduler.Mailing;

/// <summary>An address with the name that mail programs show.</summary>
/// <param name="Email">The address; see <see cref="MailAddresses"/> for what is usable.</param>
/// <param name="Name">The name; null for none.</param>
public sealed record Mailbox(string Email, string? Name = null);

/// <summary>A file that goes with a mail.</summary>
/// <param name="FileName">In any language.</param>
/// <param name="MediaType">Such as <c>text/html; charset=utf-8</c>.</param>
/// <param name="Content">The bytes.</param>
public sealed record MailFile(string FileName, string MediaType, ReadOnlyMemory<byte> Content);

/// <summary>An appointment that goes with a mail (RFC 6047).</summary>
/// <param name="Method">Whether it is made or cancelled.</param>
/// <param name="Text">The calendar file.</param>
public sealed record MailCalendar(CalendarMethod Method, string Text);

/// <summary>One mail, ready to be handed over. Nothing in it can become a header that it is not: the writer sees to that.</summary>
public sealed record Mail
{
    /// <summary>The letter's key: the same when it is sent again, and so is the Message-ID made of it.</summary>
    public required string Key { get; init; }

    /// <summary>From whom.</summary>
    public required Mailbox From { get; init; }

    /// <summary>To whom; at least one.</summary>
    public required IReadOnlyList<Mailbox> To { get; init; }

    /// <summary>Where answers go; null for the sender.</summary>
    public Mailbox? ReplyTo { get; init; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>The language of the text, such as <c>id</c>.</summary>
    public required string Language { get; init; }

    /// <summary>When it is sent, in UTC.</summary>
    public required DateTime SentAt { get; init; }

    /// <summary>What it says, as plain text.</summary>
    public required string Text { get; init; }

    /// <summary>What it says, as an HTML document.</summary>
    public required string Html { get; init; }

    /// <summary>The appointment; null where there is none.</summary>
    public MailCalendar? Calendar { get; init; }

    /// <summary>What goes with it.</summary>
    public IReadOnlyList<MailFile> Files { get; init; } = [];

    /// <summary>Where one click unsubscribes (RFC 8058); null for what cannot be unsubscribed.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>The Message-ID without its brackets.</summary>
    public string MessageId => string.Create(CultureInfo.InvariantCulture, $"{Key}@{MailAddresses.Domain(From.Email)}");
}

/// <summary>What may stand as an address in a mail and be said to a server.</summary>
public static class MailAddresses
{
    private static readonly IdnMapping Idn = new();

    /// <summary>Whether an address can be written to: one @, no spaces, brackets, quotes or control characters, at most 254 characters.</summary>
    public static bool IsUsable(string email)
    {
        var at = email.LastIndexOf('@');
        return at > 0 && at < email.Length - 1 && email.Length <= 254 && email.IndexOf('@', StringComparison.Ordinal) == at
            && !email.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign) || sign is '<' or '>' or '(' or ')' or ',' or ';' or ':' or '"' or '\\' or '[' or ']')
            && TryDomain(email[(at + 1)..], out _);
    }

    /// <summary>The address as a server is told it: the domain in ASCII (RFC 5891). What is left beyond ASCII needs SMTPUTF8.</summary>
    public static string Wire(string email)
    {
        var at = email.LastIndexOf('@');
        return TryDomain(email[(at + 1)..], out var domain) ? $"{email[..at]}@{domain}" : email;
    }

    internal static string Domain(string email) => Wire(email)[(Wire(email).LastIndexOf('@') + 1)..];

    private static bool TryDomain(string domain, out string ascii)
    {
        try
        {
            ascii = Idn.GetAscii(domain);
            return true;
        }
        catch (ArgumentException)
        {
            ascii = "";
            return false;
        }
    }
}
