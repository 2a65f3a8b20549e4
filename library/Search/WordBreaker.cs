using System.Globalization;
using System.Text;

namespace Metro.Library.Search;

/// <summary>
/// Breaks text into the words by which it is found: lower case, accents folded, apostrophes dropped
/// (<c>Qur'an</c> is <c>quran</c>), hyphens between words. Scripts whose marks are vowels (Devanagari,
/// Thai) keep them; each ideograph is a word. Never throws, whatever the text.
/// </summary>
internal static class WordBreaker
{
    /// <summary>Longer words are cut: nobody types them, and a hostile text must not become one word.</summary>
    public const int LongestWord = 48;

    /// <summary>The words of a text, in its order.</summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        Break(text, static (word, into) => into.Add(word.ToString()), words);
        return words;
    }

    /// <summary>Calls <paramref name="take"/> with each word of a text, in its order.</summary>
    public static void Break<TState>(string text, Action<ReadOnlySpan<char>, TState> take, TState state)
    {
        if (!Ascii.IsValid(text)) text = Decomposed(text);

        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (char.IsAsciiLetterOrDigit(sign))
            {
                if (length < LongestWord) word[length++] = (char)(sign | (sign >= 'A' ? 0x20 : 0));
                continue;
            }

            // C++ and C# are what people look for, and C is not.
            var plus = sign == '+' && i + 1 < text.Length && text[i + 1] == '+';
            if (length == 1 && (sign == '#' || plus) && char.IsAsciiLetter(word[0]))
            {
                word[length++] = sign;
                if (plus) word[length++] = text[++i];
                End(word, ref length);
                continue;
            }

            if (sign is '\'' or '\u2019' or '`') continue;
            if (sign < 0x80)
            {
                End(word, ref length);
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var units);
            i += units - 1;
            if (Folded(rune) is { } plain)
            {
                foreach (var letter in plain)
                    if (length < LongestWord) word[length++] = letter;
            }
            else if (IsIdeograph(rune))
            {
                End(word, ref length);
                length = rune.EncodeToUtf16(word);
                End(word, ref length);
            }
            else if (Rune.IsLetterOrDigit(rune) || IsVowelSign(rune))
            {
                rune = Rune.ToLowerInvariant(rune);
                if (length + rune.Utf16SequenceLength <= LongestWord) length += rune.EncodeToUtf16(word[length..]);
            }
            else
            {
                End(word, ref length);
            }
        }

        End(word, ref length);

        void End(ReadOnlySpan<char> letters, ref int count)
        {
            if (count > 0) take(letters[..count], state);
            count = 0;
        }
    }

    /// <summary>Letters apart from their marks, so that the marks can be dropped; halves of surrogate pairs replaced.</summary>
    private static string Decomposed(string text)
    {
        // Normalisation refuses halves of surrogate pairs and noncharacters.
        var whole = text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
        return whole.Replace('\ufffe', ' ').Replace('\uffff', ' ').Normalize(NormalizationForm.FormKD);
    }

    /// <summary>What a letter or mark becomes that does not stay itself; null when it is not of those.</summary>
    private static string? Folded(Rune rune) => rune.Value switch
    {
        >= 0x0300 and <= 0x036F => "",
        >= 0x0591 and <= 0x05C7 => "",
        >= 0x064B and <= 0x065F or 0x0670 or 0x0640 => "",
        >= 0x02B9 and <= 0x02C1 => "",
        0xFE20 or 0xFE21 or 0x200C or 0x200D or 0xAD => "",
        'ß' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'ł' or 'Ł' => "l",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => null,
    };

    private static bool IsIdeograph(Rune rune) =>
        rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        && Rune.IsLetterOrDigit(rune);

    private static bool IsVowelSign(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
