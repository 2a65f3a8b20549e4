using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Metro.GraphQL.Http;

/// <summary>
/// Reads requests that bring files (the GraphQL multipart request specification): the parts <c>operations</c>, then
/// <c>map</c>, then the files that the map names. Files beyond 64 KiB wait on disk.
/// </summary>
internal sealed class MultipartRequestReader(GraphQLServerOptions options)
{
    private const int InMemory = 64 * 1024;
    private const int LongestBoundary = 128;

    /// <summary>Reads the whole form.</summary>
    /// <exception cref="RequestRefusal">It is no such form, or goes beyond a limit.</exception>
    public async ValueTask<ReceivedRequests> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > options.MaxRequestSize) throw RequestRefusal.TooLarge(options.MaxRequestSize);
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType!).Boundary).ToString();
        if (boundary.Length is 0 or > LongestBoundary) throw Invalid();

        try
        {
            return await ReadAsync(http, new MultipartReader(boundary, http.Request.Body)
            {
                HeadersCountLimit = 8,
                HeadersLengthLimit = 4 * 1024,
                BodyLengthLimit = options.MaxRequestSize,
            });
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Invalid();
        }
    }

    private async ValueTask<ReceivedRequests> ReadAsync(HttpContext http, MultipartReader parts)
    {
        JsonNode? operations = null;
        Dictionary<string, string[]>? map = null;
        var files = new Dictionary<string, IFormFile>(StringComparer.Ordinal);
        var total = 0L;
        while (await parts.ReadNextSectionAsync(http.RequestAborted) is { } part)
        {
            var disposition = part.GetContentDispositionHeader();
            var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).ToString();
            switch (name)
            {
                case "operations":
                    if (operations is not null || map is not null) throw Misordered();
                    operations = ReadOperations(await BufferAsync(http, part.Body));
                    break;
                case "map":
                    if (operations is null || map is not null) throw Misordered();
                    map = ReadMap(await BufferAsync(http, part.Body));
                    break;
                default:
                    if (map is null) throw operations is null ? NoOperations() : Misordered();
                    // What no path asks for is read over, so that parts without end take no room.
                    if (!map.ContainsKey(name) || files.ContainsKey(name)) continue;
                    if (files.Count == options.MaxFiles) throw TooManyFiles();
                    var body = await BufferAsync(http, part.Body);
                    total += body.Length;
                    if (total > options.MaxRequestSize) throw RequestRefusal.TooLarge(options.MaxRequestSize);
                    files[name] = FileOf(part, disposition!, name, body);
                    break;
            }
        }

        if (operations is null) throw NoOperations();
        if (map is null) throw RequestRefusal.BadRequest(ErrorCodes.MultipartMapMissing, "The form has no part \"map\".");
        return Received(operations, map, files);
    }

    private ReceivedRequests Received(JsonNode operations, Dictionary<string, string[]> map, Dictionary<string, IFormFile> files)
    {
        foreach (var (key, paths) in map)
        {
            if (paths.Length == 0) throw RequestRefusal.BadRequest(ErrorCodes.MultipartNoObjectPath, $"The map's \"{key}\" names no place.");
            if (!files.ContainsKey(key)) throw RequestRefusal.BadRequest(ErrorCodes.MultipartFileMissing, $"The file \"{key}\" did not come.");
            foreach (var path in paths) Place(operations, path, key);
        }

        var json = JsonSerializer.SerializeToElement(operations);
        if (operations is not JsonArray) return new(JsonRequestReader.ReadOne(json, options) with { Files = files });

        if (!options.EnableBatching) throw RequestRefusal.BatchRefused(0);
        if (json.GetArrayLength() == 0 || json.GetArrayLength() > options.MaxBatchSize) throw RequestRefusal.BatchRefused(options.MaxBatchSize);
        return new(null, [.. json.EnumerateArray().Select(each => JsonRequestReader.ReadOne(each, options) with { Files = files })]);
    }

    /// <summary>Puts a file's name where the path points, which must be an explicit null.</summary>
    private static void Place(JsonNode operations, string path, string key)
    {
        var segments = path.Split('.');
        var at = operations;
        var start = 0;
        if (operations is JsonArray batch)
        {
            at = int.TryParse(segments[0], out var request) && request >= 0 && request < batch.Count
                ? batch[request]
                : throw InvalidPath(path);
            start = 1;
        }

        if (start >= segments.Length || segments[start] != "variables")
            throw RequestRefusal.BadRequest(ErrorCodes.MultipartPathMustStartWithVariables, $"The path \"{path}\" must begin with \"variables\".");
        if (start + 1 >= segments.Length) throw InvalidPath(path);

        for (var i = start; i < segments.Length - 1; i++) at = Child(at, segments[i], path);
        var last = segments[^1];
        switch (at)
        {
            case JsonObject fields when fields.ContainsKey(last):
                if (fields[last] is not null) throw NotNull(path);
                fields[last] = key;
                break;
            case JsonArray items when int.TryParse(last, out var index) && index >= 0 && index < items.Count:
                if (items[index] is not null) throw NotNull(path);
                items[index] = key;
                break;
            case JsonObject or JsonArray:
                throw NotFound(path);
            default:
                throw WrongStructure(path);
        }
    }

    private static JsonNode Child(JsonNode? at, string segment, string path) => at switch
    {
        JsonObject fields when fields[segment] is { } child => child,
        JsonArray items when int.TryParse(segment, out var index) && index >= 0 && index < items.Count && items[index] is { } child => child,
        JsonObject or JsonArray => throw NotFound(path),
        _ => throw WrongStructure(path),
    };

    private async ValueTask<Stream> BufferAsync(HttpContext http, Stream part)
    {
        var buffer = new FileBufferingReadStream(part, InMemory, options.MaxRequestSize, System.IO.Path.GetTempPath);
        http.Response.RegisterForDispose(buffer);
        await buffer.DrainAsync(http.RequestAborted);
        buffer.Position = 0;
        return buffer;
    }

    private static FormFile FileOf(MultipartSection part, ContentDispositionHeaderValue disposition, string name, Stream body)
    {
        var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        var file = new FormFile(body, 0, body.Length, name, HeaderUtilities.RemoveQuotes(fileName).ToString()) { Headers = new HeaderDictionary() };
        foreach (var (header, value) in part.Headers ?? []) file.Headers[header] = value;
        return file;
    }

    private static JsonNode ReadOperations(Stream body)
    {
        try
        {
            return JsonNode.Parse(body) is { } node and (JsonObject or JsonArray) ? node : throw RequestRefusal.NotJson();
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw RequestRefusal.NotJson();
        }
    }

    private static Dictionary<string, string[]> ReadMap(Stream body)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string[]>>(body) ?? throw InvalidMap();
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw InvalidMap();
        }
    }

    private static RequestRefusal Invalid() =>
        RequestRefusal.BadRequest(ErrorCodes.MultipartInvalidForm, "The multipart form could not be read.");

    private RequestRefusal TooManyFiles() => RequestRefusal.BadRequest(
        ErrorCodes.MultipartInvalidForm, $"A request brings at most {options.MaxFiles} files.");

    private static RequestRefusal NoOperations() =>
        RequestRefusal.BadRequest(ErrorCodes.MultipartNoOperations, "The form has no part \"operations\".");

    private static RequestRefusal Misordered() => RequestRefusal.BadRequest(
        ErrorCodes.MultipartMisordered, "The parts must come in the order \"operations\", \"map\", files.");

    private static RequestRefusal InvalidMap() => RequestRefusal.BadRequest(
        ErrorCodes.MultipartInvalidMap, "The part \"map\" must be a JSON object of lists of paths.");

    private static RequestRefusal InvalidPath(string path) =>
        RequestRefusal.BadRequest(ErrorCodes.MultipartInvalidPath, $"The path \"{path}\" cannot be read.");

    private static RequestRefusal NotFound(string path) =>
        RequestRefusal.BadRequest(ErrorCodes.MultipartVariableNotFound, $"There is no variable at \"{path}\".");

    private static RequestRefusal WrongStructure(string path) => RequestRefusal.BadRequest(
        ErrorCodes.MultipartVariableStructureInvalid, $"The variables have no such structure as \"{path}\".");

    private static RequestRefusal NotNull(string path) => RequestRefusal.BadRequest(
        ErrorCodes.MultipartVariableStructureInvalid, $"The variable at \"{path}\" must be null, for the file to take its place.");
}
