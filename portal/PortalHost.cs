using Metro.Content;
using Metro.Content.Editor;
using Metro.Data;
using Metro.Library;
using Metro.Portal.Accounts;
using Metro.Portal.Accounts.Api;
using Metro.Portal.Demo;
using Metro.Portal.Health;
using Metro.Portal.Hosting;
using Metro.Portal.Settings;
using Metro.Portal.Telemetry;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Scheduler;

namespace Metro.Portal;

/// <summary>Puts the house together: one line per module.</summary>
internal static class PortalHost
{
    /// <param name="settings">Settings from the command line.</param>
    /// <param name="serves">Whether it will be started at once, on a database that is ready.</param>
    public static WebApplication Build(string[] settings, bool serves = false)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = ContentRoot() });
        var portal = SettingsReader.ReadPortal(builder.Configuration, builder.Environment);
        var database = SettingsReader.ReadDatabase(builder.Configuration, portal);
        var library = SettingsReader.ReadLibrary(builder.Configuration, portal);

        var mail = MailSettingsReader.ReadMail(builder.Configuration);
        var backup = MailSettingsReader.ReadBackup(builder.Configuration, portal);

        builder.AddPortalLogging();
        builder.AddPortalTelemetry();
        builder.WebHost.UseStaticWebAssetsWhenNotPublished();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(portal);
        builder.Services.AddSingleton(database);
        builder.Services.AddDatabase<LibraryDbContext, SqliteLibraryDbContext, PostgreSqlLibraryDbContext>(database);
        builder.Services.AddLibrary(library);
        builder.Services.AddContent(database, SettingsReader.ContentOf(library), new MediaSettings(Path.Combine(portal.DataPath, "media")));
        builder.Services.AddContentEditor();
        builder.Services.AddAccounts(database);
        builder.Services.AddSessions();
        builder.Services.AddHostedService<CatalogWarmUp>();
        if (!builder.Environment.IsDevelopment()) builder.Services.AddHostedService<LeftFromStarting>();
        builder.Services.AddApi();
        builder.Services.AddPortalHealth();
        builder.Services.AddDemo(portal);
        builder.Services.AddMail(mail, Path.Combine(portal.DataPath, "mail"));
        builder.Services.AddJobs(database, backup, portal.Jobs);
        builder.Services.AddSingleton(PortalHealth.JobsMayStart);
        builder.Services.AddPortalPages(portal, database);
        builder.Services.AddKeptPages(database);

        var app = builder.Build();
        BegunEarly.BeginSchema(app.Services);
        if (serves && !app.Environment.IsDevelopment()) BegunEarly.BeginKeys(app.Services);
        app.UsePortalPages();
        app.MapPortalHealth();
        app.MapPortalPages();
        app.MapContentApi();
        app.MapApi();
        return app;
    }

    /// <summary>
    /// The current folder where it is the portal's own, as with <c>dotnet run</c>; otherwise the program's, so that an
    /// installed portal finds its settings from wherever it is called.
    /// </summary>
    private static string? ContentRoot() => File.Exists("appsettings.json") ? null : AppContext.BaseDirectory;

    /// <summary>
    /// A published portal carries its assets with it; run from a build, it reads them from where they were made,
    /// in every environment.
    /// </summary>
    private static void UseStaticWebAssetsWhenNotPublished(this IWebHostBuilder host)
    {
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "Metro.Portal.staticwebassets.runtime.json")))
            host.UseStaticWebAssets();
    }
}
