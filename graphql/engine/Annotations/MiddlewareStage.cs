namespace Metro.GraphQL.Annotations;

/// <summary>
/// Where a middleware stands among those of its field, from the outside in. The annotations of a field must follow this
/// order; the schema is refused when they do not.
/// </summary>
public enum MiddlewareStage
{
    /// <summary>Anywhere: the order among the others is that of the annotations.</summary>
    Any = 0,

    /// <summary>Only part of a list, as <c>[UsePaging]</c> and <c>[UseOffsetPaging]</c> give.</summary>
    Paging = 1,

    /// <summary>One item of a list, as <c>[UseFirstOrDefault]</c> and <c>[UseSingleOrDefault]</c> give.</summary>
    SingleItem = 2,

    /// <summary>Only the selected columns, as <c>[UseProjection]</c> reads.</summary>
    Projection = 3,

    /// <summary>Only what fits, as <c>[UseFiltering]</c> lets through.</summary>
    Filtering = 4,

    /// <summary>In the client's order, as <c>[UseSorting]</c> puts it.</summary>
    Sorting = 5,
}
