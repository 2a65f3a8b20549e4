using System.Net;
using System.Text.Json.Nodes;
using Metro.Content;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests;

public sealed class ContentPagesTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private static readonly ContentUser Editor = new("1", "Rani", ContentRoles.Editor);

    /// <summary>A picture of one pixel.</summary>
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("id", "/jam-buka", "/en/jam-buka")]
    [InlineData("en", "/en/opening-hours", "/opening-hours")]
    public async Task What_is_published_stands_at_its_address_in_its_language_alone(string culture, string path, string elsewhere)
    {
        await PublishAsync(culture, culture == "id" ? "Jam buka" : "Opening hours", path.TrimStart('/'));
        var visitor = portal.Visitor();

        using var page = await visitor.GetAsync(path, Stop);
        using var other = await visitor.GetAsync(elsewhere, Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (page.StatusCode, other.StatusCode));
        Assert.Contains($"lang=\"{culture}\"", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_not_public()
    {
        var id = await PublishAsync("id", "Akan ditarik", "akan-ditarik");
        await using var scope = portal.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentStore>().UnpublishAsync(Editor, id, stop: Stop);

        using var page = await portal.Visitor().GetAsync("/akan-ditarik", Stop);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task An_address_that_moved_leads_on_for_good()
    {
        var id = await PublishAsync("id", "Lama", "alamat-lama");
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            var store = scope.ServiceProvider.GetRequiredService<ContentStore>();
            var latest = await scope.ServiceProvider.GetRequiredService<ContentReader>().FindLatestAsync(id, Stop);
            var moved = await store.PublishAsync(Editor, id, latest!.VersionId, Page("Baru", "alamat-baru"), stop: Stop);
            Assert.True(moved.Succeeded);
        }

        using var answer = await portal.Visitor().GetAsync("/alamat-lama", Stop);

        Assert.Equal((HttpStatusCode.MovedPermanently, "/alamat-baru"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task What_an_editor_writes_never_runs()
    {
        await PublishAsync("id", "<script>alert(1)</script>", "sisipan", "<b onclick=alert(1)>tebal</b> <script>alert(2)</script> teks lain");

        var html = await portal.Visitor().GetStringAsync("/sisipan", Stop);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_served_as_what_its_bytes_are_and_cannot_run()
    {
        var path = await UploadAsync("titik.png", Png);

        using var answer = await portal.Visitor().GetAsync($"/media/{path}", Stop);

        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../metro.db")]
    [InlineData("..%2f..%2fmetro.db")]
    [InlineData("%2e%2e/personal-data.key")]
    [InlineData("tidak-ada.png")]
    public async Task Nothing_but_the_library_s_files_is_served(string path)
    {
        using var answer = await portal.Visitor().GetAsync($"/media/{path}", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<string> UploadAsync(string name, byte[] bytes)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        using var stream = new MemoryStream(bytes);
        var uploaded = await scope.ServiceProvider.GetRequiredService<MediaLibrary>().UploadAsync(Editor, "uji", name, stream, Stop);
        return uploaded.Result!.Path;
    }

    private async Task<string> PublishAsync(string culture, string title, string path, string markdown = "Isi yang cukup untuk dibaca.")
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ContentStore>();
        var created = await store.CreateAsync(Editor, "Page", Page(title, path, markdown), culture, stop: Stop);
        var published = await store.PublishAsync(Editor, created.Result!.ItemId, created.Result.VersionId, stop: Stop);
        Assert.True(published.Succeeded, string.Join(", ", published.Refusal?.Faults.Select(fault => $"{fault.Code} {fault.Path}") ?? []));
        return created.Result.ItemId;
    }

    private static JsonObject Page(string title, string path, string markdown = "Isi yang cukup untuk dibaca.") => new()
    {
        ["TitlePart"] = new JsonObject { ["Title"] = title },
        ["AutoroutePart"] = new JsonObject { ["Path"] = path },
        ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = markdown },
        ["Page"] = new JsonObject { ["Summary"] = new JsonObject { ["Text"] = "Ringkasan." } },
    };
}
