namespace Metro.GraphQL.Cost;

/// <summary>
/// What an operation may cost, and the costs that are written into a schema of C# classes where no annotation says others
/// (GRAPHQL.md section 13). Set up before the first request, not changed afterwards.
/// </summary>
public sealed class CostOptions
{
    /// <summary>How much the resolvers of one operation may cost (HC0047). 1,000 unless told otherwise.</summary>
    public double MaxFieldCost { get; set; } = 1_000;

    /// <summary>How many objects one operation may answer with (HC0047). 1,000 unless told otherwise.</summary>
    public double MaxTypeCost { get; set; } = 1_000;

    /// <summary>Whether an operation beyond the limits is refused. True unless told otherwise.</summary>
    public bool EnforceCostLimits { get; set; } = true;

    /// <summary>
    /// Whether the schema says <c>@cost</c> and <c>@listSize</c> where no annotation does: of resolvers that wait, of pages,
    /// of filters and orders. Without it they cost no more than plain fields. True unless told otherwise.
    /// </summary>
    public bool ApplyCostDefaults { get; set; } = true;

    /// <summary>What a resolver costs that waits for something. 10 unless told otherwise.</summary>
    public double DefaultResolverCost { get; set; } = 10;

    /// <summary>
    /// How many items a list within a list is taken to have when nothing says so: without it, lists within lists would
    /// cost as if each had one item. 5 unless told otherwise. The outermost such list counts as 1.
    /// </summary>
    public int AssumedNestedListSize { get; set; } = 5;

    /// <summary>What a filter or sort argument costs when it is given. 10 unless told otherwise.</summary>
    public double DefaultFilterCost { get; set; } = 10;

    /// <summary>What each operation of a filter, or each key of an order, costs. 10 unless told otherwise.</summary>
    public double DefaultFilterOperationCost { get; set; } = 10;

    /// <summary>What an operation costs that no index serves, such as <c>contains</c>. 20 unless told otherwise.</summary>
    public double ExpensiveFilterOperationCost { get; set; } = 20;

    /// <summary>
    /// How many fields, and types that each may have, are looked at before an operation is refused unseen; nothing that
    /// keeps to the limits has so many. 10,000 unless told otherwise.
    /// </summary>
    public int MaxVisits { get; set; } = 10_000;
}
