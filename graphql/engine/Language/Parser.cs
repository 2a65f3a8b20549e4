namespace Metro.GraphQL.Language;

/// <summary>
/// Reads GraphQL text (spec 2 and the grammar summary) in one pass. Every method refuses text that does not follow the grammar,
/// or goes beyond a limit, with a <see cref="SyntaxException"/>; none overflows the stack. Stateless and thread-safe.
/// </summary>
public static class Parser
{
    /// <summary>Reads a document with the default limits.</summary>
    /// <exception cref="SyntaxException">The text is not a GraphQL document, or goes beyond a limit.</exception>
    public static DocumentNode ParseDocument(string text) => ParseDocument(new Source(text));

    /// <summary>Reads a document.</summary>
    /// <param name="source">The document.</param>
    /// <param name="options">The limits; null for <see cref="ParserOptions.Default"/>.</param>
    /// <exception cref="SyntaxException">The text is not a GraphQL document, or goes beyond a limit.</exception>
    public static DocumentNode ParseDocument(Source source, ParserOptions? options = null)
    {
        var reader = new DocumentReader(source, options ?? ParserOptions.Default);
        try
        {
            return reader.ReadDocument();
        }
        finally
        {
            reader.Release();
        }
    }

    /// <summary>Reads a single value, such as a default.</summary>
    /// <param name="text">The value.</param>
    /// <param name="constant">Whether variables are refused.</param>
    /// <param name="options">The limits; null for <see cref="ParserOptions.Default"/>.</param>
    /// <exception cref="SyntaxException">The text is not a value, or goes beyond a limit.</exception>
    public static ValueNode ParseValue(string text, bool constant = true, ParserOptions? options = null)
    {
        var reader = new DocumentReader(new Source(text), options ?? ParserOptions.Default);
        try
        {
            return reader.ReadLoneValue(constant);
        }
        finally
        {
            reader.Release();
        }
    }

    /// <summary>Reads a single type reference, such as <c>[String!]!</c>.</summary>
    /// <exception cref="SyntaxException">The text is not a type reference, or goes beyond a limit.</exception>
    public static TypeNode ParseType(string text, ParserOptions? options = null)
    {
        var reader = new DocumentReader(new Source(text), options ?? ParserOptions.Default);
        try
        {
            return reader.ReadLoneType();
        }
        finally
        {
            reader.Release();
        }
    }
}
