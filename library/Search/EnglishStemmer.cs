namespace Metro.Library.Search;

/// <summary>A light stemmer for English: plurals and the commonest endings of verbs, nothing that changes a word's meaning.</summary>
internal static class EnglishStemmer
{
    /// <summary>The stem of a word in lower case; the word itself when no rule fits.</summary>
    public static ReadOnlySpan<char> Stem(ReadOnlySpan<char> word)
    {
        if (word.Length < 4 || word.ContainsAnyExceptInRange('a', 'z')) return word;

        if (word.EndsWith("ies") && word.Length > 4) return $"{word[..^3]}y";
        if (word.EndsWith("sses") || word.EndsWith("ches") || word.EndsWith("shes") || word.EndsWith("xes")) return word[..^2];
        if (word.EndsWith("s") && !word.EndsWith("ss") && !word.EndsWith("us") && !word.EndsWith("is")) return word[..^1];
        if (word.EndsWith("ing") && word.Length > 6) return Undoubled(word[..^3]);
        if (word.EndsWith("ed") && word.Length > 5) return Undoubled(word[..^2]);
        return word;
    }

    /// <summary>Running is of run: the doubled consonant goes, except where it is the word's own.</summary>
    private static ReadOnlySpan<char> Undoubled(ReadOnlySpan<char> stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;
}
