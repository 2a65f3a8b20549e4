using System.Buffers;
using System.Globalization;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Results;
using Metro.GraphQL.Http;
using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Caching;

/// <summary>Tells browsers and caches between how long an answer holds (RFC 9111), and saves sending it again (RFC 9110, 13).</summary>
internal static class HttpCaching
{
    /// <summary>Where an answer's <see cref="CachePolicy"/> is.</summary>
    public const string PolicyKey = "cachePolicy";

    /// <summary>Writes the answer to a GET, or only that it has not changed.</summary>
    public static void Write(HttpContext http, OperationResult result, ResponseFormat format)
    {
        var response = http.Response;
        if (result.Errors.Count > 0 || !result.HasData)
        {
            response.Headers.CacheControl = "no-store";
            ResponseWriter.WriteSingle(response, result, format);
            return;
        }

        using var body = new PooledBuffer();
        result.WriteTo(body);
        var tag = EntityTags.Of(body.Written);
        response.Headers.ETag = tag;
        Describe(response, result.ContextData?.GetValueOrDefault(PolicyKey) as CachePolicy);
        if (EntityTags.Match(http.Request.Headers.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = ResponseWriter.ContentTypeOf(format);
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body.Written);
    }

    private static void Describe(HttpResponse response, CachePolicy? policy)
    {
        // The same address answers in several media types.
        response.Headers.Vary = policy is null ? "Accept" : string.Join(", ", ["Accept", .. policy.Vary]);
        if (policy is not { MaxAge: > 0 })
        {
            response.Headers.CacheControl = "private, no-cache";
            return;
        }

        var shared = policy is { IsPrivate: false, SharedMaxAge: { } seconds }
            ? string.Create(CultureInfo.InvariantCulture, $", s-maxage={seconds}")
            : "";
        response.Headers.CacheControl = string.Create(
            CultureInfo.InvariantCulture, $"{(policy.IsPrivate ? "private" : "public")}, max-age={policy.MaxAge}{shared}");
    }
}
