using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>What holds for every page of the site, in both languages and every appearance.</summary>
public sealed class EveryPageTests(Browsing browsing)
{
    private static readonly string[] Pages = ["/", "/en", "/tidak-ada", "/en/not-there", "/account/sign-in", "/en/account/sign-in"];

    public static TheoryData<string, string> PagesInEveryAppearance
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var page in Pages)
                foreach (var appearance in (string[])["light", "dark", "contrast"])
                    data.Add(page, appearance);
            return data;
        }
    }

    public static TheoryData<string> EveryPage => [.. Pages];

    [Theory]
    [MemberData(nameof(PagesInEveryAppearance))]
    public async Task Axe_finds_no_fault(string path, string appearance)
    {
        var page = await browsing.VisitorAsync();
        await page.Context.AddCookiesAsync([new Cookie { Name = "appearance", Value = appearance, Url = browsing.Address }]);
        await page.GotoAsync(path);

        Assert.Empty(await Axe.FaultsAsync(page));
    }

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Nothing_is_cut_off_or_scrolled_sideways_on_a_phone_of_320_pixels(string path)
    {
        var page = await browsing.VisitorAsync(width: 320);
        await page.GotoAsync(path);

        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Every_target_is_large_enough_for_a_thumb(string path)
    {
        var page = await browsing.VisitorAsync(width: 320);
        await page.GotoAsync(path);

        var small = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("a:not(.skip-link), button")]
              .filter(target => getComputedStyle(target).display !== "inline")
              .filter(target => { const box = target.getBoundingClientRect(); return box.width < 44 || box.height < 44; })
              .map(target => target.outerHTML)
            """);

        Assert.Empty(small);
    }

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task No_page_asks_another_host_for_anything_or_breaks_its_own_policy(string path)
    {
        var page = await browsing.VisitorAsync();
        List<string> elsewhere = [], complaints = [];
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(browsing.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) elsewhere.Add(request.Url);
        };
        page.Console += (_, message) =>
        {
            // A missing page is reported on the console too; that is not a complaint about the page.
            if (message.Type is "error" && !message.Text.Contains("404", StringComparison.Ordinal)) complaints.Add(message.Text);
        };

        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Empty(elsewhere);
        Assert.Empty(complaints);
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
