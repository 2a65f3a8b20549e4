using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Addresses, absolute or relative (RFC 3986).</summary>
internal sealed class UriType(string name) : ScalarType<Uri>(name)
{
    protected override Uri Read(ValueNode literal) => literal is StringValueNode text
        ? Parse(text.Value) ?? throw Refuse(Quotation.Of(literal))
        : throw Refuse(Quotation.Of(literal));

    protected override Uri Read(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? Parse(JsonText.Read(value, Name)) ?? throw Refuse(Quotation.Of(value))
        : throw Refuse(Quotation.Of(value));

    protected override void Write(Uri value, Utf8JsonWriter writer) =>
        writer.WriteStringValue(value.IsAbsoluteUri ? value.AbsoluteUri : value.OriginalString);

    private static Uri? Parse(string text) =>
        Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute)
        && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri)
            ? uri
            : null;

    private CoercionException Refuse(string quoted) => new($"{Name} cannot represent value: {quoted}");
}
