namespace Metro.GraphQL.Cost;

/// <summary>
/// The limits on what one operation may look like, counted with every fragment in every place it is spread. Set up before
/// the first request, not changed afterwards. The parser has limits of its own
/// (<see cref="Language.ParserOptions"/>), and so has validation.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>How many fields deep an operation may be (code LIMIT_DEPTH). 100 unless told otherwise; introspection counts by itself.</summary>
    public int MaxDepth { get; set; } = 100;

    /// <summary>How many aliases an operation may have (LIMIT_ALIASES). 250 unless told otherwise.</summary>
    public int MaxAliases { get; set; } = 250;

    /// <summary>How many directives an operation may have (LIMIT_DIRECTIVES). 250 unless told otherwise.</summary>
    public int MaxDirectives { get; set; } = 250;

    /// <summary>How many root fields an operation may have (LIMIT_ROOT_FIELDS). 50 unless told otherwise.</summary>
    public int MaxRootFields { get; set; } = 50;

    /// <summary>How often the same field of the same type may stand on one path from the root (HC0087). 3 unless told otherwise.</summary>
    public int MaxFieldCycleDepth { get; set; } = 3;

    /// <summary>How often <c>ofType</c> may follow itself in introspection (HC0086). 16 unless told otherwise.</summary>
    public int MaxIntrospectionDepth { get; set; } = 16;

    /// <summary>How often a list of introspection, such as <c>fields</c>, may stand on one path (HC0086). 1 unless told otherwise.</summary>
    public int MaxIntrospectionListDepth { get; set; } = 1;
}
