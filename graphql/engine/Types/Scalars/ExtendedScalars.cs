using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Types;

/// <summary>
/// The scalars beyond the specification, named as HotChocolate names them. A schema gets its own instance of each that
/// it uses.
/// </summary>
public static class ExtendedScalars
{
    private static readonly FrozenDictionary<string, Func<ScalarType>> ByName = new Dictionary<string, Func<ScalarType>>(StringComparer.Ordinal)
    {
        ["Decimal"] = () => Specified("decimal", new DecimalType()),
        ["Long"] = () => Specified("long", new IntegerType<long>("Long")),
        ["Short"] = () => Specified("short", new IntegerType<short>("Short")),
        ["Byte"] = () => Specified("byte", new IntegerType<sbyte>("Byte")),
        ["UnsignedByte"] = () => Specified("unsigned-byte", new IntegerType<byte>("UnsignedByte")),
        ["UnsignedShort"] = () => Specified("unsigned-short", new IntegerType<ushort>("UnsignedShort")),
        ["UnsignedInt"] = () => Specified("unsigned-int", new IntegerType<uint>("UnsignedInt")),
        ["UnsignedLong"] = () => Specified("unsigned-long", new IntegerType<ulong>("UnsignedLong")),
        ["UUID"] = () => Specified("uuid", new TextFormatType<Guid>(
            "UUID",
            "1ae27b14-8cf6-440d-9a46-09090a4af6f3",
            text => Guid.TryParseExact(text, "D", out var value) ? value : null,
            value => value.ToString("D"))),
        ["DateTime"] = () => Specified("date-time", new TextFormatType<DateTimeOffset>(
            "DateTime", "2025-09-03T08:00:00Z", DateTimeFormats.ParseDateTime, DateTimeFormats.Format)
        {
            Adapt = DateTimeFormats.FromDateTime,
        }),
        ["LocalDateTime"] = () => Specified("local-date-time", new TextFormatType<DateTime>(
            "LocalDateTime", "2025-09-03T15:00:00", DateTimeFormats.ParseLocalDateTime, DateTimeFormats.Format)),
        ["LocalDate"] = () => Specified("local-date", DateOnlyType("LocalDate")),
        ["Date"] = () => Specified("date", DateOnlyType("Date")),
        ["LocalTime"] = () => Specified("local-time", new TextFormatType<TimeOnly>(
            "LocalTime", "15:00:00", DateTimeFormats.ParseTime, DateTimeFormats.Format)),
        ["Duration"] = () => Specified("duration", new TextFormatType<TimeSpan>(
            "Duration", "PT2H30M", DateTimeFormats.ParseDuration, DateTimeFormats.Format)),
        ["URI"] = () => Specified("uri", new UriType("URI")),
        ["Base64String"] = () => Specified("base64-string", new Base64StringType("Base64String")),
        ["Any"] = () => Specified("any", new AnyType("Any")),
        ["Upload"] = () => new UploadType
        {
            SpecifiedBy = "https://github.com/jaydenseric/graphql-multipart-request-spec",
        },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> NamesByRuntimeType = new Dictionary<Type, string>
    {
        [typeof(string)] = "String",
        [typeof(char)] = "String",
        [typeof(bool)] = "Boolean",
        [typeof(int)] = "Int",
        [typeof(float)] = "Float",
        [typeof(double)] = "Float",
        [typeof(decimal)] = "Decimal",
        [typeof(long)] = "Long",
        [typeof(short)] = "Short",
        [typeof(sbyte)] = "Byte",
        [typeof(byte)] = "UnsignedByte",
        [typeof(ushort)] = "UnsignedShort",
        [typeof(uint)] = "UnsignedInt",
        [typeof(ulong)] = "UnsignedLong",
        [typeof(Guid)] = "UUID",
        [typeof(DateTime)] = "DateTime",
        [typeof(DateTimeOffset)] = "DateTime",
        [typeof(DateOnly)] = "LocalDate",
        [typeof(TimeOnly)] = "LocalTime",
        [typeof(TimeSpan)] = "Duration",
        [typeof(Uri)] = "URI",
        [typeof(byte[])] = "Base64String",
        [typeof(object)] = "Any",
        [typeof(JsonElement)] = "Any",
        [typeof(IFormFile)] = "Upload",
    }.ToFrozenDictionary();

    /// <summary>The names of all of them.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The name of the scalar that stands for a C# type, the specified ones included; null when there is none.</summary>
    public static string? NameFor(Type runtimeType)
    {
        ArgumentNullException.ThrowIfNull(runtimeType);
        return NamesByRuntimeType.GetValueOrDefault(Nullable.GetUnderlyingType(runtimeType) ?? runtimeType);
    }

    /// <summary>A new scalar of this name; null when there is none.</summary>
    public static ScalarType? Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ByName.GetValueOrDefault(name)?.Invoke();
    }

    private static TextFormatType<DateOnly> DateOnlyType(string name) => new(
        name, "2025-09-03", DateTimeFormats.ParseDate, DateTimeFormats.Format);

    private static ScalarType Specified(string kebabName, ScalarType scalar)
    {
        scalar.SpecifiedBy = $"https://scalars.graphql.org/chillicream/{kebabName}.html";
        return scalar;
    }
}
