namespace Metro.GraphQL.Data.Paging;

/// <summary>Which page of a list a client wants, checked (GRAPHQL.md section 3).</summary>
/// <param name="Size">How many items at most, not negative.</param>
/// <param name="IsFromEnd">Whether they are counted from the end of the list.</param>
/// <param name="After">The cursor behind which the page lies; null for the list's beginning.</param>
/// <param name="Before">The cursor before which the page lies; null for the list's end.</param>
/// <param name="Skip">How many items to leave out, for pages that are counted rather than marked by cursors.</param>
/// <param name="Coordinate">The field, for errors.</param>
internal sealed record PageRequest(int Size, bool IsFromEnd, string? After, string? Before, int Skip, string Coordinate)
{
    /// <exception cref="GraphQLException">The arguments ask for no page that there can be.</exception>
    public static PageRequest OfCursors(PagingOptions options, Func<string, object?> argument, string coordinate)
    {
        var first = argument("first") as int?;
        var last = options.AllowBackwardPagination ? argument("last") as int? : null;
        if (first is not null && last is not null)
        {
            throw Refuse(coordinate, ErrorCodes.ExactlyOneSlicingArgument, "Only one of `first` and `last` can be provided.");
        }

        if (first is null && last is null && options.RequirePagingBoundaries)
        {
            throw options.AllowBackwardPagination
                ? Refuse(coordinate, ErrorCodes.PagingBoundariesMissing, "You must provide a `first` or `last` value to properly paginate the list.")
                : Refuse(coordinate, ErrorCodes.PagingFirstMissing, "You must provide a `first` value to properly paginate the list.");
        }

        return new(
            Checked(first ?? last ?? options.DefaultPageSize, options, coordinate),
            last is not null,
            argument("after") as string,
            options.AllowBackwardPagination ? argument("before") as string : null,
            0,
            coordinate);
    }

    /// <exception cref="GraphQLException">The arguments ask for no page that there can be.</exception>
    public static PageRequest OfOffset(PagingOptions options, Func<string, object?> argument, string coordinate)
    {
        var take = argument("take") as int?;
        var skip = argument("skip") as int? ?? 0;
        if (take is null && options.RequirePagingBoundaries)
            throw Refuse(coordinate, ErrorCodes.PagingFirstMissing, "You must provide a `take` value to properly paginate the list.");
        if (skip < 0) throw Negative(skip, coordinate);
        return new(Checked(take ?? options.DefaultPageSize, options, coordinate), false, null, null, skip, coordinate);
    }

    public GraphQLException BadCursor(string argument, string cursor) => new(ErrorBuilder.New()
        .SetMessage($"The cursor specified in `{argument}` has an invalid format.")
        .SetCode(ErrorCodes.InvalidCursor)
        .SetExtension("coordinate", Coordinate)
        .SetExtension("argument", argument)
        .SetExtension("cursor", cursor.Length <= 100 ? cursor : cursor[..100])
        .Build());

    private static int Checked(int size, PagingOptions options, string coordinate)
    {
        if (size < 0) throw Negative(size, coordinate);
        return size <= options.MaxPageSize ? size : throw new GraphQLException(ErrorBuilder.New()
            .SetMessage("The maximum allowed items per page were exceeded.")
            .SetCode(ErrorCodes.PageTooLarge)
            .SetExtension("coordinate", coordinate)
            .SetExtension("requestedItems", size)
            .SetExtension("maxAllowedItems", options.MaxPageSize)
            .Build());
    }

    private static GraphQLException Negative(int size, string coordinate) => new(ErrorBuilder.New()
        .SetMessage("The requested number of items cannot be negative.")
        .SetCode(ErrorCodes.PageSizeNegative)
        .SetExtension("coordinate", coordinate)
        .SetExtension("requestedItems", size)
        .Build());

    private static GraphQLException Refuse(string coordinate, string code, string message) => new(ErrorBuilder.New()
        .SetMessage(message)
        .SetCode(code)
        .SetExtension("coordinate", coordinate)
        .Build());
}

/// <summary>A stretch of a list by numbers: from <see cref="Start"/>, at most <see cref="Count"/> items.</summary>
/// <param name="Start">The first item, from 0.</param>
/// <param name="Count">How many items at most.</param>
/// <param name="EndsBefore">The item before which the page must end; null for the list's end.</param>
internal readonly record struct Stretch(int Start, int Count, int? EndsBefore)
{
    /// <summary>The stretch that a request means.</summary>
    /// <param name="request">The request.</param>
    /// <param name="order">The order of its cursors.</param>
    /// <param name="total">How long the list is; needed only by a page from the end without <c>before</c>.</param>
    /// <returns>Null when the length is needed and not given.</returns>
    /// <exception cref="GraphQLException">A cursor is none (HC0078).</exception>
    public static Stretch? Of(PageRequest request, uint order, int? total)
    {
        var start = request.After is { } after
            ? (Cursor.ReadOffset(after, order) ?? throw request.BadCursor("after", after)) + 1
            : request.Skip;
        int? end = request.Before is { } before
            ? Cursor.ReadOffset(before, order) ?? throw request.BadCursor("before", before)
            : null;
        if (!request.IsFromEnd)
            return new(start, end is null ? request.Size : Math.Clamp(end.Value - start, 0, request.Size), end);
        if ((end ?? total) is not { } stop) return null;
        if (total is not null) stop = Math.Min(stop, total.Value);
        var from = Math.Max(start, stop - request.Size);
        return new(from, Math.Max(0, stop - from), stop);
    }
}
