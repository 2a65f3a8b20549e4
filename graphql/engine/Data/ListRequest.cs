using System.Linq.Expressions;
using Metro.GraphQL.Data.Filtering;
using Metro.GraphQL.Data.Paging;
using Metro.GraphQL.Data.Querying;
using Metro.GraphQL.Data.Sorting;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Metro.GraphQL.Data;

/// <summary>What one request asks of a list: which items, in which order, which page. Used by one thread.</summary>
/// <param name="Where">Which items; null for all.</param>
/// <param name="Order">In which order, as far as the client says.</param>
/// <param name="Page">Which page; null when the list is not paged.</param>
internal sealed record ListRequest(Condition? Where, IReadOnlyList<OrderStep> Order, PageRequest? Page)
{
    private int _values;

    public static ListRequest Everything => new(null, [], null);

    /// <summary>The order of the cursors of a list that is paged by numbers.</summary>
    public uint NumberedOrder => Cursor.OrderOf(string.Join(',', Order.Select(step => $"{string.Join('.', step.Path.Select(each => each.Name))}{step.Descending}")));

    /// <summary>The stretch of a nested list that a page needs; null when all of it is.</summary>
    public Stretch? NestedStretch => Page is null ? null : Stretch.Of(Page, NumberedOrder, null);

    public void DescribeOrder(QueryShape shape)
    {
        foreach (var step in Order)
        {
            shape.Mark(step.Descending ? '-' : '+');
            foreach (var property in step.Path) shape.Mark(property.Name).Mark('.');
        }
    }

    /// <summary>The form of a list that is nested in a projection.</summary>
    public void DescribeNested(QueryShape shape)
    {
        var before = shape.Values.Count;
        Where?.Describe(shape);
        DescribeOrder(shape);
        if (NestedStretch is { } stretch)
        {
            shape.Mark('#');
            shape.Value(stretch.Start);
            shape.Value(stretch.Count + 1);
        }

        _values = shape.Values.Count - before;
    }

    /// <summary>The nested list is not read: its values have no place.</summary>
    public void PassOver(ValueSlots slots) => slots.Skip(_values);

    /// <summary>The items of a nested list, and how many they would be without the page (-1 when nobody asks).</summary>
    /// <param name="list">The list.</param>
    /// <param name="itemType">The class of its items.</param>
    /// <param name="entity">What the model knows of them.</param>
    /// <param name="slots">Where values go.</param>
    /// <param name="dialect">Where the query runs.</param>
    /// <param name="needsTotal">Whether somebody asks how many they are.</param>
    /// <param name="isOrdered">Whether items come in order even if no page is cut from them.</param>
    public (Expression Items, Expression Total) BuildNested(
        Expression list, Type itemType, IEntityType? entity, ValueSlots slots, Dialect dialect, bool needsTotal, bool isOrdered = true)
    {
        var items = list;
        if (Where is not null)
        {
            var item = Expression.Parameter(itemType, "item");
            items = Expression.Call(
                typeof(Enumerable), nameof(Enumerable.Where), [itemType], items, Expression.Lambda(Where.Build(item, slots, dialect), item));
        }

        Expression total = needsTotal
            ? Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [itemType], items)
            : Expression.Constant(-1);
        if (isOrdered || NestedStretch is not null)
            items = OrderKey.Apply(items, OrderKey.Of(itemType, Order, items, entity, out _), isReversed: false, typeof(Enumerable));
        if (NestedStretch is not null)
        {
            items = Expression.Call(typeof(Enumerable), nameof(Enumerable.Skip), [itemType], items, slots.Next(typeof(int)));
            items = Expression.Call(typeof(Enumerable), nameof(Enumerable.Take), [itemType], items, slots.Next(typeof(int)));
        }

        return (items, total);
    }
}
