using System.Globalization;
using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Exact decimal numbers, written as JSON numbers.</summary>
internal sealed class DecimalType() : ScalarType<decimal>("Decimal")
{
    protected override decimal Read(ValueNode literal) => literal switch
    {
        IntValueNode number => Parse(number.Value),
        FloatValueNode number => Parse(number.Value),
        _ => throw NotNumeric(Quotation.Of(literal)),
    };

    protected override decimal Read(JsonElement value) => value.ValueKind is JsonValueKind.Number
        ? Parse(value.GetRawText())
        : throw NotNumeric(Quotation.Of(value));

    protected override void Write(decimal value, Utf8JsonWriter writer) => writer.WriteNumberValue(value);

    protected override decimal Convert(object runtimeValue) => runtimeValue switch
    {
        byte or sbyte or short or ushort or int or uint or long or ulong =>
            System.Convert.ToDecimal(runtimeValue, CultureInfo.InvariantCulture),
        float or double => Parse(((IFormattable)runtimeValue).ToString("R", CultureInfo.InvariantCulture)),
        _ => throw NotNumeric(Quotation.Of(runtimeValue)),
    };

    private static decimal Parse(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw NotNumeric(text);

    private static CoercionException NotNumeric(string quoted) =>
        new($"Decimal cannot represent non numeric value: {quoted}");
}
