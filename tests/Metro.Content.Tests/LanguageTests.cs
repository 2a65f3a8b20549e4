using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class LanguageTests
{
    [Fact]
    public async Task A_translation_is_an_item_of_its_own_in_the_same_set()
    {
        await using var office = await OpenAsync();
        var source = await office.Published("Workshop", AWorkshop("Membatik"));

        var translation = Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));

        Assert.Equal(source.LocalizationSet, translation.LocalizationSet);
        Assert.NotEqual(source.ItemId, translation.ItemId);
        Assert.Equal(("en", "en/workshops/membatik", false), (translation.Culture, translation.Path, translation.ItemIsPublished));
    }

    [Fact]
    public async Task There_is_one_translation_for_each_language()
    {
        await using var office = await OpenAsync();
        var source = await office.Published("Page", APage("Tentang"));
        Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));

        Assert.Equal("content.translation.exists", Refused(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop)));
        Assert.Equal("content.culture.unknown", Refused(await office.Store.TranslateAsync(Editor, source.ItemId, "fr", Stop)));
    }

    [Fact]
    public async Task Publishing_one_language_never_touches_the_other()
    {
        await using var office = await OpenAsync();
        var source = await office.Published("Page", APage("Tentang"));
        var translation = Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));
        var draft = await office.Save(source, Retitled(source, "Tentang kami"));

        await office.Publish(translation, Retitled(translation, "About"));

        var (published, latest) = ((await office.Reader.FindAsync(source.ItemId, Stop))!, (await office.Reader.FindLatestAsync(source.ItemId, Stop))!);
        Assert.Equal((source.VersionId, draft.VersionId), (published.VersionId, latest.VersionId));
        Assert.Equal("About", (await office.Reader.InLanguageAsync(source.LocalizationSet!, "en", Stop))!.Item.DisplayText);
    }

    [Fact]
    public async Task A_reader_is_offered_the_other_language_marked_until_there_is_a_translation_and_again_after_it_is_withdrawn()
    {
        await using var office = await OpenAsync();
        var source = await office.Published("Page", APage("Tentang"));
        async Task<(string, bool)[]> English() =>
            [.. (await office.Reader.ListAsync(new ContentQuery("en", "Page"), Stop)).Items.Select(each => (each.Item.DisplayText, each.IsFallback))];

        Assert.Equal([("Tentang", true)], await English());
        Assert.Empty((await office.Reader.ListAsync(new ContentQuery("en", "Page") { WithFallback = false }, Stop)).Items);

        var translation = Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));
        await office.Publish(translation, Retitled(translation, "About"));
        Assert.Equal([("About", false)], await English());

        Done(await office.Store.UnpublishAsync(Editor, translation.ItemId, stop: Stop));
        Assert.Equal([("Tentang", true)], await English());
    }

    [Fact]
    public async Task A_translation_alone_stands_in_for_the_first_language()
    {
        await using var office = await OpenAsync();
        var english = await office.Published("Page", APage("About"), "en");

        var offered = (await office.Reader.InLanguageAsync(english.LocalizationSet!, "id", Stop))!;

        Assert.Equal(("About", true), (offered.Item.DisplayText, offered.IsFallback));
    }

    [Fact]
    public async Task A_translation_is_stale_when_its_source_changed_after_it_and_shows_what_changed()
    {
        await using var office = await OpenAsync();
        var source = await office.Published("Page", APage("Jam buka", "Buka pukul delapan pagi."));
        var translation = Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));
        Assert.False((await office.Translations.BesideSourceAsync(translation.ItemId, Stop))!.IsStale);

        var changed = await office.Publish(source, Changed(source, content => content["MarkdownBodyPart"]!["Markdown"] = "Buka pukul sembilan pagi."));

        var beside = (await office.Translations.BesideSourceAsync(translation.ItemId, Stop))!;
        Assert.Equal("$.MarkdownBodyPart.Markdown", Assert.Single(beside.Changes).Path);
        Assert.Equal(
            [(DiffKind.Kept, "Buka pukul "), (DiffKind.Removed, "delapan "), (DiffKind.Added, "sembilan "), (DiffKind.Kept, "pagi.")],
            beside.Changes[0].Pieces.Select(piece => (piece.Kind, piece.Text)));
        Assert.Equal([("id", false), ("en", true)], (await office.Translations.OfAsync(source.ItemId, Stop)).Select(line => (line.Culture, line.IsStale)));

        Done(await office.Store.ConfirmTranslationAsync(Editor, translation.ItemId, changed.VersionId, Stop));
        Assert.False((await office.Translations.BesideSourceAsync(translation.ItemId, Stop))!.IsStale);
    }

    [Fact]
    public async Task A_moved_or_rescheduled_source_makes_no_translation_stale()
    {
        await using var office = await OpenAsync();
        var source = await office.Published("Page", APage("Jam buka"));
        var translation = Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));

        await office.Publish(source, Changed(source, content => content["AutoroutePart"]!["Path"] = "kunjungan/jam"));

        Assert.False((await office.Translations.BesideSourceAsync(translation.ItemId, Stop))!.IsStale);
    }

    [Fact]
    public async Task A_language_is_free_again_when_its_item_is_deleted_and_the_deleted_one_cannot_come_back_over_its_successor()
    {
        await using var office = await OpenAsync();
        var source = await office.Published("Page", APage("Tentang"));
        var first = Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));
        Done(await office.Store.DeleteAsync(Editor, first.ItemId, stop: Stop));

        Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));

        Assert.Equal("content.translation.exists", Refused(await office.Store.UndeleteAsync(Editor, first.ItemId, Stop)));
    }

    [Fact]
    public async Task The_language_switch_knows_each_address()
    {
        await using var office = await OpenAsync();
        var source = await office.Published("Page", APage("Tentang"));
        var translation = Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));
        await office.Publish(translation, Changed(translation, content => content["AutoroutePart"]!["Path"] = "en/about"));

        var languages = await office.Reader.LanguagesAsync(source.LocalizationSet!, Stop);

        Assert.Equal([("en", "en/about"), ("id", "tentang")], languages.Select(each => (each.Key, each.Value)).OrderBy(each => each.Key)!);
    }
}
