using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Metro.Data;
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

    private const string Address = "from ";

    /// <param name="services">The host's services.</param>
    /// <param name="database">Where it is shared by several nodes, so are the limits.</param>
    public static void AddRateLimits(this IServiceCollection services, DatabaseSettings database)
    {
        var areShared = database.Provider == DatabaseProvider.PostgreSql;
        services.AddSingleton(new SharedLimits(Make, areShared));
        if (areShared) services.AddHostedService<LimitsAmongNodes>();
        services.AddRateLimiter(SetUp);
    }

    private static void SetUp(RateLimiterOptions limits)
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
        limits.AddPolicy(SignIn, context => Sending(context, SignIn));
        limits.AddPolicy(SignUp, context => Sending(context, SignUp));
        limits.AddPolicy(Visitors, context => context.User.Identity?.IsAuthenticated == true ? Unlimited : Sending(context, Visitors));
        limits.AddPolicy(Search, context => Limits(context).Of(Search, FromWhere(context)));
        limits.AddPolicy(Api, context => Limits(context).Of(Api, WhoAsks(context)));
    }

    private static RateLimitPartition<(string Policy, string Who)> Unlimited => RateLimitPartition.GetNoLimiter(("", "unlimited"));

    private static SharedLimits Limits(HttpContext context) => context.RequestServices.GetRequiredService<SharedLimits>();

    /// <summary>Ten forms in a while from one address; looking at them costs nothing.</summary>
    private static RateLimitPartition<(string Policy, string Who)> Sending(HttpContext context, string policy) =>
        HttpMethods.IsPost(context.Request.Method) ? Limits(context).Of(policy, FromWhere(context)) : Unlimited;

    private static ReplenishingRateLimiter Make(string policy, string who) => policy switch
    {
        Search => Bucket(60, perSecond: 2),
        Api => who.StartsWith(Address, StringComparison.Ordinal) ? Bucket(300, perSecond: 5) : Bucket(600, perSecond: 10),
        SignUp => Window(TimeSpan.FromMinutes(10)),
        _ => Window(TimeSpan.FromMinutes(1)),
    };

    private static TokenBucketRateLimiter Bucket(int most, int perSecond) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = most, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), AutoReplenishment = false,
    });

    private static FixedWindowRateLimiter Window(TimeSpan length) => new(new FixedWindowRateLimiterOptions
    {
        PermitLimit = 10, Window = length, AutoReplenishment = false,
    });

    private static string FromWhere(HttpContext context) => $"{Address}{context.Connection.RemoteIpAddress}";

    private static string WhoAsks(HttpContext context) =>
        context.User.FindFirstValue(TokenAuthentication.TokenClaim) is { } token ? $"token {token}"
        : context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } account ? $"account {account}"
        : FromWhere(context);
}
