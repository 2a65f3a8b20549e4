using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Metro.Content;

/// <summary>
/// HTML as it may leave the portal. What editors wrote is stored untouched and passes here on its way out:
/// the browser's own parsing rules build the tree, and a list of what is allowed writes it again from
/// nothing, so that no markup is carried over that was not understood. Pure and thread-safe.
/// </summary>
public static class SafeHtml
{
    /// <summary>Deeper than any text needs, and far from exhausting the stack.</summary>
    private const int MaxDepth = 100;

    private static readonly HashSet<string> Allowed =
    [
        "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "em", "i", "u", "s", "del", "ins", "mark", "small",
        "sub", "sup", "abbr", "cite", "q", "code", "pre", "kbd", "samp", "var", "blockquote", "ul", "ol", "li", "dl", "dt", "dd",
        "a", "img", "figure", "figcaption", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup", "col",
        "details", "summary", "div", "span", "section", "article", "aside", "time", "audio", "video",
    ];

    private static readonly HashSet<string> DroppedWithContent =
    [
        "script", "style", "template", "noscript", "iframe", "frame", "frameset", "noframes", "object", "embed", "applet", "svg", "math",
        "head", "title", "meta", "link", "base", "xmp", "plaintext", "noembed", "textarea", "select", "button", "input", "canvas", "dialog",
    ];

    private static readonly HashSet<string> Void = ["br", "hr", "img", "col"];

    private static readonly HashSet<string> EverywhereAttributes = ["lang", "dir", "title"];

    private static readonly Dictionary<string, string[]> Attributes = new()
    {
        ["a"] = ["href", "hreflang", "target"],
        ["img"] = ["src", "alt", "width", "height"],
        ["audio"] = ["src", "controls", "preload"],
        ["video"] = ["src", "controls", "preload", "poster", "width", "height"],
        ["td"] = ["colspan", "rowspan"],
        ["th"] = ["colspan", "rowspan", "scope"],
        ["col"] = ["span"],
        ["colgroup"] = ["span"],
        ["ol"] = ["start", "reversed", "type"],
        ["time"] = ["datetime"],
        ["details"] = ["open"],
    };

    /// <summary>The HTML without anything that runs, frames, posts, styles or fetches from elsewhere.</summary>
    public static string Sanitise(string? html)
    {
        if (string.IsNullOrEmpty(html)) return "";

        var safe = new StringBuilder(html.Length);
        if (IsNestedBeyondSense(html)) Escape(html, safe);
        else foreach (var node in Parse(html)) Write(node, safe, 0);
        return safe.ToString();
    }

    /// <summary>The text alone, blocks divided by spaces: what is searched and read aloud.</summary>
    public static string TextOf(string? html)
    {
        if (string.IsNullOrEmpty(html)) return "";

        if (IsNestedBeyondSense(html)) return html;

        var text = new StringBuilder(html.Length);
        foreach (var node in Parse(html)) WriteText(node, text, 0);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    internal static INodeList Parse(string html)
    {
        var parser = new HtmlParser();
        return parser.ParseFragment(html, parser.ParseDocument("").Body!);
    }

    /// <summary>Whether a link may lead there: within the portal, to a web page, a mailbox or a telephone.</summary>
    public static bool IsSafeLink(string url) => SchemeOf(url) is null or "http" or "https" or "mailto" or "tel";

    /// <summary>Whether it is an address within the portal. A page never makes its reader's browser fetch from elsewhere.</summary>
    internal static bool IsWithinPortal(string url) =>
        SchemeOf(url) is null && !Cleaned(url).StartsWith("//", StringComparison.Ordinal) && !Cleaned(url).StartsWith("/\\", StringComparison.Ordinal)
        && !Cleaned(url).StartsWith('\\');

    /// <summary>
    /// The parser's time grows with the square of the open elements. Hundreds of them, not counting those
    /// that HTML closes by itself, are an attack and come out as plain text.
    /// </summary>
    private static bool IsNestedBeyondSense(string html)
    {
        const int beyondSense = 400;
        var open = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var closes = html[at + 1] == '/';
            var end = at + (closes ? 2 : 1);
            var start = end;
            while (end < html.Length && char.IsAsciiLetterOrDigit(html[end])) end++;
            if (end == start || ClosedBySelf.Contains(html[start..end].ToLowerInvariant())) continue;

            open = Math.Max(0, open + (closes ? -1 : 1));
            if (open > beyondSense) return true;
        }

        return false;
    }

    private static readonly HashSet<string> ClosedBySelf =
        ["p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "col", "input", "source", "track", "wbr", "meta", "link", "area", "embed", "param"];

    private static void Write(INode node, StringBuilder safe, int depth)
    {
        if (depth > MaxDepth) return;
        if (node is IText text)
        {
            Escape(text.Data, safe);
            return;
        }

        if (node is not IElement element) return;

        var tag = element.LocalName;
        var isForeign = element.NamespaceUri is not "http://www.w3.org/1999/xhtml";
        if (isForeign || DroppedWithContent.Contains(tag)) return;

        var isKept = Allowed.Contains(tag) && !LacksItsSource(element, safe);
        if (isKept)
        {
            safe.Append('<').Append(tag);
            WriteAttributes(element, safe);
            safe.Append('>');
            if (Void.Contains(tag)) return;
        }

        foreach (var child in element.ChildNodes) Write(child, safe, depth + 1);
        if (isKept) safe.Append("</").Append(tag).Append('>');
    }

    /// <summary>A picture from elsewhere is not shown; its alternative text takes its place.</summary>
    private static bool LacksItsSource(IElement element, StringBuilder safe)
    {
        if (element.LocalName is not ("img" or "audio" or "video")) return false;
        if (element.GetAttribute("src") is { Length: > 0 } source && IsWithinPortal(source)) return false;

        Escape(element.GetAttribute("alt") ?? "", safe);
        return true;
    }

    private static void WriteAttributes(IElement element, StringBuilder safe)
    {
        var own = Attributes.GetValueOrDefault(element.LocalName, []);
        foreach (var attribute in element.Attributes)
        {
            var name = attribute.LocalName;
            if (attribute.NamespaceUri is { Length: > 0 } || !(own.Contains(name) || EverywhereAttributes.Contains(name))) continue;

            var value = attribute.Value;
            if (name == "href" && !IsSafeLink(value)) continue;
            if (name is "src" or "poster" && !IsWithinPortal(value)) continue;
            if (name == "target" && value != "_blank") continue;
            if (name is "href" or "src" or "poster") value = FromRoot(Cleaned(value));

            safe.Append(' ').Append(name).Append("=\"");
            Escape(value, safe);
            safe.Append('"');
        }

        if (element.LocalName == "a" && element.GetAttribute("target") == "_blank") safe.Append(" rel=\"noopener\"");
        if (element.LocalName == "img") safe.Append(" loading=\"lazy\"");
    }

    private static void WriteText(INode node, StringBuilder text, int depth)
    {
        if (depth > MaxDepth) return;
        if (node is IText words) text.Append(words.Data);
        if (node is not IElement element || DroppedWithContent.Contains(element.LocalName)) return;

        var divides = element.LocalName is not ("a" or "b" or "strong" or "i" or "em" or "u" or "s" or "span" or "mark" or "code" or "small" or "sub" or "sup" or "abbr");
        if (divides) text.Append(' ');
        foreach (var child in element.ChildNodes) WriteText(child, text, depth + 1);
        if (divides) text.Append(' ');
    }

    /// <summary>Browsers ignore control characters and spaces around an address, and line breaks within it; so do we, before judging it.</summary>
    private static string Cleaned(string url) => string.Concat(url.Where(c => !char.IsControl(c))).Trim();

    /// <summary>Orchard writes addresses of its own site as <c>~/path</c>.</summary>
    private static string FromRoot(string url) => url.StartsWith("~/", StringComparison.Ordinal) ? url[1..] : url;

    private static string? SchemeOf(string url)
    {
        var cleaned = Cleaned(url);
        var colon = cleaned.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;

        var before = cleaned.AsSpan(0, colon);
        return before.IndexOfAny('/', '?', '#') >= 0 ? null : before.ToString().ToLowerInvariant();
    }

    private static void Escape(string text, StringBuilder safe)
    {
        foreach (var c in text)
            _ = c switch
            {
                '&' => safe.Append("&amp;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '"' => safe.Append("&quot;"),
                '\u00a0' => safe.Append("&nbsp;"),
                _ => safe.Append(c),
            };
    }
}
