namespace Metro.Library.Search;

/// <summary>
/// Identifiers are nearly all different: as words they would be most of the index. They are kept as hashes of
/// their letters and digits instead, eight bytes each.
/// </summary>
internal static class IdentifierKeys
{
    /// <summary>The key of an identifier, whatever its hyphens, blanks and case (FNV-1a, 64 bits).</summary>
    public static ulong KeyOf(ReadOnlySpan<char> identifier)
    {
        var key = 14695981039346656037UL;
        foreach (var sign in identifier)
        {
            if (!char.IsAsciiLetterOrDigit(sign)) continue;
            key = (key ^ (uint)(sign | (sign >= 'A' ? 0x20 : 0))) * 1099511628211UL;
        }

        return key;
    }
}
