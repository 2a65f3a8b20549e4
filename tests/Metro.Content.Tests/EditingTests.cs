using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class EditingTests
{
    [Fact]
    public async Task Autosave_stays_outside_history_and_belongs_to_one_editor()
    {
        await using var office = await OpenAsync();
        var item = await office.Draft("Page", APage("Jam buka"));

        await office.Autosaves.KeepAsync(Editor, item.ItemId, item.VersionId, Retitled(item, "Jam"), stop: Stop);
        await office.Autosaves.KeepAsync(Editor, item.ItemId, item.VersionId, Retitled(item, "Jam layanan"), stop: Stop);

        Assert.Equal("Jam layanan", (await office.Autosaves.FindAsync(Editor, item.ItemId, Stop))!.Content.Text("TitlePart", "Title"));
        Assert.Null(await office.Autosaves.FindAsync(OtherEditor, item.ItemId, Stop));
        Assert.Single(await office.History.VersionsAsync(item.ItemId, stop: Stop));
    }

    [Fact]
    public async Task Saving_clears_the_editors_own_autosave_and_no_other()
    {
        await using var office = await OpenAsync();
        var item = await office.Draft("Page", APage("Jam buka"));
        await office.Autosaves.KeepAsync(Editor, item.ItemId, item.VersionId, [], stop: Stop);
        await office.Autosaves.KeepAsync(OtherEditor, item.ItemId, item.VersionId, [], stop: Stop);

        await office.Save(item, Retitled(item, "Jam layanan"));

        Assert.Null(await office.Autosaves.FindAsync(Editor, item.ItemId, Stop));
        Assert.NotNull(await office.Autosaves.FindAsync(OtherEditor, item.ItemId, Stop));
    }

    [Fact]
    public async Task An_item_that_was_never_saved_is_autosaved_under_the_id_that_it_will_have()
    {
        await using var office = await OpenAsync();
        var id = ContentId.New();
        Assert.Null(await office.Autosaves.KeepAsync(Author, id, null, APage("Jam"), stop: Stop));

        var kept = (await office.Autosaves.FindAsync(Author, id, Stop))!;
        Done(await office.Store.CreateAsync(Author, "Page", kept.Content, itemId: id, stop: Stop));

        Assert.Null(await office.Autosaves.FindAsync(Author, id, Stop));
    }

    [Fact]
    public async Task A_refused_save_keeps_the_autosave()
    {
        await using var office = await OpenAsync();
        var item = await office.Draft("Page", APage("Jam buka"));
        await office.Save(item, Retitled(item, "Lain"), OtherEditor);
        await office.Autosaves.KeepAsync(Editor, item.ItemId, item.VersionId, Retitled(item, "Saya"), stop: Stop);

        Refused(await office.Store.SaveAsync(Editor, item.ItemId, item.VersionId, Retitled(item, "Saya"), stop: Stop));

        Assert.NotNull(await office.Autosaves.FindAsync(Editor, item.ItemId, Stop));
    }

    [Fact]
    public async Task An_edit_lock_is_shown_to_others_until_it_expires()
    {
        await using var office = await OpenAsync();
        Assert.True((await office.Locks.TakeAsync(Editor, "4a", stop: Stop)).IsYours);

        var seen = await office.Locks.TakeAsync(OtherEditor, "4a", stop: Stop);
        Assert.Equal((false, "Rina"), (seen.IsYours, seen.UserName));

        office.Clock.Advance(office.Settings.LockLasts);
        Assert.True((await office.Locks.TakeAsync(OtherEditor, "4a", stop: Stop)).IsYours);
    }

    [Fact]
    public async Task A_lock_renewed_in_time_stays_and_one_given_back_is_free()
    {
        await using var office = await OpenAsync();
        var held = await office.Locks.TakeAsync(Editor, "4a", stop: Stop);
        office.Clock.Advance(office.Settings.LockLasts - TimeSpan.FromSeconds(1));

        Assert.True((await office.Locks.TakeAsync(Editor, "4a", held.Token, Stop)).IsYours);
        office.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("Rina", (await office.Locks.FindAsync("4a", Stop))!.UserName);

        await office.Locks.ReleaseAsync("4a", held.Token!, Stop);
        Assert.Null(await office.Locks.FindAsync("4a", Stop));
    }

    [Fact]
    public async Task A_lock_that_was_taken_over_is_told_to_its_former_holder_who_cannot_give_it_back()
    {
        await using var office = await OpenAsync();
        var held = await office.Locks.TakeAsync(Editor, "4a", stop: Stop);

        Assert.True((await office.Locks.TakeOverAsync(OtherEditor, "4a", Stop)).IsYours);

        var seen = await office.Locks.TakeAsync(Editor, "4a", held.Token, Stop);
        Assert.Equal((false, "Budi"), (seen.IsYours, seen.UserName));
        await office.Locks.ReleaseAsync("4a", held.Token!, Stop);
        Assert.Equal("Budi", (await office.Locks.FindAsync("4a", Stop))!.UserName);
    }

    [Fact]
    public async Task A_restored_version_is_a_new_draft_on_top()
    {
        await using var office = await OpenAsync();
        var first = await office.Published("Page", APage("Jam buka"));
        var second = await office.Publish(first, Retitled(first, "Jam layanan"));

        var restored = Done(await office.Store.RestoreAsync(Editor, first.ItemId, first.VersionId, second.VersionId, Stop));

        Assert.Equal((3, "Jam buka"), (restored.Number, restored.DisplayText));
        Assert.Equal("Jam layanan", (await office.Reader.FindAsync(first.ItemId, Stop))!.DisplayText);
    }

    [Fact]
    public async Task History_shows_what_changed_by_field_and_word()
    {
        await using var office = await OpenAsync();
        var first = await office.Draft("Workshop", AWorkshop("Membatik"));
        var second = await office.Save(first, Changed(first, content =>
        {
            content["Workshop"]!["Summary"]!["Text"] = "Belajar menenun dari awal.";
            content["Workshop"]!["Place"] = new JsonObject { ["Text"] = "Ruang kreatif" };
        }));

        var changes = (await office.History.DiffAsync(first.ItemId, first.VersionId, second.VersionId, Stop))!;

        Assert.Equal(["$.Workshop.Summary.Text", "$.Workshop.Place.Text"], changes.Select(change => change.Path));
        Assert.Equal(["Ringkasan", "Tempat"], changes.Select(change => change.Label(System.Globalization.CultureInfo.GetCultureInfo("id"))));
        Assert.Equal([(DiffKind.Kept, "Belajar "), (DiffKind.Removed, "membatik "), (DiffKind.Added, "menenun "), (DiffKind.Kept, "dari awal.")],
            changes[0].Pieces.Select(piece => (piece.Kind, piece.Text)));
        Assert.Null(changes[1].Before);
    }

    [Fact]
    public void Laid_over_each_other_two_texts_can_both_be_read_off()
    {
        Prop.ForAll<NonNull<string>, NonNull<string>>((before, after) =>
        {
            var pieces = ContentDiff.Words(before.Get, after.Get);
            return string.Concat(pieces.Where(piece => piece.Kind != DiffKind.Added).Select(piece => piece.Text)) == before.Get
                && string.Concat(pieces.Where(piece => piece.Kind != DiffKind.Removed).Select(piece => piece.Text)) == after.Get
                && (before.Get != after.Get || pieces.All(piece => piece.Kind == DiffKind.Kept));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Random edit histories, done to the store and to the simplest model of it: a list of titles, two pointers and a flag.</summary>
    [Fact]
    public async Task Any_history_of_edits_ends_as_the_simple_model_says()
    {
        await using var office = await OpenAsync();
        var histories = Gen.ListOf(Gen.Choose(0, 5)).Sample(12, 25);
        foreach (var acts in histories)
        {
            var item = await office.Draft("Page", APage("0"));
            var (titles, published, deleted) = (new List<string> { "0" }, (string?)null, false);
            foreach (var act in acts)
            {
                item = (await office.Reader.FindLatestAsync(item.ItemId, Stop))!;
                var outcome = act switch
                {
                    0 or 1 => await office.Store.SaveAsync(Editor, item.ItemId, item.VersionId, Retitled(item, $"{titles.Count}"), stop: Stop),
                    2 => await office.Store.PublishAsync(Editor, item.ItemId, item.VersionId, stop: Stop),
                    3 => await office.Store.UnpublishAsync(Editor, item.ItemId, stop: Stop),
                    4 => deleted ? await office.Store.UndeleteAsync(Editor, item.ItemId, Stop) : await office.Store.DeleteAsync(Editor, item.ItemId, stop: Stop),
                    _ => await office.Store.RestoreAsync(Editor, item.ItemId, (await office.History.VersionsAsync(item.ItemId, stop: Stop))[^1].VersionId, item.VersionId, Stop),
                };
                Assert.Equal(!deleted || act == 4, outcome.Succeeded);
                if (!outcome.Succeeded) continue;

                switch (act)
                {
                    case 0 or 1: titles.Add($"{titles.Count}"); break;
                    case 2: published = titles[^1]; break;
                    case 3: published = null; break;
                    case 4: (deleted, published) = (!deleted, null); break;
                    default:
                        if (titles[^1] != "0") titles.Add("0");
                        break;
                }
            }

            Assert.Equal(published, (await office.Reader.FindAsync(item.ItemId, Stop))?.DisplayText);
            Assert.Equal(titles, (await office.History.VersionsAsync(item.ItemId, limit: 200, stop: Stop)).Reverse().Select(version => version.DisplayText));
            Assert.Equal(published is null ? 0 : 1, (await office.History.VersionsAsync(item.ItemId, limit: 200, stop: Stop)).Count(version => version.IsPublished));
            if (!deleted) Done(await office.Store.DeleteAsync(Editor, item.ItemId, stop: Stop));
        }
    }
}
