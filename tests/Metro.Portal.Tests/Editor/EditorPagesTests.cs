using System.Net;
using Metro.Content;
using Metro.Portal.Accounts;

namespace Metro.Portal.Tests.Editor;

public sealed class EditorPagesTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/admin/content")]
    [InlineData("/admin/content/deleted")]
    [InlineData("/admin/content/new?type=Page")]
    [InlineData("/en/admin/content")]
    public async Task Who_is_not_signed_in_signs_in_first(string path)
    {
        using var answer = await portal.Visitor().GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/account/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Role.Librarian)]
    public async Task Who_has_no_role_of_the_editor_is_not_let_in_and_sees_no_way_in(string? role)
    {
        var person = await EditorAtWork.AsAsync(portal, role);

        using var answer = await person.OpenAsync("/admin/content");

        Assert.Equal("/account/not-allowed", answer.Headers.Location!.AbsolutePathOrOriginal());
        Assert.DoesNotContain("/admin/content", await person.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Tulis konten baru")]
    [InlineData("/en", "Write something new")]
    public async Task The_list_speaks_the_readers_language_and_is_kept_by_no_cache(string language, string words)
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);

        using var answer = await editor.OpenAsync($"{language}/admin/content/items");

        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains($"href=\"{language}/admin/content\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("/admin/content/items?handler=Bulk")]
    [InlineData("/admin/content/abc?type=Page")]
    [InlineData("/admin/content/abc?handler=Delete")]
    [InlineData("/admin/content/deleted?handler=Restore")]
    public async Task A_form_from_another_site_is_refused(string path)
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);

        using var answer = await editor.SendFormAsync("", path, ("act", "publish"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_draft_is_saved_whatever_it_lacks()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Contributor);
        var address = await editor.NewAsync("Workshop");

        using var answer = await editor.SendAsync(address, ("Workshop.Capacity.Value", "banyak"), ("act", "save"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await editor.ReadAsync(answer.Headers.Location!.OriginalString);
        Assert.Contains("Draf disimpan.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"banyak\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_is_strict_keeps_what_was_typed_and_leads_to_each_field_to_mend()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("Halaman tanpa isi");

        using var answer = await editor.SendAsync($"/admin/content/{id}", ("TitlePart.Title", "Judul lain"), ("MarkdownBodyPart.Markdown", ""), ("act", "publish"));
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("href=\"#MarkdownBodyPart.Markdown\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"MarkdownBodyPart.Markdown\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Judul lain\"", html, StringComparison.Ordinal);
        Assert.False((await editor.LatestAsync(id)).ItemIsPublished);
    }

    [Fact]
    public async Task What_is_published_is_public_and_what_is_withdrawn_is_not()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("Halaman yang terbit", act: "publish");
        var path = "/" + (await editor.LatestAsync(id)).Path;

        using var shown = await portal.Visitor().GetAsync(path, Stop);
        using var withdrawn = await editor.SendAsync($"/admin/content/{id}", $"/admin/content/{id}?handler=Unpublish");
        using var gone = await portal.Visitor().GetAsync(path, Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.NotFound), (shown.StatusCode, withdrawn.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task An_author_edits_own_items_alone_and_publishes_none()
    {
        var (author, other) = (await EditorAtWork.AsAsync(portal, Role.Author), await EditorAtWork.AsAsync(portal, Role.Author, "budi"));
        var id = await author.WritePageAsync("Milik Sari");

        using var foreign = await other.OpenAsync($"/admin/content/{id}");
        using var published = await author.SendAsync($"/admin/content/{id}", ("act", "publish"));
        var own = await author.ReadAsync($"/admin/content/{id}");

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal("/account/not-allowed", published.Headers.Location!.AbsolutePathOrOriginal());
        Assert.DoesNotContain("value=\"publish\"", own, StringComparison.Ordinal);
        Assert.DoesNotContain("Milik Sari", await other.ReadAsync("/admin/content/items"), StringComparison.Ordinal);
        Assert.False((await author.LatestAsync(id)).ItemIsPublished);
    }

    [Fact]
    public async Task Who_saves_second_is_shown_both_texts_and_chooses()
    {
        var (sari, rani) = (await EditorAtWork.AsAsync(portal, Role.Editor), await EditorAtWork.AsAsync(portal, Role.Editor, "rani"));
        var id = await sari.WritePageAsync("Jam buka", "Buka pukul delapan.");
        using var open = await rani.OpenAsync($"/admin/content/{id}");
        var form = await open.Content.ReadAsStringAsync(Stop);
        using var first = await sari.SendAsync($"/admin/content/{id}", ("TitlePart.Title", "Jam buka baru"), ("MarkdownBodyPart.Markdown", "Buka pukul sembilan."), ("act", "save"));

        using var second = await rani.SendFormAsync(form, $"/admin/content/{id}", ("MarkdownBodyPart.Markdown", "Buka pukul sepuluh."), ("act", "save"));
        var conflict = await second.Content.ReadAsStringAsync(Stop);
        using var chosen = await rani.SendFormAsync(conflict, $"/admin/content/{id}?handler=Resolve",
            ("take-$.MarkdownBodyPart.Markdown", "yours"), ("take-$.TitlePart.Title", "theirs"), ("act", "save"));
        var latest = await sari.LatestAsync(id);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict, HttpStatusCode.Redirect), (first.StatusCode, second.StatusCode, chosen.StatusCode));
        Assert.Contains("Buka pukul sembilan.", conflict, StringComparison.Ordinal);
        Assert.Contains("Buka pukul sepuluh.", conflict, StringComparison.Ordinal);
        Assert.Equal(("Jam buka baru", "Buka pukul sepuluh."), (latest.DisplayText, latest.Markdown));
    }

    [Fact]
    public async Task Parts_that_the_form_does_not_know_survive_it()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("Dengan bagian asing");
        var before = await editor.LatestAsync(id);
        before.Content["ForeignPart"] = new System.Text.Json.Nodes.JsonObject { ["Kept"] = 7 };
        await portal.WithContentAsync(store => store.SaveAsync(editor.Person, id, before.VersionId, before.Content, stop: Stop));

        using var answer = await editor.SendAsync($"/admin/content/{id}", ("TitlePart.Title", "Judul baru"), ("act", "save"));
        var after = await editor.LatestAsync(id);

        Assert.Equal("Judul baru", after.DisplayText);
        Assert.Equal(7, after.Content.Number("ForeignPart", "Kept"));
    }

    [Fact]
    public async Task Saving_what_was_not_changed_makes_no_version()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("Tetap sama", "Baris satu.\n\nBaris dua.");
        var before = await editor.LatestAsync(id);

        using var answer = await editor.SendAsync($"/admin/content/{id}", ("act", "save"));

        Assert.Equal(before.VersionId, (await editor.LatestAsync(id)).VersionId);
    }

    [Fact]
    public async Task A_time_is_typed_in_the_librarys_zone_and_kept_in_UTC()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var address = await editor.NewAsync("Workshop");

        using var answer = await editor.SendAsync(address, ("TitlePart.Title", "Lokakarya"), ("Workshop.StartsAt.Value", "2026-03-05T09:30"), ("act", "save"));
        var item = await editor.LatestAsync(EditorAtWork.IdOf(address));

        Assert.Equal(new DateTime(2026, 3, 5, 2, 30, 0, DateTimeKind.Utc), item.Instant("StartsAt"));
        Assert.Contains("value=\"2026-03-05T09:30\"", await editor.ReadAsync(address.Split('?')[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_written_script_runs_neither_in_the_editor_nor_in_the_preview()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("<script>alert(1)</script>", "<img src=x onerror=alert(1)> <script>alert(2)</script></textarea><script>alert(3)</script>");

        foreach (var path in (string[])["", "/preview", "/history"])
        {
            using var page = await editor.OpenAsync($"/admin/content/{id}{path}");
            var html = await page.Content.ReadAsStringAsync(Stop);

            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_preview_shows_what_is_being_written_and_stores_nothing()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("Sebelum");
        var before = await editor.LatestAsync(id);

        using var preview = await editor.SendAsync($"/admin/content/{id}", $"/admin/content/{id}/preview", ("TitlePart.Title", "Sesudah"), ("MarkdownBodyPart.Markdown", "**tebal**"));
        var html = await preview.Content.ReadAsStringAsync(Stop);

        Assert.Contains("<h1>Sesudah</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>tebal</strong>", html, StringComparison.Ordinal);
        Assert.Equal(before.VersionId, (await editor.LatestAsync(id)).VersionId);
    }

    [Fact]
    public async Task Many_are_published_at_once_and_each_says_what_came_of_it()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var (good, bad) = (await editor.WritePageAsync("Halaman lengkap"), await editor.WritePageAsync("Halaman kosong"));
        using var emptied = await editor.SendAsync($"/admin/content/{bad}", ("MarkdownBodyPart.Markdown", ""), ("act", "save"));

        using var answer = await editor.SendAsync("/admin/content/items", "/admin/content/items?handler=Bulk", ("items", good), ("items", bad), ("act", "publish"));
        var list = await editor.ReadAsync(answer.Headers.Location!.OriginalString);

        Assert.True((await editor.LatestAsync(good)).IsPublished);
        Assert.False((await editor.LatestAsync(bad)).ItemIsPublished);
        Assert.Contains($"/admin/content/{bad}?check=true", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_deleted_can_be_brought_back()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("Dihapus lalu kembali");

        using var deleted = await editor.SendAsync($"/admin/content/{id}", $"/admin/content/{id}?handler=Delete");
        using var gone = await editor.OpenAsync($"/admin/content/{id}");
        using var back = await editor.SendAsync("/admin/content/deleted", "/admin/content/deleted?handler=Restore", ("id", id));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Redirect), (gone.StatusCode, back.StatusCode));
        Assert.Contains("Dihapus lalu kembali", await editor.ReadAsync($"/admin/content/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_shows_what_changed_and_restores_an_older_version()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("Sejarah", "Kata lama.");
        var first = await editor.LatestAsync(id);
        using var saved = await editor.SendAsync($"/admin/content/{id}", ("MarkdownBodyPart.Markdown", "Kata baru."), ("act", "save"));
        var second = await editor.LatestAsync(id);

        var diff = await editor.ReadAsync($"/admin/content/{id}/history?from={first.VersionId}&to={second.VersionId}");
        using var restored = await editor.SendAsync($"/admin/content/{id}/history", $"/admin/content/{id}/history?handler=Restore", ("version", first.VersionId), ("latest", second.VersionId));

        Assert.Matches("<del>lama", diff);
        Assert.Matches("<ins>baru", diff);
        Assert.Equal("Kata lama.", (await editor.LatestAsync(id)).Markdown);
    }

    [Fact]
    public async Task A_translation_stands_beside_its_source_and_says_when_it_is_behind()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("Tentang kami", "Teks sumber.");

        using var translated = await editor.SendAsync($"/admin/content/{id}", $"/admin/content/{id}?handler=Translate", ("to", "en"));
        var translation = translated.Headers.Location!.OriginalString;
        using var changed = await editor.SendAsync($"/admin/content/{id}", ("MarkdownBodyPart.Markdown", "Teks sumber yang lain."), ("act", "save"));
        var behind = await editor.ReadAsync("/en" + translation);
        using var confirmed = await editor.SendAsync(translation, $"{translation}?handler=Confirm", ("sourceVersion", (await editor.LatestAsync(id)).VersionId));

        Assert.Contains("Its source has changed", behind, StringComparison.Ordinal);
        Assert.Contains("<p>Teks sumber yang lain.</p>", behind, StringComparison.Ordinal);
        Assert.DoesNotContain("Its source has changed", await editor.ReadAsync("/en" + translation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_is_kept_outside_the_history_and_others_see_who_is_editing()
    {
        var (sari, rani) = (await EditorAtWork.AsAsync(portal, Role.Editor), await EditorAtWork.AsAsync(portal, Role.Editor, "rani"));
        var id = await sari.WritePageAsync("Sedang ditulis");
        var before = await sari.LatestAsync(id);

        using var kept = await sari.SendAsync($"/admin/content/{id}", $"/admin/content/{id}?handler=Autosave", ("TitlePart.Title", "Baru separuh"));
        var resumed = await sari.ReadAsync($"/admin/content/{id}?autosave=true");
        var seen = await rani.ReadAsync($"/admin/content/{id}");
        using var takenOver = await rani.SendAsync($"/admin/content/{id}", $"/admin/content/{id}?handler=TakeOver");

        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Contains("value=\"Baru separuh\"", resumed, StringComparison.Ordinal);
        Assert.Contains("sedang menyunting", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("sedang menyunting konten", await rani.ReadAsync($"/admin/content/{id}"), StringComparison.Ordinal);
        Assert.Equal(before.VersionId, (await sari.LatestAsync(id)).VersionId);
    }
}
