using Metro.Portal.Accounts;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>What editors do around the form, as a person meets it in a browser.</summary>
public sealed class OfficeTests(Browsing browsing)
{
    [Fact]
    public async Task An_editor_looks_at_the_site_of_another_day_and_comes_back()
    {
        var page = await browsing.SignedInAsync(Role.Editor);
        await page.GotoAsync("/en/admin/content/new?type=Page&language=id");
        await Field(page, "TitlePart.Title").FillAsync("Libur lebaran");
        await Field(page, "MarkdownBodyPart.Markdown").FillAsync("Kami tutup.");
        await Field(page, "PublishLaterPart.ScheduledPublishUtc").FillAsync("2093-02-01T08:00");
        await page.Locator(".editor-acts--bar button[value=save]").ClickAsync();
        var path = "/" + await Field(page, "AutoroutePart.Path").InputValueAsync();

        await page.GotoAsync("/en/admin/content");
        await page.Locator("#at").FillAsync("2093-02-01");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Look" }).ClickAsync();
        await Assertions.Expect(page.Locator(".preview-sign")).ToContainTextAsync("Sunday, 1 February 2093");
        Assert.Empty(await Axe.FaultsAsync(page));
        Assert.Equal(200, (await page.GotoAsync(path))!.Status);
        await page.Locator(".preview-sign button").ClickAsync();

        await Assertions.Expect(page.Locator(".preview-sign")).ToHaveCountAsync(0);
        Assert.Equal(404, (await page.GotoAsync(path))!.Status);
    }

    [Fact]
    public async Task What_was_typed_outlives_the_session_without_scripts_too()
    {
        var page = await browsing.SignsInAsync(Role.Author, javaScript: false);
        await page.GotoAsync("/en/admin/content/new?type=Page&language=en");
        await Field(page, "TitlePart.Title").FillAsync("An hour of typing");
        await Field(page, "MarkdownBodyPart.Markdown").FillAsync("Line by line.\n\nAll of it.");
        await page.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "metro-session" });
        await page.Locator(".editor-acts--bar button[value=save]").ClickAsync();

        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("What you typed is kept");
        await page.Locator("#Email").FillAsync("author@perpustakaan.example");
        await page.Locator("#Password").FillAsync("buku di rak ketiga");
        await page.Locator("main .form button.button").ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Send it now" }).ClickAsync();

        await Assertions.Expect(Field(page, "TitlePart.Title")).ToHaveValueAsync("An hour of typing");
        await Assertions.Expect(Field(page, "MarkdownBodyPart.Markdown")).ToHaveValueAsync("Line by line.\n\nAll of it.");
    }

    private static ILocator Field(IPage page, string name) => page.Locator($"[id='{name}']");
}
