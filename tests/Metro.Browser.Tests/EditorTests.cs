using Metro.Portal.Accounts;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>The editor as a person meets it in a browser.</summary>
public sealed class EditorTests(Browsing browsing)
{
    public static TheoryData<string> Pages =>
    [
        "/admin/content", "/admin/content/deleted", "/admin/content/media", "/admin/content/new?type=Workshop&language=id", "/admin/content/new?type=Exhibition&language=en",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_no_fault_in_either_language(string path)
    {
        var page = await browsing.SignedInAsync(Role.Editor);
        foreach (var language in (string[])["", "/en"])
        {
            await page.GotoAsync(language + path);

            Assert.Empty(await Axe.FaultsAsync(page));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_is_scrolled_sideways_on_a_phone_of_320_pixels(string path)
    {
        var page = await browsing.SignedInAsync(Role.Editor, width: 320);
        await page.GotoAsync(path);

        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
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
        await page.Locator("button[value=save]").ClickAsync();
        await Assertions.Expect(page.Locator("main").GetByText("Draf disimpan.")).ToBeVisibleAsync();
        var source = new Uri(page.Url).AbsolutePath;
        var path = "/" + await Field(page, "AutoroutePart.Path").InputValueAsync();

        await page.Locator("form[action='?handler=Translate'] button").ClickAsync();
        await Assertions.Expect(page.Locator(".field__source").First).ToContainTextAsync("Lokakarya menyulam tapis");
        await Field(page, "TitlePart.Title").FillAsync("Tapis embroidery workshop");
        await page.Locator("button[value=save]").ClickAsync();
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
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show the result" }).ClickAsync();

        await Assertions.Expect(page.Locator(".prose strong")).ToHaveTextAsync("bold");
        await Assertions.Expect(page.Locator("[data-autosave-state]")).ToContainTextAsync("was kept");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Go on with it" }).ClickAsync();
        await Assertions.Expect(Field(page, "MarkdownBodyPart.Markdown")).ToHaveValueAsync("A **bold** word");
    }

    private static ILocator Field(IPage page, string name) => page.Locator($"[id='{name}']");
}
