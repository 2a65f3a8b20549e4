using System.Globalization;
using System.Text.RegularExpressions;

namespace Metro.Scheduler.Smtp;

/// <summary>A server's answer (RFC 5321, 4.2).</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Lines">What follows the code on each line.</param>
internal sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;

    public bool IsPermanent => Code >= 500;

    /// <summary>The enhanced status, such as 5.1.1 (RFC 3463); null where the server gives none.</summary>
    public string? Status => Enhanced().Match(Lines[0]) is { Success: true } match ? match.Value : null;

    /// <summary>Code and text on one line, for those who read it later.</summary>
    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Code} {string.Join(" / ", Lines.Select(line => line.Trim()))}").TrimEnd();
        return text.Length > 300 ? text[..300] : text;
    }

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Enhanced();
}

/// <summary>The server broke off, was silent too long, or speaks something else than SMTP.</summary>
internal sealed class SmtpBrokenException(string remark, Exception? cause = null) : Exception(remark, cause);
