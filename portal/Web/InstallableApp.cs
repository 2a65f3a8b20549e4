using System.Text.Json.Nodes;
using Metro.Portal.Pages;
using Metro.Theme;

namespace Metro.Portal.Web;

/// <summary>What lets a device keep the portal among its apps: the manifest, in either language, and the script that answers when there is no connection.</summary>
internal static class InstallableApp
{
    private const string Icons = "/_content/Metro.Theme/dist/icons/";
    private const string Script = "_content/Metro.Theme/dist/service-worker.js";

    public static void MapInstallableApp(this WebApplication app)
    {
        app.MapGet("/manifest.webmanifest", Manifest).AllowAnonymous();
        app.MapGet("/service-worker.js", ServiceWorker).AllowAnonymous();
    }

    private static IResult Manifest(SiteChrome chrome)
    {
        var manifest = new JsonObject
        {
            ["id"] = PortalChrome.InLanguage("/"),
            ["name"] = chrome.SiteName,
            ["short_name"] = SiteText.Get("App.Short"),
            ["description"] = SiteText.Get("Home.Lead"),
            ["lang"] = chrome.Language,
            ["dir"] = "ltr",
            ["start_url"] = PortalChrome.InLanguage("/"),
            ["scope"] = "/",
            ["display"] = "standalone",
            ["background_color"] = "#fdfaf4",
            ["theme_color"] = "#5e1426",
            ["categories"] = new JsonArray("books", "education"),
            ["icons"] = new JsonArray(Icon("icon-192.png", "192x192", "any"), Icon("icon-512.png", "512x512", "any"), Icon("icon-maskable-512.png", "512x512", "maskable")),
            ["shortcuts"] = new JsonArray(Shortcut("Nav.Catalog", "/catalog"), Shortcut("Nav.Programs", "/programs"), Shortcut("Nav.Account", "/account")),
        };
        return Results.Text(manifest.ToJsonString(), "application/manifest+json");
    }

    /// <summary>The script has to stand at the root, for it answers for the whole site; browsers ask for it anew each day.</summary>
    private static IResult ServiceWorker(IWebHostEnvironment host, HttpContext context)
    {
        var file = host.WebRootFileProvider.GetFileInfo(Script);
        if (!file.Exists) return Results.NotFound();

        context.Response.Headers.CacheControl = "no-cache";
        return Results.Stream(file.CreateReadStream(), "text/javascript", lastModified: file.LastModified);
    }

    private static JsonObject Icon(string file, string sizes, string purpose) => new() { ["src"] = Icons + file, ["sizes"] = sizes, ["type"] = "image/png", ["purpose"] = purpose };

    private static JsonObject Shortcut(string name, string path) => new() { ["name"] = SiteText.Get(name), ["url"] = PortalChrome.InLanguage(path) };
}
