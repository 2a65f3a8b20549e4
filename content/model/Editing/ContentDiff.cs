using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>What became of a piece of text.</summary>
public enum DiffKind
{
    /// <summary>In both.</summary>
    Kept,

    /// <summary>Only in the older.</summary>
    Removed,

    /// <summary>Only in the newer.</summary>
    Added,
}

/// <summary>A piece of text and what became of it. The kept and removed pieces in order are the older text, the kept and added ones the newer.</summary>
public sealed record DiffPiece(DiffKind Kind, string Text);

/// <summary>A value that differs between two documents.</summary>
/// <param name="Path">Its place in the JSON.</param>
/// <param name="Before">The older value as text; null when there was none.</param>
/// <param name="After">The newer value as text; null when there is none.</param>
/// <param name="Pieces">The two texts laid over each other, word by word.</param>
public sealed record FieldChange(string Path, string? Before, string? After, IReadOnlyList<DiffPiece> Pieces)
{
    /// <summary>The field's name in the reader's language.</summary>
    public string Label(CultureInfo culture) => new Fault("", Path).Label(culture);
}

/// <summary>What differs between two documents, for people to read. Pure.</summary>
public static class ContentDiff
{
    /// <summary>Beyond so many comparisons a text is shown as replaced rather than compared word by word.</summary>
    private const long MaxComparisons = 4_000_000;

    /// <summary>The values that differ, in the newer document's order, removed ones last.</summary>
    public static IReadOnlyList<FieldChange> Between(JsonObject before, JsonObject after)
    {
        var (older, newer) = (Values(before), Values(after));
        return
        [
            .. newer.Keys.Concat(older.Keys.Where(path => !newer.ContainsKey(path)))
                .Select(path => (Path: path, Before: older.GetValueOrDefault(path), After: newer.GetValueOrDefault(path)))
                .Where(each => each.Before != each.After)
                .Select(each => new FieldChange(each.Path, each.Before, each.After, Words(each.Before ?? "", each.After ?? ""))),
        ];
    }

    /// <summary>Two texts laid over each other, word by word.</summary>
    public static IReadOnlyList<DiffPiece> Words(string before, string after)
    {
        var (a, b) = (Split(before), Split(after));
        var start = 0;
        while (start < a.Count && start < b.Count && a[start] == b[start]) start++;
        int endA = a.Count, endB = b.Count;
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1]) (endA, endB) = (endA - 1, endB - 1);

        var pieces = new Pieces();
        for (var i = 0; i < start; i++) pieces.Add(DiffKind.Kept, a[i]);
        if ((long)(endA - start) * (endB - start) > MaxComparisons)
        {
            for (var i = start; i < endA; i++) pieces.Add(DiffKind.Removed, a[i]);
            for (var j = start; j < endB; j++) pieces.Add(DiffKind.Added, b[j]);
        }
        else
        {
            LongestCommon(a[start..endA], b[start..endB], pieces);
        }

        for (var i = endA; i < a.Count; i++) pieces.Add(DiffKind.Kept, a[i]);
        return pieces.Done();
    }

    private static void LongestCommon(List<string> a, List<string> b, Pieces pieces)
    {
        var length = new int[a.Count + 1, b.Count + 1];
        for (var i = a.Count - 1; i >= 0; i--)
            for (var j = b.Count - 1; j >= 0; j--)
                length[i, j] = a[i] == b[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);

        int x = 0, y = 0;
        while (x < a.Count || y < b.Count)
        {
            if (x < a.Count && y < b.Count && a[x] == b[y])
            {
                pieces.Add(DiffKind.Kept, a[x]);
                (x, y) = (x + 1, y + 1);
            }
            else if (y == b.Count || (x < a.Count && length[x + 1, y] >= length[x, y + 1]))
            {
                pieces.Add(DiffKind.Removed, a[x++]);
            }
            else
            {
                pieces.Add(DiffKind.Added, b[y++]);
            }
        }
    }

    /// <summary>Words with the spaces that follow them, so that joined they are the text again.</summary>
    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            var ends = i == text.Length || (!char.IsWhiteSpace(text[i]) && (char.IsWhiteSpace(text[i - 1]) || char.IsLetterOrDigit(text[i]) != char.IsLetterOrDigit(text[i - 1])));
            if (!ends || char.IsLowSurrogate(i < text.Length ? text[i] : '\0')) continue;
            words.Add(text[start..i]);
            start = i;
        }

        return words;
    }

    /// <summary>Every scalar with its place; a list of scalars counts as one value, line by line.</summary>
    private static Dictionary<string, string> Values(JsonObject document)
    {
        var values = new Dictionary<string, string>();
        Collect(document, "$", values);
        return values;
    }

    private static void Collect(JsonNode? node, string path, Dictionary<string, string> values)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (var (key, child) in item) Collect(child, $"{path}.{key}", values);
                break;
            case JsonArray list when list.All(each => each is JsonValue or null):
                if (list.Count > 0) values[path] = string.Join('\n', list.Select(Scalar));
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++) Collect(list[i], $"{path}[{i}]", values);
                break;
            case JsonValue:
                values[path] = Scalar(node);
                break;
        }
    }

    private static string Scalar(JsonNode? node) => node is null ? "" : ContentJson.TextOf(node) ?? node.ToJsonString();

    private sealed class Pieces
    {
        private readonly List<DiffPiece> done = [];
        private readonly StringBuilder text = new();
        private DiffKind kind;

        public void Add(DiffKind next, string word)
        {
            if (next != kind) Close();
            kind = next;
            text.Append(word);
        }

        public IReadOnlyList<DiffPiece> Done()
        {
            Close();
            return done;
        }

        private void Close()
        {
            if (text.Length > 0) done.Add(new DiffPiece(kind, text.ToString()));
            text.Clear();
        }
    }
}
