using System.Globalization;
using System.Text;

namespace Metro.Content;

/// <summary>Words and their stems, the same on both databases: SQLite has no Indonesian stemmer, so ours serves both.</summary>
internal static class SearchWords
{
    private const int MaxWordLength = 40;

    /// <summary>The words of a text, without diacritics, in lower case.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD) + " ")
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }

            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (word.Length is > 0 and <= MaxWordLength) yield return word.ToString();
            word.Clear();
        }
    }

    /// <summary>Each stem of the text once, divided by spaces.</summary>
    public static string Stems(string text, string? culture) => string.Join(' ', Of(text).Select(word => Stem(word, culture)).Distinct());

    /// <summary>A word without its affixes, as far as simple rules go; the same word always gives the same stem.</summary>
    public static string Stem(string word, string? culture) =>
        culture?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? English(word) : Indonesian(word);

    /// <summary>
    /// How many slips of the hand make one word of the other's beginning: a letter too many, too few, another, or two
    /// exchanged (Damerau 1964). Anything beyond <paramref name="most"/> counts as one more.
    /// </summary>
    /// <param name="typed">What was typed; at most 40 letters.</param>
    /// <param name="term">The word that may have been meant, or its beginning.</param>
    /// <param name="most">How many slips are of interest.</param>
    public static int Slips(string typed, string term, int most)
    {
        var columns = Math.Min(term.Length, typed.Length + most);
        Span<int> before = stackalloc int[columns + 1], last = stackalloc int[columns + 1], row = stackalloc int[columns + 1];
        for (var column = 0; column <= columns; column++) last[column] = column;
        for (var i = 1; i <= typed.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var column = 1; column <= columns; column++)
            {
                var cost = typed[i - 1] == term[column - 1] ? 0 : 1;
                row[column] = Math.Min(Math.Min(last[column] + 1, row[column - 1] + 1), last[column - 1] + cost);
                if (i > 1 && column > 1 && typed[i - 1] == term[column - 2] && typed[i - 2] == term[column - 1]) row[column] = Math.Min(row[column], before[column - 2] + 1);
                least = Math.Min(least, row[column]);
            }

            if (least > most) return most + 1;

            last.CopyTo(before);
            row.CopyTo(last);
        }

        var slips = most + 1;
        foreach (var each in last) slips = Math.Min(slips, each);
        return slips;
    }

    private static string English(string word)
    {
        foreach (var (ending, instead) in (ReadOnlySpan<(string, string)>)[("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("ings", ""), ("ing", ""), ("ed", ""), ("s", "")])
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= 3 && !word.EndsWith("ss", StringComparison.Ordinal))
                return word[..^ending.Length] + instead;
        return word;
    }

    /// <summary>Particles, possessives, then one suffix and up to two prefixes, leaving at least four letters (after Tala 2003).</summary>
    private static string Indonesian(string word)
    {
        word = WithoutEnding(word, "lah", "kah", "pun");
        word = WithoutEnding(word, "nya", "ku", "mu");
        word = WithoutEnding(word, "kan", "an", "i");
        for (var prefixes = 0; prefixes < 2; prefixes++)
        {
            var shorter = WithoutPrefix(word);
            if (shorter == word) break;
            word = shorter;
        }

        return word;
    }

    private static string WithoutEnding(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
            if (word.Length - ending.Length >= 4 && word.EndsWith(ending, StringComparison.Ordinal)) return word[..^ending.Length];
        return word;
    }

    /// <summary>The nasal of <em>me-</em> and <em>pe-</em> swallows the consonant that it stands for: <em>menulis</em> is <em>tulis</em>.</summary>
    private static string WithoutPrefix(string word)
    {
        foreach (var (prefix, swallowed) in (ReadOnlySpan<(string, string)>)
                 [
                     ("meny", "s"), ("peny", "s"), ("meng", ""), ("peng", ""), ("mem", "p"), ("pem", "p"), ("men", "t"), ("pen", "t"),
                     ("ber", ""), ("ter", ""), ("per", ""), ("me", ""), ("di", ""), ("ke", ""), ("se", ""), ("pe", ""), ("be", ""), ("te", ""),
                 ])
        {
            if (!word.StartsWith(prefix, StringComparison.Ordinal)) continue;

            var rest = word[prefix.Length..];
            if (rest.Length < 3) continue;
            return swallowed.Length > 0 && "aiueo".Contains(rest[0]) ? swallowed + rest : rest.Length >= 4 ? rest : word;
        }

        return word;
    }
}
