using System.Runtime.CompilerServices;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Data.Filtering;
using Metro.GraphQL.Data.Paging;
using Metro.GraphQL.Data.Projections;
using Metro.GraphQL.Data.Sorting;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Data;

/// <summary>How many items a field that answers with one item of a list expects to find.</summary>
internal enum SingleItem
{
    First,
    Only,
}

/// <summary>
/// A field that answers with a list, and what its annotations let clients do with it. One middleware does all of it, so
/// that one query is made of it; the annotations only say what. Complete once the schema is built, then thread-safe.
/// </summary>
internal abstract class ListField(FieldDefinition definition)
{
    private readonly ConditionalWeakTable<Selection, SelectedParts> _parts = [];

    /// <summary>The C# type of the items.</summary>
    public abstract Type ItemType { get; }

    public PagingOptions? Paging { get; set; }

    /// <summary>Whether pages are numbered rather than marked by cursors.</summary>
    public bool IsOffsetPaged { get; set; }

    public SingleItem? Single { get; set; }

    public bool IsProjected { get; set; }

    public ObjectFilter? Filter { get; set; }

    public FilteringOptions FilteringOptions { get; set; } = new();

    public ObjectSort? Sort { get; set; }

    protected FieldDefinition Definition => definition;

    /// <summary>The list behind a field, whose annotations are being read.</summary>
    /// <param name="field">The field.</param>
    /// <param name="stage">The stage of the annotation.</param>
    /// <param name="annotation">The annotation's name, for the error.</param>
    /// <exception cref="InvalidOperationException">The field answers with no list, or the annotation stands in the wrong place.</exception>
    public static ListField Of(ObjectFieldDescriptor field, MiddlewareStage stage, string annotation)
    {
        if (field.Definition.Features.Get<ListField>() is { } known)
        {
            field.Use(static next => next, stage);
            return known;
        }

        var item = field.Member is null ? null : DescriptorContext.ItemClrType(field.Member);
        if (item is null) throw new InvalidOperationException($"{field.Definition.Coordinate} answers with no list; {annotation} needs one.");

        var list = (ListField)Activator.CreateInstance(typeof(ListField<>).MakeGenericType(item), field.Definition)!;
        field.Definition.Features.Set(list);
        field.Use(next => context => list.AnswerAsync(next, context), stage);
        return list;
    }

    /// <summary>What a client's arguments ask for.</summary>
    /// <exception cref="GraphQLException">They ask for what cannot be.</exception>
    public ListRequest Read(Func<string, object?> argument)
    {
        var coordinate = definition.Coordinate;
        return new(
            Filter is null ? null : new WhereReader(FilteringOptions, $"{coordinate}(where:)").Read(Filter, argument("where")),
            Sort is null ? [] : OrderStep.Read(Sort, argument("order"), $"{coordinate}(order:)"),
            Paging is null ? null
                : IsOffsetPaged ? PageRequest.OfOffset(Paging, argument, coordinate)
                : PageRequest.OfCursors(Paging, argument, coordinate));
    }

    /// <summary>What is selected of the items, below all that pages put around them; null when the items are of an abstract type.</summary>
    public IReadOnlyList<SelectionSet>? SelectedItems(Selection selection)
    {
        if (Paging is null) return Projection.SelectionsOf(selection);

        var found = new List<SelectionSet>();
        var page = selection.SelectionsOn((ObjectType)selection.Type.Named);
        foreach (var items in page.Selections)
        {
            switch (items.Field.Name)
            {
                case "nodes" or "items":
                    if (Projection.SelectionsOf(items) is not { } onItems) return null;
                    found.AddRange(onItems);
                    break;
                case "edges":
                    foreach (var node in items.SelectionsOn((ObjectType)items.Type.Named).Selections)
                    {
                        if (node.Field.Name is not "node") continue;
                        if (Projection.SelectionsOf(node) is not { } onNode) return null;
                        found.AddRange(onNode);
                    }

                    break;
            }
        }

        return found;
    }

    /// <summary>Whether the number of all items is selected.</summary>
    public bool NeedsTotal(Selection selection) => Parts(selection).Total;

    protected abstract ValueTask AnswerAsync(FieldDelegate next, IMiddlewareContext context);

    /// <summary>What of a page is selected, found out once.</summary>
    protected SelectedParts Parts(Selection selection) => _parts.GetValue(selection, Find);

    private SelectedParts Find(Selection selection)
    {
        var projection = IsProjected ? Projection.Of(ItemType, SelectedItems(selection)) : null;
        if (Paging is null) return new(true, false, false, false, projection);

        var (items, cursors, more, total) = (false, false, false, false);
        foreach (var part in selection.SelectionsOn((ObjectType)selection.Type.Named).Selections)
        {
            switch (part.Field.Name)
            {
                case "totalCount":
                    total = true;
                    break;
                case "edges":
                    items = true;
                    cursors |= Below(part).Any(each => each.Field.Name is "cursor");
                    break;
                case "pageInfo":
                    items = true;
                    cursors |= Below(part).Any(each => each.Field.Name is "startCursor" or "endCursor");
                    more |= Below(part).Any(each => each.Field.Name is "hasNextPage" or "hasPreviousPage");
                    break;
                case "nodes" or "items":
                    items = true;
                    break;
            }
        }

        return new(items, cursors, more, total, projection);
    }

    private static IEnumerable<Selection> Below(Selection selection) => selection.SelectionsOn((ObjectType)selection.Type.Named).Selections;

    /// <summary>What of a page is selected.</summary>
    /// <param name="Items">Whether any item must be read.</param>
    /// <param name="Cursors">Whether any cursor must be made.</param>
    /// <param name="More">Whether it must be found out if there are items beyond the page.</param>
    /// <param name="Total">Whether all items must be counted.</param>
    /// <param name="Projection">What is needed of an item; null when it is read as it is.</param>
    protected sealed record SelectedParts(bool Items, bool Cursors, bool More, bool Total, Projection? Projection);
}
