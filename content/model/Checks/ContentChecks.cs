using System.Globalization;
using System.Text.Json.Nodes;
using AngleSharp.Dom;

namespace Metro.Content;

/// <summary>
/// What can be said about a document by reading it: pictures without a text, headings out of order, links
/// that say nothing, colours that cannot be read, sentences that are hard. Errors stand in the way of
/// publishing; warnings are advice. Pure.
/// </summary>
public static class ContentChecks
{
    private static readonly HashSet<string> SayNothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "klik di sini", "klik disini", "di sini", "disini", "selengkapnya", "baca selengkapnya", "lihat", "tautan", "link",
        "click here", "here", "read more", "more", "this link",
    };

    /// <summary>The faults and advice for one document.</summary>
    /// <param name="type">The item's type; null when no code describes it.</param>
    /// <param name="content">The item's parts.</param>
    /// <param name="culture">The language in which it is written; null when it has none.</param>
    public static IReadOnlyList<Fault> Of(ContentTypeDef? type, JsonObject content, string? culture)
    {
        var faults = new List<Fault>();
        foreach (var body in Bodies(content))
        {
            Markup(body, faults);
            Reading(body, culture, faults);
        }

        if (type is not null) Colours(type, content, faults);
        return faults;
    }

    /// <summary>The length and level of all that a reader of the item reads.</summary>
    public static ReadingLevel ReadingOf(JsonObject content, string? culture) =>
        ReadingLevel.Of(string.Join(' ', Bodies(content).Select(body => SafeHtml.TextOf(body.Html))), culture);

    /// <summary>Whether a fault is about how well something is said or shown, not about whether it is whole.</summary>
    internal static bool IsQuality(string code) =>
        code is "content.media.alt" or "content.media.missing" or "content.contrast"
        || code.StartsWith("content.heading.", StringComparison.Ordinal) || code.StartsWith("content.image.", StringComparison.Ordinal)
        || code.StartsWith("content.reading.", StringComparison.Ordinal) || (code.StartsWith("content.link.", StringComparison.Ordinal) && code != "content.link.unsafe");

    /// <summary>Every text with markup in the document and in what is inside it, rendered, with its place.</summary>
    internal static IEnumerable<(string Path, string Html)> Bodies(JsonObject content) =>
        DocumentWalk.Contained(content).Prepend((Path: "$", Item: content)).SelectMany(each => BodiesOf(each.Path, each.Item));

    private static IEnumerable<(string Path, string Html)> BodiesOf(string root, JsonObject item)
    {
        foreach (var (part, value) in item)
        {
            if (value is not JsonObject holder) continue;
            if (part == "MarkdownBodyPart" && holder.Text("Markdown") is { } markdown) yield return ($"{root}.MarkdownBodyPart.Markdown", MarkdownText.ToHtml(markdown));
            if (part == "HtmlBodyPart" && holder.Text("Html") is { } html) yield return ($"{root}.HtmlBodyPart.Html", SafeHtml.Sanitise(html));

            // The fields of a type are under its name, those of a part under the part's.
            foreach (var (field, fieldValue) in holder)
            {
                if (fieldValue is not JsonObject values) continue;
                if (values.Text("Markdown") is { } text) yield return ($"{root}.{part}.{field}.Markdown", MarkdownText.ToHtml(text));
                if (values.Text("Html") is { } own) yield return ($"{root}.{part}.{field}.Html", SafeHtml.Sanitise(own));
            }
        }
    }

    private static void Markup((string Path, string Html) body, List<Fault> faults)
    {
        // The page's title is its first heading; a body begins with the second level.
        var level = 1;
        foreach (var element in SafeHtml.Parse(body.Html).SelectMany(node => node.DescendantsAndSelf<IElement>()))
        {
            switch (element.LocalName)
            {
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    var own = element.LocalName[1] - '0';
                    if (own == 1) faults.Add(new Fault("content.heading.first", body.Path, Short(element.TextContent)));
                    else if (own > level + 1) faults.Add(new Fault("content.heading.skipped", body.Path, Short(element.TextContent), $"{level + 1}", $"{own}"));
                    if (string.IsNullOrWhiteSpace(element.TextContent)) faults.Add(new Fault("content.heading.empty", body.Path));
                    level = Math.Max(own, 1);
                    break;
                case "img" when element.GetAttribute("alt") is null:
                    faults.Add(new Fault("content.image.alt", body.Path, Short(element.GetAttribute("src") ?? "")));
                    break;
                case "img" when element.GetAttribute("alt") is "" && !IsMarkedDecorative(element):
                    faults.Add(new Fault("content.image.alt", body.Path, Short(element.GetAttribute("src") ?? "")));
                    break;
                case "a" when element.HasAttribute("href"):
                    var text = string.Concat(element.TextContent, element.QuerySelector("img")?.GetAttribute("alt")).Trim();
                    if (text.Length == 0) faults.Add(new Fault("content.link.empty", body.Path, Short(element.GetAttribute("href")!)));
                    else if (SayNothing.Contains(text.TrimEnd('.', '…', '»', '>', ' ')))
                        faults.Add(new Fault("content.link.vague", body.Path, Short(text)) { Severity = FaultSeverity.Warning });
                    break;
            }
        }
    }

    /// <summary>In Markdown a picture is marked as decoration by the title <c>-</c>: <c>![](foto.jpg "-")</c>.</summary>
    private static bool IsMarkedDecorative(IElement picture) => picture.GetAttribute("title") == "-";

    private static void Reading((string Path, string Html) body, string? culture, List<Fault> faults)
    {
        var level = ReadingLevel.Of(SafeHtml.TextOf(body.Html), culture);
        if (level.Words >= 40 && level.Difficulty == ReadingDifficulty.Hard)
            faults.Add(new Fault("content.reading.hard", body.Path, level.Lix.ToString("0", CultureInfo.InvariantCulture)) { Severity = FaultSeverity.Warning });
        if (level.Words > 1500)
            faults.Add(new Fault("content.reading.long", body.Path, $"{level.Words}", $"{level.Minutes}") { Severity = FaultSeverity.Warning });
    }

    private static void Colours(ContentTypeDef type, JsonObject content, List<Fault> faults)
    {
        foreach (var field in type.Fields.Where(field => field.ReadableOn is not null))
        {
            var ground = content.Text(type.Name, field.ReadableOn!, "Text");
            if (Contrast.Between(content.Text(type.Name, field.Name, "Text"), ground) is { } ratio && ratio < Contrast.Enough)
                faults.Add(new Fault("content.contrast", $"{field.JsonPath}.Text", ratio.ToString("0.0", CultureInfo.InvariantCulture)));
        }
    }

    private static string Short(string text) => text.Length <= 80 ? text : text[..77] + "…";
}
