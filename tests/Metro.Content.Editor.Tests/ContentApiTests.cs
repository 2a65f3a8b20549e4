using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Metro.Content.Editor.Tests;

public sealed class ContentApiTests(ContentSite site) : IClassFixture<ContentSite>
{
    private HttpClient Anyone => site.Anyone();

    private HttpClient Editor => site.As("Rani", "Editor");

    private HttpClient Author => site.As("Sari", "Author");

    private HttpClient Contributor => site.As("Budi", "Contributor");

    [Fact]
    public async Task What_is_published_is_read_by_anyone_and_kept_until_it_changes()
    {
        var (id, version) = await PublishedAsync("Jam buka baru");

        using var first = await Anyone.GetAsync($"/api/content/{id}");
        using var again = await Conditional(HttpMethod.Get, $"/api/content/{id}", ifNoneMatch: first.Headers.ETag);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, again.StatusCode));
        Assert.Equal(version, (await JsonOf(first))["ContentItemVersionId"]!.GetValue<string>());
        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Contains("Cookie", first.Headers.Vary);
        Assert.Equal(["id"], first.Content.Headers.ContentLanguage);
    }

    [Fact]
    public async Task A_new_version_has_a_new_tag()
    {
        var (id, version) = await PublishedAsync("Sebelum");
        using var before = await Anyone.GetAsync($"/api/content/{id}");
        await SendAsync(Editor, $"/api/content/{id}/draft", Page("Sesudah", id, version));
        using var published = await Editor.PostAsJsonAsync($"/api/content/{id}/publish", new { });

        using var after = await Conditional(HttpMethod.Get, $"/api/content/{id}", ifNoneMatch: before.Headers.ETag);

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal("Sesudah", (await JsonOf(after))["DisplayText"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/content/{0}")]
    [InlineData("/api/content/{0}?version=latest")]
    [InlineData("/api/content/{0}?version={1}")]
    [InlineData("/api/content/{0}/draft")]
    [InlineData("/api/content/{0}/versions")]
    public async Task A_draft_does_not_exist_for_anyone_else(string path)
    {
        var (id, version) = await DraftAsync("Rahasia");
        var address = string.Format(path, id, version);

        using var anyone = await Anyone.GetAsync(address);
        using var otherAuthor = await site.As("Tono", "Author").GetAsync(address);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (anyone.StatusCode, otherAuthor.StatusCode));
        Assert.DoesNotContain("Rahasia", await anyone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_read_by_who_may_preview_it_and_kept_nowhere()
    {
        var (id, _) = await DraftAsync("Rancangan");

        using var answer = await Editor.GetAsync($"/api/content/{id}/draft");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl is { Private: true, NoStore: true });
    }

    [Theory]
    [InlineData("LATEST")]
    [InlineData("DRAFT")]
    [InlineData("ALL")]
    public async Task Lists_with_drafts_are_for_editors(string status)
    {
        using var anyone = await Anyone.GetAsync($"/api/content?contentType=Page&status={status}");
        using var editor = await Editor.GetAsync($"/api/content?contentType=Page&status={status}");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (anyone.StatusCode, editor.StatusCode));
        Assert.True(editor.Headers.CacheControl is { Private: true, NoStore: true });
    }

    [Fact]
    public async Task A_list_is_walked_page_by_page_without_gaps_or_repeats()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++) made.Add((await PublishedAsync($"Kabar {i}", "NewsPost")).Id);

        var seen = new List<string>();
        for (var skip = 0; ; skip += 2)
        {
            var page = await JsonOf(await Anyone.GetAsync($"/api/content?contentType=NewsPost&skip={skip}&take=2"));
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["ContentItemId"]!.GetValue<string>()));
            if (!page["hasMore"]!.GetValue<bool>()) break;
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("skip=-1")]
    [InlineData("skip=1001")]
    [InlineData("take=0")]
    [InlineData("take=101")]
    [InlineData("status=SECRET")]
    public async Task A_page_out_of_bounds_is_refused_with_the_bounds(string query)
    {
        using var answer = await Anyone.GetAsync($"/api/content?contentType=Page&{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("content.api.", (await JsonOf(answer))["code"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_role_changes_nothing()
    {
        var (id, version) = await PublishedAsync("Milik kota");
        List<HttpStatusCode> answers = [];
        foreach (var (client, expected) in ((HttpClient, HttpStatusCode)[])[(Anyone, HttpStatusCode.Unauthorized), (site.As("Tamu"), HttpStatusCode.Forbidden)])
        {
            using var created = await SendAsync(client, "/api/content", Page("Baru"));
            using var saved = await SendAsync(client, $"/api/content/{id}/draft", Page("Ubah", id, version));
            using var published = await client.PostAsJsonAsync($"/api/content/{id}/publish", new { });
            using var withdrawn = await client.PostAsJsonAsync($"/api/content/{id}/unpublish", new { });
            using var deleted = await client.DeleteAsync($"/api/content/{id}");
            Assert.All([created, saved, published, withdrawn, deleted], answer => Assert.Equal(expected, answer.StatusCode));
        }

        Assert.Equal("Milik kota", (await JsonOf(await Anyone.GetAsync($"/api/content/{id}")))["DisplayText"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_author_writes_a_draft_and_an_editor_publishes_it()
    {
        using var created = await SendAsync(Author, "/api/content?draft=true", Page("Dari penulis"));
        var id = (await JsonOf(created))["ContentItemId"]!.GetValue<string>();

        using var own = await Author.PostAsJsonAsync($"/api/content/{id}/publish", new { });
        using var editors = await Editor.PostAsJsonAsync($"/api/content/{id}/publish", new { });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK), (created.StatusCode, own.StatusCode, editors.StatusCode));
    }

    [Fact]
    public async Task Who_saves_second_is_shown_both_documents()
    {
        var (id, version) = await DraftAsync("Awal");
        using var first = await SendAsync(Editor, $"/api/content/{id}/draft", Page("Rani", id, version));

        using var second = await SendAsync(site.As("Dewi", "Editor"), $"/api/content/{id}/draft", Page("Dewi", id, version));
        var problem = await JsonOf(second);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Equal("Awal", problem["base"]!["DisplayText"]!.GetValue<string>());
        Assert.Equal("Rani", problem["theirs"]!["DisplayText"]!.GetValue<string>());
        Assert.Equal("Dewi", problem["yours"]!["TitlePart"]!["Title"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_change_names_the_version_that_it_changes_by_header_or_in_the_body()
    {
        var (id, version) = await DraftAsync("Awal");
        var content = Page("Tanpa dasar", id);

        using var without = await SendAsync(Editor, $"/api/content/{id}/draft", content);
        using var current = await Editor.GetAsync($"/api/content/{id}/draft");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/content/{id}/draft") { Content = Body(content) };
        request.Headers.IfMatch.Add(current.Headers.ETag!);
        using var with = await Editor.SendAsync(request);

        Assert.Equal((HttpStatusCode.PreconditionRequired, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
        Assert.NotEqual(version, (await JsonOf(with))["ContentItemVersionId"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_was_changed_meanwhile_is_neither_written_withdrawn_nor_deleted_under_an_old_tag()
    {
        var (id, version) = await PublishedAsync("Awal");
        using var seen = await Editor.GetAsync($"/api/content/{id}/draft");
        await SendAsync(Editor, $"/api/content/{id}/draft", Page("Diubah", id, version));

        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Post, "/draft"), (HttpMethod.Post, "/publish"), (HttpMethod.Post, "/unpublish"), (HttpMethod.Delete, "")])
        {
            using var request = new HttpRequestMessage(method, $"/api/content/{id}{path}") { Content = Body(Page("Lain", id)) };
            request.Headers.IfMatch.Add(seen.Headers.ETag!);
            using var answer = await Editor.SendAsync(request);

            Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        }

        using var still = await Anyone.GetAsync($"/api/content/{id}");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_list_that_is_the_same_is_not_sent_again()
    {
        const string list = "/api/content?contentType=Faq";
        await PublishedAsync("Tanya satu", "Faq");
        using var first = await Anyone.GetAsync(list);
        using var again = await AskAgainAsync(first);
        await PublishedAsync("Tanya dua", "Faq");
        using var changed = await AskAgainAsync(first);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, changed.StatusCode));

        async Task<HttpResponseMessage> AskAgainAsync(HttpResponseMessage known)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, list);
            request.Headers.IfNoneMatch.Add(known.Headers.ETag!);
            return await Anyone.SendAsync(request);
        }
    }

    [Fact]
    public async Task Who_lacks_the_permission_to_use_the_api_reads_what_is_published_and_nothing_more()
    {
        var (id, version) = await PublishedAsync("Terbuka");
        using var published = await Contributor.GetAsync($"/api/content/{id}");
        using var draft = await Contributor.GetAsync($"/api/content/{id}/draft");
        using var list = await Contributor.GetAsync("/api/content?contentType=Page&status=LATEST");
        using var created = await SendAsync(Contributor, "/api/content?draft=true", Page("Baru"));
        using var saved = await SendAsync(Contributor, $"/api/content/{id}/draft", Page("Ubah", id, version));

        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, draft.StatusCode);
        Assert.All([list, created, saved], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
    }

    [Fact]
    public async Task Publishing_says_what_to_mend_and_where()
    {
        using var created = await SendAsync(Editor, "/api/content", new JsonObject { ["ContentType"] = "Workshop", ["TitlePart"] = new JsonObject { ["Title"] = "" } });
        var problem = await JsonOf(created);

        Assert.Equal((HttpStatusCode)422, created.StatusCode);
        Assert.Equal("content.invalid", problem["code"]!.GetValue<string>());
        Assert.Contains(problem["faults"]!.AsArray(), fault => fault!["path"]!.GetValue<string>().StartsWith("$.Workshop.StartsAt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_old_version_is_brought_back_as_a_draft()
    {
        var (id, first) = await DraftAsync("Satu");
        await SendAsync(Editor, $"/api/content/{id}/draft", Page("Dua", id, first));

        using var restored = await Editor.PostAsJsonAsync($"/api/content/{id}/versions/{first}/restore", new { });

        Assert.Equal("Satu", (await JsonOf(restored))["DisplayText"]!.GetValue<string>());
        Assert.Equal(3, (await JsonNode.ParseAsync(await Editor.GetStreamAsync($"/api/content/{id}/versions")))!.AsArray().Count);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_for_readers()
    {
        var (id, _) = await PublishedAsync("Sementara");

        using var deleted = await Editor.DeleteAsync($"/api/content/{id}");
        using var read = await Anyone.GetAsync($"/api/content/{id}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, read.StatusCode));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        using var answer = await Editor.PostAsync("/api/content", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000);

        using var answer = await Editor.PostAsync("/api/content", new StringContent(deep, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_that_another_site_could_send_is_refused()
    {
        var (id, _) = await DraftAsync("Sasaran");

        using var answer = await Editor.PostAsync($"/api/content/{id}/publish", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task A_type_tells_its_schema()
    {
        var schema = await JsonOf(await Anyone.GetAsync("/api/content/schema/Workshop"));

        Assert.NotNull(schema["properties"]!["Workshop"]!["properties"]!["StartsAt"]);
        Assert.Equal(HttpStatusCode.NotFound, (await Anyone.GetAsync("/api/content/schema/Dragon")).StatusCode);
    }

    private async Task<(string Id, string Version)> DraftAsync(string title, string type = "Page")
    {
        using var created = await SendAsync(Editor, "/api/content?draft=true", Page(title, type: type));
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        var item = await JsonOf(created);
        return (item["ContentItemId"]!.GetValue<string>(), item["ContentItemVersionId"]!.GetValue<string>());
    }

    private async Task<(string Id, string Version)> PublishedAsync(string title, string type = "Page")
    {
        using var created = await SendAsync(Editor, "/api/content", Page(title, type: type));
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
        var item = await JsonOf(created);
        return (item["ContentItemId"]!.GetValue<string>(), item["ContentItemVersionId"]!.GetValue<string>());
    }

    private async Task<HttpResponseMessage> Conditional(HttpMethod method, string path, EntityTagHeaderValue? ifNoneMatch)
    {
        using var request = new HttpRequestMessage(method, path);
        if (ifNoneMatch is not null) request.Headers.IfNoneMatch.Add(ifNoneMatch);
        return await Anyone.SendAsync(request);
    }

    private static JsonObject Page(string title, string? id = null, string? version = null, string type = "Page")
    {
        var item = new JsonObject
        {
            ["ContentType"] = type,
            ["TitlePart"] = new JsonObject { ["Title"] = title },
            ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = "Isi yang cukup." },
            [type] = new JsonObject { ["Summary"] = new JsonObject { ["Text"] = "Ringkasan." } },
        };
        if (id is not null) item["ContentItemId"] = id;
        if (version is not null) item["ContentItemVersionId"] = version;
        return item;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, JsonObject item) => client.PostAsync(path, Body(item));

    private static StringContent Body(JsonObject item) => new(item.ToJsonString(), Encoding.UTF8, "application/json");

    private static async Task<JsonObject> JsonOf(HttpResponseMessage answer) =>
        (await JsonNode.ParseAsync(await answer.Content.ReadAsStreamAsync()))!.AsObject();
}
