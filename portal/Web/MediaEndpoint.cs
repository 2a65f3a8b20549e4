using Metro.Content;
using Metro.Portal.Accounts;
using Metro.Portal.Pages.EResources;
using Microsoft.Net.Http.Headers;

namespace Metro.Portal.Web;

/// <summary>
/// The media library's files, under <c>/media/…</c>. Their type is the one that their bytes showed at upload, nothing
/// in them runs, and what a browser has no business showing is saved instead. A file that is lent has no address here: its reader
/// gets it where they read it (DOMAIN.md rule 12); those who edit content see what they edit.
/// </summary>
internal static class MediaEndpoint
{
    private const string NothingRuns = "default-src 'none'; sandbox; frame-ancestors 'none'";

    /// <summary>A browser's own reader of PDF does not start in a sandbox; it runs none of the file's scripts.</summary>
    private const string NothingLoads = "default-src 'none'; object-src 'self'; base-uri 'none'; frame-ancestors 'self'";

    public static void MapMedia(this WebApplication app) => app.MapGet("/media/{**path}", ServeAsync).AllowAnonymous();

    private static async Task<IResult> ServeAsync(
        string path, int? w, string? crop, HttpContext context, MediaLibrary library, PictureSizes sizes, KeptFiles kept, CancellationToken stop)
    {
        if (await library.FindAsync(path, stop) is not { } asset) return Results.NotFound();

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = asset.Kind == MediaKind.Document ? NothingLoads : NothingRuns;
        headers.CacheControl = "public, max-age=3600";
        if (await kept.IsKeptAsync(asset, stop))
        {
            headers.CacheControl = "private, no-store";
            if (!MayEdit(context)) return Results.NotFound();
        }

        if (w is { } width && await sizes.OpenAsync(asset, width, crop == "card", stop) is { } copy)
            return Results.Stream(copy.Bytes, PictureCopyFile.ContentType, entityTag: new EntityTagHeaderValue($"\"{copy.Tag}\""), enableRangeProcessing: true);
        if (library.Open(asset) is not { } file) return Results.NotFound();

        return Results.Stream(
            file, asset.ContentType,
            fileDownloadName: asset.Kind == MediaKind.Book ? Path.GetFileName(asset.Path) : null,
            lastModified: new DateTimeOffset(asset.CreatedUtc),
            entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""),
            enableRangeProcessing: true);
    }

    private static bool MayEdit(HttpContext context) =>
        ((string[])[Role.Administrator, Role.Editor, Role.Author, Role.Contributor]).Any(context.User.IsInRole);
}
