using System.Buffers;
using System.Text;
using System.Text.Json;
using Metro.GraphQL.Execution;

namespace Metro.GraphQL.Http;

/// <summary>What a request body came to: one request, or a batch of them.</summary>
/// <param name="Single">The request; null for a batch.</param>
/// <param name="Batch">The requests of a batch, at least one; null for a single request.</param>
/// <param name="IsByVariables">Whether the batch is one document with several sets of variables.</param>
internal readonly record struct ReceivedRequests(
    GraphQLRequest? Single, IReadOnlyList<GraphQLRequest>? Batch = null, bool IsByVariables = false);

/// <summary>
/// Reads requests (GraphQL over HTTP, section 5) from JSON in UTF-8. A document that was seen before is found by its
/// bytes, without becoming a string.
/// </summary>
internal static class JsonRequestReader
{
    private const int OnStack = 1024;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestRefusal">It is no request.</exception>
    public static ReceivedRequests Read(
        in ReadOnlySequence<byte> body, DocumentCache documents, GraphQLServerOptions options, bool hasId = false)
    {
        var json = new Utf8JsonReader(WithoutByteOrderMark(body));
        try
        {
            return Read(ref json, documents, options, hasId);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // InvalidOperationException: a string that is no UTF-8 or holds a lone surrogate.
            throw RequestRefusal.NotJson();
        }
    }

    /// <summary>A JSON object that came in a query string.</summary>
    /// <exception cref="RequestRefusal">It is no object.</exception>
    public static JsonElement ReadObject(string name, string text)
    {
        try
        {
            var json = new Utf8JsonReader(StrictUtf8.GetBytes(text));
            json.Read();
            var value = ObjectOf(ref json, name);
            if (json.Read()) throw RequestRefusal.NotJson();
            return value;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            throw RequestRefusal.NotJson();
        }
    }

    /// <summary>Reads one request that is part of a larger JSON text, such as a WebSocket message.</summary>
    /// <exception cref="RequestRefusal">It is no request.</exception>
    public static GraphQLRequest ReadOne(JsonElement payload, GraphQLServerOptions options)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(payload);
        var json = new Utf8JsonReader(bytes);
        json.Read();
        try
        {
            return ReadRequest(ref json, null, options, hasId: false, out _);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw RequestRefusal.NotJson();
        }
    }

    private static ReceivedRequests Read(
        ref Utf8JsonReader json, DocumentCache documents, GraphQLServerOptions options, bool hasId)
    {
        if (!json.Read()) throw RequestRefusal.NotJson();
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            var request = ReadRequest(ref json, documents, options, hasId, out var variableSets);
            ExpectEnd(ref json);
            return variableSets is null
                ? new(request)
                : new(null, [.. variableSets.Select(variables => request with { Variables = variables })], IsByVariables: true);
        }

        if (!options.EnableBatching) throw RequestRefusal.BatchRefused(0);
        var batch = new List<GraphQLRequest>();
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (batch.Count == options.MaxBatchSize) throw RequestRefusal.BatchRefused(options.MaxBatchSize);
            batch.Add(ReadRequest(ref json, documents, options, hasId, out var variableSets));
            if (variableSets is not null) throw RequestRefusal.WrongMember("variables", "an object");
        }

        ExpectEnd(ref json);
        return batch.Count > 0 ? new(null, batch) : throw RequestRefusal.BatchRefused(options.MaxBatchSize);
    }

    private static GraphQLRequest ReadRequest(
        ref Utf8JsonReader json, DocumentCache? documents, GraphQLServerOptions options, bool hasId, out List<JsonElement>? variableSets)
    {
        variableSets = null;
        if (json.TokenType is not JsonTokenType.StartObject)
            throw RequestRefusal.BadRequest(ErrorCodes.RequestInvalid, "The request must be a JSON object.");

        string? document = null, id = null, operationName = null;
        PreparedDocument? prepared = null;
        JsonElement variables = default, extensions = default;
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("query"u8))
            {
                json.Read();
                ReadDocument(ref json, documents, out document, out prepared);
            }
            else if (json.ValueTextEquals("variables"u8))
            {
                json.Read();
                if (json.TokenType is JsonTokenType.StartArray && options.EnableBatching) variableSets = ReadVariableSets(ref json, options);
                else variables = ObjectOf(ref json, "variables");
            }
            else if (json.ValueTextEquals("operationName"u8))
            {
                operationName = StringOf(ref json, "operationName");
            }
            else if (json.ValueTextEquals("extensions"u8))
            {
                json.Read();
                extensions = ObjectOf(ref json, "extensions");
            }
            else if (json.ValueTextEquals("id"u8))
            {
                id = StringOf(ref json, "id");
            }
            else if (json.ValueTextEquals("documentId"u8))
            {
                id ??= StringOf(ref json, "documentId");
            }
            else
            {
                // Section 5.4: members that a server does not know are ignored.
                json.Skip();
            }
        }

        if (document is null && prepared is null && id is null && !hasId && extensions.ValueKind is not JsonValueKind.Object)
            throw RequestRefusal.NeitherQueryNorId();

        return new()
        {
            // Automatic persisting hashes the text, so the text must be there.
            Document = document ?? (extensions.ValueKind is JsonValueKind.Object ? prepared?.Text : null),
            Prepared = prepared,
            DocumentId = id,
            OperationName = operationName,
            Variables = variables,
            Extensions = extensions,
        };
    }

    private static void ReadDocument(
        ref Utf8JsonReader json, DocumentCache? documents, out string? document, out PreparedDocument? prepared)
    {
        document = null;
        prepared = null;
        if (json.TokenType is JsonTokenType.Null) return;
        if (json.TokenType is not JsonTokenType.String) throw RequestRefusal.WrongMember("query", "a string");

        if (!json.ValueIsEscaped && !json.HasValueSequence)
        {
            if (documents is not null && documents.TryGet(json.ValueSpan, out prepared)) return;
            document = StrictUtf8.GetString(json.ValueSpan);
            return;
        }

        var length = json.HasValueSequence ? checked((int)json.ValueSequence.Length) : json.ValueSpan.Length;
        byte[]? rented = null;
        var utf8 = length <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            utf8 = utf8[..json.CopyString(utf8)];
            if (documents is not null && documents.TryGet(utf8, out prepared)) return;
            document = StrictUtf8.GetString(utf8);
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static List<JsonElement> ReadVariableSets(ref Utf8JsonReader json, GraphQLServerOptions options)
    {
        var sets = new List<JsonElement>();
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (sets.Count == options.MaxBatchSize) throw RequestRefusal.BatchRefused(options.MaxBatchSize);
            sets.Add(ObjectOf(ref json, "variables"));
        }

        return sets.Count > 0 ? sets : throw RequestRefusal.BatchRefused(options.MaxBatchSize);
    }

    private static string? StringOf(ref Utf8JsonReader json, string name)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.String => json.GetString(),
            JsonTokenType.Null => null,
            _ => throw RequestRefusal.WrongMember(name, "a string"),
        };
    }

    private static JsonElement ObjectOf(ref Utf8JsonReader json, string name) => json.TokenType switch
    {
        JsonTokenType.StartObject => JsonElement.ParseValue(ref json),
        JsonTokenType.Null => default,
        _ => throw RequestRefusal.WrongMember(name, "an object"),
    };

    private static void ExpectEnd(ref Utf8JsonReader json)
    {
        // The reader itself refuses anything but white space behind the value.
        if (json.Read()) throw RequestRefusal.NotJson();
    }

    private static ReadOnlySequence<byte> WithoutByteOrderMark(in ReadOnlySequence<byte> body) =>
        body.FirstSpan.StartsWith("\uFEFF"u8) ? body.Slice(3) : body;
}
