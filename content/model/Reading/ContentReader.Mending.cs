using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>A word of a search.</summary>
/// <param name="Beginnings">What a word of the text may begin with: the word itself, or those that it resembles.</param>
/// <param name="Stems">The forms without affixes, in any language.</param>
/// <param name="IsMended">Whether it occurs nowhere as it was typed.</param>
internal sealed record SoughtWord(IReadOnlyList<string> Beginnings, IReadOnlyList<string> Stems, bool IsMended);

public sealed partial class ContentReader
{
    private const int ShortestMended = 4;
    private const int MostMended = 4;
    private const int MostCompared = 20_000;

    /// <summary>The word as it was typed, or where it occurs nowhere and resembles others, those.</summary>
    private async Task<SoughtWord> MendedAsync(string word, bool mends, CancellationToken stop)
    {
        var stems = settings.Cultures.Select(language => SearchWords.Stem(word, language)).Distinct().ToArray();
        var asTyped = new SoughtWord([word], stems, IsMended: false);
        if (!mends || word.Length < ShortestMended || word.Any(char.IsDigit)) return asTyped;
        if (await KnownAsync(word, stems, stop)) return asTyped;

        // The first letter is seldom wrong; where it is missing, doubled or exchanged, the word begins with the second.
        var alike = await AlikeAsync(word, word[..1], stop);
        if (alike.Count == 0 && word[1] != word[0]) alike = await AlikeAsync(word, word[1..2], stop);
        return alike.Count == 0 ? asTyped : new SoughtWord(alike, [], IsMended: true);
    }

    /// <summary>Whether any word of the published text begins so, or is another form of it.</summary>
    private async Task<bool> KnownAsync(string word, string[] stems, CancellationToken stop)
    {
        var beyond = word + '\uffff';
        var begins = await db.Database.SqlQuery<string>($"SELECT term AS \"Value\" FROM content_search_word WHERE term >= {word} AND term < {beyond} LIMIT 1").ToListAsync(stop);
        if (begins.Count > 0) return true;

        foreach (var stem in stems)
            if ((await db.Database.SqlQuery<string>($"SELECT term AS \"Value\" FROM content_search_word WHERE term = {stem} LIMIT 1").ToListAsync(stop)).Count > 0) return true;
        return false;
    }

    /// <summary>The up to three words with that beginning that the word resembles most: whole words before longer ones.</summary>
    private async Task<IReadOnlyList<string>> AlikeAsync(string word, string beginning, CancellationToken stop)
    {
        var (beyond, slips) = (beginning + '\uffff', word.Length < 8 ? 1 : 2);
        var terms = await db.Database.SqlQuery<string>($"""
            SELECT term AS "Value" FROM content_search_word
            WHERE term >= {beginning} AND term < {beyond} AND length(term) >= {word.Length - slips} LIMIT {MostCompared}
            """).ToListAsync(stop);
        return [.. terms.Select(term => (Term: term, Slips: SearchWords.Slips(word, term, slips)))
            .Where(each => each.Slips <= slips)
            .OrderBy(each => each.Slips).ThenBy(each => Math.Abs(each.Term.Length - word.Length)).ThenBy(each => each.Term, StringComparer.Ordinal)
            .Take(3).Select(each => each.Term)];
    }
}
