using Microsoft.AspNetCore.Authorization;

namespace Metro.Portal.Web;

/// <summary>
/// What every answer tells the browser: nothing is loaded from another host, nothing inline runs, nobody frames us, and what was made
/// for somebody who is signed in is kept nowhere. The policy is the proof that the site makes no third-party request.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private static readonly (string Name, string Value)[] Always =
    [
        ("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"),
    ];

    public Task InvokeAsync(HttpContext context)
    {
        // Said last: the page for faults begins by taking back what was said before, and what an answer says of itself stays.
        context.Response.OnStarting(Say, context);
        return next(context);
    }

    private static Task Say(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        foreach (var (name, value) in Always)
            if (!headers.ContainsKey(name)) headers[name] = value;
        if (headers.CacheControl.Count == 0 && IsPersonal(context)) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private static bool IsPersonal(HttpContext context) => context.User.Identity?.IsAuthenticated == true
        || (context.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<IAuthorizeData>() is not null && metadata.GetMetadata<IAllowAnonymous>() is null);
}
