using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Metro.Portal.Schema;

/// <summary>
/// The language of a request. <c>/en/graphql</c> is English, as every path of the portal that begins so; at
/// <c>/graphql</c> the header <c>Accept-Language</c> may ask for English, and caches are told that it matters.
/// </summary>
internal static class RequestLanguage
{
    public static void Wrap(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            if (Asked(http) is { } language) CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language.Culture;
            http.Response.OnStarting(static state =>
            {
                ((HttpResponse)state).Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
                return Task.CompletedTask;
            }, http.Response);
            return next(http);
        };
    }

    private static Language? Asked(HttpContext http) => http.Request.PathBase.HasValue
        ? null
        : http.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => Language.Find(wish.Value.Length >= 2 ? wish.Value.Subsegment(0, 2).ToString().ToLowerInvariant() : null))
            .FirstOrDefault(language => language is not null);
}
