using Microsoft.EntityFrameworkCore;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class PublishingTests
{
    [Fact]
    public async Task A_draft_is_kept_however_incomplete_and_nobody_else_sees_it()
    {
        await using var office = await OpenAsync();

        var draft = await office.Draft("Workshop", []);

        Assert.Null(await office.Reader.FindAsync(draft.ItemId, Stop));
        Assert.Equal(draft.VersionId, (await office.Reader.FindLatestAsync(draft.ItemId, Stop))!.VersionId);
    }

    [Fact]
    public async Task Publishing_an_incomplete_draft_is_refused_and_says_what_to_mend_and_where()
    {
        await using var office = await OpenAsync();
        var draft = await office.Draft("Workshop", []);

        var outcome = await office.Store.PublishAsync(Editor, draft.ItemId, draft.VersionId, stop: Stop);

        Assert.Equal("content.invalid", Refused(outcome));
        Assert.Equal(
            ["$.MarkdownBodyPart.Markdown", "$.TitlePart.Title", "$.Workshop.StartsAt.Value", "$.Workshop.Summary.Text"],
            outcome.Refusal!.Faults.Select(fault => fault.Path).Order());
        Assert.Null(await office.Reader.FindAsync(draft.ItemId, Stop));
    }

    [Fact]
    public async Task What_is_published_is_found_by_id_and_by_its_address()
    {
        await using var office = await OpenAsync();

        var item = await office.Published("Workshop", AWorkshop("Lokakarya Membatik"));

        Assert.Equal("workshops/lokakarya-membatik", item.Path);
        Assert.Equal(item.VersionId, (await office.Reader.FindAsync(item.ItemId, Stop))!.VersionId);
        Assert.Equal(item.ItemId, (await office.Reader.ByPathAsync("/workshops/Lokakarya-Membatik/", Stop))!.Item!.ItemId);
    }

    [Fact]
    public async Task The_address_of_another_language_begins_with_the_language()
    {
        await using var office = await OpenAsync();

        var item = await office.Published("Workshop", AWorkshop("Batik Workshop"), "en");

        Assert.Equal("en/workshops/batik-workshop", item.Path);
    }

    [Fact]
    public async Task A_draft_of_a_published_item_changes_nothing_for_the_public_until_it_is_published()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Tentang kami"));

        var draft = await office.Save(item, Retitled(item, "Tentang perpustakaan"));

        Assert.Equal("Tentang kami", (await office.Reader.FindAsync(item.ItemId, Stop))!.DisplayText);
        await office.Publish(draft);
        Assert.Equal("Tentang perpustakaan", (await office.Reader.FindAsync(item.ItemId, Stop))!.DisplayText);
    }

    [Fact]
    public async Task Publishing_again_what_is_public_already_adds_no_version_and_no_audit()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Tentang kami"));
        var audit = (await office.History.AuditAsync(item.ItemId, stop: Stop)).Count;

        var again = await office.Publish(item);

        Assert.Equal(item.VersionId, again.VersionId);
        Assert.Equal(audit, (await office.History.AuditAsync(item.ItemId, stop: Stop)).Count);
    }

    [Fact]
    public async Task Unpublishing_takes_the_page_from_the_public_and_keeps_it_for_the_editor()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Tentang kami"));

        Done(await office.Store.UnpublishAsync(Editor, item.ItemId, stop: Stop));

        Assert.Null(await office.Reader.ByPathAsync("tentang-kami", Stop));
        Assert.Empty((await office.Reader.ListAsync(new ContentQuery("id", "Page"), Stop)).Items);
        Assert.Equal(item.VersionId, (await office.Reader.FindLatestAsync(item.ItemId, Stop))!.VersionId);
    }

    [Fact]
    public async Task An_address_belongs_to_one_published_item()
    {
        await using var office = await OpenAsync();
        await office.Published("Page", APage("Jam buka"));
        var rival = APage("Jam buka lain");
        rival["AutoroutePart"] = new System.Text.Json.Nodes.JsonObject { ["Path"] = "Jam-Buka" };
        var draft = await office.Draft("Page", rival);

        var outcome = await office.Store.PublishAsync(Editor, draft.ItemId, draft.VersionId, stop: Stop);

        Assert.Contains(outcome.Refusal!.Faults, fault => fault is { Code: "content.path.taken", Path: "$.AutoroutePart.Path" });
    }

    [Fact]
    public async Task An_address_made_from_a_title_steps_aside_for_one_that_exists()
    {
        await using var office = await OpenAsync();
        await office.Published("Page", APage("Jam buka"));

        var second = await office.Published("Page", APage("Jam buka"));

        Assert.Equal("jam-buka-2", second.Path);
    }

    [Fact]
    public async Task Of_two_publishers_who_race_for_an_address_one_gets_it_and_the_other_is_told()
    {
        await using var office = await OpenAsync();
        var drafts = new List<ContentItem>();
        for (var i = 0; i < 4; i++)
        {
            var content = APage($"Halaman {i}");
            content["AutoroutePart"] = new System.Text.Json.Nodes.JsonObject { ["Path"] = "jam-buka" };
            drafts.Add(await office.Draft("Page", content));
        }

        var outcomes = await Task.WhenAll(drafts.Select(draft => Task.Run(() => office.NewStore().PublishAsync(Editor, draft.ItemId, draft.VersionId, stop: Stop))));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Contains(outcome.Refusal!.Faults, fault => fault.Code == "content.path.taken"));
    }

    [Fact]
    public async Task A_page_that_moves_leaves_a_redirect_to_wherever_it_is_now()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Jam buka"));

        item = await office.Publish(item, Changed(item, content => content["AutoroutePart"]!["Path"] = "kunjungan/jam-buka"));
        item = await office.Publish(item, Changed(item, content => content["AutoroutePart"]!["Path"] = "kunjungan/jam-layanan"));

        Assert.Equal("/kunjungan/jam-layanan", (await office.Reader.ByPathAsync("jam-buka", Stop))!.RedirectTo);
        Assert.Equal("/kunjungan/jam-layanan", (await office.Reader.ByPathAsync("kunjungan/jam-buka", Stop))!.RedirectTo);
    }

    [Fact]
    public async Task A_page_that_moves_back_is_no_redirect_to_itself()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Jam buka"));
        item = await office.Publish(item, Changed(item, content => content["AutoroutePart"]!["Path"] = "jam"));

        await office.Publish(item, Changed(item, content => content["AutoroutePart"]!["Path"] = "jam-buka"));

        Assert.Equal(item.ItemId, (await office.Reader.ByPathAsync("jam-buka", Stop))!.Item!.ItemId);
        Assert.Equal("/jam-buka", (await office.Reader.ByPathAsync("jam", Stop))!.RedirectTo);
    }

    [Fact]
    public async Task The_newest_page_that_asks_to_be_the_home_page_is()
    {
        await using var office = await OpenAsync();
        static System.Text.Json.Nodes.JsonObject Home(string title)
        {
            var page = APage(title);
            page["AutoroutePart"] = new System.Text.Json.Nodes.JsonObject { ["SetHomepage"] = true };
            return page;
        }

        await office.Published("Page", Home("Beranda lama"));
        var item = await office.Published("Page", Home("Beranda baru"));

        Assert.Equal(item.ItemId, (await office.Reader.ByPathAsync("/", Stop))!.Item!.ItemId);
    }

    [Fact]
    public async Task A_deleted_item_is_in_no_list_and_comes_back_as_a_draft()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Jam buka"));

        Done(await office.Store.DeleteAsync(Editor, item.ItemId, stop: Stop));
        Assert.Null(await office.Reader.ByPathAsync("jam-buka", Stop));
        Assert.Equal("content.not_found", Refused(await office.Store.SaveAsync(Editor, item.ItemId, item.VersionId, item.Content, stop: Stop)));

        var back = Done(await office.Store.UndeleteAsync(Editor, item.ItemId, Stop));
        Assert.False(back.ItemIsPublished);
        Assert.Equal("Jam buka", (await office.Publish(back)).DisplayText);
    }

    [Fact]
    public async Task Two_editors_who_save_at_once_lose_nothing_the_second_is_shown_both()
    {
        await using var office = await OpenAsync();
        var item = await office.Draft("Page", APage("Jam buka"));
        await office.Save(item, Retitled(item, "Jam layanan"), OtherEditor);

        var outcome = await office.Store.SaveAsync(Editor, item.ItemId, item.VersionId, Retitled(item, "Waktu buka"), stop: Stop);

        var conflict = Assert.IsType<EditConflict>(outcome.Refusal);
        Assert.Equal(
            ("Jam buka", "Jam layanan", "Budi", "Waktu buka"),
            (conflict.Base!.DisplayText, conflict.Theirs.DisplayText, conflict.Theirs.Author, conflict.Yours.Text("TitlePart", "Title")));
        Assert.Equal("Jam layanan", (await office.Reader.FindLatestAsync(item.ItemId, Stop))!.DisplayText);
    }

    [Fact]
    public async Task Of_many_who_save_over_the_same_version_one_wins()
    {
        await using var office = await OpenAsync();
        var item = await office.Draft("Page", APage("Jam buka"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() =>
            office.NewStore().SaveAsync(Editor, item.ItemId, item.VersionId, Retitled(item, $"Jam {i}"), stop: Stop))));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.IsType<EditConflict>(outcome.Refusal));
        Assert.Equal(2, (await office.History.VersionsAsync(item.ItemId, stop: Stop)).Count);
    }

    [Fact]
    public async Task Sending_the_same_save_twice_is_no_conflict()
    {
        await using var office = await OpenAsync();
        var item = await office.Draft("Page", APage("Jam buka"));
        var first = await office.Save(item, Retitled(item, "Jam layanan"));

        var second = await office.Save(item, Changed(item, content => content["TitlePart"]!["Title"] = "Jam layanan"));

        Assert.Equal(first.VersionId, second.VersionId);
    }

    [Fact]
    public async Task A_handler_that_fails_after_the_commit_undoes_nothing_and_the_last_registered_is_told_first()
    {
        await using var office = await OpenAsync();
        var told = new List<string>();
        var store = office.NewStore(new Listener("first", told), new Listener("second", told) { Fails = true });
        var draft = await office.Draft("Page", APage("Jam buka"));

        Done(await store.PublishAsync(Editor, draft.ItemId, draft.VersionId, stop: Stop));

        Assert.Equal(["publishing first", "publishing second", "published second", "published first"], told);
        Assert.NotNull(await office.Reader.FindAsync(draft.ItemId, Stop));
    }

    [Fact]
    public async Task Each_act_leaves_a_line_of_audit_with_who_when_before_and_after()
    {
        await using var office = await OpenAsync();
        var draft = await office.Draft("Page", APage("Jam buka"), Author);
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        var item = await office.Publish(draft);
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        Done(await office.Store.DeleteAsync(Administrator, item.ItemId, stop: Stop));

        var lines = await office.History.AuditAsync(item.ItemId, stop: Stop);

        Assert.Equal(
            [("Removed", "Sri", item.VersionId, null), ("Published", "Rina", null, item.VersionId), ("Created", "Dewi", null, draft.VersionId)],
            lines.Select(line => (line.Act, line.UserName, line.BeforeVersionId, line.AfterVersionId)));
        Assert.Equal(office.Now, lines[0].AtUtc);
    }

    [Fact]
    public async Task A_copy_is_a_draft_of_its_own_without_address_and_appointments()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Jam buka"));

        var copy = Done(await office.Store.CloneAsync(Author, item.ItemId, Stop) is { Succeeded: true } own ? own : await office.Store.CloneAsync(Editor, item.ItemId, Stop));

        Assert.Equal("Jam buka (salinan)", copy.DisplayText);
        Assert.Equal("jam-buka-salinan", copy.Path);
        Assert.NotEqual(item.LocalizationSet, copy.LocalizationSet);
        Assert.False(copy.ItemIsPublished);
    }

    [Fact]
    public async Task Many_are_published_at_once_and_one_that_is_refused_holds_back_no_other()
    {
        await using var office = await OpenAsync();
        var good = await office.Draft("Page", APage("Jam buka"));
        var bad = await office.Draft("Page", []);

        var outcomes = await office.Store.PublishManyAsync(Editor, [bad.ItemId, good.ItemId, "nowhere"], Stop);

        Assert.Equal([(bad.ItemId, false), (good.ItemId, true), ("nowhere", false)], outcomes.Select(each => (each.ItemId, each.Outcome.Succeeded)));
    }

    [Fact]
    public async Task Versions_are_only_ever_added()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Jam buka"));
        var next = await office.Save(item, Retitled(item, "Jam layanan"));
        next = await office.Publish(next);
        Done(await office.Store.RestoreAsync(Editor, item.ItemId, item.VersionId, next.VersionId, Stop));

        await using var db = office.NewContext();
        var versions = await db.Versions.Where(version => version.ItemId == item.ItemId).OrderBy(version => version.Number).ToListAsync(Stop);

        Assert.Equal([(1, "Jam buka"), (2, "Jam layanan"), (3, "Jam buka")], versions.Select(version => (version.Number, version.DisplayText)));
    }

    [Fact]
    public async Task A_preview_shows_what_is_being_written_and_stores_nothing()
    {
        await using var office = await OpenAsync();
        var draft = await office.Draft("Page", APage("Jam buka"), Author);

        var preview = Done(await office.Store.PreviewAsync(Author, draft.ItemId, APage("Jam layanan"), Stop));

        Assert.Equal(("Jam layanan", "id"), (preview.DisplayText, preview.Content.Text("LocalizationPart", "Culture")));
        Assert.Single(await office.History.VersionsAsync(draft.ItemId, stop: Stop));
        Assert.Equal("content.not_found", Refused(await office.Store.PreviewAsync(Contributor, draft.ItemId, [], Stop)));
    }

    [Fact]
    public async Task An_administrator_redirects_an_old_address_and_never_over_a_page()
    {
        await using var office = await OpenAsync();
        await office.Published("Page", APage("Jam buka"));
        var redirects = new Redirects(office.NewContext(), office.Clock);

        Assert.Null(await redirects.PutAsync(Administrator, "/index.php/jam", "/jam-buka", Stop));
        Assert.Equal("/jam-buka", (await office.Reader.ByPathAsync("index.php/jam", Stop))!.RedirectTo);
        Assert.Equal("content.redirect_taken", (await redirects.PutAsync(Administrator, "jam-buka", "/lain", Stop))!.Code);
        Assert.Equal("content.redirect", (await redirects.PutAsync(Administrator, "a", "javascript:alert(1)", Stop))!.Code);
        Assert.Equal("content.redirect_loop", (await redirects.PutAsync(Administrator, "a", "/A/", Stop))!.Code);
        Assert.Equal("content.redirect", (await redirects.PutAsync(Administrator, "a", "//elsewhere.example", Stop))!.Code);
        Assert.Equal("content.forbidden", (await redirects.PutAsync(Editor, "a", "/b", Stop))!.Code);
        Assert.Null(await redirects.RemoveAsync(Administrator, "index.php/jam", Stop));
        Assert.Empty(await redirects.ListAsync(stop: Stop));
    }

    [Theory]
    [InlineData("""{"TitlePart":{"Title":"a\u0000b"}}""", "content.unstorable")]
    [InlineData("""{"TitlePart":{"Title":"\ud800"}}""", "content.unstorable")]
    [InlineData("""{"TitlePart":"Jam"}""", "content.part_shape")]
    public async Task A_document_that_no_database_can_keep_is_refused_even_as_a_draft(string document, string code)
    {
        await using var office = await OpenAsync();

        var outcome = await office.Store.CreateAsync(Editor, "Page", System.Text.Json.Nodes.JsonNode.Parse(document)!.AsObject(), stop: Stop);

        Assert.Equal(code, Assert.Single(outcome.Refusal!.Faults).Code);
    }

    [Fact]
    public async Task A_document_nested_or_long_beyond_sense_is_refused_and_a_long_one_is_published()
    {
        await using var office = await OpenAsync();
        var nested = new System.Text.Json.Nodes.JsonObject();
        for (var i = 0; i < 100; i++) nested = new System.Text.Json.Nodes.JsonObject { ["a"] = nested };

        Assert.Equal("content.too_deep", (await office.Store.CreateAsync(Editor, "Page", nested, stop: Stop)).Refusal!.Faults[0].Code);
        Assert.Equal("content.too_large", (await office.Store.CreateAsync(Editor, "Page", APage("Jam", new string('x', 1_000_001)), stop: Stop)).Refusal!.Faults[0].Code);
        await office.Published("Page", APage(string.Concat(Enumerable.Repeat("Judul 😀", 25)), string.Join(' ', Enumerable.Range(0, 90_000).Select(i => $"kata{i}"))));
    }

    private sealed class Listener(string name, List<string> told) : ContentHandler
    {
        public bool Fails { get; init; }

        public override ValueTask PublishingAsync(ContentChange change, CancellationToken stop)
        {
            told.Add($"publishing {name}");
            return default;
        }

        public override ValueTask PublishedAsync(ContentChange change, CancellationToken stop)
        {
            told.Add($"published {name}");
            return Fails ? throw new InvalidOperationException("The cache is away.") : default;
        }
    }
}
