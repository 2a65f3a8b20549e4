namespace Metro.GraphQL.Language;

/// <summary>A document that does not follow the grammar. The message is fit for the client.</summary>
public sealed class SyntaxException : Exception
{
    /// <summary>Makes the error for an offset in a document.</summary>
    /// <param name="source">The document.</param>
    /// <param name="offset">Where the fault was seen, in UTF-16 code units.</param>
    /// <param name="description">What is wrong, as a sentence.</param>
    public SyntaxException(Source source, int offset, string description)
        : base($"Syntax Error: {description}")
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
}
