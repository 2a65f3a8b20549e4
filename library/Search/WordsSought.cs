namespace Metro.Library.Search;

/// <summary>
/// The words that somebody seeks, for lists that are too short for an index of their own: the rooms of a library, the programs that
/// are to come. Words are compared as in the catalogue: without case, accents and endings, and as one types. Immutable.
/// </summary>
public sealed class WordsSought
{
    private const int MostWords = 12;

    private readonly IReadOnlyList<string> words;

    private WordsSought(IReadOnlyList<string> words) => this.words = words;

    /// <summary>Reads what was typed; only letters and digits count, and at most twelve words.</summary>
    public static WordsSought Of(string? text) => new([.. WordBreaker.Words(text ?? "").Distinct().Take(MostWords)]);

    /// <summary>Whether all the words are in a text; none are in any.</summary>
    public bool AreIn(string? text)
    {
        if (words.Count == 0 || string.IsNullOrEmpty(text)) return false;

        var there = WordBreaker.Words(text);
        return words.All(word => there.Exists(one => one.StartsWith(word, StringComparison.Ordinal) || WordStem.Of(one) == WordStem.Of(word)));
    }
}
