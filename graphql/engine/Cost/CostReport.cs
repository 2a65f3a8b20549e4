namespace Metro.GraphQL.Cost;

/// <summary>What a request wants to know of its cost: the header <c>GraphQL-Cost</c>.</summary>
public enum CostReport
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>report</c>: the operation runs, and <c>extensions.operationCost</c> tells what it cost.</summary>
    Report = 1,

    /// <summary><c>validate</c>: the cost is told and nothing runs.</summary>
    Validate = 2,
}
