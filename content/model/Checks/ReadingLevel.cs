namespace Metro.Content;

/// <summary>How hard a text is to read.</summary>
public enum ReadingDifficulty
{
    /// <summary>A child of primary school reads it.</summary>
    Easy,

    /// <summary>A newspaper's level.</summary>
    Medium,

    /// <summary>An official letter's level: worth simplifying for the public.</summary>
    Hard,
}

/// <summary>
/// Length and difficulty of a text, by LIX (Björnsson 1968): words per sentence, plus the percentage of long
/// words. LIX needs no syllables, so it serves both languages; a long word has more than six letters in
/// English and more than eight in Indonesian, whose affixes (<em>me-</em>, <em>-kan</em>, <em>-nya</em>)
/// lengthen plain words.
/// </summary>
/// <param name="Words">How many words.</param>
/// <param name="Sentences">How many sentences, at least one where there are words.</param>
/// <param name="Lix">The index: below 35 easy, from 50 hard.</param>
/// <param name="Minutes">The time to read it silently, in whole minutes, at 200 words a minute.</param>
public sealed record ReadingLevel(int Words, int Sentences, double Lix, int Minutes)
{
    private const int WordsPerMinute = 200;

    /// <summary>The difficulty to which the index amounts.</summary>
    public ReadingDifficulty Difficulty => Lix < 35 ? ReadingDifficulty.Easy : Lix < 50 ? ReadingDifficulty.Medium : ReadingDifficulty.Hard;

    /// <summary>The level of a plain text in that language.</summary>
    public static ReadingLevel Of(string text, string? culture)
    {
        var longer = culture?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? 6 : 8;
        int words = 0, longWords = 0, sentences = 0, letters = 0;
        var sentenceHasWords = false;
        foreach (var c in text + " ")
        {
            if (char.IsLetterOrDigit(c) || (c is '-' or '\'' or '’' && letters > 0))
            {
                letters++;
                continue;
            }

            if (letters > 0)
            {
                words++;
                sentenceHasWords = true;
                if (letters > longer) longWords++;
            }

            letters = 0;
            if (c is '.' or '!' or '?' or ':' or ';' && sentenceHasWords)
            {
                sentences++;
                sentenceHasWords = false;
            }
        }

        if (sentenceHasWords) sentences++;
        return words == 0
            ? new ReadingLevel(0, 0, 0, 0)
            : new ReadingLevel(words, sentences, ((double)words / sentences) + (100.0 * longWords / words), (words + WordsPerMinute - 1) / WordsPerMinute);
    }
}
