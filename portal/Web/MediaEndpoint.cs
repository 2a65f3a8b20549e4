using Metro.Content;
using Microsoft.Net.Http.Headers;

namespace Metro.Portal.Web;

/// <summary>
/// The media library's files, under <c>/media/…</c>. Their type is the one that their bytes showed at upload, nothing
/// in them runs, and what a browser has no business showing is saved instead.
/// </summary>
internal static class MediaEndpoint
{
    private const string NothingRuns = "default-src 'none'; sandbox";

    /// <summary>A browser's own reader of PDF does not start in a sandbox; it runs none of the file's scripts.</summary>
    private const string NothingLoads = "default-src 'none'; object-src 'self'; frame-ancestors 'self'";

    public static void MapMedia(this WebApplication app) => app.MapGet("/media/{**path}", ServeAsync).AllowAnonymous();

    private static async Task<IResult> ServeAsync(string path, HttpContext context, MediaLibrary library, CancellationToken stop)
    {
        if (await library.FindAsync(path, stop) is not { } asset || library.Open(asset) is not { } file) return Results.NotFound();

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = asset.Kind == MediaKind.Document ? NothingLoads : NothingRuns;
        headers.CacheControl = "public, max-age=3600";
        return Results.Stream(
            file, asset.ContentType,
            fileDownloadName: asset.Kind == MediaKind.Book ? Path.GetFileName(asset.Path) : null,
            lastModified: new DateTimeOffset(asset.CreatedUtc),
            entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""),
            enableRangeProcessing: true);
    }
}
