using Metro.Theme;
using Microsoft.AspNetCore.HttpOverrides;

namespace Metro.Portal.Web;

/// <summary>How a request for a page passes through the portal, from the outside in.</summary>
internal static class PagePipeline
{
    public static void AddPortalPages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddRazorPages();
        services.AddScoped<SiteChrome, PortalChrome>();
        services.AddProblemDetails();
        services.AddAuthorization();
        services.AddRateLimits();
        services.Configure<ForwardedHeadersOptions>(forwarded =>
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
    }

    public static void UsePortalPages(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.Use(CacheFontsForEver);
        app.UseMiddleware<LanguageFromPath>();
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/status/{0}");
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapPortalPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        app.MapAppearance();
        app.MapMedia();
    }

    /// <summary>Style sheets name fonts by file, so no fingerprint can stand in the address; their version does.</summary>
    private static Task CacheFontsForEver(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/_content/Metro.Theme/dist/fonts", StringComparison.Ordinal))
        {
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode == StatusCodes.Status200OK)
                    context.Response.Headers.CacheControl = "max-age=31536000, immutable";
                return Task.CompletedTask;
            });
        }

        return next(context);
    }
}
