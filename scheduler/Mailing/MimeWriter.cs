using System.Buffers;
using System.Globalization;
using System.Text;
using Metro.Library.Time;

namespace Metro.Scheduler.Mailing;

/// <summary>
/// Writes a mail as RFC 5322 and MIME want it, in seven bits: every server takes it, and none rewrites it. Bodies are base64;
/// headers beyond ASCII are encoded words (RFC 2047), file names RFC 2231. A header's value never holds a line end of its own.
/// </summary>
internal static class MimeWriter
{
    private const int LongestLine = 76;

    /// <summary>An encoded word has at most 75 characters: 12 around 60 of base64, which hold 45 bytes.</summary>
    private const int BytesInWord = 45;

    public static byte[] Write(Mail mail)
    {
        var to = new ArrayBufferWriter<byte>(16 * 1024);
        Line(to, $"Date: {Date(mail.SentAt)}");
        Line(to, $"From: {Box(mail.From)}");
        Line(to, $"To: {string.Join(",\r\n ", mail.To.Select(Box))}");
        if (mail.ReplyTo is { } answers) Line(to, $"Reply-To: {Box(answers)}");
        Line(to, "Subject: " + Unstructured(mail.Subject, "Subject: ".Length));
        Line(to, $"Message-ID: <{mail.MessageId}>");
        // RFC 3834: nobody's holiday notice should answer.
        Line(to, "Auto-Submitted: auto-generated");
        Line(to, "X-Auto-Response-Suppress: All");
        Line(to, $"Content-Language: {Token(mail.Language)}");
        if (mail.Unsubscribe is { } link)
        {
            Line(to, $"List-Unsubscribe: <{link.AbsoluteUri}>");
            Line(to, "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        }

        Line(to, "MIME-Version: 1.0");
        Body(to, mail);
        return to.WrittenSpan.ToArray();
    }

    private static void Body(ArrayBufferWriter<byte> to, Mail mail)
    {
        var files = mail.Calendar is { } calendar
            ? [.. mail.Files, new MailFile("undangan.ics", $"application/ics; charset=utf-8; method={MethodOf(calendar)}", Encoding.UTF8.GetBytes(calendar.Text))]
            : mail.Files;
        var (outer, inner) = ($"=_{mail.Key}_a", $"=_{mail.Key}_b");
        if (files.Count > 0) Line(to, $"Content-Type: multipart/mixed;\r\n boundary=\"{outer}\"\r\n\r\n--{outer}");

        Line(to, $"Content-Type: multipart/alternative;\r\n boundary=\"{inner}\"\r\n");
        Part(to, inner, "text/plain; charset=utf-8", null, Encoding.UTF8.GetBytes(mail.Text.ReplaceLineEndings("\r\n")));
        Part(to, inner, "text/html; charset=utf-8", null, Encoding.UTF8.GetBytes(mail.Html));
        if (mail.Calendar is { } invitation)
            Part(to, inner, $"text/calendar; charset=utf-8; method={MethodOf(invitation)}", null, Encoding.UTF8.GetBytes(invitation.Text));
        Line(to, $"--{inner}--");
        if (files.Count == 0) return;

        foreach (var file in files) Part(to, outer, file.MediaType, file.FileName, file.Content.Span);
        Line(to, $"--{outer}--");
    }

    private static void Part(ArrayBufferWriter<byte> to, string boundary, string mediaType, string? fileName, ReadOnlySpan<byte> content)
    {
        Line(to, $"--{boundary}\r\nContent-Type: {Clean(mediaType)}\r\nContent-Transfer-Encoding: base64");
        if (fileName is not null) Line(to, $"Content-Disposition: attachment;\r\n {FileName(fileName)}");
        Line(to, "");
        var base64 = Convert.ToBase64String(content);
        for (var i = 0; i < base64.Length; i += LongestLine) Line(to, base64.AsSpan(i, Math.Min(LongestLine, base64.Length - i)));
    }

    private static string MethodOf(MailCalendar calendar) => calendar.Method == CalendarMethod.Cancel ? "CANCEL" : "REQUEST";

    /// <summary>RFC 5322, 3.4: a name and an address in brackets; the name quoted, or in encoded words.</summary>
    private static string Box(Mailbox box)
    {
        if (!MailAddresses.IsUsable(box.Email)) throw new ArgumentException($"'{Clean(box.Email)}' cannot be written to.", nameof(box));
        var name = Clean(box.Name ?? "").Trim();
        if (name.Length == 0) return MailAddresses.Wire(box.Email);
        var phrase = IsPlain(name) && name.Length < 60 ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : Words(name);
        return $"{phrase}\r\n <{MailAddresses.Wire(box.Email)}>";
    }

    private static string Unstructured(string text, int used)
    {
        var clean = Clean(text).Trim();
        // A line that could not be folded, or that looks like an encoded word already, is encoded.
        return IsPlain(clean) && clean.Length + used <= LongestLine && !clean.Contains("=?", StringComparison.Ordinal) ? clean : Words(clean, used);
    }

    /// <param name="text">Without control characters.</param>
    /// <param name="used">How much of the first line is written already.</param>
    private static string Words(string text, int used = 0)
    {
        var (words, bytes, most) = (new List<string>(), new List<byte>(BytesInWord), (LongestLine - used - 12) / 4 * 3);
        Span<byte> one = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(one);
            if (bytes.Count + length > Math.Min(most, BytesInWord)) Close();
            bytes.AddRange(one[..length]);
        }

        Close();
        return string.Join("\r\n ", words);

        void Close()
        {
            if (bytes.Count > 0) words.Add($"=?UTF-8?B?{Convert.ToBase64String([.. bytes])}?=");
            bytes.Clear();
            most = BytesInWord;
        }
    }

    /// <summary>RFC 2231 for names beyond ASCII.</summary>
    private static string FileName(string name)
    {
        var clean = Clean(name).Replace('/', '-').Replace('\\', '-').Replace('"', '\'');
        return IsPlain(clean) ? $"filename=\"{clean}\"" : $"filename*=UTF-8''{Uri.EscapeDataString(clean)}";
    }

    private static bool IsPlain(string text) => text.All(sign => sign is >= ' ' and <= '~');

    private static string Token(string text) => new([.. text.Where(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-')]);

    private static string Clean(string text) => string.Concat(text.Select(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' ? ' ' : sign));

    private static string Date(DateTime utc) => utc.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static void Line(ArrayBufferWriter<byte> to, ReadOnlySpan<char> text)
    {
        var bytes = to.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length) + 2);
        var length = Encoding.UTF8.GetBytes(text, bytes);
        bytes[length] = (byte)'\r';
        bytes[length + 1] = (byte)'\n';
        to.Advance(length + 2);
    }
}
