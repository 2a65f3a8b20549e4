namespace Metro.GraphQL.Language;

/// <summary>
/// Strings for names that were read before, so that a document of known fields makes no new strings. Bounded: a name
/// may push another out, which costs a string and nothing else. Safe under concurrency for the same reason: entries
/// are immutable strings, and a lost write is only a missed reuse.
/// </summary>
internal static class NameTable
{
    private const int Size = 4096;
    private const int LongestKept = 48;

    private static readonly string?[] Names = new string?[Size];

    public static string Get(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestKept) return name.ToString();

        ref var entry = ref Names[Hash(name) & (Size - 1)];
        var kept = entry;
        if (kept is not null && name.SequenceEqual(kept)) return kept;

        return entry = name.ToString();
    }

    // FNV-1a, folded: names are short, and spread matters more than strength because nothing depends on a hit.
    private static uint Hash(ReadOnlySpan<char> name)
    {
        var hash = 2166136261u;
        foreach (var c in name) hash = (hash ^ c) * 16777619u;
        return hash ^ (hash >> 15);
    }
}
