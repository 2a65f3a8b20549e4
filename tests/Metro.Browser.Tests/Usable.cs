using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>
/// Whether everybody can use a page: axe finds nothing, nothing is cut off on a phone of 320 pixels, every target is large enough for
/// a thumb. A page is opened once and looked at in every way, since opening is what takes time.
/// </summary>
internal static class Usable
{
    /// <summary>Opens pages in both languages and looks at each; each must be there.</summary>
    /// <param name="page">A visitor, or somebody who is signed in.</param>
    /// <param name="paths">Paths in Indonesian, from the site's root.</param>
    public static async Task PagesAsync(IPage page, params IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
            foreach (var language in (string[])["", "/en"])
            {
                var answer = await page.GotoAsync(language + path);
                Assert.True(answer!.Ok, $"{language}{path} answers {answer.Status}.");
                await AssertAsync(page);
            }
    }

    /// <summary>Looks at the page that is open.</summary>
    /// <param name="page">The page, as wide as a desk.</param>
    /// <param name="appearances">Appearances besides the one that it has, in which its colours are looked at too.</param>
    public static async Task AssertAsync(IPage page, params IReadOnlyList<string> appearances)
    {
        var size = page.ViewportSize!;
        Assert.Empty(await Axe.FaultsAsync(page));
        foreach (var appearance in appearances)
        {
            await page.EvaluateAsync("appearance => { document.documentElement.dataset.appearance = appearance; }", appearance);
            Assert.Empty(await Axe.FaultsAsync(page, "color-contrast"));
        }

        await page.SetViewportSizeAsync(320, 800);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") == 320, $"{page.Url} is scrolled sideways on a phone.");
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("a:not(.skip-link), button:not(.visually-hidden), summary, select, input:not([type=hidden])")]
              .filter(target => target.checkVisibility() && getComputedStyle(target).display !== "inline")
              .filter(target => {
                const [box, style] = [target.getBoundingClientRect(), getComputedStyle(target)];
                // What is ticked has a label that is pressed too, or room around it.
                const [across, along] = target.matches("[type=checkbox], [type=radio]")
                  ? [target.labels.length > 0 ? 44 : parseFloat(style.marginLeft) + parseFloat(style.marginRight), Math.max(parseFloat(style.marginTop) + parseFloat(style.marginBottom), target.labels[0]?.getBoundingClientRect().height - box.height || 0)]
                  : [0, 0];
                return box.width + across < 44 || box.height + along < 44;
              })
              .map(target => target.outerHTML)
            """));
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
