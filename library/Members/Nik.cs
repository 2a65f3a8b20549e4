using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Metro.Library.Members;

/// <summary>
/// A national identity number (<i>Nomor Induk Kependudukan</i>): six digits of place, the date of birth as
/// DDMMYY with 40 added to a woman's day, and four of sequence. Immutable; shown only masked.
/// </summary>
public sealed record Nik
{
    private readonly string number;

    private Nik(string number) => this.number = number;

    /// <summary>Reads sixteen digits, with or without blanks, dots or dashes between.</summary>
    /// <returns>False for anything that cannot be an identity number.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Nik? nik)
    {
        nik = null;
        if (text is null || text.Length > 40) return false;

        var digits = string.Concat(text.Where(sign => sign is not (' ' or '.' or '-')));
        if (digits.Length != 16 || !digits.All(char.IsAsciiDigit)) return false;

        var (province, day, month) = (Number(digits, 0), Number(digits, 6) % 40, Number(digits, 8));
        var dayIsPlausible = Number(digits, 6) is (>= 1 and <= 31) or (>= 41 and <= 71);
        if (province < 11 || !dayIsPlausible || month is < 1 or > 12 || digits.EndsWith("0000", StringComparison.Ordinal)) return false;
        // 2000 was a leap year, so that 29 February passes for every year of birth.
        if (day > DateTime.DaysInMonth(2000, month)) return false;

        nik = new Nik(digits);
        return true;
    }

    /// <summary>The sixteen digits in full: for protecting and for those who may see them.</summary>
    public string Reveal() => number;

    /// <summary>The last four digits behind dots.</summary>
    public string Masked => Mask(number[^4..]);

    /// <summary>Whether the date of birth within the number is this one. Numbers with a mistake in it do exist.</summary>
    public bool IsOfSomeoneBornOn(DateOnly birthDate) =>
        Number(number, 6) % 40 == birthDate.Day && Number(number, 8) == birthDate.Month && Number(number, 10) == birthDate.Year % 100;

    /// <summary>Masked, so that it does not end up in a log.</summary>
    public override string ToString() => Masked;

    internal static string Mask(string lastFour) => "••••••••••••" + lastFour;

    private static int Number(string digits, int at) => int.Parse(digits.AsSpan(at, 2), NumberStyles.None, CultureInfo.InvariantCulture);
}
