using System.Globalization;
namespace Metro.Scheduler.Letters;

/// <summary>What a letter says, before it is HTML or plain text: both are made of this and say the same.</summary>
internal sealed record LetterBody
{
    /// <summary>The language, as <c>id</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>What it is about, which is the heading too.</summary>
    public required string Subject { get; init; }

    public required string Greeting { get; init; }

    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>Names and values.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>Several things of one kind.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>What to do next, and where.</summary>
    public (string Words, Uri Link)? Button { get; init; }

    /// <summary>The library's name and address.</summary>
    public required string Library { get; init; }

    public required string Address { get; init; }

    /// <summary>Why the reader has this letter.</summary>
    public required string Why { get; init; }

    /// <summary>The words of the link that ends such letters, and where it leads; null where it cannot be ended.</summary>
    public (string Words, Uri Link)? Unsubscribe { get; init; }
}

/// <summary>The letter as plain text, 76 characters wide.</summary>
internal static class LetterPlainText
{
    private const int Width = 76;

    public static string Write(LetterBody body)
    {
        var lines = new List<string> { body.Subject, new('=', Math.Min(body.Subject.Length, Width)), "", body.Greeting, "" };
        foreach (var paragraph in body.Paragraphs)
        {
            lines.AddRange(Wrapped(paragraph, ""));
            lines.Add("");
        }

        foreach (var item in body.Items) lines.AddRange(Wrapped("- " + item, "  "));
        foreach (var (name, value) in body.Facts) lines.AddRange(Wrapped($"{name}: {value}", "  "));
        if (body.Items.Count + body.Facts.Count > 0) lines.Add("");
        if (body.Button is { } button)
        {
            lines.Add(button.Words + ":");
            lines.Add(button.Link.AbsoluteUri);
            lines.Add("");
        }

        // RFC 3676, 4.3: by this line mail programs know where the text ends.
        lines.Add("-- ");
        lines.Add(body.Library);
        lines.AddRange(Wrapped(body.Address, ""));
        lines.Add("");
        lines.AddRange(Wrapped(body.Why, ""));
        if (body.Unsubscribe is { } end)
        {
            lines.Add(end.Words + ":");
            lines.Add(end.Link.AbsoluteUri);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Wrapped(string text, string indent)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = indent + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}

/// <summary>
/// The letter as HTML. Mail programs know tables and inline styles and little else; the colours are those of the theme's light
/// appearance. There are no pictures, which would tell the library who reads what and when.
/// </summary>
internal static class LetterHtml
{
    public static string Write(LetterBody body)
    {
        var text = new System.Text.StringBuilder(4_096);
        text.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{body.Language}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escaped(body.Subject)}</title></head>\n");
        text.Append("<body style=\"margin:0;padding:0;background:#f6efe3;color:#2a1b1e;font-family:'Plus Jakarta Sans','Segoe UI',Roboto,'Noto Sans',sans-serif;font-size:17px;line-height:1.55\">\n");
        text.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"background:#f6efe3\"><tr><td align=\"center\" style=\"padding:16px\">\n");
        text.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:600px;background:#ffffff;border:1px solid #e3d6c3\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"background:#5e1426;border-bottom:6px solid #d9a93f;padding:16px 24px;color:#fdf5e6;font-weight:700\">{Escaped(body.Library)}</td></tr>\n");
        text.Append("<tr><td style=\"padding:24px\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<h1 style=\"margin:0 0 16px;font-size:24px;line-height:1.25;color:#5e1426\">{Escaped(body.Subject)}</h1>\n<p style=\"margin:0 0 16px\">{Escaped(body.Greeting)}</p>\n");
        foreach (var paragraph in body.Paragraphs) text.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 16px\">{Escaped(paragraph)}</p>\n");
        Items(text, body);
        Facts(text, body);
        if (body.Button is { } button)
            text.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:24px 0 8px\"><a href=\"{Escaped(button.Link.AbsoluteUri)}\" style=\"display:inline-block;padding:12px 24px;background:#7a1a31;color:#ffffff;text-decoration:none;font-weight:700;border-radius:6px\">{Escaped(button.Words)}</a></p>\n");
        text.Append("</td></tr>\n<tr><td style=\"padding:16px 24px;background:#fdfaf4;border-top:1px solid #e3d6c3;color:#62504f;font-size:14px\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 8px\">{Escaped(body.Library)}<br>{Escaped(body.Address)}</p>\n<p style=\"margin:0\">{Escaped(body.Why)}");
        if (body.Unsubscribe is { } end) text.Append(CultureInfo.InvariantCulture, $" <a href=\"{Escaped(end.Link.AbsoluteUri)}\" style=\"color:#7a1a31\">{Escaped(end.Words)}</a>");
        text.Append("</p>\n</td></tr>\n</table>\n</td></tr></table>\n</body>\n</html>\n");
        return text.ToString();
    }

    private static void Items(System.Text.StringBuilder text, LetterBody body)
    {
        if (body.Items.Count == 0) return;
        text.Append("<ul style=\"margin:0 0 16px;padding-left:24px\">\n");
        foreach (var item in body.Items) text.Append(CultureInfo.InvariantCulture, $"<li style=\"margin:0 0 8px\">{Escaped(item)}</li>\n");
        text.Append("</ul>\n");
    }

    private static void Facts(System.Text.StringBuilder text, LetterBody body)
    {
        if (body.Facts.Count == 0) return;
        text.Append("<table cellpadding=\"0\" cellspacing=\"0\" style=\"margin:0 0 16px;border-collapse:collapse\">\n");
        foreach (var (name, value) in body.Facts)
            text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\" align=\"left\" valign=\"top\" style=\"padding:6px 16px 6px 0;color:#62504f;font-weight:400\">{Escaped(name)}</th><td valign=\"top\" style=\"padding:6px 0;font-weight:700\">{Escaped(value)}</td></tr>\n");
        text.Append("</table>\n");
    }

    private static string Escaped(string text) => System.Net.WebUtility.HtmlEncode(text);
}
