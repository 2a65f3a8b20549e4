using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>JSON and GraphQL literals as two spellings of one value.</summary>
internal static class JsonLiteral
{
    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    public static ValueNode FromJson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => new BooleanValueNode { Value = true },
        JsonValueKind.False => new BooleanValueNode { Value = false },
        JsonValueKind.String => new StringValueNode { Value = value.GetString()! },
        JsonValueKind.Number => Number(value.GetRawText()),
        JsonValueKind.Array => new ListValueNode { Items = [.. value.EnumerateArray().Select(FromJson)] },
        JsonValueKind.Object => new ObjectValueNode
        {
            Fields = [.. value.EnumerateObject().Select(field =>
                new ObjectFieldNode { Name = field.Name, Value = FromJson(field.Value) })],
        },
        _ => new NullValueNode(),
    };

    /// <summary>A literal without variables as the plain values of an untyped scalar: see <see cref="AnyType"/>.</summary>
    public static object? ToPlainValue(ValueNode literal) => literal switch
    {
        NullValueNode => null,
        BooleanValueNode boolean => boolean.Value,
        StringValueNode text => text.Value,
        EnumValueNode name => name.Value,
        IntValueNode number => PlainNumber(number.Value),
        FloatValueNode number => PlainNumber(number.Value),
        ListValueNode list => list.Items.Select(ToPlainValue).ToList(),
        ObjectValueNode @object => PlainObject(@object.Fields),
        _ => throw new CoercionException($"A variable has no value of its own: {literal}"),
    };

    public static object? ToPlainValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => PlainNumber(value.GetRawText()),
        JsonValueKind.Array => value.EnumerateArray().Select(ToPlainValue).ToList(),
        JsonValueKind.Object => value.EnumerateObject()
            .GroupBy(field => field.Name, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => ToPlainValue(same.Last().Value), StringComparer.Ordinal),
        _ => null,
    };

    private static Dictionary<string, object?> PlainObject(ImmutableArray<ObjectFieldNode> fields)
    {
        var plain = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in fields) plain[field.Name] = ToPlainValue(field.Value);
        return plain;
    }

    private static ValueNode Number(string text) =>
        text.AsSpan().IndexOfAny("eE.") < 0 ? new IntValueNode { Value = text } : new FloatValueNode { Value = text };

    private static object PlainNumber(string text)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        if (int.TryParse(text, invariant, out var whole)) return whole;
        if (long.TryParse(text, invariant, out var longer)) return longer;
        if (decimal.TryParse(text, System.Globalization.NumberStyles.Float, invariant, out var exact)) return exact;
        return double.Parse(text, invariant);
    }
}
