using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>What holds for every page of the site, in both languages and every appearance.</summary>
public sealed class EveryPageTests(Browsing browsing)
{
    private static readonly string[] Pages =
    [
        "/", "/en", "/tidak-ada", "/en/not-there", "/account/sign-in", "/en/account/sign-in",
        "/catalog", "/en/catalog?format=Braille&q=dongeng", "/catalog/1", "/en/catalog/1", "/catalog?q=tidakadaapapun",
        "/search", "/search?q=batik", "/en/search?q=rainbow", "/news", "/en/news", "/faq", "/en/faq", "/e-resources", "/en/e-resources",
        "/hours", "/en/hours", "/privacy", "/en/privacy", "/accessibility", "/en/accessibility", "/feeds", "/en/feeds", "/theme", "/en/theme", "/offline",
        "/programs", "/en/programs?access=SignLanguage", "/en/programs?access=Braille", "/programs/calendar", "/en/programs/calendar?month=1066-10", "/exhibitions", "/en/reading-programs",
        "/programs/1", "/en/programs/2", "/spaces", "/en/spaces", "/spaces/1", "/en/spaces/1", "/visits", "/en/visits", "/visits/1", "/en/visits/1",
        "/tentang-perpustakaan", "/en/become-a-member", "/e-resources/kiat-mendongeng/read/1", "/en/e-resources/citing-sources/read", "/e-resources?format=pdf",
    ];

    public static TheoryData<string> EveryPage => [.. Pages];

    /// <summary>Everything about a page in one visit: a browser takes longer to open a page than to look at all of it.</summary>
    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task A_page_serves_everybody(string path)
    {
        var reader = await browsing.ReaderAsync();
        await reader.Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Empty(reader.Elsewhere);
        Assert.Empty(reader.Complaints);
        await Usable.AssertAsync(reader.Page, "dark", "contrast");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_appearance_is_chosen_with_and_without_scripts(bool javaScript)
    {
        var page = await browsing.VisitorAsync(javaScript: javaScript);
        await page.GotoAsync("/en");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "High contrast" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-appearance", "contrast");
        await page.GotoAsync("/");

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-appearance", "contrast");
    }

    [Fact]
    public async Task The_keyboard_skips_to_the_content()
    {
        var page = await browsing.VisitorAsync();
        await page.GotoAsync("/");

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip-link")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_first_visit_transfers_little()
    {
        var page = await browsing.VisitorAsync();
        await page.GotoAsync("/", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        var (all, script) = (await Transferred(page, "true"), await Transferred(page, "entry.name.endsWith('.js')"));

        Assert.InRange(all, 1, 100 * 1024);
        Assert.InRange(script, 1, 30 * 1024);
    }

    /// <summary>Compressed bytes of the page and of what it loaded, pictures apart.</summary>
    private static Task<int> Transferred(IPage page, string which) => page.EvaluateAsync<int>($$"""
        [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
          .filter(entry => !["img", "image"].includes(entry.initiatorType))
          .filter(entry => {{which}})
          .reduce((sum, entry) => sum + entry.transferSize, 0)
        """);
}
