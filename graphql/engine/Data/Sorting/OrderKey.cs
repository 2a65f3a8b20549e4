using System.Linq.Expressions;
using System.Reflection;
using Metro.GraphQL.Data.Querying;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Metro.GraphQL.Data.Sorting;

/// <summary>One key of the order in which a query's rows come.</summary>
/// <param name="Value">The key of an item.</param>
/// <param name="Text">Says the key and its direction; part of the query's form.</param>
/// <param name="IsNullable">Whether the key may be null.</param>
/// <param name="Descending">Whether great keys come first.</param>
/// <param name="CanSeek">Whether a page can begin at a value of the key, and may tell the client that value.</param>
internal sealed record OrderKey(LambdaExpression Value, string Text, bool IsNullable, bool Descending, bool CanSeek)
{
    public Type Type => Value.ReturnType;

    /// <summary>A client's step.</summary>
    public static OrderKey Of(Type item, OrderStep step)
    {
        var parameter = Expression.Parameter(item, "item");
        Expression value = parameter;
        foreach (var property in step.Path) value = Expression.Property(value, property);
        if (step.IsNullable && value.Type.IsValueType && Nullable.GetUnderlyingType(value.Type) is null)
            value = Expression.Convert(value, typeof(Nullable<>).MakeGenericType(value.Type));

        var name = string.Join('.', step.Path.Select(property => property.Name));
        return new(Expression.Lambda(value, parameter), Texted(name, step.Descending), step.IsNullable, step.Descending, IsSeekable(value.Type));
    }

    /// <summary>
    /// The keys of a query's rows in the order that makes it total: the client's, else the resolver's, then the entity's
    /// key. Empty when nothing at all is known.
    /// </summary>
    public static List<OrderKey> Of(Type item, IReadOnlyList<OrderStep> steps, Expression source, IEntityType? entity, out bool isTotal)
    {
        List<OrderKey> keys = steps.Count > 0 ? [.. steps.Select(step => Of(item, step))] : FromSource(item, source);
        isTotal = false;
        if (entity?.FindPrimaryKey() is not { } primary || primary.Properties.Any(each => each.PropertyInfo is null)) return keys;

        isTotal = true;
        // In the direction of the last key, so that one index serves both.
        var descending = keys is [.., { Descending: true }];
        foreach (var part in primary.Properties)
        {
            if (keys.Exists(key => IsMember(key, part.PropertyInfo!))) continue;
            var parameter = Expression.Parameter(item, "item");
            var value = Expression.Lambda(Expression.Property(parameter, part.PropertyInfo!), parameter);
            keys.Add(new(value, Texted(part.Name, descending), false, descending, IsSeekable(value.ReturnType)));
        }

        return keys;
    }

    private static bool IsMember(OrderKey key, PropertyInfo property) =>
        key.Value.Body is MemberExpression { Expression: ParameterExpression } member && member.Member.Name == property.Name;

    // The order that the resolver wrote itself stands until an operator that makes other items.
    private static List<OrderKey> FromSource(Type item, Expression source)
    {
        var keys = new List<OrderKey>();
        for (var at = source as MethodCallExpression; at is not null && IsQueryOf(at.Type, item); at = at.Arguments[0] as MethodCallExpression)
        {
            if (at.Method.DeclaringType == typeof(Queryable) && at.Arguments.Count == 2
                && at.Method.Name is nameof(Queryable.OrderBy) or nameof(Queryable.OrderByDescending) or nameof(Queryable.ThenBy) or nameof(Queryable.ThenByDescending))
            {
                var value = (LambdaExpression)((UnaryExpression)at.Arguments[1]).Operand;
                var descending = at.Method.Name.EndsWith("Descending", StringComparison.Ordinal);
                keys.Insert(0, new(
                    value,
                    Texted(value.Body.ToString(), descending),
                    IsNullable: !value.ReturnType.IsValueType || Nullable.GetUnderlyingType(value.ReturnType) is not null,
                    descending,
                    IsSeekable(value.ReturnType) && IsVisible(value.Body)));
                if (at.Method.Name is nameof(Queryable.OrderBy) or nameof(Queryable.OrderByDescending)) break;
            }

            if (at.Arguments.Count == 0) break;
        }

        return keys;
    }

    private static bool IsQueryOf(Type type, Type item) => type.IsAssignableTo(typeof(IQueryable<>).MakeGenericType(item));

    // A cursor carries the key to the client.
    private static bool IsVisible(Expression value) => value switch
    {
        ParameterExpression => true,
        MemberExpression { Member: PropertyInfo property, Expression: { } owner } => Visibility.IsOpen(property) && IsVisible(owner),
        _ => false,
    };

    private static string Texted(string key, bool descending) => key + (descending ? '-' : '+');

    private static bool IsSeekable(Type type)
    {
        if (type == typeof(bool) || type == typeof(Guid) || type == typeof(string)) return true;
        type = Nullable.GetUnderlyingType(type) ?? type;
        // An enum is compared as its column is, as number or as text; so is the order.
        return type.IsEnum
            || (type.IsPrimitive && type != typeof(bool) && type != typeof(char) && type != typeof(nint) && type != typeof(nuint))
            || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly);
    }

    /// <summary>Puts a query into the order of the keys.</summary>
    /// <param name="query">The query.</param>
    /// <param name="keys">The keys, the weightiest first.</param>
    /// <param name="isReversed">Whether the order is turned around.</param>
    /// <param name="over">Queryable or Enumerable.</param>
    public static Expression Apply(Expression query, IReadOnlyList<OrderKey> keys, bool isReversed, Type over)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            var descending = keys[i].Descending != isReversed;
            var method = (i == 0, descending) switch
            {
                (true, false) => nameof(Queryable.OrderBy),
                (true, true) => nameof(Queryable.OrderByDescending),
                (false, false) => nameof(Queryable.ThenBy),
                (false, true) => nameof(Queryable.ThenByDescending),
            };
            var value = keys[i].Value;
            query = Expression.Call(
                over, method, [value.Parameters[0].Type, value.ReturnType], query, over == typeof(Queryable) ? Expression.Quote(value) : value);
        }

        return query;
    }
}

/// <summary>
/// Where a page begins or ends: the keys of a row that is not on it any more (keyset paging). Values become parameters;
/// which of them are null is part of the form.
/// </summary>
/// <param name="Keys">The order, total.</param>
/// <param name="Values">The row's keys.</param>
/// <param name="IsBefore">Whether the page lies before the row rather than behind it.</param>
internal sealed record SeekPosition(IReadOnlyList<OrderKey> Keys, object?[] Values, bool IsBefore)
{
    private static readonly MethodInfo CompareText = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;
    private static readonly MethodInfo CompareGuid = typeof(Guid).GetMethod(nameof(Guid.CompareTo), [typeof(Guid)])!;

    public void Describe(QueryShape shape)
    {
        shape.Mark(IsBefore ? '<' : '>');
        foreach (var value in Values)
        {
            shape.Mark(value is null ? 'n' : 'v');
            if (value is not null) shape.Value(value);
        }
    }

    public Expression Build(Expression item, ValueSlots slots, Dialect dialect)
    {
        var keys = Keys.Select(key => Substitution.Inline(key.Value, item)).ToArray();
        var values = Keys.Select((key, i) => Values[i] is null ? null : slots.Next(key.Type)).ToArray();
        var last = Keys.Count - 1;
        var beyond = Beyond(last, keys[last], values[last], dialect);
        for (var i = last - 1; i >= 0; i--)
        {
            beyond = Expression.OrElse(
                Beyond(i, keys[i], values[i], dialect),
                Expression.AndAlso(Same(keys[i], values[i]), beyond));
        }

        // What follows from the rest, said so that an index can begin at the value.
        return Keys.Count > 1 && values[0] is { } first && !Keys[0].IsNullable
            ? Expression.AndAlso(Compare(ComesLater(0) ? ExpressionType.GreaterThanOrEqual : ExpressionType.LessThanOrEqual, keys[0], first), beyond)
            : beyond;
    }

    private bool ComesLater(int i) => Keys[i].Descending == IsBefore;

    private Expression Beyond(int i, Expression key, Expression? value, Dialect dialect)
    {
        var later = ComesLater(i);
        // Nulls stand at one end; whether the page lies towards it decides.
        var nullsAreBeyond = later != dialect.PutsNullFirst();
        if (value is null)
            return nullsAreBeyond ? Expression.Constant(false) : Expression.NotEqual(key, Expression.Constant(null, key.Type));

        var compared = Compare(later ? ExpressionType.GreaterThan : ExpressionType.LessThan, key, value);
        return nullsAreBeyond && Keys[i].IsNullable
            ? Expression.OrElse(Expression.Equal(key, Expression.Constant(null, key.Type)), compared)
            : compared;
    }

    private static BinaryExpression Same(Expression key, Expression? value) =>
        Expression.Equal(key, value ?? Expression.Constant(null, key.Type));

    private static BinaryExpression Compare(ExpressionType comparison, Expression key, Expression value)
    {
        if (key.Type == typeof(string))
            return Expression.MakeBinary(comparison, Expression.Call(CompareText, key, value), Expression.Constant(0));
        if (key.Type == typeof(Guid))
            return Expression.MakeBinary(comparison, Expression.Call(key, CompareGuid, value), Expression.Constant(0));
        if (key.Type == typeof(bool)) return Expression.MakeBinary(comparison, AsNumber(key), AsNumber(value));
        return IsEnum(key.Type, out var number)
            ? Expression.MakeBinary(comparison, Expression.Convert(key, number), Expression.Convert(value, number))
            : Expression.MakeBinary(comparison, key, value);
    }

    // As C# compares enums, and EF Core knows it: by the column itself, however it is stored.
    private static bool IsEnum(Type type, out Type number)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        number = type;
        if (!inner.IsEnum) return false;
        number = Enum.GetUnderlyingType(inner);
        if (inner != type) number = typeof(Nullable<>).MakeGenericType(number);
        return true;
    }

    private static ConditionalExpression AsNumber(Expression truth) =>
        Expression.Condition(truth, Expression.Constant(1), Expression.Constant(0));
}
