using System.Diagnostics.CodeAnalysis;

namespace Metro.Library.Catalog;

/// <summary>An International Standard Serial Number (ISO 3297): eight characters, the last a check digit or X.</summary>
public sealed record Issn
{
    private Issn(string value) => Value = value;

    /// <summary>The usual form with its hyphen, such as <c>0317-8471</c>.</summary>
    public string Value { get; }

    /// <summary>Reads a number with or without its hyphen; false when its length or check digit is wrong.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Issn? issn)
    {
        issn = null;
        var rest = (text ?? "").Trim();
        if (rest.StartsWith("ISSN", StringComparison.OrdinalIgnoreCase)) rest = rest[4..].TrimStart(':', ' ');
        rest = rest.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        if (rest.Length != 8 || !rest.AsSpan(0, 7).ContainsOnlyDigits() || !(char.IsAsciiDigit(rest[7]) || rest[7] == 'X')) return false;

        var sum = 0;
        for (var i = 0; i < 8; i++) sum += (8 - i) * (rest[i] == 'X' ? 10 : rest[i] - '0');
        if (sum % 11 != 0) return false;
        issn = new Issn($"{rest[..4]}-{rest[4..]}");
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
