namespace Metro.GraphQL.Data.Paging;

/// <summary>
/// How lists are paged unless an annotation says otherwise (GRAPHQL.md section 3). Set up before the first request, not
/// changed afterwards.
/// </summary>
public sealed record PagingOptions
{
    /// <summary>How many items a page holds when the client does not say. 10 unless told otherwise.</summary>
    public int DefaultPageSize { get; init; } = 10;

    /// <summary>How many items a client may ask for. 50 unless told otherwise.</summary>
    public int MaxPageSize { get; init; } = 50;

    /// <summary>Whether pages offer <c>totalCount</c>. False unless told otherwise: counting reads every row.</summary>
    public bool IncludeTotalCount { get; init; }

    /// <summary>Whether a client must say how many items it wants. False unless told otherwise.</summary>
    public bool RequirePagingBoundaries { get; init; }

    /// <summary>Whether lists can be read from their end. True unless told otherwise.</summary>
    public bool AllowBackwardPagination { get; init; } = true;

    /// <summary>Whether connections offer <c>nodes</c> beside <c>edges</c>. True unless told otherwise.</summary>
    public bool IncludeNodesField { get; init; } = true;

    /// <summary>Whether a connection is named after its field rather than after the type of its items. True unless told otherwise.</summary>
    public bool InferConnectionNameFromField { get; init; } = true;
}
