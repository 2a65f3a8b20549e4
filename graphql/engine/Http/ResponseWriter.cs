using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Language;
using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Http;

/// <summary>
/// Writes answers (GraphQL over HTTP, section 6) in the format that the client accepts, as UTF-8, straight into the
/// response's pipe.
/// </summary>
internal static class ResponseWriter
{
    private const string GraphQLResponseType = "application/graphql-response+json; charset=utf-8";

    private static ReadOnlySpan<byte> PartHead => "\r\n---\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"u8;

    /// <summary>Writes the only answer. What is written goes out when the request ends, or now when the caller flushes.</summary>
    public static void WriteSingle(HttpResponse response, OperationResult result, ResponseFormat format)
    {
        response.StatusCode = StatusOf(result, format);
        response.ContentType = ContentTypeOf(format);
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed) response.Headers.Allow = "POST";

        var output = response.BodyWriter;
        if (format is ResponseFormat.GraphQLResponse or ResponseFormat.Json)
        {
            result.WriteTo(output);
            // Nothing has left yet, so the length can still be told.
            if (output.CanGetUnflushedBytes) response.ContentLength = output.UnflushedBytes;
            return;
        }

        WriteOneOfMany(output, result, format);
        WriteEnd(output, format);
    }

    public static void WriteRefusal(HttpResponse response, int statusCode, IError error)
    {
        response.StatusCode = statusCode;
        response.ContentType = GraphQLResponseType;
        if (statusCode == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "1";
        OperationResult.FromErrors(error).WriteTo(response.BodyWriter);
    }

    /// <summary>Begins a response of several answers.</summary>
    public static void BeginMany(HttpResponse response, ResponseFormat format)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ContentTypeOf(format);
        response.Headers.CacheControl = "no-cache";
        // A proxy that collects the answers would hold the events back.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    public static void WriteOneOfMany(PipeWriter output, OperationResult result, ResponseFormat format)
    {
        switch (format)
        {
            case ResponseFormat.EventStream:
                output.Write("event: next\ndata: "u8);
                result.WriteTo(output);
                output.Write("\n\n"u8);
                break;
            case ResponseFormat.MultipartMixed:
                output.Write(PartHead);
                result.WriteTo(output);
                break;
            default:
                result.WriteTo(output);
                output.Write("\n"u8);
                break;
        }
    }

    public static void WriteKeepAlive(PipeWriter output) => output.Write(":\n\n"u8);

    public static void WriteEnd(PipeWriter output, ResponseFormat format)
    {
        if (format is ResponseFormat.EventStream) output.Write("event: complete\ndata: \n\n"u8);
        if (format is ResponseFormat.MultipartMixed) output.Write("\r\n-----\r\n"u8);
    }

    /// <summary>
    /// One answer of a batch: with its number where the answers stand by themselves, else as an item of a JSON array.
    /// </summary>
    public static void WriteOfBatch(PipeWriter output, OperationResult result, ResponseFormat? format, int index, bool isByVariables)
    {
        using var buffer = new Execution.Results.PooledBuffer();
        result.WriteTo(buffer);
        if (format is not { } many)
        {
            output.Write(index == 0 ? "["u8 : ","u8);
            output.Write(buffer.Written);
            return;
        }

        if (many is ResponseFormat.EventStream) output.Write("event: next\ndata: "u8);
        if (many is ResponseFormat.MultipartMixed) output.Write(PartHead);
        output.Write(isByVariables ? "{\"variableIndex\":"u8 : "{\"requestIndex\":"u8);
        output.Write(Encoding.UTF8.GetBytes(index.ToString(CultureInfo.InvariantCulture)));
        output.Write(","u8);
        output.Write(buffer.Written[1..]);
        if (many is ResponseFormat.EventStream) output.Write("\n\n"u8);
        if (many is ResponseFormat.JsonLines or ResponseFormat.GraphQLJsonLines) output.Write("\n"u8);
    }

    public static void WriteBatchEnd(PipeWriter output, ResponseFormat? format)
    {
        if (format is { } many) WriteEnd(output, many);
        else output.Write("]"u8);
    }

    public static string ContentTypeOf(ResponseFormat format) => format switch
    {
        ResponseFormat.GraphQLResponse => GraphQLResponseType,
        ResponseFormat.Json => "application/json; charset=utf-8",
        ResponseFormat.MultipartMixed => "multipart/mixed; boundary=\"-\"",
        ResponseFormat.EventStream => "text/event-stream; charset=utf-8",
        ResponseFormat.GraphQLJsonLines => "application/graphql-response+jsonl; charset=utf-8",
        _ => "application/jsonl; charset=utf-8",
    };

    /// <summary>
    /// GraphQL over HTTP, 6.4: with data 200, a request error 400, a fault of the server 500. For application/json always
    /// 200, because its old clients read nothing else.
    /// </summary>
    private static int StatusOf(OperationResult result, ResponseFormat format)
    {
        if (result.HasData || result.Errors.Count == 0) return StatusCodes.Status200OK;
        if (result.ContextData is { } context)
        {
            if (context.ContainsKey(ResultContextKeys.OperationNotAllowed)) return StatusCodes.Status405MethodNotAllowed;
            if (format is not ResponseFormat.Json && context.TryGetValue(ResultContextKeys.HttpStatusCode, out var status)) return (int)status!;
        }

        if (format is not (ResponseFormat.GraphQLResponse)) return StatusCodes.Status200OK;
        return result.Errors.Any(IsServerFault) ? StatusCodes.Status500InternalServerError : StatusCodes.Status400BadRequest;
    }

    private static bool IsServerFault(IError error) =>
        error.Exception is not null || error.Code is ErrorCodes.Timeout or ErrorCodes.Canceled or ErrorCodes.RootValueFailed;

    /// <summary>Whether the operation was refused because no accepted format carries a subscription's answers.</summary>
    public static bool IsUndeliverableSubscription(OperationResult result) =>
        result.ContextData is { } context
        && context.TryGetValue(ResultContextKeys.OperationNotAllowed, out var kind)
        && kind is OperationKind.Subscription;
}
