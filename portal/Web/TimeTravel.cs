using System.Globalization;
using Metro.Content;

namespace Metro.Portal.Web;

/// <summary>The instant as of which a request sees the site.</summary>
/// <param name="AtUtc">The instant, in UTC.</param>
internal sealed record SeenAsOn(DateTime AtUtc);

/// <summary>
/// Shows the site as it will be: <c>?at=2026-12-01</c> (the end of that day) or <c>?at=2026-12-01T09:00</c>, by the
/// library's clock. A cookie keeps the date from page to page until the reader leaves it. Only for those who may preview
/// all content; to everyone else the parameter means nothing. What is shown so is kept by no cache.
/// </summary>
internal sealed class TimeTravel(RequestDelegate next, ContentSettings settings, TimeProvider clock)
{
    private const string Parameter = "at";
    private const string Cookie = "preview-at";

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsAPage(context.Request) || !MayPreview(context)) return next(context);

        var asked = context.Request.Query[Parameter].ToString();
        var instant = InstantOf(asked.Length > 0 ? asked : context.Request.Cookies[Cookie]);
        if (instant is not { } at || at <= clock.GetUtcNow().UtcDateTime)
        {
            if (context.Request.Cookies.ContainsKey(Cookie)) context.Response.Cookies.Delete(Cookie);
            return next(context);
        }

        if (asked.Length > 0) context.Response.Cookies.Append(Cookie, asked, new CookieOptions { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true });
        context.Features.Set(new SeenAsOn(at));
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.CacheControl = "private, no-store";
            context.Response.Headers["X-Robots-Tag"] = "noindex";
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>The way back to today.</summary>
    public static IResult Leave(HttpContext context)
    {
        context.Response.Cookies.Delete(Cookie);
        return Results.LocalRedirect(WithoutDate(LocalAddress.Or(context.Request.Form["returnTo"], "/")));
    }

    private static string WithoutDate(string address)
    {
        var parts = address.Split('?', 2);
        var kept = parts.ElementAtOrDefault(1)?.Split('&').Where(pair => !pair.StartsWith($"{Parameter}=", StringComparison.Ordinal)).ToArray() ?? [];
        return kept.Length == 0 ? parts[0] : $"{parts[0]}?{string.Join('&', kept)}";
    }

    /// <summary>The editor itself shows what is, and programs ask by other means.</summary>
    private bool IsAPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Path.Value is { } path && path.Split('/') is [_, var first, ..] && !first.StartsWith('_') && !settings.ReservedPaths.Contains(first);

    private static bool MayPreview(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true
        && ContentRoles.PermissionsOf(ContentRoles.All.Where(context.User.IsInRole)).Contains(ContentPermissions.NameOf(ContentAct.Preview));

    private DateTime? InstantOf(string? text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            return TimeZoneInfo.ConvertTimeToUtc(day.AddDays(1).ToDateTime(TimeOnly.MinValue), settings.Zone).AddMilliseconds(-1);
        return DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !settings.Zone.IsInvalidTime(local)
            ? TimeZoneInfo.ConvertTimeToUtc(local, settings.Zone)
            : null;
    }
}

/// <summary>How the portal takes the travel in: everything that reads content in a request then reads it as of the date.</summary>
internal static class TimeTravelRegistration
{
    private const string LeaveAddress = "/admin/preview/leave";

    public static void AddTimeTravel(this IServiceCollection services) => services.AddScoped(provider =>
    {
        var reader = ActivatorUtilities.CreateInstance<ContentReader>(provider);
        return provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<SeenAsOn>() is { } seen ? reader.AsOn(seen.AtUtc) : reader;
    });

    /// <summary>Leaving harms nobody, so the form in the layout carries no antiforgery token.</summary>
    public static void MapTimeTravel(this WebApplication app) => app.MapPost(LeaveAddress, TimeTravel.Leave).AllowAnonymous().DisableAntiforgery();

    /// <summary>The sign that stands above every page seen so; null when the page is of today.</summary>
    public static (string Words, string Leave, string LeaveAddress)? Sign(HttpContext context, ContentSettings settings)
    {
        if (context.Features.Get<SeenAsOn>() is not { } seen) return null;

        var local = TimeZoneInfo.ConvertTimeFromUtc(seen.AtUtc, settings.Zone).ToString("dddd, d MMMM yyyy, HH.mm", CultureInfo.CurrentCulture);
        return (PortalText.Get("TimeTravel.Words", local), PortalText.Get("TimeTravel.Leave"), LeaveAddress);
    }
}
