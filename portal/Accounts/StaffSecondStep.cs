using Metro.Portal.Accounts.Api;
using Metro.Portal.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Metro.Portal.Accounts;

/// <summary>
/// Leads staff who signed in with a password alone to the second step before anything that needs their account: what they may do is
/// worth more than a password. Members choose for themselves.
/// </summary>
internal sealed class StaffSecondStep(RequestDelegate next, PortalSettings portal)
{
    /// <summary>Where a second step is set up.</summary>
    public const string SetUp = "/account/security/authenticator";

    public Task InvokeAsync(HttpContext context)
    {
        if (!portal.StaffSecondFactor || !IsStaffByPasswordAlone(context) || IsOpen(context)) return next(context);
        if (!context.Request.Path.StartsWithSegments("/graphql", StringComparison.Ordinal))
        {
            context.Response.Redirect(context.Request.PathBase + SetUp);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return ApiRefusal.WriteAsync(context, "SECOND_STEP_NEEDED", PortalText.Get("Api.SecondStepNeeded"), context.RequestAborted);
    }

    /// <summary>By token one acts within what somebody allowed who was signed in; a token has no second step of its own.</summary>
    private static bool IsStaffByPasswordAlone(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } identity && identity.AuthenticationType == IdentityConstants.ApplicationScheme
        && !SecondStep.IsDone(context.User) && Role.All.Any(context.User.IsInRole);

    /// <summary>What anybody may see, and where the second step is set up.</summary>
    private static bool IsOpen(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/account/security", StringComparison.Ordinal)) return true;
        if (context.Request.Path.StartsWithSegments("/graphql", StringComparison.Ordinal)) return false;
        return context.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<IAllowAnonymous>() is not null || metadata.GetMetadata<IAuthorizeData>() is null;
    }
}
