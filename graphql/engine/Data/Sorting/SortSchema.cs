using System.Reflection;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Cost;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Data.Sorting;

/// <summary>The properties of a class that can be ordered by, by the name of their field. Complete once the schema is.</summary>
internal sealed class ObjectSort(string inputName)
{
    public string InputName { get; } = inputName;

    public Dictionary<string, (PropertyInfo Property, bool IsNullable, ObjectSort? Object)> Fields { get; } = new(StringComparer.Ordinal);
}

/// <summary>The <c>order</c> input types of a schema (GRAPHQL.md section 5). Used by one thread.</summary>
internal sealed class SortSchema(DescriptorContext context)
{
    private const string DirectionName = "SortEnumType";

    private readonly Dictionary<Type, ObjectSort> _objects = [];
    private readonly CostDefaults _costs = new(context);

    public static SortSchema Of(DescriptorContext context)
    {
        if (context.Settings.TryGetValue(typeof(SortSchema), out var known) && ((SortSchema)known).Belongs(context)) return (SortSchema)known;
        var schema = new SortSchema(context);
        context.Settings[typeof(SortSchema)] = schema;
        return schema;
    }

    /// <summary>What a class can be ordered by; its input type comes into the schema.</summary>
    public ObjectSort For(Type type)
    {
        if (_objects.TryGetValue(type, out var known)) return known;

        var sort = new ObjectSort(context.NameOf(type) + "SortInput");
        _objects.Add(type, sort);
        var input = new InputObjectType(sort.InputName);
        context.TryAdd(input);
        context.OnComplete(() => Fill(sort, input, type));
        return sort;
    }

    private bool Belongs(DescriptorContext other) => ReferenceEquals(context, other);

    private void Fill(ObjectSort sort, InputObjectType input, Type type)
    {
        foreach (var (property, name) in Visibility.FieldsOf(context, type, each => each.GetCustomAttribute<IsSortableAttribute>()?.IsSortable ?? context.SaidOf(each)?.IsSortable))
        {
            var shape = ClrShape.Of(property);
            if (shape.Item is not null) continue;
            if (IsOrdered(shape.Type))
            {
                DefineDirection();
                sort.Fields.Add(name, (property, shape.IsNullable, null));
                input.Fields.Add(_costs.OfOperation(new InputFieldDefinition
                {
                    Name = name,
                    TypeReference = new NamedTypeNode { Name = DirectionName },
                    Description = context.DescriptionOf(property),
                }));
            }
            else if (ExtendedScalars.NameFor(shape.Type) is null && !shape.Type.IsValueType)
            {
                var nested = For(shape.Type);
                sort.Fields.Add(name, (property, shape.IsNullable, nested));
                input.Fields.Add(new() { Name = name, TypeReference = new NamedTypeNode { Name = nested.InputName }, Description = context.DescriptionOf(property) });
            }
        }
    }

    private static bool IsOrdered(Type type) => type.IsEnum
        || (ExtendedScalars.NameFor(type) is { } scalar && scalar is not ("Any" or "Upload" or "Base64String"));

    private void DefineDirection()
    {
        var direction = new EnumType(DirectionName);
        direction.Values.Add(new() { Name = "ASC", RuntimeValue = false });
        direction.Values.Add(new() { Name = "DESC", RuntimeValue = true });
        context.TryAdd(direction);
    }
}

/// <summary>One step of an order that a client asks for.</summary>
/// <param name="Path">The properties from the item to the value.</param>
/// <param name="IsNullable">Whether the value may be missing, or something on the way to it.</param>
/// <param name="Descending">Whether great values come first.</param>
internal sealed record OrderStep(IReadOnlyList<PropertyInfo> Path, bool IsNullable, bool Descending)
{
    private const int MostSteps = 32;

    /// <summary>Reads a coerced <c>order</c>: earlier steps weigh more; a value that was ordered by already is not ordered by again.</summary>
    /// <exception cref="GraphQLException">It has too many steps.</exception>
    public static List<OrderStep> Read(ObjectSort sort, object? order, string coordinate)
    {
        var steps = new List<OrderStep>();
        if (order is not object?[] items) return steps;
        foreach (var item in items)
        {
            if (item is IReadOnlyDictionary<string, object?> fields) Read(sort, fields, [], false, steps);
        }

        if (steps.Count <= MostSteps) return steps;
        throw new GraphQLException(ErrorBuilder.New()
            .SetMessage("The order holds more steps than the maximum allowed.")
            .SetCode(ErrorCodes.OrderTooLarge)
            .SetExtension("coordinate", coordinate)
            .SetExtension("given", steps.Count)
            .SetExtension("maxAllowed", MostSteps)
            .Build());
    }

    private static void Read(
        ObjectSort sort, IReadOnlyDictionary<string, object?> fields, PropertyInfo[] path, bool isNullable, List<OrderStep> steps)
    {
        foreach (var (name, value) in fields)
        {
            var (property, mayBeNull, nested) = sort.Fields[name];
            PropertyInfo[] longer = [.. path, property];
            if (value is bool descending)
            {
                if (!steps.Exists(step => step.Path.SequenceEqual(longer))) steps.Add(new(longer, isNullable || mayBeNull, descending));
            }
            else if (value is IReadOnlyDictionary<string, object?> inner)
            {
                Read(nested!, inner, longer, isNullable || mayBeNull, steps);
            }
        }
    }
}
