using System.Linq.Expressions;
using System.Reflection;
using Metro.GraphQL.Data.Querying;
using Metro.GraphQL.Data.Sorting;
using Metro.GraphQL.Execution;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Metro.GraphQL.Data.Projections;

/// <summary>What is read of one object: the object, and the keys by which others find it.</summary>
internal interface IRow
{
    /// <summary>The object; never null where lists are read for it.</summary>
    object Item { get; }

    /// <summary>The object's own key; null when nobody needs it.</summary>
    object? Id { get; }
}

/// <summary>A row of a query.</summary>
internal sealed class Row<T> : IRow
{
    public T Item = default!;
    public object?[]? Keys;
    public object? Id;
    public object? Owner;
    public object?[]? WorkedOut;

    object IRow.Item => Item!;

    object? IRow.Id => Id;
}

/// <summary>Reads one list of many objects by one query, by the objects' keys.</summary>
internal abstract class ListReader
{
    /// <summary>An empty list for each owner.</summary>
    public abstract System.Collections.IList Begin(int count);

    /// <summary>Reads one variant of the lists, and adds it to each.</summary>
    public abstract ValueTask ReadAsync(
        System.Collections.IList lists, EntitySource source, IEntityType entity, IEntityType itemEntity, IReadOnlyList<IRow> owners,
        string arguments, ListRequest request, Projection projection, IResolverContext context);
}

/// <inheritdoc/>
internal sealed class ListReader<TOwner, TItem>(PropertyInfo property) : ListReader
{
    private static readonly MethodInfo AsNoTracking = typeof(EntityFrameworkQueryableExtensions).GetMethods()
        .Single(method => method.Name is nameof(EntityFrameworkQueryableExtensions.AsNoTracking)).MakeGenericMethod(typeof(TOwner));

    private static readonly MethodInfo AsSplitQuery = typeof(RelationalQueryableExtensions).GetMethods()
        .Single(method => method.Name is nameof(RelationalQueryableExtensions.AsSplitQuery)).MakeGenericMethod(typeof(TOwner));

    public override System.Collections.IList Begin(int count)
    {
        var lists = new ProjectedList<TItem>[count];
        for (var i = 0; i < count; i++) lists[i] = [];
        return lists;
    }

    public override async ValueTask ReadAsync(
        System.Collections.IList lists, EntitySource source, IEntityType entity, IEntityType itemEntity, IReadOnlyList<IRow> owners,
        string arguments, ListRequest request, Projection projection, IResolverContext context)
    {
        var isApart = projection.CanReadListsApart(itemEntity);
        var nested = new List<ListRequest>();
        projection.ReadRequests(context.Variables, nested, isApart);

        var key = entity.FindPrimaryKey()!.Properties[0];
        var keys = Array.CreateInstance(key.ClrType, owners.Count);
        for (var i = 0; i < keys.Length; i++) keys.SetValue(owners[i].Id, i);

        var shape = new QueryShape().Mark("list ").Mark(property.Name);
        shape.Value(keys);
        request.DescribeNested(shape);
        projection.Describe(shape, nested, isApart);
        var rows = await source.ListAsync<Row<TItem>>(shape, Build, context.RequestAborted);
        projection.Keep(rows, context);

        var byOwner = new Dictionary<object, List<TItem>>(owners.Count);
        var again = new List<(List<TItem> Items, List<TItem> Same)>();
        for (var i = 0; i < owners.Count; i++)
        {
            // An owner that was itself read for several others is there several times.
            var items = ((ProjectedList<TItem>)lists[i]!).Begin(arguments);
            if (!byOwner.TryAdd(owners[i].Id!, items)) again.Add((items, byOwner[owners[i].Id!]));
        }

        foreach (var row in rows) byOwner[row.Owner!].Add(row.Item);
        foreach (var (items, same) in again) items.AddRange(same);
        if (isApart) await projection.ReadListsAsync(source, itemEntity, rows, context);

        Expression Build(Expression root, ValueSlots slots)
        {
            var owner = Expression.Parameter(typeof(TOwner), "owner");
            var isOwner = Expression.Call(
                typeof(Enumerable), nameof(Enumerable.Contains), [key.ClrType],
                slots.Next(key.ClrType.MakeArrayType()), Expression.Property(owner, key.PropertyInfo!));
            Expression query = Expression.Call(
                typeof(Queryable), nameof(Queryable.Where), [typeof(TOwner)], root, Expression.Quote(Expression.Lambda<Func<TOwner, bool>>(isOwner, owner)));
            query = Expression.Call(AsNoTracking, query);
            if (projection.ReadsLists(isApart)) query = Expression.Call(AsSplitQuery, query);

            var (items, _) = request.BuildNested(
                Expression.Property(owner, property), typeof(TItem), itemEntity, slots, source.Dialect, needsTotal: false, isOrdered: false);
            var item = Expression.Parameter(typeof(TItem), "item");
            var pair = Expression.MemberInit(
                Expression.New(typeof(Pair)), Expression.Bind(Field(nameof(Pair.Owner)), owner), Expression.Bind(Field(nameof(Pair.Item)), item));
            query = Expression.Call(
                typeof(Queryable), nameof(Queryable.SelectMany), [typeof(TOwner), typeof(TItem), typeof(Pair)], query,
                Expression.Quote(Expression.Lambda<Func<TOwner, IEnumerable<TItem>>>(items, owner)),
                Expression.Quote(Expression.Lambda<Func<TOwner, TItem, Pair>>(pair, owner, item)));

            var at = Expression.Parameter(typeof(Pair), "at");
            var (atOwner, atItem) = (Expression.Field(at, nameof(Pair.Owner)), Expression.Field(at, nameof(Pair.Item)));
            var order = OrderKey.Of(typeof(TItem), request.Order, root, itemEntity, out _)
                .ConvertAll(each => each with { Value = Expression.Lambda(Substitution.Inline(each.Value, atItem), at) });
            query = OrderKey.Apply(query, order, isReversed: false, typeof(Queryable));

            var bindings = new List<MemberBinding>
            {
                Bind(nameof(Row<>.Item), projection.Build(atItem, itemEntity, slots, source.Dialect, nested, isApart)),
                Bind(nameof(Row<>.Owner), Expression.Convert(Expression.Property(atOwner, key.PropertyInfo!), typeof(object))),
            };
            if (projection.BuildWorkedOut(atItem) is { } workedOut) bindings.Add(Bind(nameof(Row<>.WorkedOut), workedOut));
            if (isApart)
                bindings.Add(Bind(nameof(Row<>.Id), Expression.Convert(Expression.Property(atItem, itemEntity.FindPrimaryKey()!.Properties[0].PropertyInfo!), typeof(object))));
            return Expression.Call(
                typeof(Queryable), nameof(Queryable.Select), [typeof(Pair), typeof(Row<TItem>)], query,
                Expression.Quote(Expression.Lambda(Expression.MemberInit(Expression.New(typeof(Row<TItem>)), bindings), at)));
        }
    }

    private static FieldInfo Field(string name) => typeof(Pair).GetField(name)!;

    private static MemberAssignment Bind(string name, Expression value) => Expression.Bind(typeof(Row<TItem>).GetField(name)!, value);

    private sealed class Pair
    {
        public TOwner Owner = default!;
        public TItem Item = default!;
    }
}
