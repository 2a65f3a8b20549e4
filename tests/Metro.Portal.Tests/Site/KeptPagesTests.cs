using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Metro.Content;
using Metro.Data;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Programs;
using Metro.Portal.Accounts;
using Metro.Portal.Tests.Editor;
using Metro.Portal.Web.Caching;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Site;

/// <summary>What is made for one visitor is kept for the next, and never a moment too long.</summary>
public sealed class KeptPagesTests(ProgramHouse house) : IClassFixture<ProgramHouse>, IAsyncLifetime
{
    private static readonly Actor Clerk = Actor.System("test");
    private static readonly ContentUser Editor = new("1", "Rani", ContentRoles.Editor);
    private readonly PortalUnderTest portal = house.Furnished.Portal;
    private readonly Offering offering = house.Offering;
    private readonly long book = house.Furnished.LaskarPelangi;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Editions Editions => portal.Services.GetRequiredService<Editions>();

    /// <summary>Each test begins with nothing that another has left.</summary>
    public async ValueTask InitializeAsync()
    {
        await HearsAsync(portal);
        Editions.Renew(Matters.All);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_public_page_and_feed_is_made_once_for_all_visitors()
    {
        var post = Regex.Match((await ReadAsync("/news")).Text, "href=\"(/news/[^\"]+)\"").Groups[1].Value;
        Editions.Renew(Matters.Content);

        foreach (var path in Public().Append(post))
        {
            var first = await ReadAsync(path);
            var again = await ReadAsync(path);

            Assert.Equal((path, HttpStatusCode.OK, false, true), (path, first.Status, first.IsKept, again.IsKept));
            Assert.Equal(first.Text, again.Text);
        }
    }

    [Fact]
    public async Task Languages_addresses_appearances_hosts_and_compressions_are_kept_apart()
    {
        var seen = new HashSet<string>();
        foreach (var (path, host, cookie) in new[] { ("/catalog", "a.example", ""), ("/en/catalog", "a.example", ""), ("/catalog?sort=Title", "a.example", ""), ("/catalog", "b.example", ""), ("/catalog", "a.example", "appearance=dark") })
        {
            using var visitor = portal.Visitor();
            visitor.DefaultRequestHeaders.Host = host;
            if (cookie.Length > 0) visitor.DefaultRequestHeaders.Add("Cookie", cookie);
            var page = await ReadAsync(path, visitor);

            Assert.False(page.IsKept);
            Assert.True(seen.Add(page.Text));
            Assert.Equal(page.Text, (await ReadAsync(path, visitor)).Text);
        }

        using var narrow = portal.Visitor();
        narrow.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        for (var times = 0; times < 2; times++)
        {
            using var packed = await narrow.GetAsync("/catalog", Stop);
            Assert.Equal(["br"], packed.Content.Headers.ContentEncoding);
            await using var unpacked = new BrotliStream(await packed.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress);
            Assert.Contains("</html>", await new StreamReader(unpacked).ReadToEndAsync(Stop), StringComparison.Ordinal);
        }

        Assert.Empty((await portal.Visitor().GetAsync("/catalog", Stop)).Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task What_an_editor_publishes_or_withdraws_is_seen_in_the_next_answer()
    {
        Assert.DoesNotContain("Pameran aksara", (await KeptAsync("/news")).Text, StringComparison.Ordinal);

        var id = await PublishAsync("NewsPost", "Pameran aksara", new JsonObject { ["Summary"] = new JsonObject { ["Text"] = "Ringkas." } });
        var published = await ReadAsync("/news");
        Assert.True((await DoAsync((ContentStore store) => store.UnpublishAsync(Editor, id, stop: Stop))).Succeeded);
        var withdrawn = await ReadAsync("/news");

        Assert.Contains("Pameran aksara", published.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pameran aksara", withdrawn.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_desk_does_with_a_copy_is_seen_in_the_next_answer()
    {
        var page = $"/catalog/{book}";
        var before = await KeptAsync(page);

        await DoAsync(async (LibraryDbContext db) =>
        {
            var copy = await db.Copies.OrderBy(one => one.Id).FirstAsync(one => one.TitleId == book, Stop);
            return await DoAsync((Cataloguing desk) => desk.ReportMissingAsync(copy.Id, Clerk, Stop));
        });

        Assert.NotEqual(before.Text, (await ReadAsync(page)).Text);
    }

    [Fact]
    public async Task A_new_title_and_a_taken_seat_are_seen_in_the_next_answer()
    {
        Assert.DoesNotContain("Hujan bulan Juni", (await KeptAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains("12 kursi", (await KeptAsync($"/programs/{offering.Workshop}")).Text, StringComparison.Ordinal);

        Assert.Empty((await DoAsync((Cataloguing desk) => desk.AddTitleAsync(new TitleDescription { Name = "Hujan bulan Juni" }, Clerk, Stop))).Refusals);
        var session = await DoAsync((LibraryDbContext db) => db.Sessions.Where(one => one.ProgramId == offering.Workshop).Select(one => one.Id).SingleAsync(Stop));
        Assert.True((await DoAsync((SessionRegistrations seats) => seats.RegisterAsync(session, new RegistrationRequest { Name = "Budi", Email = "budi@example.id" }, Clerk, Stop))).Succeeded);

        Assert.Contains("Hujan bulan Juni", (await ReadAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains("11 kursi", (await ReadAsync($"/programs/{offering.Workshop}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_began_to_be_made_before_a_change_is_not_found_after_it()
    {
        // A reader asks, and while the page is being made a seat is taken.
        var before = Editions.Of(Matters.Catalogue | Matters.Programs);
        await KeptAsync("/");

        Editions.Renew(Matters.Programs);

        Assert.NotEqual(before, Editions.Of(Matters.Catalogue | Matters.Programs));
        Assert.False((await ReadAsync("/")).IsKept);
    }

    [Fact]
    public async Task What_was_undone_renews_nothing()
    {
        var before = Editions.Of(Matters.All);

        await Assert.ThrowsAsync<InvalidOperationException>(() => DoAsync((LibraryDbContext db) => db.WriteAsync<int>(async inner =>
        {
            (await db.Branches.FirstAsync(inner)).Name = "Lain";
            await db.SaveChangesAsync(inner);
            throw new InvalidOperationException();
        }, Stop)));

        Assert.Equal(before, Editions.Of(Matters.All));
    }

    [Fact]
    public async Task Whoever_is_signed_in_gets_no_kept_page_and_leaves_none()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        await KeptAsync("/catalog");

        using var own = await editor.OpenAsync("/catalog");
        using var first = await editor.OpenAsync("/en/catalog");
        var next = await ReadAsync("/en/catalog");

        Assert.False(own.Headers.Contains("Age"));
        Assert.Contains("/account\"", await own.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.False(next.IsKept);
        Assert.DoesNotContain("/admin/content", next.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cookie", "metro-session=x")]
    [InlineData("Cookie", "appearance=dark; something=else")]
    [InlineData("Authorization", "Bearer x")]
    public async Task Whoever_brings_something_of_their_own_gets_no_kept_page(string header, string value)
    {
        await KeptAsync("/catalog");
        using var visitor = portal.Visitor();
        visitor.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var answer = await visitor.GetAsync("/catalog", Stop);
        Assert.False(answer.Headers.Contains("Age"));
    }

    [Fact]
    public async Task No_kept_answer_sets_a_cookie_or_carries_a_forms_token()
    {
        foreach (var path in Public())
        {
            using var answer = await portal.Visitor().GetAsync(path, Stop);
            Assert.False(answer.Headers.Contains("Set-Cookie"), path);
            Assert.DoesNotContain("__RequestVerificationToken", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/search?q=pelangi")]
    [InlineData("/catalog?q=pelangi")]
    [InlineData("/programs/999999")]
    [InlineData("/tidak-ada")]
    public async Task Forms_searches_and_what_is_not_there_are_not_kept(string path)
    {
        await ReadAsync(path);

        Assert.False((await ReadAsync(path)).IsKept);
    }

    [Fact]
    public async Task Leafing_counts_as_asking_whoever_made_the_page()
    {
        await using var own = new PortalUnderTest();
        using var visitor = own.Visitor();
        var answers = new List<Read>();
        while (answers.Count < 500 && answers.LastOrDefault()?.Status != HttpStatusCode.TooManyRequests) answers.Add(await ReadAsync("/catalog", visitor));

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].Status);
        Assert.Contains(answers, answer => answer.IsKept);
    }

    [Fact]
    public async Task Every_table_says_what_it_tells_of()
    {
        var tables = await DoAsync((LibraryDbContext db) => Task.FromResult(db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().ToHashSet()));
        tables.UnionWith(await DoAsync((ContentDbContext db) => Task.FromResult(db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().ToList())));

        Assert.Equal(tables.Order(StringComparer.Ordinal), MattersOfTables.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Another_nodes_change_is_seen_here()
    {
        if (TestDatabase.Provider != DatabaseProvider.PostgreSql) return;
        await using var other = new PortalUnderTest { SharedDatabase = portal.Database, Clock = new FakeClock() };
        await HearsAsync(other);
        await KeptAsync("/catalog?sort=Newest");
        var before = Editions.Of(Matters.Catalogue);

        await using (var scope = other.Services.CreateAsyncScope())
            Assert.Empty((await scope.ServiceProvider.GetRequiredService<Cataloguing>().AddTitleAsync(new TitleDescription { Name = "Dari simpul lain" }, Clerk, Stop)).Refusals);
        while (Editions.Of(Matters.Catalogue) == before) await Task.Delay(5, Stop);

        Assert.Contains("Dari simpul lain", (await ReadAsync("/catalog?sort=Newest")).Text, StringComparison.Ordinal);
    }

    private static async Task HearsAsync(PortalUnderTest node)
    {
        while (!node.Services.GetRequiredService<Editions>().AreCurrent) await Task.Delay(5, Stop);
    }

    private IEnumerable<string> Public() =>
    [
        "/", "/en", "/catalog", "/catalog?format=Braille", $"/catalog/{book}", "/programs", "/exhibitions", "/programs/calendar", $"/en/programs/{offering.Workshop}", "/e-resources", "/spaces",
        $"/spaces/{offering.Room}", "/visits", $"/visits/{offering.Tour}", "/news", "/faq", "/hours",
        "/news.atom", "/catalog/new.atom", "/hours.ics", "/programs.ics", "/programs.atom", $"/programs/{offering.Workshop}.ics", "/opds", "/opds/new", "/opds/e-resources", "/opds/1.2/new",
        "/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/content.xml", "/sitemaps/books-1.xml",
    ];

    /// <summary>A page as it stands for the second visitor.</summary>
    private async Task<Read> KeptAsync(string path)
    {
        await ReadAsync(path);
        var kept = await ReadAsync(path);
        Assert.True(kept.IsKept, path);
        return kept;
    }

    private async Task<Read> ReadAsync(string path, HttpClient? visitor = null)
    {
        using var answer = await (visitor ?? portal.Visitor()).GetAsync(path, Stop);
        return new Read(answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop), answer.Headers.Contains("Age"));
    }

    private async Task<string> PublishAsync(string type, string title, JsonObject fields)
    {
        var draft = await DoAsync((ContentStore store) => store.CreateAsync(Editor, type, new JsonObject
        {
            ["TitlePart"] = new JsonObject { ["Title"] = title }, ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = "Isi." }, [type] = fields,
        }, "id", stop: Stop));
        Assert.True(draft.Succeeded);
        Assert.True((await DoAsync((ContentStore store) => store.PublishAsync(Editor, draft.Result!.ItemId, draft.Result.VersionId, stop: Stop))).Succeeded);
        return draft.Result!.ItemId;
    }

    private async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <param name="Status">The status.</param>
    /// <param name="Text">The body.</param>
    /// <param name="IsKept">Whether it had been made for somebody else.</param>
    private sealed record Read(HttpStatusCode Status, string Text, bool IsKept);
}
