using System.Text.Json;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution.Coercion;

/// <summary>An input value that is none of its type. The message is fit for the client.</summary>
internal sealed class InputException(string message, string? code = null, string path = "") : Exception(message)
{
    /// <summary>The error code; null for that of the place the value stands at.</summary>
    public string? Code { get; } = code;

    /// <summary>Where within the value, as <c>.field[0]</c>; empty for the value itself.</summary>
    public string Path { get; } = path;

    public InputException Within(string segment) => new(Message, Code, segment + Path);
}

/// <summary>
/// Input coercion (specification 3.4 to 3.12): literals and JSON become what resolvers read. Leaves become their C#
/// value; lists <c>object?[]</c> or what their definition's RuntimeType asks for; input objects a dictionary or what their
/// factory makes.
/// </summary>
internal static class InputCoercion
{
    public static object? FromJson(GraphQLType type, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null)
            return type.IsNonNull ? throw NullRefused(type) : null;

        switch (type.Nullable)
        {
            case ListType list:
                if (value.ValueKind is not JsonValueKind.Array) return new[] { FromJson(list.Item, value) };
                var items = new object?[value.GetArrayLength()];
                var next = 0;
                foreach (var item in value.EnumerateArray())
                {
                    try
                    {
                        items[next] = FromJson(list.Item, item);
                    }
                    catch (InputException refused)
                    {
                        throw refused.Within($"[{next}]");
                    }

                    next++;
                }

                return items;
            case InputObjectType input:
                return FromJson(input, value);
            default:
                try
                {
                    return ((LeafType)type.Nullable).ParseValue(value);
                }
                catch (CoercionException refused)
                {
                    throw new InputException(refused.Message);
                }
        }
    }

    /// <summary>A literal, with the variables in it.</summary>
    public static object? FromLiteral(GraphQLType type, ValueNode literal, VariableValues variables)
    {
        if (literal is VariableNode variable)
        {
            variables.TryGetValue(variable.Name, out var given);
            return given is null && type.IsNonNull ? throw NullRefused(type) : given;
        }

        if (literal is NullValueNode) return type.IsNonNull ? throw NullRefused(type) : null;

        switch (type.Nullable)
        {
            case ListType list:
                if (literal is not ListValueNode many) return new[] { FromLiteral(list.Item, literal, variables) };
                var items = new object?[many.Items.Length];
                for (var i = 0; i < items.Length; i++)
                {
                    try
                    {
                        items[i] = FromLiteral(list.Item, many.Items[i], variables);
                    }
                    catch (InputException refused)
                    {
                        throw refused.Within($"[{i}]");
                    }
                }

                return items;
            case InputObjectType input:
                return FromLiteral(input, literal, variables);
            default:
                try
                {
                    return ((LeafType)type.Nullable).ParseLiteral(literal);
                }
                catch (CoercionException refused)
                {
                    throw new InputException(refused.Message);
                }
        }
    }

    private static object FromJson(InputObjectType type, JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
            throw new InputException($"Expected value of type \"{type.Name}\" to be an object.");

        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!type.Fields.TryGet(member.Name, out var field)) throw UnknownField(type, member.Name);
            fields[field.Name] = Within(field, static (field, value) => FromJson(field.Type, value), member.Value);
        }

        return Complete(type, fields);
    }

    private static object FromLiteral(InputObjectType type, ValueNode literal, VariableValues variables)
    {
        if (literal is not ObjectValueNode members)
            throw new InputException($"Expected value of type \"{type.Name}\" to be an object.");

        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in members.Fields)
        {
            if (!type.Fields.TryGet(member.Name, out var field)) throw UnknownField(type, member.Name);
            // An absent variable counts as a field that is not there (specification 3.10.1, input coercion).
            if (member.Value is VariableNode variable && !variables.TryGetValue(variable.Name, out _)) continue;
            fields[field.Name] = Within(
                field, static (field, pair) => FromLiteral(field.Type, pair.Value, pair.variables), (member.Value, variables));
        }

        return Complete(type, fields);
    }

    private static object Complete(InputObjectType type, Dictionary<string, object?> fields)
    {
        if (type.IsOneOf) CheckOneOf(type, fields);
        else
        {
            foreach (var field in type.Fields)
            {
                if (fields.ContainsKey(field.Name)) continue;
                if (field.DefaultValue is { } literal)
                {
                    fields.Add(field.Name, Within(
                        field, static (field, literal) => FromLiteral(field.Type, literal, VariableValues.Empty), literal));
                }
                else if (field.Type.IsNonNull)
                {
                    throw new InputException(
                        $"Field \"{field.Coordinate}\" of required type \"{field.Type}\" was not provided.");
                }
            }
        }

        if (type.Factory is null) return fields;
        try
        {
            return type.Factory(fields);
        }
        catch (CoercionException refused)
        {
            throw new InputException(refused.Message, ErrorCodes.InvalidRuntimeValue);
        }
    }

    // Specification 3.10.1: exactly one field, and not as null.
    private static void CheckOneOf(InputObjectType type, Dictionary<string, object?> fields)
    {
        var message = $"Exactly one key must be specified for OneOf type \"{type.Name}\".";
        if (fields.Count == 0) throw new InputException(message, ErrorCodes.OneOfNoFieldSet);
        if (fields.Count > 1) throw new InputException(message, ErrorCodes.OneOfMoreThanOneFieldSet);
        var (name, value) = fields.First();
        if (value is null) throw new InputException($"Field \"{type.Name}.{name}\" must be non-null.", ErrorCodes.OneOfFieldIsNull);
    }

    private static object? Within<TState>(
        InputFieldDefinition field, Func<InputFieldDefinition, TState, object?> coerce, TState state)
    {
        try
        {
            return InputConversion.For(field, coerce(field, state));
        }
        catch (InputException refused)
        {
            throw refused.Within($".{field.Name}");
        }
    }

    private static InputException NullRefused(GraphQLType type) =>
        new($"Expected non-nullable type \"{type}\" not to be null.");

    private static InputException UnknownField(InputObjectType type, string name) =>
        new($"Field \"{name}\" is not defined by type \"{type.Name}\".");
}
