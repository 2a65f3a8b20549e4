namespace Metro.Library.Search;

/// <summary>The stem under which the forms of a word are found together, whichever language it is of.</summary>
internal static class WordStem
{
    /// <summary>The stem of a word as <see cref="WordBreaker"/> gives it. A stem is its own stem.</summary>
    public static string Of(string word)
    {
        while (true)
        {
            var stem = Once(word);
            if (stem == word) return word;
            word = stem;
        }
    }

    private static string Once(string word)
    {
        // Indonesian first: it is what most titles are in, and its list of roots knows its own.
        var stem = IndonesianStemmer.Stem(word);
        if (stem != word) return stem;
        var english = EnglishStemmer.Stem(word);
        return english.Length == word.Length ? word : english.ToString();
    }
}
