using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Metro.GraphQL.Types;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Metro.GraphQL.Http;

/// <summary>The schema as SDL, for tools. Thread-safe.</summary>
internal sealed class SchemaDownload(Schema schema, bool isOpen)
{
    // Beyond this many selections of types a further one is printed anew each time.
    private const int MaxKept = 64;

    private readonly ConcurrentDictionary<string, Download> _kept = new(StringComparer.Ordinal);

    /// <summary>Answers with the schema, or with the definitions of the types that <c>types</c> names.</summary>
    /// <exception cref="RequestRefusal"><c>types</c> is empty or names what is no type of the schema.</exception>
    public void Write(HttpContext http)
    {
        var response = http.Response;
        if (!isOpen)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }

        var download = DownloadOf(http.Request.Query.TryGetValue("types", out var types) ? types.ToString() : null);
        response.Headers.ETag = download.ETag;
        response.Headers.CacheControl = "public, max-age=3600, must-revalidate";
        if (EntityTags.Match(http.Request.Headers.IfNoneMatch, download.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/graphql; charset=utf-8";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "schema.graphql" }.ToString();
        response.ContentLength = download.Sdl.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) response.BodyWriter.Write(download.Sdl);
    }

    private Download DownloadOf(string? types)
    {
        var key = types ?? "";
        if (types is not null) RequireTypes(types);
        if (_kept.TryGetValue(key, out var known)) return known;

        var names = types?.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        var made = new Download(names is null ? schema.ToSdl() : schema.ToSdl(type => names.Contains(type.Name)));
        if (_kept.Count < MaxKept) _kept.TryAdd(key, made);
        return made;
    }

    private void RequireTypes(string types)
    {
        if (types.Length == 0) throw RequestRefusal.BadRequest(ErrorCodes.TypeParameterEmpty, "The parameter \"types\" names no type.");
        foreach (var name in types.Split(',', StringSplitOptions.TrimEntries))
        {
            if (name.Length == 0 || !name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c)) || char.IsAsciiDigit(name[0]))
                throw RequestRefusal.BadRequest(ErrorCodes.TypeNameInvalid, "The parameter \"types\" holds something that is no type's name.");
            if (!schema.TryGetType(name, out _))
                throw RequestRefusal.BadRequest(ErrorCodes.TypeDoesNotExist, $"The schema has no type \"{name}\".");
        }
    }

    private sealed class Download(string sdl)
    {
        public byte[] Sdl { get; } = Encoding.UTF8.GetBytes(sdl);

        public string ETag { get; } = EntityTags.Of(Encoding.UTF8.GetBytes(sdl));
    }
}

/// <summary>Strong entity tags (RFC 9110, 8.8.3).</summary>
internal static class EntityTags
{
    public static string Of(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"";

    /// <summary>Whether If-None-Match names the tag; it compares weakly (RFC 9110, 13.1.2).</summary>
    public static bool Match(Microsoft.Extensions.Primitives.StringValues ifNoneMatch, string tag)
    {
        if (ifNoneMatch.Count == 0) return false;
        return EntityTagHeaderValue.TryParseList([.. ifNoneMatch.Where(line => line is not null)!], out var tags)
            && tags.Any(each => each.Equals(EntityTagHeaderValue.Any) || each.Tag.Equals(tag, StringComparison.Ordinal));
    }
}
