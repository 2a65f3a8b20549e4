namespace Metro.GraphQL.Types;

/// <summary>Finds what a misspelt name may have meant, exactly as graphql-js does.</summary>
internal static class Suggestions
{
    private const int MostShown = 5;

    /// <summary>Longer names are nobody's misspelling, and measuring them would cost more than it helps.</summary>
    private const int LongestMeasured = 200;

    /// <summary>The options near the input, nearest first.</summary>
    public static IReadOnlyList<string> For(string input, IEnumerable<string> options)
    {
        if (input.Length > LongestMeasured) return [];

        var threshold = (int)(input.Length * 0.4) + 1;
        return
        [
            .. options
                .Distinct(StringComparer.Ordinal)
                .Where(option => option.Length <= LongestMeasured)
                .Select(option => (option, Distance: Distance(input, option, threshold)))
                .Where(near => near.Distance <= threshold)
                .OrderBy(near => near.Distance)
                .ThenBy(near => near.option, NaturalComparer.Instance)
                .Select(near => near.option),
        ];
    }

    /// <summary>The sentence behind a message, beginning with a space; empty when there is nothing to suggest.</summary>
    public static string DidYouMean(string? what, IReadOnlyList<string> suggestions)
    {
        if (suggestions.Count == 0) return "";
        var names = OrList([.. suggestions.Take(MostShown).Select(name => $"\"{name}\"")]);
        return what is null ? $" Did you mean {names}?" : $" Did you mean {what} {names}?";
    }

    public static string OrList(IReadOnlyList<string> items) => List(items, "or");

    public static string AndList(IReadOnlyList<string> items) => List(items, "and");

    private static string List(IReadOnlyList<string> items, string conjunction) => items.Count switch
    {
        1 => items[0],
        2 => $"{items[0]} {conjunction} {items[1]}",
        _ => $"{string.Join(", ", items.Take(items.Count - 1))}, {conjunction} {items[^1]}",
    };

    // Damerau-Levenshtein; a difference in case alone counts 1.
    private static int Distance(string input, string option, int threshold)
    {
        if (input == option) return 0;

        var a = option.ToLowerInvariant();
        var b = input.ToLowerInvariant();
        if (a == b) return 1;
        if (a.Length < b.Length) (a, b) = (b, a);
        if (a.Length - b.Length > threshold) return int.MaxValue;

        var (beforeLast, last, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var smallest = current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var cell = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cell = Math.Min(cell, beforeLast[j - 2] + 1);
                smallest = Math.Min(smallest, cell);
                current[j] = cell;
            }

            if (smallest > threshold) return int.MaxValue;
            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }
}

/// <summary>Orders names with numbers in them as people do: <c>a2</c> before <c>a10</c>.</summary>
internal sealed class NaturalComparer : IComparer<string>
{
    public static NaturalComparer Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return StringComparer.Ordinal.Compare(x, y);

        var (i, j) = (0, 0);
        while (i < x.Length && j < y.Length)
        {
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                var one = Number(x, ref i);
                var two = Number(y, ref j);
                var byLength = one.Length.CompareTo(two.Length);
                if (byLength != 0) return byLength;
                var byDigits = one.CompareTo(two, StringComparison.Ordinal);
                if (byDigits != 0) return byDigits;
                continue;
            }

            if (x[i] != y[j]) return x[i].CompareTo(y[j]);
            (i, j) = (i + 1, j + 1);
        }

        return (x.Length - i).CompareTo(y.Length - j);
    }

    private static ReadOnlySpan<char> Number(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
        return text.AsSpan(start, position - start).TrimStart('0');
    }
}
