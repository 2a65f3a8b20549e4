using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class PermissionTests
{
    [Theory]
    [InlineData("EditContent", ContentAct.Edit, false, true)]
    [InlineData("EditOwnContent", ContentAct.Edit, true, true)]
    [InlineData("EditOwnContent", ContentAct.Edit, false, false)]
    [InlineData("Edit_Workshop", ContentAct.Edit, false, true)]
    [InlineData("Edit_Page", ContentAct.Edit, false, false)]
    [InlineData("EditOwn_Workshop", ContentAct.Edit, true, true)]
    [InlineData("EditOwn_Workshop", ContentAct.Edit, false, false)]
    [InlineData("PublishContent", ContentAct.Edit, false, true)]
    [InlineData("EditContent", ContentAct.Publish, true, false)]
    [InlineData("EditContent", ContentAct.Preview, false, true)]
    [InlineData("EditContent", ContentAct.Delete, true, false)]
    [InlineData("ViewContent_Workshop", ContentAct.View, true, false)]
    [InlineData("View_Workshop", ContentAct.View, false, true)]
    [InlineData("CloneOwnContent", ContentAct.Clone, true, true)]
    public void A_permission_allows_what_its_name_says_and_what_that_implies(string granted, ContentAct act, bool isOwn, bool allowed) =>
        Assert.Equal(allowed, ContentPermissions.Allow(new HashSet<string> { granted }, act, "Workshop", isOwn));

    [Fact]
    public async Task An_author_edits_own_items_and_an_editor_publishes_them()
    {
        await using var office = await OpenAsync();
        var draft = await office.Draft("Page", APage("Jam buka"), Author);

        draft = await office.Save(draft, Retitled(draft, "Jam layanan"), Author);
        Assert.Equal("content.forbidden", Refused(await office.Store.PublishAsync(Author, draft.ItemId, draft.VersionId, stop: Stop)));
        await office.Publish(draft);
    }

    [Fact]
    public async Task Nobody_learns_that_a_draft_of_somebody_else_exists()
    {
        await using var office = await OpenAsync();
        var draft = await office.Draft("Page", APage("Rahasia"), Author);

        Assert.Equal("content.not_found", Refused(await office.Store.SaveAsync(Contributor, draft.ItemId, draft.VersionId, [], stop: Stop)));
        var item = await office.Publish(draft);
        Assert.Equal("content.forbidden", Refused(await office.Store.SaveAsync(Contributor, item.ItemId, item.VersionId, [], stop: Stop)));
    }

    [Fact]
    public async Task An_author_deletes_an_own_draft_and_not_what_is_public()
    {
        await using var office = await OpenAsync();
        var draft = await office.Draft("Page", APage("Jam"), Author);
        var item = await office.Publish(await office.Draft("Page", APage("Jam buka"), Author));

        Done(await office.Store.DeleteAsync(Author, draft.ItemId, stop: Stop));
        Assert.Equal("content.forbidden", Refused(await office.Store.DeleteAsync(Author, item.ItemId, stop: Stop)));
    }

    [Fact]
    public async Task Somebody_without_a_role_changes_nothing()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Jam buka"));

        Assert.Equal("content.forbidden", Refused(await office.Store.CreateAsync(Nobody, "Page", [], stop: Stop)));
        Assert.Equal("content.forbidden", Refused(await office.Store.UnpublishAsync(Nobody, item.ItemId, stop: Stop)));
        Assert.Equal("content.forbidden", Refused(await office.Store.CloneAsync(Nobody, item.ItemId, Stop)));
        Assert.Equal("content.forbidden", Refused(await office.Store.TranslateAsync(Nobody, item.ItemId, "en", Stop)));
        Assert.Equal("content.forbidden", Refused(await office.Store.ChangeOwnerAsync(Author, item.ItemId, Author.Id, stop: Stop)));
        Assert.Equal("content.forbidden", Refused(await office.Media.UploadAsync(Nobody, "", "a.png", new MemoryStream(Pictures.Png(1, 1)), Stop)));
    }

    [Fact]
    public async Task The_editors_list_shows_everybodys_drafts_to_editors_and_their_own_to_authors()
    {
        await using var office = await OpenAsync();
        await office.Draft("Page", APage("Milik penulis"), Author);
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        var item = await office.Published("Page", APage("Milik editor"));
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        await office.Save(item, Retitled(item, "Milik editor, baru"));
        var list = new EditorList(office.NewContext());

        Assert.Equal(
            [("Milik editor, baru", ContentState.PublishedWithDraft), ("Milik penulis", ContentState.Draft)],
            Done(await list.FindAsync(Editor, new EditorQuery(), Stop)).Select(line => (line.DisplayText, line.State)));
        Assert.Equal(["Milik penulis"], Done(await list.FindAsync(Author, new EditorQuery(), Stop)).Select(line => line.DisplayText));
        Assert.Equal(["Milik penulis"], Done(await list.FindAsync(Editor, new EditorQuery { IsPublished = false }, Stop)).Select(line => line.DisplayText));
        Assert.Equal(["Milik editor, baru"], Done(await list.FindAsync(Editor, new EditorQuery { Title = "BARU" }, Stop)).Select(line => line.DisplayText));
        Assert.Equal("content.forbidden", Refused(await list.FindAsync(Nobody, new EditorQuery(), Stop)));
        var first = Done(await list.FindAsync(Editor, new EditorQuery { PageSize = 1 }, Stop));
        Assert.Equal(["Milik penulis"], Done(await list.FindAsync(Editor, new EditorQuery { After = first[0] }, Stop)).Select(line => line.DisplayText));
    }
}
