using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Diagnostics;

namespace Metro.Portal.Accounts;

/// <summary>Whether a session still holds could not be found out.</summary>
/// <param name="Fault">Why not.</param>
internal sealed record UnknownSession(Exception Fault);

/// <summary>
/// Ends a request of which nobody can say whose it is, as any other outage ends it: answered as a stranger's it would seem to have
/// lost its session. Questions about the portal's health need nobody.
/// </summary>
internal sealed class UnknownSessions(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<UnknownSession>() is { } unknown && context.Features.Get<IExceptionHandlerFeature>() is null
            && !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            ExceptionDispatchInfo.Throw(unknown.Fault);
        return next(context);
    }
}
