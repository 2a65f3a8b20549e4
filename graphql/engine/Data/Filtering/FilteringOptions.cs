namespace Metro.GraphQL.Data.Filtering;

/// <summary>How much one <c>where</c> may ask. Set up before the first request, not changed afterwards.</summary>
public sealed record FilteringOptions
{
    /// <summary>How many comparisons one <c>where</c> holds at most. 200 unless told otherwise; SQLite refuses more than about a thousand.</summary>
    public int MaxComparisons { get; init; } = 200;

    /// <summary>How many values one <c>in</c> or <c>nin</c> holds at most. 1000 unless told otherwise.</summary>
    public int MaxValues { get; init; } = 1000;
}
