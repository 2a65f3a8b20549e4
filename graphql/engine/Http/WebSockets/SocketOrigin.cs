using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Http.WebSockets;

/// <summary>
/// Browsers send cookies with WebSockets to any site and never ask first, so a connection with cookies must come from a
/// page of this site, or from one that is allowed.
/// </summary>
internal static class SocketOrigin
{
    public static bool IsAllowed(HttpRequest request, GraphQLSocketOptions options)
    {
        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin) || request.Headers.Cookie.Count == 0) return true;
        return options.AllowedOrigins.Contains(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && string.Equals(page.Authority, request.Host.ToString(), StringComparison.OrdinalIgnoreCase));
    }
}
