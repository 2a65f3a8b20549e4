using System.Globalization;

namespace Metro.Content;

/// <summary>Contrast of two colours by WCAG 2.2.</summary>
public static class Contrast
{
    /// <summary>What ordinary text needs (success criterion 1.4.3).</summary>
    public const double Enough = 4.5;

    /// <summary>The contrast ratio, 1 to 21; null when either is not a colour <c>#rrggbb</c> or <c>#rgb</c>.</summary>
    public static double? Between(string? text, string? ground) =>
        Luminance(text) is { } one && Luminance(ground) is { } other
            ? (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05)
            : null;

    /// <summary>Whether the text is a colour.</summary>
    public static bool IsColour(string? text) => Luminance(text) is not null;

    /// <summary>Relative luminance, as WCAG defines it.</summary>
    private static double? Luminance(string? colour)
    {
        if (colour is not ['#', .. var digits]) return null;
        if (digits.Length == 3) digits = string.Concat(digits.SelectMany(digit => new[] { digit, digit }));
        if (digits.Length != 6 || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)) return null;

        return (0.2126 * Channel(rgb >> 16)) + (0.7152 * Channel(rgb >> 8)) + (0.0722 * Channel(rgb));
    }

    private static double Channel(uint bits)
    {
        var share = (bits & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
