using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Metro.Library;
using Metro.Portal.Pages;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;

namespace Metro.Portal.Feeds;

/// <summary>
/// The library's shelves for reading programs: OPDS 2.0 (drafts.opds.io/opds-2.0) at <c>/opds</c>, in either language.
/// </summary>
internal static class Opds
{
    /// <summary>The type of an OPDS 2.0 catalogue.</summary>
    public const string MediaType = "application/opds+json";

    /// <summary>What the shelves tell of.</summary>
    public const Matters Shelves = Matters.Catalogue | Matters.Licences;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void MapOpds(this WebApplication app)
    {
        var opds = app.MapGroup("/opds").AllowAnonymous().RequireRateLimiting(RateLimits.Search);
        opds.MapGet("", HomeAsync).KeptForVisitors(Shelves);
        opds.MapGet("/new", (string? after, Publications publications, HttpContext context, CancellationToken stop) =>
            ShelfAsync(context, SiteText.Get("Home.NewBooks"), "/opds/new", publications.NewAsync(after, stop))).KeptForVisitors(Shelves);
        opds.MapGet("/e-resources", (string? after, Publications publications, HttpContext context, CancellationToken stop) =>
            ShelfAsync(context, SiteText.Get("Nav.EResources"), "/opds/e-resources", publications.EResourcesAsync(after, stop))).KeptForVisitors(Shelves);
        opds.MapGet("/subjects", SubjectsAsync).KeptForVisitors(Shelves);
        opds.MapGet("/subject", (string? name, string? after, Publications publications, HttpContext context, CancellationToken stop) =>
            ShelfAsync(context, name ?? "", "/opds/subject" + QueryString.Create("name", name ?? "").ToUriComponent(), publications.OnAsync(name ?? "", after, stop)));
        opds.MapGet("/search", (string? query, string? after, Publications publications, HttpContext context, CancellationToken stop) =>
            ShelfAsync(context, SiteText.Get("Search.Results", Short(query)), "/opds/search" + QueryString.Create("query", query ?? "").ToUriComponent(), publications.FoundAsync(query, after, stop)));
        app.MapOpds1();
    }

    /// <summary>At most 80 characters of what was typed, for a title.</summary>
    public static string Short(string? text) => text is { Length: > 80 } ? text[..80] + "…" : text ?? "";

    private static async Task<IResult> HomeAsync(Publications publications, LibrarySettings library, HttpContext context, CancellationToken stop)
    {
        var feed = Feed(context, ContentCards.Culture == "en" ? library.NameEnglish : library.Name, "/opds");
        feed["navigation"] = new JsonArray(
            Entry(context, SiteText.Get("Home.NewBooks"), "/opds/new", "http://opds-spec.org/sort/new"),
            Entry(context, SiteText.Get("Nav.EResources"), "/opds/e-resources"),
            Entry(context, SiteText.Get("Opds.Subjects"), "/opds/subjects"));
        feed["groups"] = new JsonArray(
            Group(context, SiteText.Get("Nav.EResources"), "/opds/e-resources", await publications.EResourcesAsync(null, stop)),
            Group(context, SiteText.Get("Home.NewBooks"), "/opds/new", await publications.NewAsync(null, stop)));
        return Answer(feed);
    }

    private static async Task<IResult> SubjectsAsync(Publications publications, HttpContext context, CancellationToken stop)
    {
        var feed = Feed(context, SiteText.Get("Opds.Subjects"), "/opds/subjects");
        feed["navigation"] = new JsonArray([.. (await publications.SubjectsAsync(stop)).Select(subject =>
        {
            var entry = Entry(context, subject.Value, "/opds/subject" + QueryString.Create("name", subject.Value).ToUriComponent(), "subsection");
            entry["properties"] = new JsonObject { ["numberOfItems"] = subject.Count };
            return entry;
        })]);
        return Answer(feed);
    }

    private static async Task<IResult> ShelfAsync(HttpContext context, string title, string address, Task<PublicationPage> reading)
    {
        var page = await reading;
        var feed = Feed(context, title, address);
        if (page.Total is { } total) feed["metadata"]!["numberOfItems"] = total;
        if (page.Next is { } next)
            feed["links"]!.AsArray().Add(Link(context, "next", address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "after=" + Uri.EscapeDataString(next)));
        // A feed has publications or ways on, and never nothing: an empty shelf leads back to the first.
        if (page.Items.Count > 0) feed["publications"] = new JsonArray([.. page.Items.Select(Written)]);
        else feed["navigation"] = new JsonArray(Entry(context, SiteText.Get("Opds.Home"), "/opds"));
        return Answer(feed);
    }

    private static JsonObject Feed(HttpContext context, string title, string address) => new()
    {
        ["metadata"] = new JsonObject { ["title"] = title },
        ["links"] = new JsonArray(
            Link(context, "self", address),
            Link(context, "start", "/opds"),
            new JsonObject
            {
                ["rel"] = "search",
                ["href"] = At(context, "/opds/search") + "{?query}",
                ["type"] = MediaType,
                ["templated"] = true,
            }),
    };

    private static JsonObject Group(HttpContext context, string title, string address, PublicationPage page)
    {
        var group = new JsonObject
        {
            ["metadata"] = new JsonObject { ["title"] = title },
            ["links"] = new JsonArray(Link(context, "self", address)),
        };
        if (page.Items.Count > 0) group["publications"] = new JsonArray([.. page.Items.Take(10).Select(Written)]);
        else group["navigation"] = new JsonArray(Entry(context, title, address));
        return group;
    }

    private static JsonObject Entry(HttpContext context, string title, string address, string relation = "subsection") => new()
    {
        ["title"] = title,
        ["href"] = At(context, address),
        ["type"] = MediaType,
        ["rel"] = relation,
    };

    private static JsonObject Link(HttpContext context, string relation, string address) => new()
    {
        ["rel"] = relation,
        ["href"] = At(context, address),
        ["type"] = MediaType,
    };

    private static JsonObject Written(Publication publication)
    {
        var metadata = new JsonObject
        {
            ["@type"] = "http://schema.org/Book",
            ["title"] = publication.Title,
            ["identifier"] = publication.Isbn is { } isbn ? $"urn:isbn:{isbn}" : publication.Id,
            ["modified"] = publication.Updated.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        if (publication.Authors.Count > 0) metadata["author"] = new JsonArray([.. publication.Authors.Select(name => JsonValue.Create(name))]);
        if (publication.Publisher is { Length: > 0 } publisher) metadata["publisher"] = publisher;
        if (publication.Language is { } language) metadata["language"] = language;
        if (publication.Year is { } year) metadata["published"] = year.ToString("0000", CultureInfo.InvariantCulture) + "-01-01";
        if (publication.Summary is { Length: > 0 } summary) metadata["description"] = summary;
        if (publication.Subjects.Count > 0) metadata["subject"] = new JsonArray([.. publication.Subjects.Select(subject => JsonValue.Create(subject))]);

        var acquisition = publication.Acquisition;
        var link = new JsonObject { ["rel"] = acquisition.Relation, ["href"] = acquisition.Address, ["type"] = acquisition.MediaType };
        if (acquisition.Copies is var (total, free))
        {
            link["properties"] = new JsonObject
            {
                ["availability"] = new JsonObject { ["state"] = free > 0 ? "available" : "unavailable" },
                ["copies"] = new JsonObject { ["total"] = total, ["available"] = free },
            };
        }

        var written = new JsonObject
        {
            ["metadata"] = metadata,
            ["links"] = new JsonArray(new JsonObject { ["rel"] = "alternate", ["href"] = publication.Id, ["type"] = "text/html" }, link),
        };
        if (publication.Picture is var (picture, type)) written["images"] = new JsonArray(new JsonObject { ["href"] = picture, ["type"] = type });
        return written;
    }

    private static IResult Answer(JsonObject feed) => FeedAnswer.Of(feed.ToJsonString(Readable), MediaType);

    private static string At(HttpContext context, string address) => $"{context.Request.Scheme}://{context.Request.Host}{PortalChrome.InLanguage(address)}";
}
