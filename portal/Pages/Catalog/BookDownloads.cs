using System.Globalization;
using System.Text;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Marc;
using Metro.Library.Search;
using Metro.Portal.Web;
using Metro.Theme;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Catalog;

/// <summary>A book in other forms than a page: MARC, references, a short address with its QR code, and suggestions while one types.</summary>
internal static class BookDownloads
{
    public static void MapBookDownloads(this WebApplication app)
    {
        app.MapGet("/b/{id:long}", (long id) => Results.LocalRedirect(BookLine.AddressOf(id), permanent: true)).AllowAnonymous();
        app.MapGet("/b/{id:long}/qr.svg", QrCode).AllowAnonymous();
        app.MapGet("/b/{id:long}/cover.png", (long id, LibraryDbContext db, HttpContext context, CancellationToken stop) => PictureAsync(id, 600, 900, db, context, stop)).AllowAnonymous();
        app.MapGet("/b/{id:long}/share.png", (long id, LibraryDbContext db, HttpContext context, CancellationToken stop) => PictureAsync(id, 1200, 630, db, context, stop)).AllowAnonymous();
        app.MapGet("/catalog/{id:long}/marc", MarcAsync).AllowAnonymous();
        app.MapGet("/catalog/{id:long}/marcxml", MarcXmlAsync).AllowAnonymous();
        app.MapGet("/catalog/{id:long}/bibtex", (long id, LibraryDbContext db, HttpRequest request, CancellationToken stop) =>
            ReferenceAsync(id, db, request, Citation.BibTex, "application/x-bibtex", "bib", stop)).AllowAnonymous();
        app.MapGet("/catalog/{id:long}/ris", (long id, LibraryDbContext db, HttpRequest request, CancellationToken stop) =>
            ReferenceAsync(id, db, request, Citation.Ris, "application/x-research-info-systems", "ris", stop)).AllowAnonymous();
        app.MapGet("/catalog/suggestions", SuggestAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Search);
    }

    private static async Task<IResult> MarcAsync(long id, MarcExport export, CancellationToken stop) =>
        await export.RecordOfAsync(id, stop) is { } record
            ? Results.File(MarcWriter.ToIso2709(record), "application/marc", NameOf(id, "mrc"))
            : Results.NotFound();

    private static async Task<IResult> MarcXmlAsync(long id, MarcExport export, CancellationToken stop) =>
        await export.RecordOfAsync(id, stop) is { } record
            ? Results.File(MarcWriter.ToXml(record), "application/marcxml+xml", NameOf(id, "xml"))
            : Results.NotFound();

    private static async Task<IResult> ReferenceAsync(
        long id, LibraryDbContext db, HttpRequest request, Func<Title, string, string> write, string mediaType, string extension, CancellationToken stop)
    {
        var title = await db.Titles.AsNoTracking().InCatalogue().Whole().FirstOrDefaultAsync(one => one.Id == id, stop);
        return title is null
            ? Results.NotFound()
            : Results.File(Encoding.UTF8.GetBytes(write(title, $"{request.Scheme}://{request.Host}{BookLine.AddressOf(id)}")), $"{mediaType}; charset=utf-8", NameOf(id, extension));
    }

    /// <summary>The short address as a picture to be photographed.</summary>
    private static IResult QrCode(long id, HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Text(QrCodes.Svg($"{context.Request.Scheme}://{context.Request.Host}/b/{id}"), "image/svg+xml", Encoding.UTF8);
    }

    /// <summary>The cloth on which the book's cover is woven, for those who draw no styles.</summary>
    private static async Task<IResult> PictureAsync(long id, int width, int height, LibraryDbContext db, HttpContext context, CancellationToken stop)
    {
        if (await db.Titles.AsNoTracking().InCatalogue().Where(title => title.Id == id).Select(title => title.Name).FirstOrDefaultAsync(stop) is not { } name) return Results.NotFound();

        context.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Bytes(WovenPicture.Paint(name, width, height), "image/png");
    }

    private static async Task<IResult> SuggestAsync(string? q, CatalogSearch search, CancellationToken stop)
    {
        var suggestions = await search.SuggestAsync(q, stop: stop);
        return Results.Json(suggestions.Select(one => new { text = one.Text, kind = CatalogText.Get($"Suggestion.{one.Kind}") }));
    }

    private static string NameOf(long id, string extension) => string.Create(CultureInfo.InvariantCulture, $"metro-{id}.{extension}");
}
