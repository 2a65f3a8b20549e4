using System.Text.Json.Nodes;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

/// <summary>What editors see of the whole: the audit, broken links, redirects, texts not saved.</summary>
public sealed class OverviewTests
{
    [Fact]
    public async Task The_audit_is_found_by_who_what_when_and_item_page_by_page()
    {
        await using var office = await OpenAsync();
        for (var i = 0; i < 5; i++) await office.Published("Page", APage($"Halaman {i}"));
        office.Clock.Advance(TimeSpan.FromDays(1));
        var since = office.Now;
        await office.Draft("NewsPost", APage("Kabar 100%"), Author);

        async Task<string[]> Found(AuditQuery query) => [.. (await office.History.AuditAsync(query, Stop)).Select(line => $"{line.Act} {line.DisplayText}")];
        Assert.Equal(["Created Kabar 100%"], await Found(new AuditQuery { FromUtc = since }));
        Assert.Equal(["Created Kabar 100%"], await Found(new AuditQuery { Who = "DEWI" }));
        Assert.Equal(["Created Kabar 100%"], await Found(new AuditQuery { Type = "NewsPost", Act = "Created" }));
        Assert.Equal(["Created Kabar 100%"], await Found(new AuditQuery { Title = "0%" }));
        Assert.Equal(5, (await Found(new AuditQuery { Act = "Published", UntilUtc = since })).Length);

        var seen = new List<string>();
        for (AuditLine? after = null; ;)
        {
            var page = await office.History.AuditAsync(new AuditQuery { After = after, PageSize = 3 }, Stop);
            seen.AddRange(page.Select(line => line.Id));
            if (page.Count < 3) break;
            after = page[^1];
        }

        Assert.Equal(11, seen.Distinct().Count());
        Assert.Equal(11, seen.Count);
    }

    [Fact]
    public async Task Broken_links_are_listed_page_by_page_and_none_is_passed_over()
    {
        await using var office = await OpenAsync();
        await office.Published("Page", APage("Banyak", string.Concat(Enumerable.Range(0, 7).Select(i => $"[Satu](/hilang-{i}) [Dua](/catalog/{i}) "))));
        await office.Published("Page", APage("Lain", "[Hilang](/workshops/tidak-ada) ![Foto](/media/hilang.jpg)"));

        var found = new List<BrokenLink>();
        for (string? after = null; ;)
        {
            var page = await office.Links.BrokenAsync(after, 2, Stop);
            found.AddRange(page.Links);
            if (page.Next is null) break;
            after = page.Next;
        }

        Assert.Equal(
            ["hilang-0", "hilang-1", "hilang-2", "hilang-3", "hilang-4", "hilang-5", "hilang-6", "hilang.jpg", "workshops/tidak-ada"],
            found.Select(link => link.Target).Order(StringComparer.Ordinal));
        Assert.Equal(BrokenLinkKind.Media, found.Single(link => link.Target == "hilang.jpg").Kind);
    }

    [Fact]
    public async Task An_e_resource_whose_last_day_is_over_is_told_with_the_links_to_it()
    {
        await using var office = await OpenAsync();
        var resource = APage("Jurnal", "Jurnal daring.");
        resource["EResource"] = new JsonObject
        {
            ["Summary"] = new JsonObject { ["Text"] = "Jurnal." }, ["Address"] = new JsonObject { ["Url"] = "https://jurnal.example/" },
            ["Access"] = new JsonObject { ["Text"] = "members" }, ["ExpiresOn"] = new JsonObject { ["Value"] = "2026-01-06" },
        };
        var item = await office.Published("EResource", resource);
        await office.Published("Page", APage("Tentang", $"[Jurnal](/{item.Path})"));

        Assert.Empty(await office.Links.ExpiredAsync(new DateTime(2026, 1, 6, 16, 59, 59, DateTimeKind.Utc), stop: Stop));
        var expired = Assert.Single(await office.Links.ExpiredAsync(new DateTime(2026, 1, 6, 17, 0, 0, DateTimeKind.Utc), stop: Stop));

        Assert.Equal((item.ItemId, new DateOnly(2026, 1, 6), 1), (expired.ItemId, expired.LastDay, expired.LinkedFrom));
    }

    [Fact]
    public async Task Redirects_in_a_row_send_the_reader_once_and_none_comes_back_to_itself()
    {
        await using var office = await OpenAsync();
        var page = await office.Published("Page", APage("Jam buka"));

        Assert.Null(await office.Redirects.PutAsync(Administrator, "a", "/b", Stop));
        Assert.Null(await office.Redirects.PutAsync(Administrator, "b", "/c", Stop));
        Assert.Null(await office.Redirects.PutAsync(Administrator, "c", "/jam-buka", Stop));
        Assert.Equal("content.redirect_loop", (await office.Redirects.PutAsync(Administrator, "c", "/A/", Stop))!.Code);

        Assert.Equal("/jam-buka", (await office.Reader.ByPathAsync("a", Stop))!.RedirectTo);
        await office.Publish(page, Changed(page, content => content["AutoroutePart"]!["Path"] = "jam-layanan"));
        Assert.Equal("/jam-layanan", (await office.Reader.ByPathAsync("a", Stop))!.RedirectTo);
        Assert.Equal(("jam-buka", "jam-layanan"), Assert.Single(await office.Redirects.ListAsync(words: "JAM-BUKA", limit: 1, after: "c", stop: Stop)) is var left ? (left.Path, left.ItemPath) : default);
    }

    [Fact]
    public async Task A_chain_of_redirects_too_long_to_follow_is_refused()
    {
        await using var office = await OpenAsync();
        for (var i = 0; i < 7; i++) Assert.Null(await office.Redirects.PutAsync(Administrator, $"r{i}", $"/r{i - 1}", Stop));

        Assert.Equal("content.redirect_loop", (await office.Redirects.PutAsync(Administrator, "r7", "/r6", Stop))!.Code);
        Assert.Equal("/r-1", (await office.Reader.ByPathAsync("r6", Stop))!.RedirectTo);
    }

    [Fact]
    public async Task An_editor_finds_again_what_was_typed_and_never_saved()
    {
        await using var office = await OpenAsync();
        var (page, fresh) = (await office.Published("Page", APage("Jam buka")), ContentId.New());
        await office.Autosaves.KeepAsync(Editor, page.ItemId, page.VersionId, [], stop: Stop);
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        await office.Autosaves.KeepAsync(Editor, fresh, null, APage("Kabar baru"), "NewsPost", "en", Stop);
        await office.Autosaves.KeepAsync(OtherEditor, page.ItemId, page.VersionId, APage("Milik orang lain"), stop: Stop);

        var mine = await office.Autosaves.MineAsync(Editor, stop: Stop);

        Assert.Equal([("NewsPost", "en", "Kabar baru", true), ("Page", "id", "Jam buka", false)], mine.Select(line => (line.Type!, line.Culture!, line.DisplayText, line.IsNew)));
        Assert.Equal(2, await office.Autosaves.DiscardAllAsync(Editor, Stop));
        Assert.Empty(await office.Autosaves.MineAsync(Editor, stop: Stop));
        Assert.Single(await office.Autosaves.MineAsync(OtherEditor, stop: Stop));
    }

    [Fact]
    public async Task An_export_of_some_types_has_their_items_definitions_and_files_alone()
    {
        await using var office = await OpenAsync();
        using var picture = new MemoryStream(Pictures.Png(10, 10));
        var asset = Done(await office.Media.UploadAsync(Administrator, "", "foto.png", picture, Stop));
        using var other = new MemoryStream(Pictures.Png(11, 11));
        Done(await office.Media.UploadAsync(Administrator, "", "lain.png", other, Stop));
        await office.Published("Page", APage("Tentang", $"![Foto](/media/{asset.Path})"));
        await office.Published("NewsPost", With(APage("Kabar"), "NewsPost"));

        using var stream = new MemoryStream();
        await office.Export.WriteJsonAsync(stream, new RecipeExportOptions { Types = ["Page"], WithDrafts = false }, Stop);
        var steps = JsonNode.Parse(stream.ToArray())!["steps"]!.AsArray();

        Assert.Equal(["Page"], steps[0]!["ContentTypes"]!.AsArray().Select(type => (string?)type!["Name"]));
        Assert.Equal(["foto.png"], steps[1]!["Files"]!.AsArray().Select(file => (string?)file!["TargetPath"]));
        Assert.Equal(["Page"], steps[2]!["data"]!.AsArray().Select(item => (string?)item!["ContentType"]));
    }

    private static JsonObject With(JsonObject content, string type)
    {
        content[type] = new JsonObject { ["Summary"] = new JsonObject { ["Text"] = "Ringkasan." } };
        return content;
    }
}
