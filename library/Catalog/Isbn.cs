using System.Diagnostics.CodeAnalysis;

namespace Metro.Library.Catalog;

/// <summary>
/// An International Standard Book Number (ISO 2108), always held in its 13-digit form: an ISBN-10 and the
/// ISBN-13 made from it are the same number here.
/// </summary>
public sealed record Isbn
{
    private Isbn(string digits) => Digits = digits;

    /// <summary>Thirteen digits without hyphens.</summary>
    public string Digits { get; }

    /// <summary>
    /// Reads a number as it is printed or typed: hyphens and blanks anywhere, "ISBN" before it, a price or
    /// binding behind it. False when the length, the prefix or the check digit is wrong.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Isbn? isbn)
    {
        isbn = null;
        if (text is null) return false;

        Span<char> signs = stackalloc char[13];
        var count = 0;
        foreach (var sign in Unlabelled(text))
        {
            if (char.IsAsciiDigit(sign) || (sign is 'X' or 'x' && count == 9))
            {
                if (count == 13) return false;
                signs[count++] = char.ToUpperInvariant(sign);
            }
            else if (sign is not ('-' or ' ' or '\u2010' or '\u2011' or '\u2012' or '\u2013'))
            {
                break;
            }
            else if (sign == ' ' && (count == 13 || (count == 10 && IsIsbn10(signs[..10]))))
            {
                break;
            }
        }

        isbn = count switch
        {
            10 when IsIsbn10(signs[..10]) => new Isbn(WithCheckDigit($"978{signs[..9]}")),
            13 when signs.StartsWith("978") || signs.StartsWith("979") =>
                WithCheckDigit(signs[..12]) is var whole && signs.SequenceEqual(whole) ? new Isbn(whole) : null,
            _ => null,
        };
        return isbn is not null;
    }

    /// <summary>The ten-digit form of an older book, or null for numbers that have none (prefix 979).</summary>
    public string? Isbn10()
    {
        if (!Digits.StartsWith("978", StringComparison.Ordinal)) return null;
        var sum = 0;
        for (var i = 0; i < 9; i++) sum += (10 - i) * (Digits[3 + i] - '0');
        var check = (11 - sum % 11) % 11;
        return Digits[3..12] + (check == 10 ? 'X' : (char)('0' + check));
    }

    /// <inheritdoc />
    public override string ToString() => Digits;

    private static ReadOnlySpan<char> Unlabelled(string text)
    {
        var rest = text.AsSpan().TrimStart();
        if (!rest.StartsWith("ISBN", StringComparison.OrdinalIgnoreCase)) return rest;
        rest = rest[4..];
        if (rest.StartsWith("-13") || rest.StartsWith("-10")) rest = rest[3..];
        return rest.TrimStart(": ");
    }

    private static bool IsIsbn10(ReadOnlySpan<char> signs)
    {
        var sum = 0;
        for (var i = 0; i < 10; i++) sum += (10 - i) * (signs[i] == 'X' ? 10 : signs[i] - '0');
        return sum % 11 == 0;
    }

    private static string WithCheckDigit(ReadOnlySpan<char> twelve)
    {
        var sum = 0;
        for (var i = 0; i < 12; i++) sum += (twelve[i] - '0') * (i % 2 == 0 ? 1 : 3);
        return $"{twelve}{(10 - sum % 10) % 10}";
    }
}
