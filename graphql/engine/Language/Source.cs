namespace Metro.GraphQL.Language;

/// <summary>
/// The text of a GraphQL document together with the name it is known by. Immutable; safe to share between threads.
/// </summary>
/// <param name="text">The document's text, in UTF-16. Offsets everywhere count its code units.</param>
/// <param name="name">What to call the document in messages, such as a file name.</param>
public sealed class Source(string text, string name = "GraphQL request")
{
    private int[]? lineStarts;

    /// <summary>The document's text.</summary>
    public string Text { get; } = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>What the document is called in messages.</summary>
    public string Name { get; } = name;

    /// <summary>The line and column of an offset. The line table is made at the first call and kept.</summary>
    /// <param name="offset">A code-unit offset from 0 to the length of the text, both included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset lies outside the text.</exception>
    public SourceLocation LocationAt(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Text.Length);

        var starts = lineStarts ??= FindLineStarts(Text);
        var index = Array.BinarySearch(starts, offset);
        var line = index >= 0 ? index : ~index - 1;
        return new SourceLocation(line + 1, offset - starts[line] + 1);
    }

    // Spec 2.1.2: a line ends with LF, CR LF, or a CR that no LF follows.
    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                starts.Add(i + 1);
        }

        return [.. starts];
    }
}

/// <summary>A place in a document as people count: both numbers start at 1, the column counts UTF-16 code units.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public readonly record struct SourceLocation(int Line, int Column)
{
    /// <summary>The location as <c>line:column</c>.</summary>
    public override string ToString() => $"{Line}:{Column}";
}

/// <summary>The stretch of a document that a node was read from.</summary>
/// <param name="Source">The document, or null for a node that was made by a program.</param>
/// <param name="Start">The offset of the first code unit.</param>
/// <param name="End">The offset behind the last code unit.</param>
public readonly record struct SourceSpan(Source? Source, int Start, int End)
{
    /// <summary>Where the span begins, or null for a node that was made by a program.</summary>
    public SourceLocation? Location => Source?.LocationAt(Start);
}
