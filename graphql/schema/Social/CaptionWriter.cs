using System.Globalization;

namespace Metro.Portal.Schema.Social;

/// <summary>
/// Writes captions that fit. Lengths are counted in graphemes, as people and networks count them; what does not fit is left out
/// from the least important: hashtags, then the summary, cut at the end of a word. Pure functions.
/// </summary>
internal static class CaptionWriter
{
    private const string Ellipsis = "…";
    private const int MostHashtags = 10;

    /// <summary>How many characters a network allows.</summary>
    public static int LimitOf(SocialNetwork network) => network switch
    {
        SocialNetwork.X => 280,
        SocialNetwork.Threads => 500,
        SocialNetwork.Whatsapp => 700,
        SocialNetwork.Facebook => 5_000,
        _ => 2_200,
    };

    public static SocialCaption Write(SocialNetwork network, SocialWords words)
    {
        var limit = LimitOf(network);
        var head = words.IsCancelled ? $"{SocialText.Get("Cancelled", words.Culture)}: {words.Title}" : words.Title;
        var facts = string.Join('\n', words.Facts);
        var link = words.Link is { IsAbsoluteUri: true } address ? address.AbsoluteUri : "";
        var hashtags = string.Join(' ', words.Hashtags.Take(MostHashtags));

        // The title and the link always stand; a title that alone is too long is cut.
        head = Cut(head, limit - (link.Length > 0 ? Length(link) + 2 : 0));
        var text = Join(head, facts, "", link, "");
        if (Length(text) > limit) (facts, text) = ("", Join(head, "", "", link, ""));
        if (hashtags.Length > 0 && Length(Join(head, facts, "", link, hashtags)) > limit) hashtags = "";
        if (words.Summary is { Length: > 0 } summary)
        {
            var room = limit - Length(Join(head, facts, "", link, hashtags)) - 2;
            var cut = room < 20 ? "" : Cut(summary.ReplaceLineEndings(" ").Trim(), room);
            text = Join(head, facts, cut, link, hashtags);
        }
        else
        {
            text = Join(head, facts, "", link, hashtags);
        }

        return new(network, text, Length(text), limit);
    }

    public static int Length(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>The text as far as it fits, cut at the end of a word and marked as cut.</summary>
    public static string Cut(string text, int limit)
    {
        var graphemes = new StringInfo(text);
        if (graphemes.LengthInTextElements <= limit) return text;
        if (limit <= 1) return limit == 1 ? Ellipsis : "";

        var kept = graphemes.SubstringByTextElements(0, limit - 1);
        var next = graphemes.SubstringByTextElements(limit - 1, 1);
        if (!string.IsNullOrWhiteSpace(next) && kept.LastIndexOf(' ') is > 0 and var end) kept = kept[..end];
        return kept.TrimEnd(' ', ',', ';', ':', '-', '–') + Ellipsis;
    }

    private static string Join(string head, string facts, string summary, string link, string hashtags)
    {
        var opening = facts.Length > 0 ? $"{head}\n{facts}" : head;
        return string.Join("\n\n", new[] { opening, summary, link, hashtags }.Where(part => part.Length > 0));
    }
}
