using System.Globalization;
using System.Text;
using System.Xml;
using Metro.Content;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Programs;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Feeds;

/// <summary>
/// Every public page for search engines (sitemaps.org): an index and its parts, each page in both languages with its translation beside
/// it. And what robots are asked to leave alone.
/// </summary>
internal static class SiteMaps
{
    /// <summary>Keys of titles in one part; the protocol allows 50,000 addresses, and each title has two.</summary>
    private const int TitlesInPart = 20_000;

    private const int MostContent = 20_000;
    private const int MostPrograms = 5_000;

    private const string Maps = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Html = "http://www.w3.org/1999/xhtml";

    private static readonly string[] Pages = ["/", "/catalog", "/programs", "/e-resources", "/spaces", "/visits", "/news", "/hours", "/faq", "/privacy", "/accessibility", "/feeds", "/theme"];

    /// <summary>The addresses of those pages as content would have them; what editors wrote for one of them stands in its place.</summary>
    private static readonly HashSet<string> Own = [.. Pages.SelectMany(page => (string[])[page.TrimStart('/'), $"en{page}"])];

    public static void MapSiteMaps(this WebApplication app)
    {
        app.MapGet("/sitemap.xml", IndexAsync).AllowAnonymous().KeptForVisitors(Matters.Catalogue);
        app.MapGet("/sitemaps/pages.xml", PagesAsync).AllowAnonymous().KeptForVisitors(Matters.Programs);
        app.MapGet("/sitemaps/content.xml", ContentAsync).AllowAnonymous().KeptForVisitors(Matters.Content);
        app.MapGet("/sitemaps/books-{part:int:range(1,100000)}.xml", BooksAsync).AllowAnonymous().KeptForVisitors(Matters.Catalogue);
        app.MapGet("/robots.txt", Robots).AllowAnonymous();
    }

    private static async Task<IResult> IndexAsync(LibraryDbContext db, HttpContext context, CancellationToken stop)
    {
        var last = await db.Titles.MaxAsync(title => (long?)title.Id, stop) ?? 0;
        var parts = (last + TitlesInPart - 1) / TitlesInPart;
        return Xml("sitemapindex", xml =>
        {
            Part("pages");
            Part("content");
            for (var part = 1; part <= parts; part++) Part($"books-{part}");

            void Part(string name)
            {
                xml.WriteStartElement("sitemap", Maps);
                xml.WriteElementString("loc", Maps, $"{Origin(context)}/sitemaps/{name}.xml");
                xml.WriteEndElement();
            }
        });
    }

    private static async Task<IResult> PagesAsync(LibraryDbContext db, HttpContext context, CancellationToken stop)
    {
        var programs = await db.Programs.AsNoTracking().ForThePublic().OrderByDescending(program => program.Id).Select(program => program.Id).Take(MostPrograms).ToListAsync(stop);
        return Xml("urlset", xml =>
        {
            foreach (var page in Pages) InBothLanguages(xml, context, page, null);
            foreach (var program in programs) InBothLanguages(xml, context, $"/programs/{program}", null);
        });
    }

    private static async Task<IResult> BooksAsync(int part, LibraryDbContext db, HttpContext context, CancellationToken stop)
    {
        var from = (part - 1L) * TitlesInPart;
        var titles = await db.Titles.AsNoTracking().InCatalogue().Where(title => title.Id > from && title.Id <= from + TitlesInPart).OrderBy(title => title.Id)
            .Select(title => new { title.Id, title.ChangedAt }).ToListAsync(stop);
        if (titles.Count == 0) return Results.NotFound();
        return Xml("urlset", xml =>
        {
            foreach (var title in titles) InBothLanguages(xml, context, string.Create(CultureInfo.InvariantCulture, $"/catalog/{title.Id}"), title.ChangedAt);
        });
    }

    private static async Task<IResult> ContentAsync(ContentReader reader, HttpContext context, CancellationToken stop)
    {
        var lines = new List<SiteMapLine>();
        while (lines.Count < MostContent)
        {
            var more = await reader.SiteMapAsync(lines.Count == 0 ? null : lines[^1].Path, stop: stop);
            lines.AddRange(more);
            if (more.Count < 1_000) break;
        }

        var translations = lines.Where(line => line.LocalizationSet is not null).ToLookup(line => line.LocalizationSet!);
        return Xml("urlset", xml =>
        {
            foreach (var line in lines.Where(line => !Own.Contains(line.Path)))
            {
                List<(string, string)> languages = line.LocalizationSet is { } set ? [.. translations[set].Where(other => other.Culture.Length > 0).Select(other => (other.Culture, "/" + other.Path))] : [];
                Address(xml, context, "/" + line.Path, languages, line.ModifiedUtc);
            }
        });
    }

    private static IResult Robots(HttpContext context) => Results.Text(
        $"""
        User-agent: *
        Disallow: /account
        Disallow: /en/account
        Disallow: /admin
        Disallow: /en/admin
        Disallow: /search
        Disallow: /en/search
        Disallow: /catalog?
        Disallow: /en/catalog?
        Disallow: /graphql
        Sitemap: {Origin(context)}/sitemap.xml

        """, "text/plain", Encoding.UTF8);

    private static void InBothLanguages(XmlWriter xml, HttpContext context, string path, DateTime? changed)
    {
        var english = path == "/" ? LanguageFromPath.EnglishPrefix : LanguageFromPath.EnglishPrefix + path;
        List<(string, string)> languages = [("id", path), ("en", english)];
        Address(xml, context, path, languages, changed);
        Address(xml, context, english, languages, changed);
    }

    private static void Address(XmlWriter xml, HttpContext context, string path, List<(string Language, string Path)> languages, DateTime? changed)
    {
        xml.WriteStartElement("url", Maps);
        xml.WriteElementString("loc", Maps, Origin(context) + path);
        if (changed is { } instant) xml.WriteElementString("lastmod", Maps, instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var (language, address) in languages)
        {
            xml.WriteStartElement("link", Html);
            xml.WriteAttributeString("rel", "alternate");
            xml.WriteAttributeString("hreflang", language);
            xml.WriteAttributeString("href", Origin(context) + address);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static IResult Xml(string root, Action<XmlWriter> write)
    {
        using var memory = new MemoryStream();
        using (var xml = XmlWriter.Create(memory, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement(root, Maps);
            xml.WriteAttributeString("xmlns", "xhtml", null, Html);
            write(xml);
            xml.WriteEndElement();
        }

        return FeedAnswer.Of(memory.ToArray(), "application/xml; charset=utf-8");
    }

    private static string Origin(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
