using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>The five scalars of the specification (spec 3.5), shared by all schemas.</summary>
public static class SpecifiedScalars
{
    private static readonly FrozenDictionary<string, ScalarType> ByName;

    static SpecifiedScalars()
    {
        Int = new IntType();
        Float = new FloatType();
        String = new StringType();
        Boolean = new BooleanType();
        ID = new IdType();
        ByName = new[] { Int, Float, String, Boolean, ID }.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        foreach (var type in ByName.Values) type.Complete();
    }

    /// <summary>Whole numbers of 32 bits (spec 3.5.1).</summary>
    public static ScalarType Int { get; }

    /// <summary>Numbers of double precision (spec 3.5.2).</summary>
    public static ScalarType Float { get; }

    /// <summary>Text (spec 3.5.3).</summary>
    public static ScalarType String { get; }

    /// <summary>True or false (spec 3.5.4).</summary>
    public static ScalarType Boolean { get; }

    /// <summary>Identifiers: written as text, read from text or whole numbers (spec 3.5.5).</summary>
    public static ScalarType ID { get; }

    internal static bool TryGet(string name, out ScalarType? scalar) => ByName.TryGetValue(name, out scalar);

    internal static bool IsSpecified(string name) => ByName.ContainsKey(name);

    private sealed class IntType : ScalarType<int>
    {
        public IntType()
            : base("Int") =>
            Description = "The `Int` scalar type represents non-fractional signed whole numeric values. Int can represent values between -(2^31) and 2^31 - 1.";

        protected override int Read(ValueNode literal)
        {
            if (literal is not IntValueNode number)
                throw new CoercionException($"Int cannot represent non-integer value: {Quotation.Of(literal)}");
            return int.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new CoercionException($"Int cannot represent non 32-bit signed integer value: {Quotation.Of(literal)}");
        }

        protected override int Read(JsonElement value)
        {
            if (value.ValueKind is not JsonValueKind.Number)
                throw new CoercionException($"Int cannot represent non-integer value: {Quotation.Of(value)}");
            return value.TryGetInt32(out var whole) ? whole : FromDouble(value.GetDouble(), Quotation.Of(value));
        }

        protected override void Write(int value, Utf8JsonWriter writer) => writer.WriteNumberValue(value);

        protected override int Convert(object runtimeValue) => runtimeValue switch
        {
            byte or sbyte or short or ushort => System.Convert.ToInt32(runtimeValue, CultureInfo.InvariantCulture),
            uint or long or ulong or BigInteger or decimal or float or double =>
                FromDouble(ToDouble(runtimeValue), Quotation.Of(runtimeValue)),
            bool boolean => boolean ? 1 : 0,
            _ => throw new CoercionException($"Int cannot represent non-integer value: {Quotation.Of(runtimeValue)}"),
        };

        private static int FromDouble(double value, string quoted)
        {
            if (!double.IsInteger(value))
                throw new CoercionException($"Int cannot represent non-integer value: {quoted}");
            return value is >= int.MinValue and <= int.MaxValue
                ? (int)value
                : throw new CoercionException($"Int cannot represent non 32-bit signed integer value: {quoted}");
        }
    }

    private sealed class FloatType : ScalarType<double>
    {
        public FloatType()
            : base("Float") =>
            Description = "The `Float` scalar type represents signed double-precision fractional values as specified by [IEEE 754](https://en.wikipedia.org/wiki/IEEE_floating_point).";

        protected override double Read(ValueNode literal)
        {
            var text = literal switch
            {
                IntValueNode whole => whole.Value,
                FloatValueNode number => number.Value,
                _ => throw NotNumeric(Quotation.Of(literal)),
            };
            return Finite(double.Parse(text, CultureInfo.InvariantCulture), Quotation.Of(literal));
        }

        protected override double Read(JsonElement value) => value.ValueKind is JsonValueKind.Number
            ? Finite(value.GetDouble(), Quotation.Of(value))
            : throw NotNumeric(Quotation.Of(value));

        protected override void Write(double value, Utf8JsonWriter writer) =>
            writer.WriteNumberValue(double.IsFinite(value) ? value : throw NotNumeric(Quotation.Of(value)));

        protected override double Convert(object runtimeValue) => runtimeValue switch
        {
            // By way of text, so that 0.1f stays 0.1.
            float single => double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            bool boolean => boolean ? 1 : 0,
            byte or sbyte or short or ushort or int or uint or long or ulong or decimal or BigInteger => ToDouble(runtimeValue),
            _ => throw NotNumeric(Quotation.Of(runtimeValue)),
        };

        // Spec 3.5.2: non-finite values have no JSON, so they are refused in both directions.
        private static double Finite(double value, string quoted) => double.IsFinite(value) ? value : throw NotNumeric(quoted);

        private static CoercionException NotNumeric(string quoted) =>
            new($"Float cannot represent non numeric value: {quoted}");
    }

    private sealed class StringType : ScalarType<string>
    {
        public StringType()
            : base("String") =>
            Description = "The `String` scalar type represents textual data, represented as UTF-8 character sequences. The String type is most often used by GraphQL to represent free-form human-readable text.";

        protected override string Read(ValueNode literal) => literal is StringValueNode text
            ? text.Value
            : throw new CoercionException($"String cannot represent a non string value: {Quotation.Of(literal)}");

        protected override string Read(JsonElement value) => value.ValueKind is JsonValueKind.String
            ? JsonText.Read(value, Name)
            : throw new CoercionException($"String cannot represent a non string value: {Quotation.Of(value)}");

        protected override void Write(string value, Utf8JsonWriter writer) => writer.WriteStringValue(value);

        protected override string Convert(object runtimeValue) => runtimeValue switch
        {
            bool boolean => boolean ? "true" : "false",
            char character => character.ToString(),
            Uri uri => uri.OriginalString,
            System.Enum name => name.ToString(),
            IFormattable formattable when runtimeValue is not (double.NaN or double.PositiveInfinity or double.NegativeInfinity) =>
                formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => base.Convert(runtimeValue),
        };
    }

    private sealed class BooleanType : ScalarType<bool>
    {
        public BooleanType()
            : base("Boolean") =>
            Description = "The `Boolean` scalar type represents `true` or `false`.";

        protected override bool Read(ValueNode literal) => literal is BooleanValueNode boolean
            ? boolean.Value
            : throw new CoercionException($"Boolean cannot represent a non boolean value: {Quotation.Of(literal)}");

        protected override bool Read(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new CoercionException($"Boolean cannot represent a non boolean value: {Quotation.Of(value)}"),
        };

        protected override void Write(bool value, Utf8JsonWriter writer) => writer.WriteBooleanValue(value);

        protected override bool Convert(object runtimeValue) =>
            throw new CoercionException($"Boolean cannot represent a non boolean value: {Quotation.Of(runtimeValue)}");
    }

    private sealed class IdType : ScalarType<string>
    {
        public IdType()
            : base("ID") =>
            Description = "The `ID` scalar type represents a unique identifier, often used to refetch an object or as key for a cache. The ID type appears in a JSON response as a String; however, it is not intended to be human-readable. When expected as an input type, any string (such as `\"4\"`) or integer (such as `4`) input value will be accepted as an ID.";

        public override ValueNode ToLiteral(object runtimeValue) =>
            new StringValueNode { Value = runtimeValue as string ?? Convert(runtimeValue) };

        protected override string Read(ValueNode literal) => literal switch
        {
            StringValueNode text => text.Value,
            IntValueNode number => number.Value,
            _ => throw new CoercionException(
                $"ID cannot represent a non-string and non-integer value: {Quotation.Of(literal)}"),
        };

        protected override string Read(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => JsonText.Read(value, Name),
            JsonValueKind.Number when value.GetRawText().AsSpan().IndexOfAny("eE.") < 0 => value.GetRawText(),
            _ => throw new CoercionException($"ID cannot represent value: {Quotation.Of(value)}"),
        };

        protected override void Write(string value, Utf8JsonWriter writer) => writer.WriteStringValue(value);

        protected override string Convert(object runtimeValue) => runtimeValue switch
        {
            byte or sbyte or short or ushort or int or uint or long or ulong or BigInteger or Guid =>
                ((IFormattable)runtimeValue).ToString(null, CultureInfo.InvariantCulture),
            _ => base.Convert(runtimeValue),
        };
    }

    private static double ToDouble(object number) =>
        number is BigInteger big ? (double)big : System.Convert.ToDouble(number, CultureInfo.InvariantCulture);
}

/// <summary>Strings from JSON, which can spell lone surrogates that no text may hold.</summary>
internal static class JsonText
{
    public static string Read(JsonElement value, string typeName)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException invalid)
        {
            throw new CoercionException($"{typeName} cannot represent text with half a surrogate pair.", invalid);
        }
    }
}
