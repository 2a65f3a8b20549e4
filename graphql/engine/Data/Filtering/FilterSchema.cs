using System.Reflection;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Annotations.Nodes;
using Metro.GraphQL.Cost;
using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Data.Filtering;

/// <summary>What stands behind a field of a <c>where</c> input.</summary>
internal enum FilterFieldKind
{
    Scalar,
    Id,
    Object,
    ObjectList,
    ScalarList,
}

/// <summary>One property that can be asked about.</summary>
/// <param name="Property">The property.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="Type">The C# type of the value, or of the items of a list.</param>
/// <param name="IsItemNullable">Whether the items of a list may be null.</param>
/// <param name="Object">What can be asked of the object, or of the items of a list; null for scalars.</param>
/// <param name="IdReader">For ids: reads the opaque form.</param>
internal sealed record FilterField(
    PropertyInfo Property,
    FilterFieldKind Kind,
    bool IsNullable,
    Type Type,
    bool IsItemNullable,
    ObjectFilter? Object,
    InputReader? IdReader);

/// <summary>The properties of a class that can be asked about, by the name of their field. Complete once the schema is.</summary>
internal sealed class ObjectFilter(string inputName)
{
    public string InputName { get; } = inputName;

    public Dictionary<string, FilterField> Fields { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// The <c>where</c> input types of a schema (GRAPHQL.md section 4). A property that clients cannot see, or only some of
/// them, cannot be asked about either, unless <see cref="IsFilterableAttribute"/> says so. Used by one thread.
/// </summary>
internal sealed class FilterSchema(DescriptorContext context)
{
    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["UUID"] = "Uuid", ["URI"] = "Uri",
    };

    private static readonly (string Name, FilterOperation Operation, bool IsList)[] Equality =
        [("eq", FilterOperation.Equal, false), ("neq", FilterOperation.NotEqual, false)];

    private static readonly (string Name, FilterOperation Operation, bool IsList)[] Membership =
        [.. Equality, ("in", FilterOperation.In, true), ("nin", FilterOperation.NotIn, true)];

    private static readonly (string Name, FilterOperation Operation, bool IsList)[] Text =
    [
        .. Equality,
        ("contains", FilterOperation.Contains, false), ("ncontains", FilterOperation.NotContains, false),
        ("in", FilterOperation.In, true), ("nin", FilterOperation.NotIn, true),
        ("startsWith", FilterOperation.StartsWith, false), ("nstartsWith", FilterOperation.NotStartsWith, false),
        ("endsWith", FilterOperation.EndsWith, false), ("nendsWith", FilterOperation.NotEndsWith, false),
    ];

    private static readonly (string Name, FilterOperation Operation, bool IsList)[] Order =
    [
        .. Membership,
        ("gt", FilterOperation.Greater, false), ("ngt", FilterOperation.NotGreater, false),
        ("gte", FilterOperation.GreaterOrEqual, false), ("ngte", FilterOperation.NotGreaterOrEqual, false),
        ("lt", FilterOperation.Less, false), ("nlt", FilterOperation.NotLess, false),
        ("lte", FilterOperation.LessOrEqual, false), ("nlte", FilterOperation.NotLessOrEqual, false),
    ];

    /// <summary>Every operation by the name of its field.</summary>
    public static IReadOnlyDictionary<string, FilterOperation> Operations { get; } =
        Text.Concat(Order).DistinctBy(each => each.Name).ToDictionary(each => each.Name, each => each.Operation, StringComparer.Ordinal);

    private static readonly FilterOperation[] SearchesText =
    [
        FilterOperation.Contains, FilterOperation.NotContains,
        FilterOperation.StartsWith, FilterOperation.NotStartsWith,
        FilterOperation.EndsWith, FilterOperation.NotEndsWith,
    ];

    private readonly Dictionary<Type, ObjectFilter> _objects = [];
    private readonly CostDefaults _costs = new(context);

    public static FilterSchema Of(DescriptorContext context)
    {
        if (context.Settings.TryGetValue(typeof(FilterSchema), out var known) && ((FilterSchema)known).Belongs(context)) return (FilterSchema)known;
        var schema = new FilterSchema(context);
        context.Settings[typeof(FilterSchema)] = schema;
        return schema;
    }

    /// <summary>What can be asked of a class; its input type comes into the schema.</summary>
    public ObjectFilter For(Type type)
    {
        if (_objects.TryGetValue(type, out var known)) return known;

        var filter = new ObjectFilter(context.NameOf(type) + "FilterInput");
        _objects.Add(type, filter);
        var input = new InputObjectType(filter.InputName);
        context.TryAdd(input);
        // Only when all output types are there can be said what clients see of the class.
        context.OnComplete(() => Fill(filter, input, type));
        return filter;
    }

    private bool Belongs(DescriptorContext other) => ReferenceEquals(context, other);

    private void Fill(ObjectFilter filter, InputObjectType input, Type type)
    {
        foreach (var name in (string[])["and", "or"])
            input.Fields.Add(new() { Name = name, TypeReference = ListOf(new NonNullTypeNode { Nullable = Named(input.Name) }) });

        foreach (var (property, name) in Visibility.FieldsOf(context, type, each => each.GetCustomAttribute<IsFilterableAttribute>()?.IsFilterable ?? context.SaidOf(each)?.IsFilterable))
        {
            if (Describe(property, type) is not { } described) continue;
            filter.Fields.Add(name, described.Field);
            input.Fields.Add(new() { Name = name, TypeReference = Named(described.InputName), Description = context.DescriptionOf(property) });
        }
    }

    private (FilterField Field, string InputName)? Describe(PropertyInfo property, Type declaring)
    {
        var shape = ClrShape.Of(property);
        if (property.GetCustomAttribute<IDAttribute>() is { } id && shape.Item is null)
        {
            var reader = NodeIds.Reader(id.TypeName ?? context.NameOf(id.RuntimeType ?? declaring));
            DefineOperations("IdOperationFilterInput", Named("ID"), Membership);
            return (new(property, FilterFieldKind.Id, shape.IsNullable, property.PropertyType, false, null, reader), "IdOperationFilterInput");
        }

        if (shape.Item is { } item)
        {
            if (ScalarInput(item.Type) is { } scalar)
            {
                DefineList($"List{scalar}", scalar);
                var itemType = InputConversion.ItemType(property.PropertyType)!;
                return (new(property, FilterFieldKind.ScalarList, shape.IsNullable, itemType, item.IsNullable, null, null), $"List{scalar}");
            }

            if (!IsObject(item.Type)) return null;
            var nested = For(item.Type);
            DefineList($"ListFilterInputTypeOf{nested.InputName}", nested.InputName);
            return (
                new(property, FilterFieldKind.ObjectList, shape.IsNullable, item.Type, item.IsNullable, nested, null),
                $"ListFilterInputTypeOf{nested.InputName}");
        }

        if (ScalarInput(shape.Type) is { } input)
            return (new(property, FilterFieldKind.Scalar, shape.IsNullable, property.PropertyType, false, null, null), input);
        if (!IsObject(shape.Type)) return null;
        var found = For(shape.Type);
        return (new(property, FilterFieldKind.Object, shape.IsNullable, shape.Type, false, found, null), found.InputName);
    }

    private static bool IsObject(Type type) =>
        ExtendedScalars.NameFor(type) is null && !type.IsValueType && !type.IsAssignableTo(typeof(System.Collections.IEnumerable));

    // The operations on a scalar or enum; null for what cannot be compared.
    private string? ScalarInput(Type type)
    {
        if (type.IsEnum)
        {
            var reference = context.InputType(type, isNullable: true);
            var input = context.NameOf(type) + "OperationFilterInput";
            DefineOperations(input, reference, Membership, itemsAreNonNull: true);
            return input;
        }

        if (type == typeof(char) || ExtendedScalars.NameFor(type) is not { } scalar) return null;
        var operations = scalar switch
        {
            "String" => Text,
            "Boolean" => Equality,
            "Any" or "Upload" or "Base64String" => null,
            _ => Order,
        };
        if (operations is null) return null;

        var name = $"{Prefixes.GetValueOrDefault(scalar, scalar)}OperationFilterInput";
        DefineOperations(name, context.InputType(type, isNullable: true), operations);
        return name;
    }

    private void DefineOperations(
        string name, TypeNode operand, (string Name, FilterOperation Operation, bool IsList)[] operations, bool itemsAreNonNull = false)
    {
        var input = new InputObjectType(name);
        if (!context.TryAdd(input)) return;
        if (ReferenceEquals(operations, Text))
        {
            foreach (var join in (string[])["and", "or"])
                input.Fields.Add(new() { Name = join, TypeReference = ListOf(new NonNullTypeNode { Nullable = Named(name) }) });
        }

        var item = itemsAreNonNull ? new NonNullTypeNode { Nullable = operand } : operand;
        foreach (var (operation, kind, isList) in operations)
            Add(input, operation, isList ? ListOf(item) : operand, isExpensive: SearchesText.Contains(kind));
    }

    private void DefineList(string name, string itemInput)
    {
        var input = new InputObjectType(name);
        if (!context.TryAdd(input)) return;
        foreach (var quantifier in (string[])["all", "none", "some"])
            Add(input, quantifier, Named(itemInput));
        Add(input, "any", Named("Boolean"));
    }

    private void Add(InputObjectType input, string operation, TypeNode operand, bool isExpensive = false) =>
        input.Fields.Add(_costs.OfOperation(new InputFieldDefinition { Name = operation, TypeReference = operand }, isExpensive));

    private static NamedTypeNode Named(string name) => new() { Name = name };

    private static ListTypeNode ListOf(TypeNode item) => new() { Item = item };
}
