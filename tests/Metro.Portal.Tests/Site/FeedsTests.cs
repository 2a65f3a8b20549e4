using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Metro.Portal.Tests.Site;

/// <summary>The site for machines: feeds, catalogues for reading programs, calendars, site maps, the app's manifest.</summary>
public sealed class FeedsTests(FurnishedPortal furnished) : IClassFixture<FurnishedPortal>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Maps = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/news.atom")]
    [InlineData("/en/news.atom")]
    [InlineData("/catalog/new.atom")]
    [InlineData("/opds/1.2")]
    [InlineData("/opds/1.2/new")]
    [InlineData("/opds/1.2/e-resources")]
    [InlineData("/opds/1.2/subjects")]
    [InlineData("/opds/1.2/subject?name=Cerita%20rakyat")]
    [InlineData("/en/opds/1.2/search?query=pelangi")]
    public async Task Every_Atom_feed_has_what_RFC_4287_asks_of_it(string path)
    {
        var feed = (await XmlAsync(path)).Root!;

        Assert.Equal(Atom + "feed", feed.Name);
        Assert.Contains(feed.Elements(Atom + "link"), link => (string?)link.Attribute("rel") == "self" && (string?)link.Attribute("href") == "http://localhost" + path);
        Assert.NotNull(feed.Element(Atom + "author")?.Element(Atom + "name"));
        var things = feed.Elements(Atom + "entry").Prepend(feed).ToList();
        Assert.True(things.Count > 1);
        Assert.All(things, thing =>
        {
            Assert.True(Uri.TryCreate((string?)thing.Element(Atom + "id"), UriKind.Absolute, out _));
            Assert.NotEqual("", (string?)thing.Element(Atom + "title"));
            Assert.True(DateTimeOffset.TryParse((string?)thing.Element(Atom + "updated"), System.Globalization.CultureInfo.InvariantCulture, out _));
        });
        Assert.Equal(things.Count - 1, things.Skip(1).Select(thing => (string?)thing.Element(Atom + "id")).Distinct().Count());
    }

    [Theory]
    [InlineData("/news.atom")]
    [InlineData("/opds")]
    [InlineData("/programs.ics")]
    [InlineData("/sitemap.xml")]
    public async Task Whoever_has_a_feed_already_is_told_so(string path)
    {
        using var first = await furnished.Portal.Visitor().GetAsync(path, Stop);
        for (var times = 0; times < 2; times++)
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
            using var answer = await furnished.Portal.Visitor().SendAsync(again, Stop);
            Assert.Equal((HttpStatusCode.NotModified, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)));
        }
    }

    [Theory]
    [InlineData("/opds/1.2/new")]
    [InlineData("/opds/1.2/e-resources")]
    public async Task Every_entry_of_a_shelf_can_be_got(string path)
    {
        var entries = (await XmlAsync(path)).Root!.Elements(Atom + "entry").ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Contains(entry.Elements(Atom + "link"), link => ((string?)link.Attribute("rel"))!.StartsWith("http://opds-spec.org/acquisition", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/opds")]
    [InlineData("/en/opds")]
    [InlineData("/opds/new")]
    [InlineData("/opds/e-resources")]
    [InlineData("/opds/subjects")]
    [InlineData("/opds/search?query=pelangi")]
    [InlineData("/opds/search?query=tidakadaapapun")]
    [InlineData("/opds/search")]
    public async Task Every_OPDS_2_feed_has_the_shape_of_its_schema(string path)
    {
        var feed = await JsonAsync(path);

        AssertHasShape(feed);
        Assert.Contains(feed["links"]!.AsArray(), link => (string?)link!["rel"] == "self");
        Assert.Contains(feed["links"]!.AsArray(), link => (string?)link!["rel"] == "search" && (bool?)link["templated"] == true);
        foreach (var group in feed["groups"]?.AsArray() ?? []) AssertHasShape(group!);
    }

    [Fact]
    public async Task A_shelf_is_read_to_its_end_by_its_next_links()
    {
        var seen = new List<string?>();
        for (var next = "/opds/new"; next is not null;)
        {
            var feed = await JsonAsync(next);
            seen.AddRange(feed["publications"]!.AsArray().Select(one => (string?)one!["metadata"]!["identifier"]));
            next = (string?)feed["links"]!.AsArray().FirstOrDefault(link => (string?)link!["rel"] == "next")?["href"];
        }

        Assert.Equal(29, seen.Distinct().Count());
        Assert.Equal(29, seen.Count);
    }

    [Fact]
    public async Task The_calendar_of_closing_days_has_each_of_them_as_whole_days()
    {
        var calendar = await ReadAsync("/hours.ics");

        Assert.Contains("DTSTART;VALUE=DATE:20260108", calendar, StringComparison.Ordinal);
        Assert.Contains("DTEND;VALUE=DATE:20260110", calendar, StringComparison.Ordinal);
        Assert.Contains("Cuti bersama", calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_map_leads_to_every_part_and_each_page_stands_in_it_with_its_translation()
    {
        var parts = (await XmlAsync("/sitemap.xml")).Root!.Elements(Maps + "sitemap").Select(part => new Uri((string)part.Element(Maps + "loc")!).AbsolutePath).ToList();
        var pages = new List<XElement>();
        foreach (var part in parts) pages.AddRange((await XmlAsync(part)).Root!.Elements(Maps + "url"));

        var addresses = pages.ConvertAll(page => (string)page.Element(Maps + "loc")!);
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        Assert.Contains($"http://localhost/en/catalog/{furnished.LaskarPelangi}", addresses);
        Assert.Contains("http://localhost/tentang-perpustakaan", addresses);
        var about = pages.Single(page => (string)page.Element(Maps + "loc")! == "http://localhost/tentang-perpustakaan");
        Assert.Contains(about.Elements(XNamespace.Get("http://www.w3.org/1999/xhtml") + "link"), link => (string?)link.Attribute("href") == "http://localhost/en/about-the-library");
    }

    [Fact]
    public async Task Robots_find_the_site_map_and_leave_personal_pages_alone()
    {
        var robots = await ReadAsync("/robots.txt");

        Assert.StartsWith("User-agent: *", robots, StringComparison.Ordinal);
        Assert.Contains("Disallow: /account", robots, StringComparison.Ordinal);
        Assert.Contains("Sitemap: http://localhost/sitemap.xml", robots, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/manifest.webmanifest", "/")]
    [InlineData("/en/manifest.webmanifest", "/en")]
    public async Task The_portal_can_be_kept_as_an_app(string path, string start)
    {
        var manifest = await JsonAsync(path);

        Assert.Equal(start, (string?)manifest["start_url"]);
        foreach (var icon in manifest["icons"]!.AsArray())
        {
            using var answer = await furnished.Portal.Visitor().GetAsync((string?)icon!["src"], Stop);
            Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }

        using var worker = await furnished.Portal.Visitor().GetAsync("/service-worker.js", Stop);
        Assert.Equal((HttpStatusCode.OK, "text/javascript"), (worker.StatusCode, worker.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>What OPDS 2.0's feed and publication schemas require.</summary>
    private static void AssertHasShape(JsonNode feed)
    {
        Assert.NotEqual("", (string?)feed["metadata"]!["title"]);
        Assert.All(feed["links"]!.AsArray(), link => Assert.NotNull((string?)link!["href"]));
        Assert.True(feed["publications"] is not null || feed["navigation"] is not null || feed["groups"] is not null);
        Assert.All(feed["navigation"]?.AsArray() ?? [], entry => Assert.NotNull((string?)entry!["title"]));
        Assert.All(feed["publications"]?.AsArray() ?? [], publication =>
        {
            Assert.NotEqual("", (string?)publication!["metadata"]!["title"]);
            Assert.True(Uri.TryCreate((string?)publication["metadata"]!["identifier"], UriKind.Absolute, out _));
            Assert.Contains(publication["links"]!.AsArray(), link => ((string?)link!["rel"])!.StartsWith("http://opds-spec.org/acquisition", StringComparison.Ordinal));
        });
    }

    private Task<string> ReadAsync(string path) => furnished.Portal.Visitor().GetStringAsync(path, Stop);

    private async Task<XDocument> XmlAsync(string path) => XDocument.Parse(await ReadAsync(path));

    private async Task<JsonNode> JsonAsync(string path) => JsonNode.Parse(await ReadAsync(path))!;
}
