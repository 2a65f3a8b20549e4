using System.Text;
using System.Text.Json;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Types;

public sealed class ScalarTests
{
    public static TheoryData<string, string, string> Readable => new()
    {
        { "Int", "-2147483648", "-2147483648" },
        { "Float", "1", "1" },
        { "Float", "-1.5e3", "-1500" },
        { "String", "\"\\u00e9\"", "\"\\u00E9\"" },
        { "Boolean", "true", "true" },
        { "ID", "\"a\"", "\"a\"" },
        { "ID", "12345678901234567890", "\"12345678901234567890\"" },
        { "Decimal", "79228162514264337593543950335", "79228162514264337593543950335" },
        { "Decimal", "1.10", "1.10" },
        { "Long", "-9223372036854775808", "-9223372036854775808" },
        { "Short", "32767", "32767" },
        { "Byte", "-128", "-128" },
        { "UnsignedByte", "255", "255" },
        { "UnsignedShort", "65535", "65535" },
        { "UnsignedInt", "4294967295", "4294967295" },
        { "UnsignedLong", "18446744073709551615", "18446744073709551615" },
        { "UUID", "\"1ae27b14-8cf6-440d-9a46-09090a4af6f3\"", "\"1ae27b14-8cf6-440d-9a46-09090a4af6f3\"" },
        { "DateTime", "\"2025-09-03T08:00:00Z\"", "\"2025-09-03T08:00:00Z\"" },
        { "DateTime", "\"2025-09-03T08:00:00.120+07:00\"", "\"2025-09-03T08:00:00.12\\u002B07:00\"" },
        { "DateTime", "\"2025-09-03T08:00:00.123456789Z\"", "\"2025-09-03T08:00:00.1234567Z\"" },
        { "LocalDateTime", "\"2025-09-03T08:00:00.5\"", "\"2025-09-03T08:00:00.5\"" },
        { "LocalDate", "\"2024-02-29\"", "\"2024-02-29\"" },
        { "Date", "\"2024-02-29\"", "\"2024-02-29\"" },
        { "LocalTime", "\"23:59:59.25\"", "\"23:59:59.25\"" },
        { "Duration", "\"PT2H30M\"", "\"PT2H30M\"" },
        { "Duration", "\"-P1DT0.5S\"", "\"-P1DT0.5S\"" },
        { "Duration", "\"P2W\"", "\"P14D\"" },
        { "URI", "\"https://example.org/a?b=c\"", "\"https://example.org/a?b=c\"" },
        { "Base64String", "\"AAEC\"", "\"AAEC\"" },
    };

    public static TheoryData<string, string> Unreadable => new()
    {
        { "Int", "2147483648" }, { "Int", "1.5" }, { "Int", "\"1\"" }, { "Int", "true" },
        { "Float", "\"1\"" }, { "Float", "1e999" },
        { "String", "1" }, { "Boolean", "1" }, { "ID", "1.0" }, { "ID", "true" },
        { "Decimal", "\"1\"" }, { "Decimal", "79228162514264337593543950336" },
        { "Long", "9223372036854775808" }, { "Long", "1.5" }, { "Short", "32768" }, { "Byte", "128" },
        { "UnsignedByte", "-1" }, { "UnsignedLong", "-1" },
        { "UUID", "\"1ae27b148cf6440d9a4609090a4af6f3\"" }, { "UUID", "\"{1ae27b14-8cf6-440d-9a46-09090a4af6f3}\"" },
        { "DateTime", "\"2025-09-03T08:00:00\"" }, { "DateTime", "\"2025-09-03\"" }, { "DateTime", "\"2025-02-30T08:00:00Z\"" },
        { "DateTime", "\"2025-09-03T08:00:00.1234567890Z\"" }, { "DateTime", "\"2025-09-03 08:00:00Z\"" }, { "DateTime", "1" },
        { "LocalDateTime", "\"2025-09-03T08:00:00Z\"" }, { "LocalDateTime", "\"2025-09-03T08:00\"" },
        { "LocalDate", "\"2025-02-29\"" }, { "LocalDate", "\"2025-9-3\"" }, { "LocalDate", "\"03/09/2025\"" }, { "LocalDate", "\"2025-09-03\\n\"" },
        { "LocalTime", "\"24:00:00\"" }, { "LocalTime", "\"8:00:00\"" }, { "LocalTime", "\"08:00\"" },
        { "Duration", "\"2:30\"" }, { "Duration", "\"P\"" }, { "Duration", "\"PT\"" }, { "Duration", "\"P1Y\"" }, { "Duration", "\"P999999999W\"" },
        { "URI", "\"not a uri\"" }, { "Base64String", "\"AA E\"" }, { "Base64String", "\"A\"" },
        { "Upload", "\"x\"" },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Literals_and_json_are_read_alike_and_written_in_one_form(string type, string text, string written)
    {
        var scalar = Scalar(type);

        Assert.Equal(written, Written(scalar, scalar.ParseLiteral(Parser.ParseValue(text))));
        Assert.Equal(written, Written(scalar, scalar.ParseValue(Json(text))));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_is_none_of_the_type_is_refused(string type, string text)
    {
        var scalar = Scalar(type);

        Assert.Throws<CoercionException>(() => scalar.ParseLiteral(Parser.ParseValue(text)));
        Assert.Throws<CoercionException>(() => scalar.ParseValue(Json(text)));
    }

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    public void Json_does_not_tell_whole_numbers_by_their_spelling(string json, string written)
    {
        Assert.Equal(written, Written(SpecifiedScalars.Int, SpecifiedScalars.Int.ParseValue(Json(json))));
        Assert.Equal(written, Written(Scalar("Long"), Scalar("Long").ParseValue(Json(json))));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_json_is_refused_and_nothing_worse() =>
        Assert.Throws<CoercionException>(() => SpecifiedScalars.String.ParseValue(Json("\"\\ud800\"")));

    [Fact]
    public void Results_are_converted_only_when_nothing_is_lost()
    {
        Assert.Equal("5", Written(SpecifiedScalars.Int, 5L));
        Assert.Equal("5", Written(SpecifiedScalars.Int, 5.0));
        Assert.Equal("\"5\"", Written(SpecifiedScalars.String, 5));
        Assert.Equal("\"5\"", Written(SpecifiedScalars.ID, 5L));
        Assert.Equal("0.1", Written(SpecifiedScalars.Float, 0.1f));
        Assert.Equal("\"2025-09-03T08:00:00Z\"", Written(Scalar("DateTime"), new DateTime(2025, 9, 3, 8, 0, 0, DateTimeKind.Utc)));
        Assert.Throws<CoercionException>(() => Written(SpecifiedScalars.Int, 5_000_000_000L));
        Assert.Throws<CoercionException>(() => Written(SpecifiedScalars.Int, 5.5));
        Assert.Throws<CoercionException>(() => Written(SpecifiedScalars.Float, double.NaN));
        Assert.Throws<CoercionException>(() => Written(SpecifiedScalars.Boolean, "true"));
    }

    [Fact]
    public void Any_holds_every_shape()
    {
        var any = Scalar("Any");
        const string json = "{\"a\":[1,2.5,\"x\",true,null,{\"b\":12345678901}]}";

        Assert.Equal(json, Written(any, any.ParseValue(Json(json))));
        Assert.Equal(json, Written(any, any.ParseLiteral(Parser.ParseValue("{ a: [1, 2.5, \"x\", true, null, { b: 12345678901 }] }"))));
    }

    [Fact]
    public void Enums_are_names_outside_and_values_inside()
    {
        var genre = new EnumType("Genre");
        genre.Values.Add(new EnumValueDefinition { Name = "SHORT_STORY", RuntimeValue = DayOfWeek.Monday });
        var query = new ObjectType("Query");
        query.Fields.Add(new FieldDefinition { Name = "genre", TypeReference = Parser.ParseType("Genre") });
        new SchemaBuilder().Add(query).Add(genre).Build();

        Assert.Equal(DayOfWeek.Monday, genre.ParseLiteral(Parser.ParseValue("SHORT_STORY")));
        Assert.Equal(DayOfWeek.Monday, genre.ParseValue(Json("\"SHORT_STORY\"")));
        Assert.Equal("\"SHORT_STORY\"", Written(genre, DayOfWeek.Monday));
        Assert.Throws<CoercionException>(() => genre.ParseValue(Json("\"NOVEL\"")));
        Assert.Throws<CoercionException>(() => Written(genre, DayOfWeek.Friday));
    }

    [Fact]
    public void A_scalar_stands_for_each_of_the_usual_csharp_types()
    {
        Assert.Equal("UUID", ExtendedScalars.NameFor(typeof(Guid)));
        Assert.Equal("LocalDate", ExtendedScalars.NameFor(typeof(DateOnly?)));
        Assert.Equal("Duration", ExtendedScalars.NameFor(typeof(TimeSpan)));
        Assert.Null(ExtendedScalars.NameFor(typeof(ScalarTests)));
    }

    private static ScalarType Scalar(string name) => name switch
    {
        "Int" => SpecifiedScalars.Int,
        "Float" => SpecifiedScalars.Float,
        "String" => SpecifiedScalars.String,
        "Boolean" => SpecifiedScalars.Boolean,
        "ID" => SpecifiedScalars.ID,
        _ => ExtendedScalars.Create(name)!,
    };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static string Written(LeafType leaf, object value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) leaf.WriteValue(value, writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
