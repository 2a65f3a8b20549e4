using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Whole numbers of one size, written as JSON numbers: Long, Short, Byte and their unsigned kin.</summary>
internal sealed class IntegerType<T>(string name) : ScalarType<T>(name)
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    protected override T Read(ValueNode literal) => literal is IntValueNode number
        ? Parse(number.Value)
        : throw NotWhole(Quotation.Of(literal));

    protected override T Read(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Number) throw NotWhole(Quotation.Of(value));
        var text = value.GetRawText();
        if (text.AsSpan().IndexOfAny("eE.") < 0) return Parse(text);

        // JSON does not tell 1.0 from 1; decimal keeps all digits that any of these sizes has.
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.IsInteger(number)
            ? Parse(number.ToString("F0", CultureInfo.InvariantCulture))
            : throw NotWhole(Quotation.Of(value));
    }

    protected override void Write(T value, Utf8JsonWriter writer)
    {
        if (value is ulong) writer.WriteNumberValue(ulong.CreateChecked(value));
        else writer.WriteNumberValue(long.CreateChecked(value));
    }

    protected override T Convert(object runtimeValue) => runtimeValue switch
    {
        byte or sbyte or short or ushort or int or uint or long or ulong or BigInteger =>
            Parse(((IFormattable)runtimeValue).ToString(null, CultureInfo.InvariantCulture)),
        _ => throw NotWhole(Quotation.Of(runtimeValue)),
    };

    private T Parse(string digits) =>
        T.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new CoercionException($"{Name} cannot represent value outside {T.MinValue} to {T.MaxValue}: {digits}");

    private CoercionException NotWhole(string quoted) => new($"{Name} cannot represent non-integer value: {quoted}");
}
