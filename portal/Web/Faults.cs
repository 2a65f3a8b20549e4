using Metro.Data;
using Metro.Portal.Accounts.Api;
using Microsoft.AspNetCore.Diagnostics;

namespace Metro.Portal.Web;

/// <summary>
/// The one place where what went wrong beyond the library's own "no" is caught: a fault of ours is answered with 500, a world that
/// fails for a while with 503 and when to come back. Pages say so on a page, the API in the form of its errors.
/// </summary>
internal static class Faults
{
    /// <summary>After how many seconds somebody may ask again who met an outage.</summary>
    public const int ComeBackAfterSeconds = 10;

    public static void UseFaults(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = fault => Outages.Caused(fault) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
        });
        app.Use(AnswerApi);
    }

    /// <summary>Whether this is the answer to a request that an outage had ended.</summary>
    public static bool AreOfAnOutage(HttpContext context) => Outages.Caused(context.Features.Get<IExceptionHandlerFeature>()?.Error);

    private static Task AnswerApi(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IExceptionHandlerPathFeature>() is not { } failed) return next(context);

        var isOutage = AreOfAnOutage(context);
        if (isOutage) context.Response.Headers.RetryAfter = $"{ComeBackAfterSeconds}";
        if (!failed.Path.StartsWith("/graphql", StringComparison.Ordinal)) return next(context);

        return isOutage
            ? ApiRefusal.WriteAsync(context, "UNAVAILABLE", PortalText.Get("Api.Unavailable"), context.RequestAborted)
            : ApiRefusal.WriteAsync(context, "INTERNAL", PortalText.Get("Api.Internal"), context.RequestAborted);
    }
}
