using System.Text.RegularExpressions;
using Metro.Portal.Accounts;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>The editor as a person meets it in a browser.</summary>
public sealed class EditorTests(Browsing browsing)
{
    [Fact]
    public async Task Everybody_can_use_every_page()
    {
        var page = await browsing.SignedInAsync(Role.Administrator);

        await Usable.PagesAsync(
            page,
            "/admin/content", "/admin/content/items", "/admin/content/deleted", "/admin/content/links", "/admin/content/audit",
            "/admin/content/redirects", "/admin/content/webhooks", "/admin/content/recipes", "/admin/content/media", "/admin/content/new?type=Workshop&language=id", "/admin/content/new?type=Exhibition&language=en");
    }

    [Fact]
    public async Task A_workshop_is_written_translated_and_scheduled_and_is_public_at_its_time_and_not_before()
    {
        var page = await browsing.SignedInAsync(Role.Editor);
        await page.GotoAsync("/admin/content/new?type=Workshop&language=id");
        await Field(page, "TitlePart.Title").FillAsync("Lokakarya menyulam tapis");
        await Field(page, "Workshop.Summary.Text").FillAsync("Belajar menyulam kain tapis.");
        await Field(page, "MarkdownBodyPart.Markdown").FillAsync("Bawalah kain dan jarum sendiri.");
        await Field(page, "Workshop.StartsAt.Value").FillAsync("2031-03-05T09:00");
        await Field(page, "PublishLaterPart.ScheduledPublishUtc").FillAsync("2031-02-01T08:00");
        await page.Locator(".editor-acts--bar button[value=save]").ClickAsync();
        await Assertions.Expect(page.Locator("main").GetByText("Draf disimpan.")).ToBeVisibleAsync();
        var source = new Uri(page.Url).AbsolutePath;
        var path = "/" + await Field(page, "AutoroutePart.Path").InputValueAsync();

        await page.Locator("form[action='?handler=Translate'] button").ClickAsync();
        await Assertions.Expect(page.Locator(".field__source").First).ToContainTextAsync("Lokakarya menyulam tapis");
        await Field(page, "TitlePart.Title").FillAsync("Tapis embroidery workshop");
        await page.Locator(".editor-acts--bar button[value=save]").ClickAsync();
        Assert.Empty(await Axe.FaultsAsync(page));

        await page.GotoAsync($"{source}/preview");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Lokakarya menyulam tapis");
        var visitor = await browsing.VisitorAsync();
        Assert.Equal(404, (await visitor.GotoAsync(path))!.Status);

        await browsing.RunScheduleAsync(new DateTime(2031, 2, 1, 0, 59, 0, DateTimeKind.Utc));
        Assert.Equal(404, (await visitor.GotoAsync(path))!.Status);
        await browsing.RunScheduleAsync(new DateTime(2031, 2, 1, 1, 0, 0, DateTimeKind.Utc));
        Assert.Equal(200, (await visitor.GotoAsync(path))!.Status);
        await Assertions.Expect(visitor.Locator("h1")).ToHaveTextAsync("Lokakarya menyulam tapis");
    }

    [Fact]
    public async Task What_is_typed_is_kept_while_it_is_typed_and_Markdown_is_shown_beside_it()
    {
        var page = await browsing.SignedInAsync(Role.Editor);
        await page.GotoAsync("/en/admin/content/new?type=Page&language=en");
        await Field(page, "MarkdownBodyPart.Markdown").FillAsync("A **bold** word");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show the result" }).First.ClickAsync();

        await Assertions.Expect(page.Locator(".prose strong")).ToHaveTextAsync("bold");
        await Assertions.Expect(page.Locator("[data-autosave-state]")).ToContainTextAsync("was kept");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Go on with it" }).ClickAsync();
        await Assertions.Expect(Field(page, "MarkdownBodyPart.Markdown")).ToHaveValueAsync("A **bold** word");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tree_of_terms_grows_by_buttons_alone_and_nobody_loses_the_place(bool javaScript)
    {
        var page = await browsing.SignedInAsync(Role.Editor, javaScript: javaScript);
        await page.GotoAsync("/en/admin/content/new?type=Taxonomy");
        await Field(page, "TitlePart.Title").FillAsync("Ages");
        await Field(page, "AliasPart.Alias").FillAsync(javaScript ? "ages-with" : "ages-without");
        var add = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add Term to Terms" });
        foreach (var (name, at) in ((string, int)[])[("Children", 0), ("Toddlers", 1)])
        {
            await add.ClickAsync();
            var title = Field(page, $"TaxonomyPart.Terms[{at}].TitlePart.Title");
            await Assertions.Expect(title).ToBeFocusedAsync();
            await title.FillAsync(name);
        }

        await Field(page, "In-TaxonomyPart.Terms[1]").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Move out: Toddlers" })).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("[data-rows-said]")).ToHaveTextAsync("Toddlers is now below Children.");
        if (javaScript) Assert.Empty(await Axe.FaultsAsync(page));
        await page.Locator(".editor-acts--bar button[value=publish]").ClickAsync();

        await Assertions.Expect(page.GetByText("The item is published.")).ToBeVisibleAsync();
        await Assertions.Expect(Field(page, "TaxonomyPart.Terms[0].Terms[0].TitlePart.Title")).ToHaveValueAsync("Toddlers");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_is_uploaded_described_and_picked_without_leaving_the_form(bool javaScript)
    {
        var page = await browsing.SignedInAsync(Role.Editor, javaScript: javaScript);
        await page.GotoAsync("/en/admin/content/new?type=Page&language=en");
        await Field(page, "TitlePart.Title").FillAsync("A page with a picture");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Choose or upload a file: Picture" }).ClickAsync();
        await Assertions.Expect(Field(page, "pickWords")).ToBeFocusedAsync();
        if (javaScript) Assert.Empty(await Axe.FaultsAsync(page));
        await Field(page, "pickFile").SetInputFilesAsync(new FilePayload { Name = javaScript ? "room.png" : "hall.png", MimeType = "image/png", Buffer = Picture });
        await Field(page, "pickAlt-en").FillAsync("The reading room");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Upload and use" }).ClickAsync();

        await Assertions.Expect(page.Locator(".row__name")).ToContainTextAsync(javaScript ? "room" : "hall");
        await Assertions.Expect(Field(page, "TitlePart.Title")).ToHaveValueAsync("A page with a picture");
        await Field(page, "Page.Image.Anchors[0].X").FillAsync("25");
        await Field(page, "Page.Image.Anchors[0].Y").FillAsync("50");
        await page.Locator(".editor-acts--bar button[value=save]").ClickAsync();
        await Assertions.Expect(Field(page, "Page.Image.Anchors[0].X")).ToHaveValueAsync("25");
        if (!javaScript) return;

        // The pointer says the same as the two numbers.
        await page.Locator(".focus-frame img").ClickAsync(new LocatorClickOptions { Position = new Position { X = 50, Y = 30 } });
        await Assertions.Expect(Field(page, "Page.Image.Anchors[0].X")).Not.ToHaveValueAsync("25");
    }

    [Fact]
    public async Task The_Enter_key_in_a_picker_searches_and_does_not_save()
    {
        var page = await browsing.SignedInAsync(Role.Editor, javaScript: false);
        await page.GotoAsync("/en/admin/content/new?type=Workshop&language=en");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Choose content: Sponsors" }).ClickAsync();
        await Field(page, "pickWords").FillAsync("nothing is called so");
        await Field(page, "pickWords").PressAsync("Enter");

        await Assertions.Expect(page.GetByText("Nothing matches.")).ToBeVisibleAsync();
        await Assertions.Expect(Field(page, "pickWords")).ToHaveValueAsync("nothing is called so");
    }

    [Fact]
    public async Task The_checks_keep_up_with_the_typing_and_lead_to_the_field()
    {
        var page = await browsing.SignedInAsync(Role.Editor);
        await page.GotoAsync("/en/admin/content/new?type=Page&language=en");
        var checks = page.Locator("[data-checks]");
        await Assertions.Expect(checks.GetByRole(AriaRole.Link).Filter(new LocatorFilterOptions { HasText = "Title" })).ToBeVisibleAsync();
        await Field(page, "TitlePart.Title").FillAsync("A title");
        await Field(page, "MarkdownBodyPart.Markdown").FillAsync("![](/media/nowhere.png)");

        await Assertions.Expect(checks.GetByRole(AriaRole.Link).Filter(new LocatorFilterOptions { HasText = "Title" })).ToHaveCountAsync(0);
        await checks.GetByRole(AriaRole.Link).Filter(new LocatorFilterOptions { HasText = "nowhere.png" }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("#MarkdownBodyPart[.]Markdown$"));
    }

    /// <summary>A picture of 64 by 48 pixels.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAQ0lEQVR42u3PQQkAAAgEsMthC+uZ3gp+hcEKLFP9WgQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQErhb7LjyIKt9cLwAAAABJRU5ErkJggg==");

    private static ILocator Field(IPage page, string name) => page.Locator($"[id='{name}']");
}
