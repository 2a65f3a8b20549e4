using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Metro.Data;
using Metro.Portal.Accounts;
using Metro.Portal.Feeds;
using Metro.Portal.Pages.Catalog;
using Metro.Portal.Pages.Content;
using Metro.Portal.Pages.Desk.Counter;
using Metro.Portal.Pages.Desk.Lists;
using Metro.Portal.Pages.Office.Catalog;
using Metro.Portal.Pages.EResources;
using Metro.Portal.Pages.PersonalCalendar;
using Metro.Portal.Pages.Programs;
using Metro.Portal.Pages.Search;
using Metro.Portal.People;
using Metro.Portal.Settings;
using Metro.Portal.Web.Forms;
using Metro.Theme;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;

namespace Metro.Portal.Web;

/// <summary>How a request for a page passes through the portal, from the outside in.</summary>
internal static class PagePipeline
{
    public static void AddPortalPages(this IServiceCollection services, PortalSettings portal, DatabaseSettings database)
    {
        services.AddHttpContextAccessor();
        services.AddRazorPages(pages =>
        {
            pages.Conventions.AddPageRoute("/Standing/Standing", "/accessibility");
            pages.Conventions.ConfigureFilter(new UnansweredMethods());
        });
        // What cannot be read is the sender's fault in development too, and answered like everything else.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.AddScoped<SiteChrome, PortalChrome>().AddScoped<DoorHours>().AddScoped<ContentCards>().AddScoped<Publications>().AddScoped<WhatsOn>().AddScoped<PlannedAhead>().AddScoped<JoinedPages>().AddSingleton<Dates>();
        services.AddForms();
        services.AddSingleton<MarcUploads>();
        services.AddScoped<Household>().AddScoped<DeskBranch>().AddScoped<Scanning>().AddScoped<WorkLists>().AddScoped<PersonalDates>();
        services.AddScoped<KeptFiles>().AddScoped<LendingDesk>();
        services.AddTimeTravel();
        // Letters of every script stand in pages as themselves; only what HTML itself uses is escaped.
        services.Configure<WebEncoderOptions>(encoding => encoding.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddProblemDetails();
        services.AddPageCompression();
        services.AddAuthorization();
        services.AddRateLimits(database);
        services.AddHsts(https =>
        {
            https.MaxAge = TimeSpan.FromDays(365);
            https.IncludeSubDomains = true;
        });
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in portal.Proxies) forwarded.KnownIPNetworks.Add(proxy);
        });
    }

    public static void UsePortalPages(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<HostCookies>();
        app.UseMiddleware<SecurityHeaders>();
        app.Use(CacheFontsForEver);
        app.UseMiddleware<LanguageFromPath>();
        app.UseFaults();
        app.UseStatusCodePagesWithReExecute("/status/{0}");
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseMiddleware<AccessLog>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<UnknownSessions>();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<StaffSecondStep>();
        app.UseMiddleware<TimeTravel>();
        // What is kept for visitors is kept as it is sent, compressed.
        app.UseOutputCache();
        app.UseResponseCompression();
    }

    public static void MapPortalPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        app.MapAppearance();
        app.MapTimeTravel();
        app.MapMedia();
        app.MapBookDownloads();
        app.MapNewsFeeds();
        app.MapOpds();
        app.MapSiteMaps();
        app.MapInstallableApp();
        app.MapProgramCalendars();
        app.MapPersonalCalendars();
    }

    /// <summary>
    /// Pages and feeds are compressed as they are made, over HTTPS too: the secrets that a page carries, antiforgery tokens, are
    /// masked anew in every answer, so that the length of an answer tells nothing about them.
    /// </summary>
    private static void AddPageCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/atom+xml", "application/opds+json", "application/ld+json", "text/calendar"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
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
