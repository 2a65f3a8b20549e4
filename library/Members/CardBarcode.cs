using System.Globalization;

namespace Metro.Library.Members;

/// <summary>
/// The barcode of a card, as libraries print them: 14 digits of which the first is 2 (a patron), the next
/// four stand for the institution, eight are the serial number and the last is the check digit (modulo 10, Luhn).
/// </summary>
public static class CardBarcode
{
    /// <summary>The barcode of a serial number.</summary>
    /// <param name="institution">Four digits.</param>
    /// <param name="serial">From 1 to 99,999,999.</param>
    public static string Of(string institution, long serial)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(serial, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, 99_999_999);
        if (institution.Length != 4 || !institution.All(char.IsAsciiDigit))
            throw new ArgumentException($"'{institution}' is not four digits.", nameof(institution));

        var body = string.Create(CultureInfo.InvariantCulture, $"2{institution}{serial:D8}");
        return body + CheckDigit(body);
    }

    /// <summary>Whether this is a card's barcode with the right check digit: a mistyped or misread one is not.</summary>
    public static bool IsValid(string? barcode) =>
        barcode is { Length: 14 } && barcode[0] == '2' && barcode.All(char.IsAsciiDigit) && CheckDigit(barcode[..13]) == barcode[13];

    private static char CheckDigit(string body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var digit = body[^(i + 1)] - '0';
            if (i % 2 == 0) digit *= 2;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return (char)('0' + (10 - sum % 10) % 10);
    }
}
