using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Metro.Portal.Accounts.Api;
using Metro.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.RateLimiting;

namespace Metro.Portal.Web;

/// <summary>How often one address may ask; whoever asks too often is told when to come back.</summary>
internal static class RateLimits
{
    /// <summary>Attempts to sign in: ten a minute from one address.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Forms that people send without signing in, such as a registration: ten a minute from one address.</summary>
    public const string Visitors = "visitors";

    /// <summary>Whatever makes an account or sends a letter for whoever asks: ten times in ten minutes from one address.</summary>
    public const string SignUp = "sign-up";

    /// <summary>Searches: two a second from one address over time, and sixty at once for those who leaf quickly.</summary>
    public const string Search = "search";

    /// <summary>
    /// Requests to the API: ten a second over time for a token or an account, five from one address of those who are nobody, and a
    /// minute's worth at once.
    /// </summary>
    public const string Api = "api";

    public static void AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, stop) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            var context = rejected.HttpContext;
            return context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == Api
                ? new(ApiRefusal.WriteAsync(context, "RATE_LIMITED", PortalText.Get("Api.RateLimited", context.Response.Headers.RetryAfter.ToString()), stop))
                : ValueTask.CompletedTask;
        };
        limits.AddPolicy(SignIn, context => Sending(context, TimeSpan.FromMinutes(1)));
        limits.AddPolicy(SignUp, context => Sending(context, TimeSpan.FromMinutes(10)));
        limits.AddPolicy(Visitors, context => context.User.Identity?.IsAuthenticated == true ? RateLimitPartition.GetNoLimiter("signed in") : Sending(context, TimeSpan.FromMinutes(1)));
        limits.AddPolicy(Search, context => RateLimitPartition.GetTokenBucketLimiter(
            $"from {context.Connection.RemoteIpAddress}",
            _ => new TokenBucketRateLimiterOptions { TokenLimit = 60, TokensPerPeriod = 2, ReplenishmentPeriod = TimeSpan.FromSeconds(1) }));
        limits.AddPolicy(Api, context => RateLimitPartition.GetTokenBucketLimiter(
            WhoAsks(context),
            who => new TokenBucketRateLimiterOptions
            {
                TokenLimit = who.StartsWith("from", StringComparison.Ordinal) ? 300 : 600,
                TokensPerPeriod = who.StartsWith("from", StringComparison.Ordinal) ? 5 : 10,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
    });

    /// <summary>Ten forms in a while from one address; looking at them costs nothing.</summary>
    private static RateLimitPartition<string> Sending(HttpContext context, TimeSpan window) => HttpMethods.IsPost(context.Request.Method)
        ? RateLimitPartition.GetFixedWindowLimiter(
            $"from {context.Connection.RemoteIpAddress}",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = window })
        : RateLimitPartition.GetNoLimiter("reading");

    private static string WhoAsks(HttpContext context) =>
        context.User.FindFirstValue(TokenAuthentication.TokenClaim) is { } token ? $"token {token}"
        : context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } account ? $"account {account}"
        : $"from {context.Connection.RemoteIpAddress}";
}
