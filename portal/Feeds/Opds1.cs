using System.Globalization;
using System.Xml;
using Metro.Library;
using Metro.Portal.Pages;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;

namespace Metro.Portal.Feeds;

/// <summary>The same shelves for older reading programs: OPDS 1.2 (specs.opds.io/opds-1.2) at <c>/opds/1.2</c>.</summary>
internal static class Opds1
{
    private const string Navigation = "application/atom+xml;profile=opds-catalog;kind=navigation";
    private const string Shelf = "application/atom+xml;profile=opds-catalog;kind=acquisition";
    private const string SearchDescription = "application/opensearchdescription+xml";

    public static void MapOpds1(this WebApplication app)
    {
        var opds = app.MapGroup("/opds/1.2").AllowAnonymous().RequireRateLimiting(RateLimits.Search);
        opds.MapGet("", Home);
        opds.MapGet("/subjects", SubjectsAsync).KeptForVisitors(Opds.Shelves);
        opds.MapGet("/new", (string? after, Publications publications, LibrarySettings library, HttpContext context, CancellationToken stop) =>
            ShelfAsync(context, library, SiteText.Get("Home.NewBooks"), "/opds/1.2/new", publications.NewAsync(after, stop))).KeptForVisitors(Opds.Shelves);
        opds.MapGet("/e-resources", (string? after, Publications publications, LibrarySettings library, HttpContext context, CancellationToken stop) =>
            ShelfAsync(context, library, SiteText.Get("Nav.EResources"), "/opds/1.2/e-resources", publications.EResourcesAsync(after, stop))).KeptForVisitors(Opds.Shelves);
        opds.MapGet("/subject", (string? name, string? after, Publications publications, LibrarySettings library, HttpContext context, CancellationToken stop) =>
            ShelfAsync(context, library, name ?? "", "/opds/1.2/subject" + QueryString.Create("name", name ?? "").ToUriComponent(), publications.OnAsync(name ?? "", after, stop)));
        opds.MapGet("/search", (string? query, string? after, Publications publications, LibrarySettings library, HttpContext context, CancellationToken stop) =>
            ShelfAsync(context, library, SiteText.Get("Search.Results", Opds.Short(query)), "/opds/1.2/search" + QueryString.Create("query", query ?? "").ToUriComponent(), publications.FoundAsync(query, after, stop)));
        opds.MapGet("/opensearch.xml", OpenSearch);
    }

    private static IResult Home(LibrarySettings library, TimeProvider clock, HttpContext context)
    {
        using var feed = Begin(context, library, NameOf(library), "/opds/1.2", clock.GetUtcNow().UtcDateTime.Date, Navigation);
        Way(SiteText.Get("Home.NewBooks"), "/opds/1.2/new", Shelf, "http://opds-spec.org/sort/new");
        Way(SiteText.Get("Nav.EResources"), "/opds/1.2/e-resources", Shelf);
        Way(SiteText.Get("Opds.Subjects"), "/opds/1.2/subjects", Navigation);
        return feed.Answer(Navigation);

        void Way(string title, string path, string type, string relation = "subsection")
        {
            var address = At(context, path);
            feed.Entry(address, title, clock.GetUtcNow().UtcDateTime.Date, () =>
            {
                feed.Link(relation, address, type);
                feed.Summary(title);
            });
        }
    }

    private static async Task<IResult> SubjectsAsync(Publications publications, LibrarySettings library, TimeProvider clock, HttpContext context, CancellationToken stop)
    {
        var today = clock.GetUtcNow().UtcDateTime.Date;
        using var feed = Begin(context, library, SiteText.Get("Opds.Subjects"), "/opds/1.2/subjects", today, Navigation);
        foreach (var subject in await publications.SubjectsAsync(stop))
        {
            var address = At(context, "/opds/1.2/subject") + QueryString.Create("name", subject.Value).ToUriComponent();
            feed.Entry(address, subject.Value, today, () =>
            {
                feed.Link("subsection", address, Shelf);
                feed.Summary(subject.Count.ToString("N0", CultureInfo.CurrentCulture));
            });
        }

        return feed.Answer(Navigation);
    }

    private static async Task<IResult> ShelfAsync(HttpContext context, LibrarySettings library, string title, string address, Task<PublicationPage> reading)
    {
        var page = await reading;
        using var feed = Begin(context, library, title, address, page.Items.Select(one => one.Updated).DefaultIfEmpty(DateTime.UnixEpoch).Max(), Shelf);
        if (page.Next is { } next) feed.Link("next", At(context, address) + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "after=" + Uri.EscapeDataString(next), Shelf);
        foreach (var one in page.Items)
        {
            feed.Entry(one.Id, one.Title, one.Updated, () =>
            {
                foreach (var author in one.Authors) feed.Person(author);
                if (one.Language is { } language) feed.Term("language", language);
                if (one.Publisher is { Length: > 0 } publisher) feed.Term("publisher", publisher);
                if (one.Year is { } year) feed.Term("issued", year.ToString("0000", CultureInfo.InvariantCulture));
                if (one.Isbn is { } isbn) feed.Term("identifier", $"urn:isbn:{isbn}");
                foreach (var subject in one.Subjects) feed.Category(subject);
                if (one.Summary is { Length: > 0 } summary) feed.Summary(summary);
                feed.Link("alternate", one.Id, "text/html");
                feed.Link(one.Acquisition.Relation, one.Acquisition.Address, one.Acquisition.MediaType);
                if (one.Picture is var (picture, type)) feed.Link("http://opds-spec.org/image", picture, type);
            });
        }

        return feed.Answer(Shelf);
    }

    /// <summary>How to search, as OpenSearch 1.1 describes it.</summary>
    private static IResult OpenSearch(LibrarySettings library, HttpContext context)
    {
        using var memory = new MemoryStream();
        using (var xml = XmlWriter.Create(memory))
        {
            xml.WriteStartElement("OpenSearchDescription", "http://a9.com/-/spec/opensearch/1.1/");
            xml.WriteElementString("ShortName", NameOf(library) is { Length: > 16 } name ? name[..16] : NameOf(library));
            xml.WriteElementString("Description", NameOf(library));
            Url(Shelf, At(context, "/opds/1.2/search") + "?query={searchTerms}");
            Url("text/html", At(context, "/search") + "?q={searchTerms}");
            xml.WriteElementString("InputEncoding", "UTF-8");
            xml.WriteEndElement();

            void Url(string type, string template)
            {
                xml.WriteStartElement("Url");
                xml.WriteAttributeString("type", type);
                xml.WriteAttributeString("template", template);
                xml.WriteEndElement();
            }
        }

        return Results.Bytes(memory.ToArray(), SearchDescription);
    }

    private static AtomFeed Begin(HttpContext context, LibrarySettings library, string title, string address, DateTime updated, string kind)
    {
        var feed = new AtomFeed(At(context, address), title, updated, NameOf(library));
        feed.Link("self", At(context, address), kind);
        feed.Link("start", At(context, "/opds/1.2"), Navigation);
        feed.Link("search", At(context, "/opds/1.2/opensearch.xml"), SearchDescription);
        return feed;
    }

    private static string NameOf(LibrarySettings library) => ContentCards.Culture == "en" ? library.NameEnglish : library.Name;

    private static string At(HttpContext context, string address) => $"{context.Request.Scheme}://{context.Request.Host}{PortalChrome.InLanguage(address)}";
}
