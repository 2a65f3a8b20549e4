using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>What a visitor does on the public site, with and without scripts.</summary>
public sealed class SiteTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_visitor_finds_a_book_and_where_it_stands(bool javaScript)
    {
        var page = await browsing.VisitorAsync(javaScript: javaScript);
        await page.GotoAsync("/en");

        await page.Locator("#site-search").FillAsync("laskar pelangi");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Laskar pelangi" }).First.ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("Laskar pelangi");
        await Assertions.Expect(page.GetByText("On the shelf").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Reserve this book" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_the_menu_opens_and_closes_by_keyboard(bool javaScript)
    {
        var page = await browsing.VisitorAsync(width: 320, javaScript: javaScript);
        await page.GotoAsync("/");
        var menu = page.Locator("#menu");
        await Assertions.Expect(menu).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Menu", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(menu).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(menu).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Facets_narrow_the_catalogue_and_one_is_taken_back(bool javaScript)
    {
        var page = await browsing.VisitorAsync(javaScript: javaScript);
        await page.GotoAsync("/en/catalog");

        await page.GetByLabel("Braille").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Apply filters" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "1 title" })).ToBeVisibleAsync();
        var remove = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { NameRegex = new Regex("Remove filter Braille") });
        await remove.ClickAsync();

        // The desk's tests catalogue books meanwhile, so how many there are is not said here.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = new Regex("^[0-9]{2,} titles$") })).ToBeVisibleAsync();
        await Assertions.Expect(remove).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_a_connection_a_visitor_gets_a_page_that_says_so()
    {
        var page = await browsing.VisitorAsync();
        await page.GotoAsync("/en");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");

        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/en/news");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("You are offline");
    }
}
