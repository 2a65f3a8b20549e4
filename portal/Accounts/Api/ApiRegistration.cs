using Metro.Data;
using Metro.GraphQL;
using Metro.Portal.Accounts.Tokens;
using Metro.Portal.Schema;
using Metro.Portal.Schema.Callers;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Net.Http.Headers;

namespace Metro.Portal.Accounts.Api;

/// <summary>The API with what only the host knows: who calls, by cookie or by token, what they may do, and how often.</summary>
internal static class ApiRegistration
{
    private const string CookieOrToken = "cookie-or-token";

    public static void AddApi(this IServiceCollection services)
    {
        services.AddPortalSchema()
            .AddTypes([typeof(StaffQueries), typeof(StaffMutations), typeof(StaffAccountFields), typeof(MessageWords)])
            .AddObjectType<ListedAccount>(StaffAccountFields.Describe)
            .AddErrorFilter(SayOutage);
        services.AddScoped<ICallers, AccountCallers>();
        services.AddAuthentication(authentication => authentication.DefaultAuthenticateScheme = CookieOrToken)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null)
            .AddPolicyScheme(CookieOrToken, null, either => either.ForwardDefaultSelector = context =>
                IsApi(context) && TokenAuthentication.IsIn(context.Request) ? TokenAuthentication.SchemeName : IdentityConstants.ApplicationScheme);
        services.AddAuthorization(authorization =>
        {
            foreach (var permission in Permissions.All)
                authorization.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => MayDo(context, permission)));
        });
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapPortalSchema();
        // Each field says for whom it is.
        api.AllowAnonymous();
        api.RequireRateLimiting(RateLimits.Api);
        api.Add(RefuseFailedTokens);
    }

    /// <summary>What a client may simply ask again is told apart from a fault of ours.</summary>
    private static IError SayOutage(IError error) => Outages.Caused(error.Exception)
        ? error.WithCode("UNAVAILABLE").WithMessage(PortalText.Get("Api.Unavailable"))
        : error;

    /// <summary>Tokens are good for the API and nothing else.</summary>
    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/graphql", StringComparison.Ordinal);

    /// <summary>By cookie one does what one may; by token what the token was also made for.</summary>
    private static bool MayDo(AuthorizationHandlerContext context, string permission)
    {
        if (!ApiScopes.IsFor(permission, context.User)) return false;
        return context.User.Identity?.AuthenticationType != TokenAuthentication.SchemeName || context.User.HasClaim(TokenAuthentication.ScopeClaim, permission);
    }

    /// <summary>Whoever sends a token means to be somebody: one that fails is said to, and not answered as if nobody had asked.</summary>
    private static void RefuseFailedTokens(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            // The handler has answered before and remembers what.
            if (!TokenAuthentication.IsIn(context.Request) || (await context.AuthenticateAsync(TokenAuthentication.SchemeName)).Succeeded)
            {
                await next(context);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer error=\"invalid_token\"";
            await ApiRefusal.WriteAsync(context, "TOKEN_INVALID", PortalText.Get("Api.TokenInvalid"));
        };
    }
}
