using Metro.GraphQL.Execution.Coercion;

namespace Metro.GraphQL.Data.Filtering;

/// <summary>
/// Reads a coerced <c>where</c> (GRAPHQL.md section 4): what stands side by side must all hold; an empty or missing
/// one asks nothing. Refuses null where it would have no meaning (HC0026), and more comparisons or values than the
/// options allow.
/// </summary>
internal sealed class WhereReader(FilteringOptions options, string coordinate)
{
    private int _comparisons;

    /// <exception cref="GraphQLException">The argument asks for what cannot be asked.</exception>
    public Condition? Read(ObjectFilter filter, object? where)
    {
        if (where is not IReadOnlyDictionary<string, object?> fields) return null;
        var condition = Object(filter, fields);
        return condition is AllOf { Parts.Count: 0 } ? null : condition;
    }

    private Condition Object(ObjectFilter filter, IReadOnlyDictionary<string, object?> fields)
    {
        var parts = new List<Condition>(fields.Count);
        foreach (var (name, value) in fields)
        {
            if (name is "and" or "or")
                Join(parts, name, value, each => Object(filter, each));
            else
                parts.Add(new OnProperty(filter.Fields[name], Property(filter.Fields[name], name, filter.InputName, value)));
        }

        return One(parts);
    }

    private Condition Property(FilterField field, string name, string inputName, object? value)
    {
        if (value is not IReadOnlyDictionary<string, object?> given) throw NullRefused(name, inputName);
        return field.Kind switch
        {
            FilterFieldKind.Object => Object(field.Object!, given),
            FilterFieldKind.ObjectList => List(
                field, given, (quantifier, each) => each is IReadOnlyDictionary<string, object?> inner
                    ? Object(field.Object!, inner)
                    : throw NullRefused(quantifier, inputName)),
            FilterFieldKind.ScalarList => List(
                field, given, (quantifier, each) => each is IReadOnlyDictionary<string, object?> inner
                    ? Scalar(field, field.IsItemNullable, inner)
                    : throw NullRefused(quantifier, inputName)),
            _ => Scalar(field, field.IsNullable, given),
        };
    }

    private Condition List(
        FilterField field, IReadOnlyDictionary<string, object?> given, Func<string, object?, Condition> read)
    {
        var parts = new List<Condition>(given.Count);
        foreach (var (name, value) in given)
        {
            Count();
            parts.Add(name switch
            {
                "any" => new HasItems(field.Type, value as bool? ?? throw NullRefused(name, "Boolean")),
                "all" => new OnItems(Quantifier.All, field.Type, read(name, value)),
                "none" => new OnItems(Quantifier.None, field.Type, read(name, value)),
                _ => new OnItems(Quantifier.Some, field.Type, read(name, value)),
            });
        }

        return One(parts);
    }

    private Condition Scalar(FilterField field, bool isNullable, IReadOnlyDictionary<string, object?> given)
    {
        var parts = new List<Condition>(given.Count);
        foreach (var (name, value) in given)
        {
            if (name is "and" or "or")
                Join(parts, name, value, each => Scalar(field, isNullable, each));
            else
                parts.Add(Comparison(field, isNullable, name, FilterSchema.Operations[name], value));
        }

        return One(parts);
    }

    private Comparison Comparison(FilterField field, bool isNullable, string name, FilterOperation operation, object? value)
    {
        Count();
        if (operation is FilterOperation.Equal or FilterOperation.NotEqual)
            return new(operation, field.Type, value is null ? null : Operand(field, value), isNullable);
        if (value is null) throw NullRefused(name, field.Property.Name);
        if (operation is not (FilterOperation.In or FilterOperation.NotIn))
            return new(operation, field.Type, Operand(field, value), isNullable);

        var many = (object?[])value;
        if (many.Length > options.MaxValues) throw TooLarge("values", many.Length, options.MaxValues);
        var operands = many.Where(each => each is not null).Select(each => Operand(field, each!)).ToArray();
        var typed = Array.CreateInstance(field.Type, operands.Length);
        for (var i = 0; i < operands.Length; i++) typed.SetValue(operands[i], i);
        return new(operation, field.Type, typed, isNullable, OrNull: operands.Length < many.Length);
    }

    private object Operand(FilterField field, object value)
    {
        var type = Nullable.GetUnderlyingType(field.Type) ?? field.Type;
        try
        {
            if (field.IdReader is { } reader) value = reader.Read(value, type);
            return value switch
            {
                _ when type.IsInstanceOfType(value) => value,
                DateTimeOffset instant when type == typeof(DateTime) => instant.UtcDateTime,
                _ => InputConversion.To(type, value)!,
            };
        }
        catch (InputException refused)
        {
            throw new GraphQLException(ErrorBuilder.New()
                .SetMessage(refused.Message)
                .SetCode(refused.Code ?? ErrorCodes.InvalidRuntimeValue)
                .SetExtension("coordinate", coordinate)
                .Build());
        }
    }

    private static void Join(
        List<Condition> parts, string name, object? value, Func<IReadOnlyDictionary<string, object?>, Condition> read)
    {
        if (value is not object?[] { Length: > 0 } many) return;
        var joined = many.Select(each => read((IReadOnlyDictionary<string, object?>)each!)).ToArray();
        parts.Add(name is "and" ? new AllOf(joined) : new AnyOf(joined));
    }

    private static Condition One(List<Condition> parts) => parts is [var only] ? only : new AllOf(parts);

    private void Count()
    {
        if (++_comparisons > options.MaxComparisons) throw TooLarge("comparisons", _comparisons, options.MaxComparisons);
    }

    private GraphQLException TooLarge(string what, int given, int allowed) => new(ErrorBuilder.New()
        .SetMessage($"The filter holds more {what} than the maximum allowed.")
        .SetCode(ErrorCodes.FilterTooLarge)
        .SetExtension("coordinate", coordinate)
        .SetExtension("given", given)
        .SetExtension("maxAllowed", allowed)
        .Build());

    private GraphQLException NullRefused(string name, string typeName) => new(ErrorBuilder.New()
        .SetMessage($"The provided value for filter `{name}` of type {typeName} is invalid. Null values are not supported.")
        .SetCode(ErrorCodes.FilterNullNotSupported)
        .SetExtension("coordinate", coordinate)
        .Build());
}
