namespace Metro.Library.Search;

/// <summary>How many slips of the finger lie between two words.</summary>
internal static class EditDistance
{
    /// <summary>
    /// The least number of letters to add, drop, replace or swap with their neighbour that makes one word of
    /// the other (optimal string alignment); <paramref name="most"/> + 1 when it is more than that.
    /// </summary>
    public static int Between(ReadOnlySpan<char> one, ReadOnlySpan<char> other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most) return most + 1;

        Span<int> before = stackalloc int[WordBreaker.LongestWord + 1];
        Span<int> above = stackalloc int[WordBreaker.LongestWord + 1];
        Span<int> row = stackalloc int[WordBreaker.LongestWord + 1];
        for (var j = 0; j <= other.Length; j++) above[j] = j;

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                var slips = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) slips = Math.Min(slips, before[j - 2] + 1);
                row[j] = slips;
                least = Math.Min(least, slips);
            }

            if (least > most) return most + 1;
            var spare = before;
            before = above;
            above = row;
            row = spare;
        }

        return Math.Min(above[other.Length], most + 1);
    }

    /// <summary>A bit for each letter in a word: a slip changes at most two.</summary>
    public static ulong Signature(ReadOnlySpan<char> word)
    {
        var bits = 0UL;
        foreach (var letter in word) bits |= 1UL << (letter is >= 'a' and <= 'z' ? letter - 'a' : 26 + letter % 38);
        return bits;
    }

    /// <summary>How many slips a word of this length is forgiven.</summary>
    public static int Forgiven(int length) => length switch
    {
        < 4 => 0,
        < 8 => 1,
        _ => 2,
    };
}
