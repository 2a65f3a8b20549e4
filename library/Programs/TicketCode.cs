using System.Security.Cryptography;

namespace Metro.Library.Programs;

/// <summary>
/// What a registrant shows at the door: eight characters in two groups, <c>K7QM-2XPD</c>, without the letters and digits that
/// people confuse (0/O, 1/I/L). The last is a check character: with 31 characters, a prime, and a different weight for every
/// place, one wrong character and any two swapped ones are always noticed, before anybody is looked up.
/// </summary>
public static class TicketCode
{
    /// <summary>How many characters it has without the dash.</summary>
    public const int Length = 8;

    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>A new code from the system's random source; one of 31⁷, about 27 thousand million.</summary>
    public static string New()
    {
        var body = RandomNumberGenerator.GetItems<char>(Alphabet, Length - 1);
        return new string([.. body, Alphabet[Sum(body)]]);
    }

    /// <summary>The code as it is stored, or null when it cannot be one. Case, spaces and dashes do not matter.</summary>
    public static string? Normalise(string? text)
    {
        if (text is null || text.Length > 40) return null;
        var code = string.Concat(text.Where(c => c is not (' ' or '-'))).ToUpperInvariant();
        return code.Length == Length && code.All(Alphabet.Contains) && code[^1] == Alphabet[Sum(code.AsSpan(0, Length - 1))] ? code : null;
    }

    /// <summary>The code as it is read out: two groups of four.</summary>
    public static string Display(string code) => $"{code[..4]}-{code[4..]}";

    // The check character's own weight is -1, which differs from 1 to 7 modulo 31.
    private static int Sum(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var place = 0; place < body.Length; place++) sum += (place + 1) * Alphabet.IndexOf(body[place], StringComparison.Ordinal);
        return sum % Alphabet.Length;
    }
}
