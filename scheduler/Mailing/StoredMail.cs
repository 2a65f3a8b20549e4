using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Metro.Scheduler.Mailing;

/// <summary>A mail in the folder, read for people. Reads what <see cref="MailFolder"/> writes, and no other mails.</summary>
public sealed partial record StoredMail
{
    /// <summary>The letter's key.</summary>
    public required string Key { get; init; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>To whom, as in the header.</summary>
    public required string To { get; init; }

    /// <summary>When it was written, in UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>What it says, as plain text.</summary>
    public required string Text { get; init; }

    /// <summary>What it says, as an HTML document.</summary>
    public required string Html { get; init; }

    /// <summary>The names of the files that go with it.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Reads a file of the folder.</summary>
    public static async Task<StoredMail> ReadAsync(FileInfo file, CancellationToken stop = default)
    {
        var text = (await File.ReadAllTextAsync(file.FullName, Encoding.ASCII, stop)).ReplaceLineEndings("\n");
        var unfolded = text.Replace("\n ", " ", StringComparison.Ordinal);
        return new StoredMail
        {
            Key = Path.GetFileNameWithoutExtension(file.Name),
            Subject = Words(Header(unfolded, "Subject")),
            To = Words(Header(unfolded, "To")),
            At = DateTime.TryParse(Header(unfolded, "Date"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at) ? at : file.LastWriteTimeUtc,
            Text = Body(text, "text/plain"),
            Html = Body(text, "text/html"),
            Files = [.. FileName().Matches(unfolded).Select(match => Uri.UnescapeDataString(match.Groups["name"].Value))],
        };
    }

    private static string Header(string text, string name)
    {
        var start = text.IndexOf($"\n{name}: ", StringComparison.Ordinal);
        return start < 0 ? "" : text[(start + name.Length + 3)..text.IndexOf('\n', start + 1)];
    }

    private static string Body(string text, string mediaType)
    {
        var part = text.IndexOf($"\nContent-Type: {mediaType}", StringComparison.Ordinal);
        if (part < 0) return "";
        var start = text.IndexOf("\n\n", part, StringComparison.Ordinal);
        var end = text.IndexOf("\n--", start, StringComparison.Ordinal);
        return start < 0 || end < 0 ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(text[start..end].Replace("\n", "", StringComparison.Ordinal)));
    }

    /// <summary>RFC 2047: encoded words that follow each other are one text.</summary>
    private static string Words(string header) => EncodedWord().Replace(
        Between().Replace(header, "?="), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["words"].Value)));

    [GeneratedRegex(@"=\?UTF-8\?B\?(?<words>[A-Za-z0-9+/=]*)\?=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+(?==\?)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Between();

    [GeneratedRegex("filename(?:=\"|\\*=UTF-8'')(?<name>[^\"\\n]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex FileName();
}
