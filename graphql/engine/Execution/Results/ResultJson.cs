using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Metro.GraphQL.Execution.Results;

/// <summary>Errors and extensions as JSON (specification 7.1.2 and 7.1.3).</summary>
internal static class ResultJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, IReadOnlyList<IError> errors)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartArray();
        foreach (var error in errors) Write(json, error);
        json.WriteEndArray();
    }

    public static void Write(IBufferWriter<byte> output, IReadOnlyDictionary<string, object?> extensions)
    {
        using var json = new Utf8JsonWriter(output, Options);
        WriteValue(json, extensions);
    }

    private static void Write(Utf8JsonWriter json, IError error)
    {
        json.WriteStartObject();
        json.WriteString("message"u8, error.Message);
        if (error.Locations is { Count: > 0 } locations)
        {
            json.WriteStartArray("locations"u8);
            foreach (var location in locations)
            {
                json.WriteStartObject();
                json.WriteNumber("line"u8, location.Line);
                json.WriteNumber("column"u8, location.Column);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (error.Path is { } path)
        {
            json.WritePropertyName("path"u8);
            WriteValue(json, path);
        }

        if (error.Code is not null || error.Extensions is { Count: > 0 })
        {
            json.WriteStartObject("extensions"u8);
            if (error.Code is not null) json.WriteString("code"u8, error.Code);
            foreach (var (key, value) in error.Extensions ?? new Dictionary<string, object?>())
            {
                json.WritePropertyName(key);
                WriteValue(json, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case JsonElement element: element.WriteTo(json); break;
            case Path path: WriteValue(json, path.ToList()); break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                json.WriteStartObject();
                foreach (var (key, member) in members)
                {
                    json.WritePropertyName(key);
                    WriteValue(json, member);
                }

                json.WriteEndObject();
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
