using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Metro.Portal.Web;

/// <summary>
/// Cookies belong to the whole site, in both of its languages, and to no other host. Over HTTPS their names begin with
/// <c>__Host-</c>: a browser takes such a cookie from this host alone and by HTTPS alone (RFC 6265bis, 4.1.3.2), so that neither a
/// neighbouring host nor somebody on the line can slip one in. Within the portal they go by their names without it.
/// </summary>
internal sealed class HostCookies(RequestDelegate next)
{
    private const string Prefix = "__Host-";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps && context.Request.Headers.Cookie is { Count: > 0 } sent) context.Request.Headers.Cookie = Ours(sent);
        context.Response.OnStarting(Bind, context);
        return next(context);
    }

    /// <summary>The cookies that only this host can have set.</summary>
    private static StringValues Ours(StringValues sent)
    {
        var ours = sent.SelectMany(header => (header ?? "").Split(';', StringSplitOptions.TrimEntries))
            .Where(cookie => cookie.StartsWith(Prefix, StringComparison.Ordinal)).Select(cookie => cookie[Prefix.Length..]);
        return string.Join("; ", ours) is { Length: > 0 } header ? header : StringValues.Empty;
    }

    private static Task Bind(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        if (headers.SetCookie.Count > 0) headers.SetCookie = headers.SetCookie.Select(cookie => Bound(cookie, context.Request.IsHttps)).ToArray();
        return Task.CompletedTask;
    }

    private static string? Bound(string? text, bool isHttps)
    {
        if (!SetCookieHeaderValue.TryParse(text, out var cookie)) return text;

        cookie.Path = "/";
        if (isHttps) (cookie.Name, cookie.Secure) = (Prefix + cookie.Name, true);
        return cookie.ToString();
    }
}
