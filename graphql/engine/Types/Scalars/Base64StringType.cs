using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Bytes in base64 (RFC 4648, section 4).</summary>
internal sealed class Base64StringType(string name) : ScalarType<byte[]>(name)
{
    protected override byte[] Read(ValueNode literal) => literal is StringValueNode text
        ? Parse(text.Value) ?? throw Refuse(Quotation.Of(literal))
        : throw Refuse(Quotation.Of(literal));

    protected override byte[] Read(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? Parse(JsonText.Read(value, Name)) ?? throw Refuse(Quotation.Of(value))
        : throw Refuse(Quotation.Of(value));

    protected override void Write(byte[] value, Utf8JsonWriter writer) => writer.WriteBase64StringValue(value);

    private static byte[]? Parse(string text)
    {
        // The framework's reader passes over white space, which the RFC does not allow.
        if (text.AsSpan().IndexOfAny(" \t\r\n") >= 0) return null;
        var bytes = new byte[text.Length / 4 * 3];
        return System.Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private CoercionException Refuse(string quoted) => new($"{Name} cannot represent value: {quoted}");
}
