using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Metro.Library.Marc;

/// <summary>
/// Decodes MARC-8, the encoding of MARC 21 records before Unicode: ASCII in the lower half, ANSEL in the
/// upper, other sets (Hebrew, Cyrillic, Arabic, Greek, East Asian, sub- and superscripts) by escape
/// sequences. Diacritics stand before their letter and are moved behind it; the result is in Unicode
/// normalisation form C. The state of the escapes lives as long as the decoder: one field.
/// Source: Library of Congress, MARC 21 Specifications, Character Sets and Encoding Options, parts 2 and 3.
/// </summary>
internal struct Marc8Decoder
{
    internal const byte Escape = 0x1B;
    private const char Ascii = 'B';
    private const char Ansel = 'E';
    private const char EastAsian = '1';

    private char lower = Ascii;
    private char upper = Ansel;

    public Marc8Decoder()
    {
    }

    /// <summary>The text of a run of bytes. <paramref name="unknown"/> says whether a code had no meaning and became U+FFFD.</summary>
    public string Decode(ReadOnlySpan<byte> bytes, out bool unknown)
    {
        unknown = false;
        if (lower == Ascii && !bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)) return Encoding.ASCII.GetString(bytes);

        var text = new StringBuilder(bytes.Length);
        var marks = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            if (bytes[0] == Escape)
            {
                bytes = bytes[Switch(bytes)..];
                continue;
            }

            var code = bytes[0];
            var set = code < 0x80 ? lower : upper;
            string? meaning;
            if (set == EastAsian && (code & 0x7F) > 0x20)
            {
                meaning = bytes.Length < 3 ? null : Meaning(set, ((code & 0x7F) << 16) | ((bytes[1] & 0x7F) << 8) | (bytes[2] & 0x7F));
                bytes = bytes[Math.Min(3, bytes.Length)..];
            }
            else
            {
                meaning = code <= 0x20 ? " " : Meaning(set, set == Ansel ? code | 0x80 : code & 0x7F);
                bytes = bytes[1..];
            }

            if (meaning is null) unknown = true;
            meaning ??= "\uFFFD";
            if (meaning.Length == 0) continue;
            if (IsMark(meaning[0]))
            {
                marks.Append(meaning);
                continue;
            }

            text.Append(meaning).Append(marks);
            marks.Clear();
        }

        return text.Append(marks).ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Follows an escape sequence; returns its length.</summary>
    private int Switch(ReadOnlySpan<byte> bytes)
    {
        switch (bytes)
        {
            // Technique 1: one character, G0 only.
            case [_, (byte)'g' or (byte)'b' or (byte)'p', ..]:
                lower = (char)bytes[1];
                return 2;
            case [_, (byte)'s', ..]:
                lower = Ascii;
                return 2;
            // Technique 2: "$" announces several bytes a character, "(" and "," lead to G0, ")" and "-" to G1, "!" to ANSEL's final.
            case [_, (byte)'$', (byte)')' or (byte)'-', var final, ..]:
                upper = (char)final;
                return 4;
            case [_, (byte)'$', (byte)'(' or (byte)',', var final, ..]:
                lower = (char)final;
                return 4;
            case [_, (byte)'$', var final, ..]:
                lower = (char)final;
                return 3;
            case [_, (byte)'(' or (byte)',', (byte)'!', var final, ..]:
                lower = (char)final;
                return 4;
            case [_, (byte)')' or (byte)'-', (byte)'!', var final, ..]:
                upper = (char)final;
                return 4;
            case [_, (byte)'(' or (byte)',', var final, ..]:
                lower = (char)final;
                return 3;
            case [_, (byte)')' or (byte)'-', var final, ..]:
                upper = (char)final;
                return 3;
            default:
                return 1;
        }
    }

    private static string? Meaning(char set, int code) =>
        set == Ascii ? ((char)code).ToString() : Codes.Value.GetValueOrDefault((set << 24) | code);

    // Superscript alef alone of its kind follows its letter in MARC-8 already.
    private static bool IsMark(char letter) =>
        letter != '\u0670' && char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;

    /// <summary>Every code outside ASCII, by set (the escape's final character) and code; loaded when the first such record is met.</summary>
    private static readonly Lazy<FrozenDictionary<int, string>> Codes = new(() =>
    {
        var codes = new Dictionary<int, string>(17_000);
        using var stream = typeof(Marc8Decoder).Assembly.GetManifestResourceStream("Metro.Library.Marc.marc8-codes.txt")!;
        using var lines = new StreamReader(stream, Encoding.ASCII);
        while (lines.ReadLine() is { } line)
        {
            // "set first-code point point …": consecutive codes; "-" is a hole, "." means nothing, "+" joins points of one code.
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split(' ');
            var code = (parts[0][0] << 24) | int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            foreach (var points in parts.AsSpan(2))
            {
                if (points != "-") codes[code] = points == "." ? "" : string.Concat(points.Split('+').Select(Character));
                code++;
            }
        }

        return codes.ToFrozenDictionary();

        static string Character(string point) =>
            char.ConvertFromUtf32(int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    });
}
