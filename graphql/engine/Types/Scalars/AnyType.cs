using System.Collections;
using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// A scalar that takes every value: <c>Any</c>, and any scalar that SDL names and nothing implements. Read values are
/// strings, Booleans, int, long, decimal or double, <see cref="List{T}"/> of object and <see cref="Dictionary{TKey,TValue}"/>
/// of string and object.
/// </summary>
internal sealed class AnyType(string name, SyntaxNode? syntax = null) : ScalarType(name, syntax)
{
    public override object ParseLiteral(ValueNode literal) =>
        JsonLiteral.ToPlainValue(literal) ?? throw new CoercionException($"{Name} cannot represent null here.");

    public override object ParseValue(JsonElement value) =>
        JsonLiteral.ToPlainValue(value) ?? throw new CoercionException($"{Name} cannot represent null here.");

    public override void WriteValue(object runtimeValue, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write(runtimeValue, writer);
    }

    private static void Write(object? value, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case JsonElement element: element.WriteTo(writer); break;
            case JsonDocument document: document.WriteTo(writer); break;
            case string text: writer.WriteStringValue(text); break;
            case bool boolean: writer.WriteBooleanValue(boolean); break;
            case IReadOnlyDictionary<string, object?> fields:
                writer.WriteStartObject();
                foreach (var (name, field) in fields)
                {
                    writer.WritePropertyName(name);
                    Write(field, writer);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable items and not byte[]:
                writer.WriteStartArray();
                foreach (var item in items) Write(item, writer);
                writer.WriteEndArray();
                break;
            default: JsonSerializer.Serialize(writer, value, value.GetType(), JsonSerializerOptions.Web); break;
        }
    }
}
