using Metro.Portal.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Metro.Browser.Tests.Browsing))]

namespace Metro.Browser.Tests;

/// <summary>The portal on a real port, and Debian's Chromium to look at it; started once for all tests.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private readonly PortalUnderTest portal = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        portal.UseKestrel(0);
        portal.StartServer();
        Address = portal.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser"]).First(File.Exists),
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A fresh visitor: no cookies, nothing cached.</summary>
    public async Task<IPage> VisitorAsync(int width = 1280, bool javaScript = true, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            JavaScriptEnabled = javaScript,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        await portal.DisposeAsync();
    }
}
