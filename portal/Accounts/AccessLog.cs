using System.Net;
using System.Security.Claims;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;

namespace Metro.Portal.Accounts;

/// <summary>
/// Writes to the log who signed in and out, and what was refused to whom: sign-ins, what somebody may not do, forms that were not
/// ours, too many requests (OWASP ASVS 5, 16.3). An address is named by its route, an account by its number, so that neither secrets
/// nor names nor line ends of a sender get into a line.
/// </summary>
internal sealed partial class AccessLog(RequestDelegate next, ILogger<AccessLog> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        // The page that explains a refusal comes by here a second time, with the same status.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null) return;
        if (WhatWasRefused(context) is not { } what) return;

        Refused(log, what, context.Response.StatusCode, MethodOf(context.Request), RouteOf(context), AccountOf(context.User), context.Connection.RemoteIpAddress);
    }

    /// <summary>Notes each session that begins and each that its owner ends.</summary>
    public static void Follow(CookieAuthenticationEvents events)
    {
        var (signedIn, signingOut) = (events.OnSignedIn, events.OnSigningOut);
        events.OnSignedIn = session =>
        {
            var context = session.HttpContext;
            SignedIn(LogOf(context), AccountOf(session.Principal), session.Principal?.FindFirstValue("amr") ?? "pwd", RouteOf(context), context.Connection.RemoteIpAddress);
            return signedIn(session);
        };
        events.OnSigningOut = session =>
        {
            if (AccountOf(session.HttpContext.User) is { } account) SignedOut(LogOf(session.HttpContext), account, session.HttpContext.Connection.RemoteIpAddress);
            return signingOut(session);
        };
    }

    private static string? WhatWasRefused(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => "request",
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "access",
        StatusCodes.Status429TooManyRequests => "pace",
        StatusCodes.Status422UnprocessableEntity when context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == RateLimits.SignIn => "sign-in",
        StatusCodes.Status302Found when context.Response.Headers.Location.ToString().Contains("/account/not-allowed", StringComparison.Ordinal) => "access",
        _ => null,
    };

    private static string? AccountOf(ClaimsPrincipal? person) => person?.FindFirstValue(ClaimTypes.NameIdentifier);

    private static string? RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    /// <summary>A method that everybody knows; a sender may write there what they like.</summary>
    private static string MethodOf(HttpRequest request) => request.Method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" ? request.Method : "other";

    private static ILogger<AccessLog> LogOf(HttpContext context) => context.RequestServices.GetRequiredService<ILogger<AccessLog>>();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused ({What}, {Status}): {Method} {Route} by account {Account} from {Address}.")]
    private static partial void Refused(ILogger log, string what, int status, string method, string? route, string? account, IPAddress? address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {Account} signed in by {Means} at {Route} from {Address}.")]
    private static partial void SignedIn(ILogger log, string? account, string means, string? route, IPAddress? address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {Account} signed out from {Address}.")]
    private static partial void SignedOut(ILogger log, string account, IPAddress? address);
}
