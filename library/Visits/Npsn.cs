namespace Metro.Library.Visits;

/// <summary>
/// A school's national number (<em>Nomor Pokok Sekolah Nasional</em>): eight digits, without a check digit, so only its
/// form can be checked.
/// </summary>
public static class Npsn
{
    /// <summary>How many digits it has.</summary>
    public const int Length = 8;

    /// <summary>The eight digits with spaces, dots and dashes taken away, or null when it is not such a number.</summary>
    public static string? Normalise(string? text)
    {
        if (text is null || text.Length > 40) return null;
        var digits = string.Concat(text.Where(c => c is not (' ' or '.' or '-')));
        return digits.Length == Length && digits.All(char.IsAsciiDigit) && digits != "00000000" ? digits : null;
    }
}
