namespace Metro.GraphQL.Language;

/// <summary>A document that does not follow the grammar. The message is fit for the client.</summary>
public sealed class SyntaxException : Exception
{
    private const int LongestDescription = 1_000;

    /// <summary>Makes the error for an offset in a document.</summary>
    /// <param name="source">The document.</param>
    /// <param name="offset">Where the fault was seen, in UTF-16 code units.</param>
    /// <param name="description">What is wrong, as a sentence.</param>
    public SyntaxException(Source source, int offset, string description)
        : base($"Syntax Error: {Shorten(description)}")
    {
        ArgumentNullException.ThrowIfNull(source);
        Source = source;
        Offset = Math.Min(offset, source.Text.Length);
        Location = source.LocationAt(Offset);
    }

    /// <summary>The document.</summary>
    public new Source Source { get; }

    /// <summary>Where the fault was seen, in UTF-16 code units from the start.</summary>
    public int Offset { get; }

    /// <summary>Where the fault was seen, as line and column.</summary>
    public SourceLocation Location { get; }

    // A token can be megabytes long, and whoever sent it knows it already.
    private static string Shorten(string description) =>
        description.Length <= LongestDescription ? description : $"{description.AsSpan(0, LongestDescription)}…";
}
