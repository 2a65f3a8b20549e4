namespace Metro.GraphQL.Data.Paging;

/// <summary>A page of a list with cursors: what <c>[UsePaging]</c> makes, and what a resolver may make itself. Immutable.</summary>
/// <typeparam name="T">What the items are.</typeparam>
public sealed class Connection<T> : IConnection
{
    private readonly IReadOnlyList<T> _nodes;
    private readonly Func<int, string> _cursorAt;
    private readonly int? _totalCount;

    /// <summary>A page.</summary>
    /// <param name="nodes">The items in the list's order.</param>
    /// <param name="cursorAt">The cursor of the item at a position of the page, from 0.</param>
    /// <param name="hasNextPage">Whether items follow.</param>
    /// <param name="hasPreviousPage">Whether items come before.</param>
    /// <param name="totalCount">How many items the whole list has; null when it was not counted.</param>
    public Connection(IReadOnlyList<T> nodes, Func<int, string> cursorAt, bool hasNextPage, bool hasPreviousPage, int? totalCount = null)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(cursorAt);
        (_nodes, _cursorAt, _totalCount) = (nodes, cursorAt, totalCount);
        (HasNextPage, HasPreviousPage) = (hasNextPage, hasPreviousPage);
    }

    /// <summary>The items in the list's order.</summary>
    public IReadOnlyList<T> Nodes => _nodes;

    /// <summary>Whether items follow.</summary>
    public bool HasNextPage { get; }

    /// <summary>Whether items come before.</summary>
    public bool HasPreviousPage { get; }

    /// <summary>How many items the whole list has; null when it was not counted.</summary>
    public int? TotalCount => _totalCount;

    object IConnection.Nodes => _nodes;

    string? IConnection.StartCursor => _nodes.Count == 0 ? null : _cursorAt(0);

    string? IConnection.EndCursor => _nodes.Count == 0 ? null : _cursorAt(_nodes.Count - 1);

    IReadOnlyList<Edge> IConnection.Edges => [.. _nodes.Select((node, i) => new Edge(node, () => _cursorAt(i)))];
}

/// <summary>What the fields of a connection read.</summary>
internal interface IConnection
{
    bool HasNextPage { get; }

    bool HasPreviousPage { get; }

    string? StartCursor { get; }

    string? EndCursor { get; }

    object Nodes { get; }

    IReadOnlyList<Edge> Edges { get; }

    int? TotalCount { get; }
}

/// <summary>An item of a connection with its cursor, which is made when somebody asks.</summary>
internal sealed record Edge(object? Node, Func<string> Cursor);

/// <summary>A page of a list by numbers: what <c>[UseOffsetPaging]</c> makes, and what a resolver may make itself. Immutable.</summary>
/// <param name="Items">The items in the list's order.</param>
/// <param name="HasNextPage">Whether items follow.</param>
/// <param name="HasPreviousPage">Whether items come before.</param>
/// <param name="TotalCount">How many items the whole list has; null when it was not counted.</param>
/// <typeparam name="T">What the items are.</typeparam>
public sealed record CollectionSegment<T>(IReadOnlyList<T> Items, bool HasNextPage, bool HasPreviousPage, int? TotalCount = null) : ICollectionSegment
{
    object ICollectionSegment.Items => Items;
}

/// <summary>What the fields of a collection segment read.</summary>
internal interface ICollectionSegment
{
    object Items { get; }

    bool HasNextPage { get; }

    bool HasPreviousPage { get; }

    int? TotalCount { get; }
}
