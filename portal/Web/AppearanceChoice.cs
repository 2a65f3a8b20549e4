using Metro.Theme;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Web;

/// <summary>
/// A reader's choice of appearance, kept for a year in a cookie that holds nothing else. Anyone may choose; a
/// forged choice could do no more than change colours, so the form carries no antiforgery token and works on
/// cached pages.
/// </summary>
internal static class AppearanceChoice
{
    /// <summary>The name of the cookie that keeps the choice.</summary>
    public const string Cookie = "appearance";

    public static Appearance Read(HttpRequest request) => Parse(request.Cookies[Cookie]) ?? Appearance.System;

    public static void MapAppearance(this WebApplication app) =>
        app.MapPost("/appearance", Choose).AllowAnonymous().DisableAntiforgery();

    private static IResult Choose([FromForm] string? appearance, [FromForm] string? returnTo, HttpContext context)
    {
        if (Parse(appearance) is not { } chosen) return Results.BadRequest();

        context.Response.Cookies.Append(Cookie, chosen.ToString().ToLowerInvariant(), new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
        });
        return Results.LocalRedirect(LocalAddress.Or(returnTo, "/"));
    }

    private static Appearance? Parse(string? name) =>
        name?.All(char.IsAsciiLetter) == true && Enum.TryParse<Appearance>(name, ignoreCase: true, out var appearance) ? appearance : null;
}
