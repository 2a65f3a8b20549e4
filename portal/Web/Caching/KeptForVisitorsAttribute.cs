using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Primitives;

namespace Metro.Portal.Web.Caching;

/// <summary>
/// A page or feed that is the same for everybody who is not signed in, and is made once for all of them until something that it tells
/// of changes, half a minute at most (decision 0025). Half minutes begin with the clock's: what changes with the time, an hour at
/// which doors open or a publication is due, changes on the minute.
/// </summary>
/// <param name="of">What it tells of beside what stands on every page: the menus and whether the library is open.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeptForVisitorsAttribute(Matters of) : Attribute, IOutputCachePolicy
{
    private const int LongestQuery = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Matters matters = of | Matters.Content | Matters.Hours;

    /// <summary>A parameter with which it is made anew each time: a search is counted, and no two readers type the same. Null for none.</summary>
    public string? Unless { get; init; }

    /// <summary>Says whether the request may be answered with what was made for another, and under what it is kept.</summary>
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        var editions = http.RequestServices.GetRequiredService<Editions>();
        var isKept = editions.AreCurrent && IsOfAVisitor(http) && http.Request.QueryString.Value is null or { Length: <= LongestQuery }
            && (Unless is null || StringValues.IsNullOrEmpty(http.Request.Query[Unless]));
        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage) = (isKept, isKept, isKept);
        // Nobody waits for another's page: whoever goes away while it is made would take it from all who wait.
        context.AllowLocking = false;
        if (!isKept) return ValueTask.CompletedTask;

        context.ResponseExpirationTimeSpan = Longest;
        foreach (var tag in Editions.TagsOf(matters)) context.Tags.Add(tag);

        // A page says its own address again, as it was asked for: the host, the path and every sign of the query.
        var differs = context.CacheVaryByRules.VaryByValues;
        differs["edition"] = editions.Of(matters);
        differs["moment"] = (http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcTicks / Longest.Ticks).ToString(CultureInfo.InvariantCulture);
        differs["language"] = CultureInfo.CurrentUICulture.Name;
        differs["query"] = http.Request.QueryString.Value ?? "";
        differs["appearance"] = AppearanceChoice.Read(http.Request).ToString();
        differs["compression"] = http.RequestServices.GetRequiredService<IResponseCompressionProvider>() is var compression && compression.CheckRequestAcceptsCompression(http)
            ? compression.GetCompressionProvider(http)?.EncodingName ?? "" : "";
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing more is asked of what was found.</summary>
    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Keeps only whole pages that give the visitor nothing of their own, a cookie say.</summary>
    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.SetCookie.Count > 0 || response.Headers.CacheControl.ToString().Contains("no-", StringComparison.Ordinal))
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }

    /// <summary>Whoever brings anything but a choice of colours, a session or a form begun, is no mere visitor.</summary>
    private static bool IsOfAVisitor(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.User.Identity?.IsAuthenticated != true
        && http.Request.Headers.Authorization.Count == 0
        && http.Features.Get<SeenAsOn>() is null
        && http.Request.Cookies.Keys.All(name => name == AppearanceChoice.Cookie);
}
