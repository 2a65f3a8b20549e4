using Metro.Library.Catalog;

namespace Metro.Library.Search;

/// <summary>
/// What a reader typed, understood: words in any order, "phrases", -words to leave out, prefix*, and fields
/// (author:, title:, subject:, series:, isbn:, ddc:, and their Indonesian names). Whatever is typed has a
/// meaning; nothing of it reaches a database as a language.
/// </summary>
internal sealed record SearchQuery(IReadOnlyList<SearchTerm> Terms)
{
    /// <summary>Longer texts are cut: the first words say what is looked for.</summary>
    public const int LongestText = 500;

    /// <summary>The most words that count.</summary>
    public const int MostWords = 16;

    /// <summary>Reads what was typed.</summary>
    /// <param name="text">The text; null and blank mean everything.</param>
    /// <param name="asYouType">Whether the last word may be unfinished.</param>
    public static SearchQuery Parse(string? text, bool asYouType = false)
    {
        text ??= "";
        if (text.Length > LongestText) text = text[..LongestText];

        var terms = new List<SearchTerm>();
        var words = 0;
        var at = 0;
        while (at < text.Length && words < MostWords)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var excluded = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]) && (at == 0 || char.IsWhiteSpace(text[at - 1]));
            if (excluded) at++;
            var field = FieldAt(text, ref at);
            var (piece, quoted) = PieceAt(text, ref at);
            var unfinished = asYouType && !quoted && at == text.Length && piece.Length > 0 && char.IsLetterOrDigit(piece[^1]);
            foreach (var term in TermsOf(piece, quoted, field, excluded, unfinished))
            {
                if (words >= MostWords) break;
                var kept = term with { Words = [.. term.Words.Take(MostWords - words)] };
                words += kept.Words.Count;
                terms.Add(kept);
            }
        }

        return new SearchQuery(terms);
    }

    /// <summary>Field names, and what a word must stand in to count.</summary>
    private static readonly (string Name, WordFields Fields)[] Fields =
    [
        ("author:", WordFields.Contributor), ("pengarang:", WordFields.Contributor), ("penulis:", WordFields.Contributor),
        ("title:", WordFields.Title), ("judul:", WordFields.Title),
        ("subject:", WordFields.Subject), ("subjek:", WordFields.Subject),
        ("series:", WordFields.Series), ("seri:", WordFields.Series),
        ("isbn:", WordFields.Number), ("issn:", WordFields.Number),
        ("ddc:", WordFields.Class), ("kelas:", WordFields.Class),
    ];

    private static WordFields FieldAt(string text, ref int at)
    {
        foreach (var (name, fields) in Fields)
        {
            if (string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) != 0) continue;
            at += name.Length;
            while (at < text.Length && text[at] == ' ') at++;
            return fields;
        }

        return WordFields.None;
    }

    private static (string Piece, bool Quoted) PieceAt(string text, ref int at)
    {
        if (at == text.Length) return ("", false);
        if (text[at] is '"' or '\u201C' or '\u201D')
        {
            var end = text.AsSpan(at + 1).IndexOfAny('"', '\u201C', '\u201D');
            var piece = end < 0 ? text[(at + 1)..] : text.Substring(at + 1, end);
            at = end < 0 ? text.Length : at + end + 2;
            return (piece, true);
        }

        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] != '"') at++;
        return (text[start..at], false);
    }

    private static IEnumerable<SearchTerm> TermsOf(string piece, bool quoted, WordFields field, bool excluded, bool unfinished)
    {
        if (!quoted && field is WordFields.None or WordFields.Number && Isbn.TryParse(piece, out var isbn) && piece.Count(char.IsAsciiDigit) >= 9)
        {
            yield return new SearchTerm([isbn.Digits], WordFields.Number, excluded, Phrase: false, Prefix: false);
            yield break;
        }

        var words = WordBreaker.Words(piece);
        if (words.Count == 0) yield break;
        if (field == WordFields.Number)
        {
            yield return new SearchTerm([string.Concat(words)], field, excluded, Phrase: false, Prefix: false);
            yield break;
        }

        // A class is a number with a point, a name like Al-Qur'an is two words: their parts belong together.
        if (quoted || field == WordFields.Class || excluded)
        {
            yield return new SearchTerm(words, field, excluded, Phrase: words.Count > 1, Prefix: field == WordFields.Class);
            yield break;
        }

        for (var i = 0; i < words.Count; i++)
            yield return new SearchTerm([words[i]], field, excluded, Phrase: false, Prefix: i == words.Count - 1 && (unfinished || piece.EndsWith('*')));
    }
}

/// <summary>A part of a query that a title must have, or must not.</summary>
/// <param name="Words">One word, or those of a phrase.</param>
/// <param name="Fields">Where they must stand; none for anywhere.</param>
/// <param name="Excluded">Whether titles with it are left out.</param>
/// <param name="Phrase">Whether the words must follow each other.</param>
/// <param name="Prefix">Whether the last word may go on.</param>
internal sealed record SearchTerm(IReadOnlyList<string> Words, WordFields Fields, bool Excluded, bool Phrase, bool Prefix);
