using System.Numerics;
using System.Runtime.InteropServices;

namespace Metro.Library.Search;

/// <summary>
/// How well a word fits a title, as a small number that can be compared: 0 not at all, more the nearer to
/// what a reader means by a word. Of several forms of a word the best counts, of several words the worst;
/// so a query is answered by maxima and minima over arrays of bytes, one byte a title.
/// </summary>
internal static class Levels
{
    /// <summary>From here on the word stands in the title.</summary>
    public const byte InTitle = 10;

    /// <summary>From here on the word begins the title.</summary>
    public const byte BeginsTitle = 12;

    /// <summary>As good as a word in the title: what was asked of a field and is there.</summary>
    public const byte Asked = 13;

    private static readonly byte[] Exact = Table(WordFields.None, exact: true);
    private static readonly byte[] Variant = Table(WordFields.None, exact: false);

    /// <summary>For each combination of fields in which a word stands, its level.</summary>
    public static byte[] TableOf(WordFields asked, bool exact) =>
        asked == WordFields.None ? exact ? Exact : Variant : Table(asked, exact);

    private static byte[] Table(WordFields asked, bool exact)
    {
        var table = new byte[256];
        for (var i = 0; i < 256; i++)
        {
            var fields = (WordFields)i;
            table[i] = asked switch
            {
                WordFields.None => Level(fields, exact),
                WordFields.Title => (fields & WordFields.Title) != WordFields.None ? Level(fields, exact) : (byte)0,
                _ => (fields & asked) != WordFields.None ? (byte)(exact ? Asked : Asked - 1) : (byte)0,
            };
        }

        return table;
    }

    private static byte Level(WordFields fields, bool exact)
    {
        var level = fields switch
        {
            _ when (fields & WordFields.First) != WordFields.None => 13,
            _ when (fields & WordFields.Title) != WordFields.None => 11,
            _ when (fields & WordFields.Contributor) != WordFields.None => 9,
            _ when (fields & (WordFields.Subject | WordFields.Series)) != WordFields.None => 7,
            _ when (fields & WordFields.Class) != WordFields.None => 5,
            _ when (fields & WordFields.Text) != WordFields.None => 3,
            _ => 0,
        };
        return (byte)(level > 0 && !exact ? level - 1 : level);
    }

    /// <summary>Keeps the worse of both for each title.</summary>
    public static void Worse(Span<byte> levels, ReadOnlySpan<byte> others) =>
        Combine(levels, others, Vector.Min, static (one, other) => Math.Min(one, other));

    /// <summary>Forgets titles that have a level in <paramref name="excluded"/>.</summary>
    public static void Without(Span<byte> levels, ReadOnlySpan<byte> excluded) =>
        Combine(levels, excluded,
            static (one, other) => Vector.BitwiseAnd(one, Vector.Equals(other, Vector<byte>.Zero)),
            static (one, other) => other == 0 ? one : (byte)0);

    private static void Combine(
        Span<byte> levels, ReadOnlySpan<byte> others, Func<Vector<byte>, Vector<byte>, Vector<byte>> many, Func<byte, byte, byte> one)
    {
        var wide = MemoryMarshal.Cast<byte, Vector<byte>>(levels);
        var wideOthers = MemoryMarshal.Cast<byte, Vector<byte>>(others);
        for (var i = 0; i < wide.Length; i++) wide[i] = many(wide[i], wideOthers[i]);
        for (var i = wide.Length * Vector<byte>.Count; i < levels.Length; i++) levels[i] = one(levels[i], others[i]);
    }
}
