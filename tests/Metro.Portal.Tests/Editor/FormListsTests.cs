using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Portal.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Editor;

/// <summary>The lists of an item's form, worked by plain form posts as a browser without scripts sends them.</summary>
public sealed class FormListsTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private const string Terms = "$.TaxonomyPart.Terms";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Terms_of_a_taxonomy_are_added_nested_moved_and_removed_and_keep_their_ids()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var (page, id) = await ATaxonomyAsync(editor, "Anak", "Remaja", "Dewasa");
        var before = TermsOf(await editor.LatestAsync(id));

        var form = await editor.ChangeRowsAsync(page, $"In|{Terms}[1]|", $"Up|{Terms}[1]|");
        Assert.Equal(3, TermsOf(await editor.LatestAsync(id)).Count);
        using var saved = await editor.SendFormAsync(form, page, ("TaxonomyPart.Terms[0].Term.EnglishTitle.Text", "Adults"), ("act", "save"));
        var nested = TermsOf(await editor.LatestAsync(id));

        Assert.Equal(["Dewasa", "Anak"], nested.Select(NameOf));
        Assert.Equal("Adults", nested[0].Text("Term", "EnglishTitle", "Text"));
        Assert.Equal(["Remaja"], Below(nested[1]).Select(NameOf));
        Assert.Equal(before[1].Text("ContentItemId"), Below(nested[1])[0].Text("ContentItemId"));
        Assert.Equal(id, Below(nested[1])[0].Text("TermPart", "TaxonomyContentItemId"));

        form = await editor.ChangeRowsAsync(page, $"Out|{Terms}[1].Terms[0]|", $"Remove|{Terms}[0]|");
        using var again = await editor.SendFormAsync(form, page, ("act", "save"));
        Assert.Equal(["Anak", "Remaja"], TermsOf(await editor.LatestAsync(id)).Select(NameOf));
    }

    [Fact]
    public async Task A_term_below_another_is_added_and_written_in_the_same_form()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var (page, id) = await ATaxonomyAsync(editor, "Seni");

        var form = await editor.ChangeRowsAsync(page, $"Add|{Terms}[0].Terms|Term");
        Assert.Contains("autofocus", Control(form, "TaxonomyPart.Terms[0].Terms[0].TitlePart.Title"), StringComparison.Ordinal);
        using var saved = await editor.SendFormAsync(form, page, ("TaxonomyPart.Terms[0].Terms[0].TitlePart.Title", "Batik"), ("act", "publish"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var below = Below(TermsOf(await editor.LatestAsync(id))[0])[0];
        Assert.Equal(("Batik", "Batik", "Term"), (NameOf(below), below.Text("DisplayText"), below.Text("ContentType")));
    }

    [Fact]
    public async Task What_was_typed_before_a_row_was_moved_moves_with_it()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var (page, id) = await ATaxonomyAsync(editor, "Satu", "Dua");

        var form = await editor.ChangeRowAsync(await editor.ChangeRowsAsync(page), page, $"Down|{Terms}[0]|", ("TaxonomyPart.Terms[0].TitlePart.Title", "Satu saja"));
        using var saved = await editor.SendFormAsync(form, page, ("act", "save"));

        Assert.Equal(["Dua", "Satu saja"], TermsOf(await editor.LatestAsync(id)).Select(NameOf));
    }

    [Fact]
    public async Task Entries_of_a_menu_are_nested_with_their_addresses()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var address = await editor.NewAsync("Menu");
        var form = await editor.ChangeRowsAsync(address, "Add|$.MenuItemsListPart.MenuItems|LinkMenuItem", "Add|$.MenuItemsListPart.MenuItems|LinkMenuItem");
        form = await editor.ChangeRowAsync(form, address, "In|$.MenuItemsListPart.MenuItems[1]|",
            ("MenuItemsListPart.MenuItems[0].LinkMenuItemPart.Name", "Layanan"),
            ("MenuItemsListPart.MenuItems[1].LinkMenuItemPart.Name", "Lokakarya"), ("MenuItemsListPart.MenuItems[1].LinkMenuItemPart.Url", "~/workshops"));
        using var saved = await editor.SendFormAsync(form, address, ("TitlePart.Title", "Menu uji"), ("AliasPart.Alias", "menu-uji"), ("act", "publish"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await using var scope = portal.Services.CreateAsyncScope();
        var menu = await scope.ServiceProvider.GetRequiredService<ContentReader>().MenuAsync("menu-uji", "id", Stop);
        Assert.Equal([("Layanan", 1)], menu!.Entries.Select(entry => (entry.Text, entry.Entries.Count)));
        Assert.Equal(("Lokakarya", "/workshops"), (menu.Entries[0].Entries[0].Text, menu.Entries[0].Entries[0].Url));
    }

    [Theory]
    [InlineData("Remove|$.TitlePart|")]
    [InlineData("Up|$.TaxonomyPart.Terms[0]|")]
    [InlineData("In|$.TaxonomyPart.Terms[0]|")]
    [InlineData("Out|$.TaxonomyPart.Terms[0]|")]
    [InlineData("Remove|$.TaxonomyPart.Terms[99]|")]
    [InlineData("Add|$.TaxonomyPart.Terms|Workshop")]
    [InlineData("Add|$.Anything.Else|Term")]
    [InlineData("Pick|$.TaxonomyPart.Terms|x")]
    [InlineData("nonsense")]
    public async Task An_act_that_does_not_fit_the_form_changes_nothing(string act)
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var (page, id) = await ATaxonomyAsync(editor, "Tetap");

        if (act == "nonsense")
        {
            using var other = await editor.SendAsync(page, ("rows", act));
            Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        }
        else
        {
            var form = await editor.ChangeRowsAsync(page, act);
            Assert.DoesNotContain("name=\"Working\"", form, StringComparison.Ordinal);
        }

        Assert.Equal(["Tetap"], TermsOf(await editor.LatestAsync(id)).Select(NameOf));
    }

    [Fact]
    public async Task Content_is_found_by_a_part_of_its_title_picked_and_let_go_again()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        using var sponsor = await editor.SendAsync(await editor.NewAsync("Sponsor"), ("TitlePart.Title", "Toko Buku Cahaya"), ("act", "save"));
        var address = await editor.NewAsync("Workshop");

        var form = await editor.ChangeRowAsync(await editor.ChangeRowsAsync(address), address, "Find|$.Workshop.Sponsors|", ("pickWords", "cahaya"), ("TitlePart.Title", "Menjilid buku"));
        Assert.Contains("Toko Buku Cahaya", form, StringComparison.Ordinal);
        var set = form.Split("Pick|$.Workshop.Sponsors|")[1].Split('"')[0];
        form = await editor.ChangeRowAsync(form, address, $"Pick|$.Workshop.Sponsors|{set}");
        using var saved = await editor.SendFormAsync(form, address, ("act", "save"));

        var id = EditorAtWork.IdOf(address);
        Assert.Equal([set], (await editor.LatestAsync(id)).Field("Sponsors").List("LocalizationSets"));
        Assert.Equal("Menjilid buku", (await editor.LatestAsync(id)).DisplayText);
        var page = $"/admin/content/{id}";
        form = await editor.ChangeRowsAsync(page, "Remove|$.Workshop.Sponsors[0]|");
        using var freed = await editor.SendFormAsync(form, page, ("act", "save"));
        Assert.Empty((await editor.LatestAsync(id)).Field("Sponsors").List("LocalizationSets"));
    }

    [Fact]
    public async Task A_contributors_picker_offers_nobody_elses_drafts()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        using var sponsor = await editor.SendAsync(await editor.NewAsync("Sponsor"), ("TitlePart.Title", "Belum diumumkan"), ("act", "save"));
        var contributor = await EditorAtWork.AsAsync(portal, Role.Contributor);
        var address = await contributor.NewAsync("Workshop");

        var form = await contributor.ChangeRowAsync(await contributor.ChangeRowsAsync(address), address, "Find|$.Workshop.Sponsors|", ("pickWords", "diumumkan"));

        Assert.DoesNotContain("Belum diumumkan", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_only_a_recipe_describes_has_a_form_with_its_bag_and_its_widgets()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        await ImportAsync("""
            { "name": "uji", "steps": [ { "name": "ContentDefinition",
              "ContentTypes": [
                { "Name": "Landing", "DisplayName": "Landing page", "Settings": { "ContentTypeSettings": { "Creatable": true } }, "ContentTypePartDefinitionRecords": [
                  { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} },
                  { "PartName": "Hero", "Name": "Hero", "Settings": {} },
                  { "PartName": "BagPart", "Name": "Services", "Settings": { "BagPartSettings": { "ContainedContentTypes": [ "Service" ] }, "ContentTypePartSettings": { "DisplayName": "Our services" } } },
                  { "PartName": "FlowPart", "Name": "FlowPart", "Settings": {} } ] },
                { "Name": "Service", "DisplayName": "Service", "Settings": { "ContentTypeSettings": {} }, "ContentTypePartDefinitionRecords": [
                  { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} }, { "PartName": "Service", "Name": "Service", "Settings": {} } ] },
                { "Name": "Paragraph", "DisplayName": "Paragraph", "Settings": { "ContentTypeSettings": { "Stereotype": "Widget" } }, "ContentTypePartDefinitionRecords": [
                  { "PartName": "HtmlBodyPart", "Name": "HtmlBodyPart", "Settings": {} } ] } ],
              "ContentParts": [
                { "Name": "Hero", "Settings": {}, "ContentPartFieldDefinitionRecords": [
                  { "FieldName": "TextField", "Name": "Claim", "Settings": { "ContentPartFieldSettings": { "DisplayName": "Our claim" } } } ] },
                { "Name": "Service", "Settings": {}, "ContentPartFieldDefinitionRecords": [
                  { "FieldName": "NumericField", "Name": "Price", "Settings": { "ContentPartFieldSettings": { "DisplayName": "Price" } } } ] } ] } ] }
            """);
        var address = await editor.NewAsync("Landing");
        var form = await editor.ChangeRowsAsync(address, "Add|$.Services.ContentItems|Service", "Add|$.FlowPart.Widgets|Paragraph", "Add|$.FlowPart.Widgets|Paragraph", "Up|$.FlowPart.Widgets[1]|");
        Assert.Contains("Our claim", form, StringComparison.Ordinal);
        Assert.Contains("Our services", form, StringComparison.Ordinal);
        using var saved = await editor.SendFormAsync(form, address, ("TitlePart.Title", "Beranda uji"), ("Hero.Claim.Text", "Buku untuk semua"),
            ("Services.ContentItems[0].TitlePart.Title", "Pinjam"), ("Services.ContentItems[0].Service.Price.Value", "0"),
            ("FlowPart.Widgets[0].HtmlBodyPart.Html", "<p>Satu</p>"), ("FlowPart.Widgets[0].FlowMetadata.Size", "50"), ("act", "save"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        var written = (await editor.LatestAsync(EditorAtWork.IdOf(address))).Content;
        Assert.Equal("Buku untuk semua", written.Text("Hero", "Claim", "Text"));
        var service = written.Object("Services")!["ContentItems"]![0]!.AsObject();
        Assert.Equal(("Pinjam", 0d), (service.Text("DisplayText"), service.Number("Service", "Price", "Value")));
        var widgets = written.Object("FlowPart")!["Widgets"]!.AsArray();
        var preview = await editor.ReadAsync($"/admin/content/{EditorAtWork.IdOf(address)}/preview");
        Assert.Contains("<h2>Pinjam</h2>", preview, StringComparison.Ordinal);
        Assert.Contains("block--50", preview, StringComparison.Ordinal);
        Assert.Equal((2, "<p>Satu</p>", 50d), (widgets.Count, widgets[0]!.AsObject().Text("HtmlBodyPart", "Html"), widgets[0]!.AsObject().Number("FlowMetadata", "Size")));
    }

    [Fact]
    public async Task People_are_found_by_name_and_picked()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        await ImportAsync("""
            { "name": "orang", "steps": [ { "name": "ContentDefinition",
              "ContentTypes": [ { "Name": "Story", "DisplayName": "Story", "Settings": { "ContentTypeSettings": { "Creatable": true } }, "ContentTypePartDefinitionRecords": [
                { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} }, { "PartName": "Story", "Name": "Story", "Settings": {} } ] } ],
              "ContentParts": [ { "Name": "Story", "Settings": {}, "ContentPartFieldDefinitionRecords": [
                { "FieldName": "UserPickerField", "Name": "Tellers", "Settings": { "ContentPartFieldSettings": { "DisplayName": "Tellers" }, "UserPickerFieldSettings": { "Multiple": true } } } ] } ] } ] }
            """);
        var address = await editor.NewAsync("Story");

        var form = await editor.ChangeRowAsync(await editor.ChangeRowsAsync(address), address, "Find|$.Story.Tellers|", ("pickWords", "sari.editor"));
        Assert.Contains($"Pick|$.Story.Tellers|{editor.Person.Id}", form, StringComparison.Ordinal);
        form = await editor.ChangeRowAsync(form, address, $"Pick|$.Story.Tellers|{editor.Person.Id}");
        using var saved = await editor.SendFormAsync(form, address, ("TitlePart.Title", "Cerita"), ("act", "save"));

        Assert.Equal([editor.Person.Id], (await editor.LatestAsync(EditorAtWork.IdOf(address))).Field("Tellers").List("UserIds"));
        Assert.Contains("sari", await editor.ReadAsync(address.Split('?')[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_at_publishing_leads_to_the_row_and_to_the_field_in_it()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var (page, _) = await ATaxonomyAsync(editor, "Lengkap", "Nanti kosong");

        using var refused = await editor.SendAsync(page, ("TaxonomyPart.Terms[1].TitlePart.Title", ""), ("act", "publish"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("href=\"#TaxonomyPart.Terms[1].TitlePart.Title\"", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_is_only_opened_and_saved_keeps_its_exact_form()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var (page, id) = await ATaxonomyAsync(editor, "Utuh", "Sama");
        var before = await editor.LatestAsync(id);

        using var saved = await editor.SendAsync(page, ("act", "save"));

        Assert.Equal(before.VersionId, (await editor.LatestAsync(id)).VersionId);
    }

    [Fact]
    public async Task Without_scripts_the_first_change_holds_the_item_and_others_are_told()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var other = await EditorAtWork.AsAsync(portal, Role.Administrator, "budi");
        var (page, _) = await ATaxonomyAsync(editor, "Bersama");
        Assert.DoesNotContain("handler=TakeOver", await other.ReadAsync(page), StringComparison.Ordinal);

        var form = await editor.ChangeRowsAsync(page, $"Add|{Terms}|Term");
        Assert.DoesNotContain("handler=TakeOver", form, StringComparison.Ordinal);
        Assert.Contains("handler=TakeOver", await other.ReadAsync(page), StringComparison.Ordinal);

        using var taken = await other.SendAsync(page, page + "?handler=TakeOver");
        var told = await editor.ChangeRowAsync(form, page, $"Add|{Terms}|Term");
        Assert.Contains("handler=TakeOver", told, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=TakeOver", await other.ReadAsync(page), StringComparison.Ordinal);
    }

    private static async Task<(string Page, string Id)> ATaxonomyAsync(EditorAtWork editor, params string[] terms)
    {
        var address = await editor.NewAsync("Taxonomy");
        var form = await editor.ChangeRowsAsync(address, [.. terms.Select(_ => $"Add|{Terms}|Term")]);
        using var made = await editor.SendFormAsync(form, address,
            [("TitlePart.Title", terms[0]), ("AliasPart.Alias", EditorAtWork.IdOf(address)), .. terms.Select((term, i) => ($"TaxonomyPart.Terms[{i}].TitlePart.Title", term)), ("act", "save")]);
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        return (address.Split('?')[0], EditorAtWork.IdOf(address));
    }

    private async Task ImportAsync(string recipe)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var import = scope.ServiceProvider.GetRequiredService<RecipeImport>();
        using var package = RecipePackage.Read(new MemoryStream(Encoding.UTF8.GetBytes(recipe))).Result!;
        var outcome = await import.ImportAsync(ContentUser.Portal, package, stop: Stop);
        Assert.True(outcome.Succeeded, string.Join(' ', outcome.Refusal?.Faults.Select(fault => $"{fault.Code}@{fault.Path}") ?? []));
    }

    private static List<JsonObject> TermsOf(ContentItem item) => [.. item.Content.Object("TaxonomyPart")!["Terms"]!.AsArray().Select(term => term!.AsObject())];

    private static List<JsonObject> Below(JsonObject term) => [.. term["Terms"]!.AsArray().Select(below => below!.AsObject())];

    private static string? NameOf(JsonObject term) => term.Text("TitlePart", "Title");

    private static string Control(string html, string name) => html.Split('<').Single(tag => tag.Contains($"id=\"{name}\"", StringComparison.Ordinal));
}
