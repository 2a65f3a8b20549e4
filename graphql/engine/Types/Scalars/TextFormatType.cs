using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>A scalar that travels as a string of a fixed format: dates, times, identifiers, addresses.</summary>
/// <typeparam name="T">The C# type of the values.</typeparam>
/// <param name="name">The type's name.</param>
/// <param name="example">A value as it is written, for the message of a refusal.</param>
/// <param name="parse">Reads the format; null for text that does not follow it. Strict: no other format is taken.</param>
/// <param name="format">Writes the format.</param>
internal sealed class TextFormatType<T>(string name, string example, Func<string, T?> parse, Func<T, string> format)
    : ScalarType<T>(name)
    where T : struct
{
    /// <summary>Takes other C# types for one of the scalar's; null for one it cannot take.</summary>
    public Func<object, T?>? Adapt { get; init; }

    protected override T Read(ValueNode literal) => literal is StringValueNode text
        ? parse(text.Value) ?? throw Refuse(Quotation.Of(literal))
        : throw Refuse(Quotation.Of(literal));

    protected override T Read(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? parse(JsonText.Read(value, Name)) ?? throw Refuse(Quotation.Of(value))
        : throw Refuse(Quotation.Of(value));

    protected override void Write(T value, Utf8JsonWriter writer) => writer.WriteStringValue(format(value));

    protected override T Convert(object runtimeValue) => Adapt?.Invoke(runtimeValue) ?? base.Convert(runtimeValue);

    private CoercionException Refuse(string quoted) =>
        new($"{Name} cannot represent value: {quoted}. Expected a string such as \"{example}\".");
}
