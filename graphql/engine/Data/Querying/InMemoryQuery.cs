using System.Linq.Expressions;
using Metro.GraphQL.Data.Sorting;

namespace Metro.GraphQL.Data.Querying;

/// <summary>Filters and orders objects by delegates that are compiled once for each form. Thread-safe.</summary>
internal static class InMemoryQuery<T>
{
    private const int MostCompiled = 256;

    private static readonly BoundedCache<string, Func<T, object?[], bool>> Conditions = new(MostCompiled);
    private static readonly BoundedCache<string, Func<T, object?>> Keys = new(MostCompiled);

    /// <summary>The items that a request asks for, in its order, all pages of them.</summary>
    public static List<T> Run(IEnumerable<T> items, ListRequest request)
    {
        if (request.Where is { } where)
        {
            var shape = new QueryShape();
            where.Describe(shape);
            var fits = Conditions.GetOrAdd(shape.Form, static (_, where) => Compile(where), where);
            object?[] values = [.. shape.Values];
            items = items.Where(item => fits(item, values));
        }

        IOrderedEnumerable<T>? ordered = null;
        foreach (var step in request.Order)
        {
            var key = Keys.GetOrAdd(string.Join('.', step.Path.Select(each => each.Name)), static (_, step) => Compile(step), step);
            ordered = (ordered, step.Descending) switch
            {
                (null, false) => items.OrderBy(key, KeyComparer.Instance),
                (null, true) => items.OrderByDescending(key, KeyComparer.Instance),
                (not null, false) => ordered.ThenBy(key, KeyComparer.Instance),
                (not null, true) => ordered.ThenByDescending(key, KeyComparer.Instance),
            };
        }

        return [.. ordered ?? items];
    }

    private static Func<T, object?[], bool> Compile(Filtering.Condition where)
    {
        var item = Expression.Parameter(typeof(T), "item");
        var values = Expression.Parameter(typeof(object?[]), "values");
        var slots = new ValueSlots();
        var body = where.Build(item, slots, Dialect.InMemory);
        var filled = slots.All
            .Select((slot, i) => (slot, Value: (Expression)Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(i)), slot.Type)))
            .ToDictionary(each => each.slot, each => each.Value);
        return Expression.Lambda<Func<T, object?[], bool>>(new Substitution(filled).Visit(body), item, values).Compile();
    }

    // What is missing on the way has no key.
    private static Func<T, object?> Compile(OrderStep step)
    {
        var item = Expression.Parameter(typeof(T), "item");
        return Expression.Lambda<Func<T, object?>>(Read(item, 0), item).Compile();

        Expression Read(Expression owner, int depth)
        {
            if (depth == step.Path.Count) return Expression.Convert(owner, typeof(object));
            var value = Read(Expression.Property(owner, step.Path[depth]), depth + 1);
            return owner.Type.IsValueType ? value : Expression.Condition(
                Expression.Equal(owner, Expression.Constant(null, owner.Type)), Expression.Constant(null, typeof(object)), value);
        }
    }

    private sealed class KeyComparer : IComparer<object?>
    {
        public static readonly KeyComparer Instance = new();

        public int Compare(object? x, object? y) => x is string one && y is string other
            ? string.CompareOrdinal(one, other)
            : Comparer<object?>.Default.Compare(x, y);
    }
}
