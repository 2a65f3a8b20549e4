using System.Linq.Expressions;
using System.Reflection;
using Metro.GraphQL.Data.Paging;
using Metro.GraphQL.Data.Projections;
using Metro.GraphQL.Data.Querying;
using Metro.GraphQL.Data.Sorting;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace Metro.GraphQL.Data;

/// <summary>A list of items of one C# type. Thread-safe.</summary>
internal sealed class ListField<T>(FieldDefinition definition) : ListField(definition)
{
    private static readonly MethodInfo AsNoTracking = Method(typeof(EntityFrameworkQueryableExtensions), nameof(EntityFrameworkQueryableExtensions.AsNoTracking));
    private static readonly MethodInfo AsSplitQuery = Method(typeof(RelationalQueryableExtensions), nameof(RelationalQueryableExtensions.AsSplitQuery));

    public override Type ItemType => typeof(T);

    protected override async ValueTask AnswerAsync(FieldDelegate next, IMiddlewareContext context)
    {
        // Bad arguments are refused before anything is asked of a database.
        var request = Read(name => context.ArgumentValue<object?>(name));
        await next(context);
        context.Result = context.Result switch
        {
            null or IConnection or ICollectionSegment => context.Result,
            ProjectedList<T> list => OfProjected(list, request, context),
            IQueryable<T> query when EntitySource.Open(query) is { } source => await OfDatabaseAsync(source, request, context),
            IEnumerable<T> items => OfItems(items, request, context),
            IAsyncEnumerable<T> items => OfItems(await ReadAsync(items, context.RequestAborted), request, context),
            // A single item where a list was expected, as HotChocolate takes it.
            T item when Single is not null => item,
            var other => throw new InvalidOperationException($"{Definition.Coordinate} answers with {other.GetType()}, not with a list of {typeof(T)}."),
        };
    }

    private async ValueTask<object?> OfDatabaseAsync(EntitySource source, ListRequest request, IMiddlewareContext context)
    {
        var query = new Query(source, request, Parts(context.Selection), context);
        if (request.Page is { } page)
        {
            return !IsOffsetPaged && query.CanSeek && NeedsNoNumber(page, query)
                ? await SeekPageAsync(query, page)
                : await NumberedPageAsync(query, page);
        }

        if (Single is { } single) return One(await query.RowsAsync(take: single is SingleItem.First ? 1 : 2));
        return (await query.RowsAsync()).ConvertAll(static row => row.Item);
    }

    // Cursors of a numbered page stay good where a list was paged so before.
    private static bool NeedsNoNumber(PageRequest page, Query query) =>
        (page.After is null || Cursor.ReadOffset(page.After, query.Order) is null)
        && (page.Before is null || Cursor.ReadOffset(page.Before, query.Order) is null);

    private object? One(List<Row<T>> rows)
    {
        if (rows.Count > 1 && Single is SingleItem.Only) throw MoreThanOne();
        return rows.Count == 0 ? null : rows[0].Item;
    }

    private GraphQLException MoreThanOne() => new(ErrorBuilder.New()
        .SetMessage("Sequence contains more than one element.")
        .SetCode(ErrorCodes.MoreThanOneResult)
        .SetExtension("coordinate", Definition.Coordinate)
        .Build());

    private static async ValueTask<Connection<T>> SeekPageAsync(Query query, PageRequest page)
    {
        var after = query.Position(page.After, isBefore: false, page, "after");
        var before = query.Position(page.Before, isBefore: true, page, "before");
        var total = query.Parts.Total ? await query.CountAsync() : (int?)null;
        var rows = query.Parts.Items ? await query.PageAsync(page.Size, after, before, page.IsFromEnd) : [];

        var hasMore = rows.Count > page.Size;
        if (hasMore) rows.RemoveAt(page.Size);
        if (page.IsFromEnd) rows.Reverse();
        return new(
            rows.ConvertAll(static row => row.Item),
            at => Cursor.At(query.Order, rows[at].Keys!),
            hasNextPage: page.IsFromEnd ? page.Before is not null : hasMore,
            hasPreviousPage: page.IsFromEnd ? hasMore : page.After is not null,
            total);
    }

    private async ValueTask<object> NumberedPageAsync(Query query, PageRequest page)
    {
        var total = query.Parts.Total ? await query.CountAsync() : (int?)null;
        var stretch = Stretch.Of(page, query.Order, total) ?? Stretch.Of(page, query.Order, total = await query.CountAsync())!.Value;
        var rows = query.Parts.Items ? await query.PageAsync(stretch.Count, skip: stretch.Start) : [];
        return Page(rows.ConvertAll(static row => row.Item), stretch, query.Order, total);
    }

    // The items may be one more than the page holds; that one says that there is a next page.
    private object Page(List<T> items, Stretch stretch, uint order, int? total)
    {
        var hasMore = items.Count > stretch.Count;
        if (hasMore) items.RemoveRange(stretch.Count, items.Count - stretch.Count);
        return IsOffsetPaged
            ? new CollectionSegment<T>(items, hasMore, stretch.Start > 0, total)
            : new Connection<T>(items, at => Cursor.At(order, stretch.Start + at), hasMore, stretch.Start > 0, total);
    }

    private object? OfProjected(ProjectedList<T> list, ListRequest request, IMiddlewareContext context)
    {
        var (items, total) = list.Variant(ProjectedLists.ArgumentsOf(context.Selection));
        if (request.Page is null) return Single is null ? items : OneOf(items);
        return request.NestedStretch is { } stretch
            ? Page([.. items], stretch, request.NumberedOrder, total)
            : Cut(items, request);
    }

    private object? OfItems(IEnumerable<T> items, ListRequest request, IMiddlewareContext context)
    {
        var chosen = InMemoryQuery<T>.Run(items, request);
        if (request.Page is null) return Single is null ? chosen : OneOf(chosen);
        return Cut(chosen, request);
    }

    private object? OneOf(List<T> items)
    {
        if (items.Count > 1 && Single is SingleItem.Only) throw MoreThanOne();
        return items.Count == 0 ? null : items[0];
    }

    private object Cut(List<T> items, ListRequest request)
    {
        var stretch = Stretch.Of(request.Page!, request.NumberedOrder, items.Count)!.Value;
        return Page([.. items.Skip(stretch.Start).Take(stretch.Count + 1)], stretch, request.NumberedOrder, items.Count);
    }

    private static async ValueTask<List<T>> ReadAsync(IAsyncEnumerable<T> items, CancellationToken stop)
    {
        var list = new List<T>();
        await foreach (var item in items.WithCancellation(stop)) list.Add(item);
        return list;
    }

    private static MethodInfo Method(Type type, string name) => type.GetMethods().Single(method => method.Name == name);

    /// <summary>One request's query over a database.</summary>
    private sealed class Query
    {
        private readonly EntitySource _source;
        private readonly ListRequest _request;
        private readonly CancellationToken _stop;
        private static OrderOfRows? lastUsual;

        private readonly OrderOfRows _order;
        private readonly List<ListRequest> _nested = [];
        private readonly IEntityType? _entity;
        private readonly IMiddlewareContext _context;

        // Whether nested lists are read by queries of their own.
        private readonly bool _isApart;

        public Query(EntitySource source, ListRequest request, SelectedParts parts, IMiddlewareContext context)
        {
            (_source, _request, Parts, _stop) = (source, request, parts, context.RequestAborted);
            _entity = source.EntityOf(typeof(T));
            _context = context;
            _isApart = source.KeepsFilters && parts.Projection?.CanReadListsApart(_entity) is true;
            parts.Projection?.ReadRequests(context.Variables, _nested, _isApart);
            _order = OrderOf(source, request, _entity);
        }

        public SelectedParts Parts { get; }

        /// <summary>Whether pages can begin at the keys of a row.</summary>
        public bool CanSeek => _order.CanSeek;

        /// <summary>Which order the cursors belong to.</summary>
        public uint Order => _order.Mark;

        private List<OrderKey> Keys => _order.Keys;

        public SeekPosition? Position(string? cursor, bool isBefore, PageRequest page, string argument) => cursor is null
            ? null
            : new(Keys, Cursor.ReadKeys(cursor, Order, [.. Keys.Select(key => key.Type)]) ?? throw page.BadCursor(argument, cursor), isBefore);

        public ValueTask<int> CountAsync()
        {
            var shape = new QueryShape().Mark("count");
            _request.Where?.Describe(shape);
            return _source.CountAsync(
                shape,
                (root, slots) => Expression.Call(typeof(Queryable), nameof(Queryable.Count), [typeof(T)], Filtered(root, slots)),
                _stop);
        }

        /// <summary>The rows of a page, and the one beyond it if somebody asks whether there is one.</summary>
        public ValueTask<List<Row<T>>> PageAsync(
            int size, SeekPosition? after = null, SeekPosition? before = null, bool isReversed = false, int skip = 0) =>
            RowsAsync(after, before, isReversed, skip, take: Parts.More ? size + 1 : size, shown: size);

        public async ValueTask<List<Row<T>>> RowsAsync(
            SeekPosition? after = null, SeekPosition? before = null, bool isReversed = false, int skip = 0, int? take = null, int? shown = null)
        {
            var shape = new QueryShape().Mark(isReversed ? 'r' : 'f').Mark(Parts.Cursors && CanSeek ? 'c' : '-');
            _request.Where?.Describe(shape);
            foreach (var key in Keys) shape.Mark(key.Text);
            after?.Describe(shape);
            before?.Describe(shape);
            if (skip > 0)
            {
                shape.Mark('s');
                shape.Value(skip);
            }

            if (take is not null)
            {
                shape.Mark('t');
                shape.Value(take.Value);
            }

            Parts.Projection?.Describe(shape, _nested, _isApart);
            await using var connection = _isApart ? await _source.KeepOpenAsync(_stop) : default;
            var rows = await _source.ListAsync<Row<T>>(
                shape, (root, slots) => Rows(root, slots, after, before, isReversed, skip > 0, take is not null), _stop);
            Parts.Projection?.Keep(rows, _context);
            if (_isApart)
            {
                // The row beyond a page only says that there is one.
                var owners = rows.Count > shown ? rows.GetRange(0, shown.Value) : rows;
                await Parts.Projection!.ReadListsAsync(_source, _entity!, owners, _context);
            }

            return rows;
        }

        private Expression Rows(
            Expression query, ValueSlots slots, SeekPosition? after, SeekPosition? before, bool isReversed, bool skips, bool takes)
        {
            query = Filtered(query, slots);
            foreach (var position in (SeekPosition?[])[after, before])
            {
                if (position is not null) query = Where(query, item => position.Build(item, slots, _source.Dialect));
            }

            query = OrderKey.Apply(query, Keys, isReversed, typeof(Queryable));
            if (skips) query = Call(nameof(Queryable.Skip), query, slots.Next(typeof(int)));
            if (takes) query = Call(nameof(Queryable.Take), query, slots.Next(typeof(int)));
            if (!typeof(T).IsValueType && typeof(T) != typeof(string))
            {
                query = Expression.Call(AsNoTracking.MakeGenericMethod(typeof(T)), query);
                // In one statement the rows of several lists would multiply, and SQLite would read whole link tables.
                if (Parts.Projection?.ReadsLists(_isApart) is true) query = Expression.Call(AsSplitQuery.MakeGenericMethod(typeof(T)), query);
            }

            var item = Expression.Parameter(typeof(T), "item");
            var bindings = new List<MemberBinding>
            {
                Expression.Bind(
                    typeof(Row<T>).GetField(nameof(Row<>.Item))!,
                    Parts.Projection?.Build(item, _entity, slots, _source.Dialect, _nested, _isApart) ?? item),
            };
            if (Parts.Cursors && CanSeek)
            {
                bindings.Add(Expression.Bind(
                    typeof(Row<T>).GetField(nameof(Row<>.Keys))!,
                    Expression.NewArrayInit(typeof(object), Keys.Select(key => Expression.Convert(Substitution.Inline(key.Value, item), typeof(object))))));
            }

            if (Parts.Projection?.BuildWorkedOut(item) is { } workedOut)
                bindings.Add(Expression.Bind(typeof(Row<T>).GetField(nameof(Row<>.WorkedOut))!, workedOut));
            if (_isApart)
            {
                bindings.Add(Expression.Bind(
                    typeof(Row<T>).GetField(nameof(Row<>.Id))!,
                    Expression.Convert(Expression.Property(item, _entity!.FindPrimaryKey()!.Properties[0].PropertyInfo!), typeof(object))));
            }

            return Expression.Call(
                typeof(Queryable), nameof(Queryable.Select), [typeof(T), typeof(Row<T>)], query,
                Expression.Quote(Expression.Lambda(Expression.MemberInit(Expression.New(typeof(Row<T>)), bindings), item)));
        }

        // Where neither client nor resolver orders, the order is that of the entity's key, the same for all requests.
        private static OrderOfRows OrderOf(EntitySource source, ListRequest request, IEntityType? entity)
        {
            var isUsual = request.Order.Count == 0 && entity is not null && source.Expression is EntityQueryRootExpression;
            if (isUsual && lastUsual is { } usual && ReferenceEquals(usual.Entity, entity)) return usual;

            var keys = OrderKey.Of(typeof(T), request.Order, source.Expression, entity, out var isTotal);
            var order = new OrderOfRows(
                entity, keys, isTotal && keys.TrueForAll(key => key.CanSeek), Cursor.OrderOf(string.Concat(keys.Select(key => key.Text))));
            if (isUsual) lastUsual = order;
            return order;
        }

        private sealed record OrderOfRows(IEntityType? Entity, List<OrderKey> Keys, bool CanSeek, uint Mark);

        private Expression Filtered(Expression query, ValueSlots slots) => _request.Where is { } where
            ? Where(query, item => where.Build(item, slots, _source.Dialect))
            : query;

        private static MethodCallExpression Where(Expression query, Func<Expression, Expression> condition)
        {
            var item = Expression.Parameter(typeof(T), "item");
            return Call(nameof(Queryable.Where), query, Expression.Quote(Expression.Lambda<Func<T, bool>>(condition(item), item)));
        }

        private static MethodCallExpression Call(string method, Expression query, Expression argument) =>
            Expression.Call(typeof(Queryable), method, [typeof(T)], query, argument);
    }
}
