using Metro.GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Caching;

/// <summary>Tells browsers and caches between how long an answer holds (RFC 9111), and saves sending it again (RFC 9110, 13).</summary>
internal static class HttpCaching
{
    public static void Apply(HttpContext http, OperationResult result)
    {
    }
}
