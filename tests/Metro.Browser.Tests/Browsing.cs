using Metro.Content;
using Metro.Portal.Accounts;
using Metro.Portal.Tests;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Metro.Browser.Tests.Browsing))]

namespace Metro.Browser.Tests;

/// <summary>The portal on a real port, and Debian's Chromium to look at it; started once for all tests.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private readonly PortalUnderTest portal = new();
    private readonly Dictionary<string, Cookie[]> sessions = [];
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

    /// <summary>Somebody who is signed in with that role; one account for each.</summary>
    public async Task<IPage> SignedInAsync(string role, int width = 1280)
    {
        const string password = "buku di rak ketiga";
        var email = $"{role.ToLowerInvariant()}@perpustakaan.example";
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var roles = scope.ServiceProvider.GetRequiredService<RoleManager<Role>>();
            if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new Role { Name = role });
            if (await accounts.FindByEmailAsync(email) is null)
            {
                var account = new Account { UserName = email, Email = email, DisplayName = role, CreatedUtc = DateTime.UnixEpoch };
                await accounts.CreateAsync(account, password);
                await accounts.AddToRoleAsync(account, role);
            }
        }

        var page = await VisitorAsync(width);
        if (sessions.TryGetValue(role, out var cookies))
        {
            await page.Context.AddCookiesAsync(cookies);
            return page;
        }

        await page.GotoAsync("/account/sign-in");
        await page.Locator("#Email").FillAsync(email);
        await page.Locator("#Password").FillAsync(password);
        await page.Locator("main form button").ClickAsync();
        await page.WaitForURLAsync("**/account");
        // Who signs in too often has to wait; the session serves all tests.
        sessions[role] = [.. (await page.Context.CookiesAsync()).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Address })];
        return page;
    }

    /// <summary>Does what editors have appointed up to that instant, as the scheduler would.</summary>
    public async Task RunScheduleAsync(DateTime nowUtc)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schedules>().RunDueAsync(nowUtc);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        await portal.DisposeAsync();
    }
}
