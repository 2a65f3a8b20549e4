using System.Linq.Expressions;
using System.Reflection;
using Metro.GraphQL.Data.Querying;

namespace Metro.GraphQL.Data.Filtering;

/// <summary>
/// A <c>where</c> argument, read and checked. Says its form and its values, and builds the expression of its form;
/// both walk in the same order.
/// </summary>
internal abstract record Condition
{
    public abstract void Describe(QueryShape shape);

    /// <summary>The condition on a value.</summary>
    /// <param name="target">The value: an item, a property of it, or an element of a list.</param>
    /// <param name="slots">Where values go.</param>
    /// <param name="dialect">Where the query runs.</param>
    public abstract Expression Build(Expression target, ValueSlots slots, Dialect dialect);

    // Databases and EF walk expressions recursively, so many conditions make a bush rather than a stalk.
    protected static Expression Balanced(ReadOnlySpan<Expression> parts, ExpressionType join) => parts.Length switch
    {
        1 => parts[0],
        _ => Expression.MakeBinary(join, Balanced(parts[..(parts.Length / 2)], join), Balanced(parts[(parts.Length / 2)..], join)),
    };
}

/// <summary>All of these; none is true.</summary>
internal sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override void Describe(QueryShape shape)
    {
        shape.Mark('(');
        foreach (var part in Parts) part.Describe(shape);
        shape.Mark(')');
    }

    public override Expression Build(Expression target, ValueSlots slots, Dialect dialect) => Parts.Count == 0
        ? Expression.Constant(true)
        : Balanced([.. Parts.Select(part => part.Build(target, slots, dialect))], ExpressionType.AndAlso);
}

/// <summary>At least one of these, of which there is at least one.</summary>
internal sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override void Describe(QueryShape shape)
    {
        shape.Mark('[');
        foreach (var part in Parts) part.Describe(shape);
        shape.Mark(']');
    }

    public override Expression Build(Expression target, ValueSlots slots, Dialect dialect) =>
        Balanced([.. Parts.Select(part => part.Build(target, slots, dialect))], ExpressionType.OrElse);
}

/// <summary>A condition on a property. An object that is missing satisfies nothing.</summary>
internal sealed record OnProperty(FilterField Field, Condition Inner) : Condition
{
    public override void Describe(QueryShape shape)
    {
        shape.Mark('.').Mark(Field.Property.Name);
        Inner.Describe(shape);
    }

    public override Expression Build(Expression target, ValueSlots slots, Dialect dialect)
    {
        var property = Expression.Property(target, Field.Property);
        var inner = Inner.Build(property, slots, dialect);
        return Field.Kind is FilterFieldKind.Object && !property.Type.IsValueType && (Field.IsNullable || dialect is Dialect.InMemory)
            ? Expression.AndAlso(Expression.NotEqual(property, Expression.Constant(null, property.Type)), inner)
            : inner;
    }
}

/// <summary>A comparison of a scalar or enum.</summary>
/// <param name="Operation">Which.</param>
/// <param name="Type">The C# type of what is compared.</param>
/// <param name="Value">With what: null, a value of the type, or an array of it.</param>
/// <param name="IsNullable">Whether what is compared may be null.</param>
/// <param name="OrNull">For lists of values: whether null is one of them.</param>
internal sealed record Comparison(FilterOperation Operation, Type Type, object? Value, bool IsNullable, bool OrNull = false) : Condition
{
    private static readonly MethodInfo Contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
    private static readonly MethodInfo StartsWith = typeof(string).GetMethod(nameof(string.StartsWith), [typeof(string)])!;
    private static readonly MethodInfo EndsWith = typeof(string).GetMethod(nameof(string.EndsWith), [typeof(string)])!;
    private static readonly MethodInfo StartsWithOrdinal = typeof(string).GetMethod(nameof(string.StartsWith), [typeof(string), typeof(StringComparison)])!;
    private static readonly MethodInfo EndsWithOrdinal = typeof(string).GetMethod(nameof(string.EndsWith), [typeof(string), typeof(StringComparison)])!;
    private static readonly MethodInfo SubstringFrom = typeof(string).GetMethod(nameof(string.Substring), [typeof(int)])!;
    private static readonly MethodInfo SubstringOf = typeof(string).GetMethod(nameof(string.Substring), [typeof(int), typeof(int)])!;
    private static readonly MethodInfo ContainsItem = typeof(Enumerable).GetMethods()
        .Single(method => method.Name is nameof(Enumerable.Contains) && method.GetParameters().Length == 2);

    public override void Describe(QueryShape shape)
    {
        shape.Mark((int)Operation).Mark(Value is null ? 'n' : OrNull ? 'o' : 'v');
        if (Value is not null) shape.Value(Value);
    }

    public override Expression Build(Expression target, ValueSlots slots, Dialect dialect)
    {
        var isNullable = IsNullable || (dialect is Dialect.InMemory && !target.Type.IsValueType);
        return Operation switch
        {
            FilterOperation.Equal => Equal(target, slots, isNullable),
            FilterOperation.NotEqual => Expression.Not(Equal(target, slots, isNullable)),
            FilterOperation.In => In(target, slots, isNullable),
            FilterOperation.NotIn => Expression.Not(In(target, slots, isNullable)),
            FilterOperation.Greater => Ordered(ExpressionType.GreaterThan, target, slots),
            FilterOperation.NotGreater => OrNullWhere(ExpressionType.LessThanOrEqual, target, slots),
            FilterOperation.GreaterOrEqual => Ordered(ExpressionType.GreaterThanOrEqual, target, slots),
            FilterOperation.NotGreaterOrEqual => OrNullWhere(ExpressionType.LessThan, target, slots),
            FilterOperation.Less => Ordered(ExpressionType.LessThan, target, slots),
            FilterOperation.NotLess => OrNullWhere(ExpressionType.GreaterThanOrEqual, target, slots),
            FilterOperation.LessOrEqual => Ordered(ExpressionType.LessThanOrEqual, target, slots),
            FilterOperation.NotLessOrEqual => OrNullWhere(ExpressionType.GreaterThan, target, slots),
            _ => Text(target, slots.Next(typeof(string)), isNullable, dialect),
        };
    }

    private Expression Equal(Expression target, ValueSlots slots, bool isNullable) =>
        Value is not null ? Expression.Equal(target, slots.Next(Type)) : IsNull(target, isNullable);

    private static Expression IsNull(Expression target, bool isNullable) => !isNullable || !CanBeNull(target.Type)
        ? Expression.Constant(false)
        : Expression.Equal(target, Expression.Constant(null, target.Type));

    private Expression In(Expression target, ValueSlots slots, bool isNullable)
    {
        var contained = Expression.Call(ContainsItem.MakeGenericMethod(Type), slots.Next(Type.MakeArrayType()), target);
        return OrNull ? Expression.OrElse(contained, IsNull(target, isNullable)) : contained;
    }

    private Expression Ordered(ExpressionType comparison, Expression target, ValueSlots slots) =>
        Expression.MakeBinary(comparison, target, slots.Next(Type));

    // The opposite of a comparison is true of null, as it is in C#.
    private Expression OrNullWhere(ExpressionType comparison, Expression target, ValueSlots slots)
    {
        var compared = Ordered(comparison, target, slots);
        return IsNullable && CanBeNull(target.Type) ? Expression.OrElse(IsNull(target, true), compared) : compared;
    }

    private Expression Text(Expression target, Expression value, bool isNullable, Dialect dialect)
    {
        var found = Operation switch
        {
            FilterOperation.Contains or FilterOperation.NotContains => Expression.Call(target, Contains, value),
            FilterOperation.StartsWith or FilterOperation.NotStartsWith => Begins(target, value, dialect),
            _ => Ends(target, value, dialect),
        };
        if (isNullable) found = Expression.AndAlso(Expression.NotEqual(target, Expression.Constant(null, typeof(string))), found);
        return Operation is FilterOperation.NotContains or FilterOperation.NotStartsWith or FilterOperation.NotEndsWith
            ? Expression.Not(found)
            : found;
    }

    // SQLite's LIKE takes a for A, and nothing else in it does; substr compares as everything else.
    private static Expression Begins(Expression target, Expression value, Dialect dialect) => dialect switch
    {
        Dialect.InMemory => Expression.Call(target, StartsWithOrdinal, value, Expression.Constant(StringComparison.Ordinal)),
        Dialect.Sqlite => Expression.Equal(Expression.Call(target, SubstringOf, Expression.Constant(0), Length(value)), value),
        _ => Expression.Call(target, StartsWith, value),
    };

    private static Expression Ends(Expression target, Expression value, Dialect dialect) => dialect switch
    {
        Dialect.InMemory => Expression.Call(target, EndsWithOrdinal, value, Expression.Constant(StringComparison.Ordinal)),
        Dialect.Sqlite => Expression.AndAlso(
            Expression.GreaterThanOrEqual(Length(target), Length(value)),
            Expression.Equal(Expression.Call(target, SubstringFrom, Expression.Subtract(Length(target), Length(value))), value)),
        _ => Expression.Call(target, EndsWith, value),
    };

    private static MemberExpression Length(Expression text) => Expression.Property(text, nameof(string.Length));

    private static bool CanBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
}

/// <summary>A condition on the items of a list: on all, none or at least one of them.</summary>
internal sealed record OnItems(Quantifier Quantifier, Type ItemType, Condition Inner) : Condition
{
    public override void Describe(QueryShape shape)
    {
        shape.Mark('q').Mark((int)Quantifier);
        Inner.Describe(shape);
    }

    public override Expression Build(Expression target, ValueSlots slots, Dialect dialect)
    {
        var item = Expression.Parameter(ItemType);
        var inner = Inner.Build(item, slots, dialect);
        if (!ItemType.IsValueType && Inner is not Comparison && dialect is Dialect.InMemory)
            inner = Expression.AndAlso(Expression.NotEqual(item, Expression.Constant(null, ItemType)), inner);
        var fits = Expression.Lambda(inner, item);
        var list = Items(target, ItemType, dialect);
        return Quantifier switch
        {
            Quantifier.All => Expression.Call(typeof(Enumerable), nameof(Enumerable.All), [ItemType], list, fits),
            Quantifier.None => Expression.Not(Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [ItemType], list, fits)),
            _ => Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [ItemType], list, fits),
        };
    }

    /// <summary>The items of a list; over objects a missing list counts as empty.</summary>
    public static Expression Items(Expression list, Type itemType, Dialect dialect)
    {
        if (dialect is not Dialect.InMemory || list.Type.IsValueType) return list;
        var enumerable = typeof(IEnumerable<>).MakeGenericType(itemType);
        return Expression.Coalesce(
            Expression.Convert(list, enumerable), Expression.Constant(Array.CreateInstance(itemType, 0), enumerable));
    }
}

/// <summary>Whether a list has items.</summary>
internal sealed record HasItems(Type ItemType, bool Expected) : Condition
{
    public override void Describe(QueryShape shape) => shape.Mark(Expected ? 'a' : 'e');

    public override Expression Build(Expression target, ValueSlots slots, Dialect dialect)
    {
        var any = Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [ItemType], OnItems.Items(target, ItemType, dialect));
        return Expected ? any : Expression.Not(any);
    }
}

/// <summary>How many items of a list must fit.</summary>
internal enum Quantifier
{
    All,
    None,
    Some,
}

/// <summary>What can be asked of a scalar or enum.</summary>
internal enum FilterOperation
{
    Equal,
    NotEqual,
    In,
    NotIn,
    Contains,
    NotContains,
    StartsWith,
    NotStartsWith,
    EndsWith,
    NotEndsWith,
    Greater,
    NotGreater,
    GreaterOrEqual,
    NotGreaterOrEqual,
    Less,
    NotLess,
    LessOrEqual,
    NotLessOrEqual,
}
