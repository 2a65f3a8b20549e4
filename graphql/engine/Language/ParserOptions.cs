namespace Metro.GraphQL.Language;

/// <summary>
/// The limits a document must keep to. Each stops a document before it costs more than its length allows; a document
/// beyond one is refused with a <see cref="SyntaxException"/> that names the limit.
/// </summary>
public sealed record ParserOptions
{
    /// <summary>The limits for requests from outside.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>The limits for documents the program brings itself, such as a schema: only the depth is bounded.</summary>
    public static ParserOptions Trusted { get; } = new()
    {
        MaxTokens = int.MaxValue,
        MaxFields = int.MaxValue,
        MaxDirectivesPerLocation = int.MaxValue,
    };

    /// <summary>The largest number of tokens. Default 100,000, far above any sensible request.</summary>
    public int MaxTokens { get; init; } = 100_000;

    /// <summary>The largest number of fields in all selection sets together. Default 2,048.</summary>
    public int MaxFields { get; init; } = 2_048;

    /// <summary>The largest number of directives at one location. Default 4.</summary>
    public int MaxDirectivesPerLocation { get; init; } = 4;

    /// <summary>
    /// How deep selection sets, values and types may nest, which bounds the stack of everything that walks the tree
    /// afterwards. Default 200, at most 1,000.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The depth is not from 1 to 1,000.</exception>
    public int MaxDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1_000);
            field = value;
        }
    } = 200;
}
