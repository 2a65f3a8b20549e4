using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Metro.GraphQL.Http;

/// <summary>What a request says its body is, and whether a person sits behind it.</summary>
internal static class ContentTypes
{
    /// <summary>JSON in UTF-8 (GraphQL over HTTP, 5.4), which no form can send.</summary>
    public static bool IsJson(string? contentType) => contentType switch
    {
        null => false,
        "application/json" or "application/json; charset=utf-8" => true,
        _ => MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && parsed.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && IsUtf8(parsed),
    };

    public static bool IsMultipartForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var parsed)
        && parsed.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && IsUtf8(parsed);

    /// <summary>Whether the client would rather see a page.</summary>
    public static bool IsBrowser(StringValues accept) =>
        accept.Any(line => line is not null && line.Contains("text/html", StringComparison.OrdinalIgnoreCase));

    private static bool IsUtf8(MediaTypeHeaderValue type)
    {
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return !charset.HasValue || charset.Length == 0
            || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
    }
}
