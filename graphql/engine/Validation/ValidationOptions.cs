namespace Metro.GraphQL.Validation;

/// <summary>How far validation goes, and what it tells.</summary>
public sealed record ValidationOptions
{
    /// <summary>The usual options.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>After how many errors validation stops. Default 5.</summary>
    public int MaxErrors { get; init; } = 5;

    /// <summary>How many places one error names at most. Default 5.</summary>
    public int MaxLocationsPerError { get; init; } = 5;

    /// <summary>How many fragments one operation may reach; all of a document together reach a hundred times as many. Default 1,000.</summary>
    public int MaxFragmentVisits { get; init; } = 1_000;

    /// <summary>How many comparisons field merging may take (spec 5.3.2). Default 100,000.</summary>
    public int MaxMergeComparisons { get; init; } = 100_000;

    /// <summary>
    /// Whether errors suggest names of the schema. Default true; a server that closes introspection closes this too.
    /// </summary>
    public bool SuggestsNames { get; init; } = true;

    /// <summary>Rules beyond the specification's, made anew for every document.</summary>
    public IReadOnlyList<Func<ValidationRule>> AdditionalRules { get; init; } = [];
}
