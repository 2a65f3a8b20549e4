using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Metro.Content;

/// <summary>
/// Identifiers as Orchard Core makes them: a random GUID in 26 characters of lower-case base 32. Those that
/// come with a recipe are opaque and kept as they are.
/// </summary>
public static class ContentId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The longest identifier that is kept.</summary>
    public const int MaxLength = 64;

    /// <summary>A new identifier, never seen before.</summary>
    public static string New() => Encode(Guid.NewGuid());

    /// <summary>
    /// The identifier that a recipe's <c>uuid()</c> means at one place: the same each time the same recipe is
    /// read, so that a second import finds what the first one made.
    /// </summary>
    public static string Of(string recipe, string place)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{recipe}\n{place}"));
        hash[7] = (byte)((hash[7] & 0x0f) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return Encode(new Guid(hash.AsSpan(0, 16)));
    }

    /// <summary>Whether it can be an identifier: letters, digits, <c>-</c> and <c>_</c>, 1 to 64 of them.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= MaxLength } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Encode(Guid guid) => string.Create(26, guid, static (text, guid) =>
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes);
        for (var half = 0; half < 2; half++)
        {
            var bits = BinaryPrimitives.ReadInt64LittleEndian(bytes[(half * 8)..]);
            for (var i = 0; i < 13; i++) text[(half * 13) + i] = Alphabet[(int)(bits >> (60 - (i * 5))) & 31];
        }
    });
}
