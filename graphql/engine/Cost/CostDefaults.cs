using Metro.GraphQL.Annotations;
using Metro.GraphQL.Data.Paging;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Cost;

/// <summary>
/// Writes into a schema of C# classes what its parts cost where no annotation says so (GRAPHQL.md section 13), so that the
/// schema is the one place that says it: to the analysis, and to clients that want to know before they ask. Used by one
/// thread, while the schema is put together.
/// </summary>
internal sealed class CostDefaults(DescriptorContext context)
{
    private readonly CostOptions _options = context.Settings.TryGetValue(typeof(CostOptions), out var given) ? (CostOptions)given : new();

    /// <summary>A filter or an order as an argument.</summary>
    public T OfArgument<T>(T argument)
        where T : InputValueDefinition => Weigh(argument, _options.DefaultFilterCost);

    /// <summary>An operation of a filter, or a value to order by.</summary>
    /// <param name="operation">The input field.</param>
    /// <param name="isExpensive">Whether no index can serve it.</param>
    public T OfOperation<T>(T operation, bool isExpensive = false)
        where T : InputValueDefinition =>
        Weigh(operation, isExpensive ? _options.ExpensiveFilterOperationCost : _options.DefaultFilterOperationCost);

    /// <summary>The fields of a schema whose resolvers are all there: those that wait, and those that answer with a page.</summary>
    public void OfFields(IEnumerable<NamedType> types)
    {
        foreach (var field in types.OfType<ObjectType>().SelectMany(type => type.Fields))
        {
            if (_options.ApplyCostDefaults && field.Features.Get<PagingOptions>() is { } paging && ListSize.Of(field) is null)
            {
                CostDirectives.AddTo(context);
                field.Apply(OfPage(field, paging).ToDirective());
            }

            if (field is { Resolver: not null, PureResolver: null }) Weigh(field, _options.DefaultResolverCost);
        }
    }

    private static ListSize OfPage(FieldDefinition field, PagingOptions paging)
    {
        var isCounted = field.Arguments.TryGet("take", out _);
        return new()
        {
            AssumedSize = paging.MaxPageSize,
            SlicingArguments = isCounted ? ["take"] : paging.AllowBackwardPagination ? ["first", "last"] : ["first"],
            SlicingArgumentDefaultValue = paging.DefaultPageSize,
            SizedFields = isCounted ? ["items"] : paging.IncludeNodesField ? ["edges", "nodes"] : ["edges"],
            RequireOneSlicingArgument = paging.RequirePagingBoundaries,
        };
    }

    private T Weigh<T>(T member, double weight)
        where T : SchemaMember
    {
        if (!_options.ApplyCostDefaults || CostDirectives.WeightOf(member.Directives) is not null) return member;
        CostDirectives.AddTo(context);
        member.Apply(CostDirectives.Cost(weight));
        return member;
    }
}
