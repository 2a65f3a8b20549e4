using System.Text;

namespace Metro.GraphQL.Language;

/// <summary>The two directions of block strings (spec 2.10.4): reading the indentation away, and laying one out.</summary>
internal static class BlockString
{
    private const int LongestSingleLine = 70;

    /// <summary>BlockStringValue(rawValue), with the escaped triple quotation mark resolved as well.</summary>
    public static string Dedent(ReadOnlySpan<char> raw)
    {
        var (common, first, last) = Measure(raw);
        if (first < 0) return "";

        var value = new StringBuilder(raw.Length);
        var index = 0;
        foreach (var line in new Lines(raw))
        {
            if (index > last) break;
            if (index >= first)
            {
                if (index > first) value.Append('\n');
                value.Append(index == 0 ? line : line[Math.Min(common, line.Length)..]);
            }

            index++;
        }

        return value.Replace("\\\"\"\"", "\"\"\"").ToString();
    }

    /// <summary>The value between triple quotation marks, so that reading it gives the same value again.</summary>
    public static string Print(string value)
    {
        var escaped = value.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal);
        var isSingleLine = true;
        var restIsIndented = true;
        var index = 0;
        foreach (var line in new Lines(escaped))
        {
            if (index++ == 0) continue;
            isSingleLine = false;
            restIsIndented &= line.IsEmpty || line[0] is ' ' or '\t';
        }

        // Without a leading line break the first line would be left out when the common indentation is taken away.
        var needsLeadingBreak = !isSingleLine && restIsIndented;
        var endsWithTripleQuotes = escaped.EndsWith("\\\"\"\"", StringComparison.Ordinal);
        var needsTrailingBreak = (value.EndsWith('"') && !endsWithTripleQuotes) || value.EndsWith('\\');
        var onLinesOfItsOwn = !isSingleLine || value.Length > LongestSingleLine || needsTrailingBreak || endsWithTripleQuotes;
        // A single line that begins with white space would lose it on a line of its own.
        var keepsLeadingSpace = isSingleLine && value.Length > 0 && value[0] is ' ' or '\t';

        var result = new StringBuilder("\"\"\"");
        if ((onLinesOfItsOwn && !keepsLeadingSpace) || needsLeadingBreak) result.Append('\n');
        result.Append(escaped);
        if (onLinesOfItsOwn) result.Append('\n');
        return result.Append("\"\"\"").ToString();
    }

    /// <summary>Whether a value comes back unchanged when printed as a block string and read again.</summary>
    public static bool CanHold(string value)
    {
        if (value.Length == 0) return true;
        if (value.AsSpan().IndexOfAnyInRange('\0', '\b') >= 0) return false;
        if (value.AsSpan().IndexOfAny("\r\u000B\f\u000E\u000F") >= 0) return false;

        return Dedent(value.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal)) == value
            && !IsBlank(new Lines(value).First)
            && !IsBlank(value.AsSpan(value.LastIndexOf('\n') + 1));
    }

    private static (int Common, int First, int Last) Measure(ReadOnlySpan<char> raw)
    {
        var (common, first, last, index) = (int.MaxValue, -1, -1, 0);
        foreach (var line in new Lines(raw))
        {
            var indent = line.IndexOfAnyExcept(' ', '\t');
            if (indent >= 0)
            {
                if (first < 0) first = index;
                last = index;
                if (index > 0) common = Math.Min(common, indent);
            }

            index++;
        }

        return (common, first, last);
    }

    private static bool IsBlank(ReadOnlySpan<char> line) => line.IndexOfAnyExcept(' ', '\t') < 0;

    /// <summary>The lines of a text by the specification's line terminators only, which are fewer than .NET's.</summary>
    private ref struct Lines(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> rest = text;
        private bool isFinished;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly ReadOnlySpan<char> First
        {
            get
            {
                var lines = this;
                lines.MoveNext();
                return lines.Current;
            }
        }

        public readonly Lines GetEnumerator() => this;

        public bool MoveNext()
        {
            if (isFinished) return false;

            var end = rest.IndexOfAny('\n', '\r');
            if (end < 0)
            {
                Current = rest;
                isFinished = true;
                return true;
            }

            Current = rest[..end];
            var isPair = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
            rest = rest[(isPair ? end + 2 : end + 1)..];
            return true;
        }
    }
}
