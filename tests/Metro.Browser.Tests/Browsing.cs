using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Metro.Content;
using Metro.Portal.Accounts;
using Metro.Portal.Tests;
using Metro.Portal.Tests.Site;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Metro.Browser.Tests.Browsing))]

namespace Metro.Browser.Tests;

/// <summary>The portal on a real port, and Debian's Chromium to look at it; started once for all tests.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private const string Password = "buku di rak ketiga";

    /// <summary>How long something may take that has to happen, in milliseconds: what never happens is told late, what happens slowly on a busy machine is no fault.</summary>
    private const float Patience = 90_000;

    private readonly PortalUnderTest portal = new();
    private readonly Dictionary<string, string> sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim oneByOne = new(1);
    private readonly ConcurrentDictionary<string, (string Test, List<IBrowserContext> Contexts)> visitors = [];
    private Reader? reader;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        portal.UseKestrel(0);
        portal.StartServer();
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(7));
        await FurnishedPortal.FurnishAsync(portal.Services, today);
        await Offering.MakeAsync(portal.Services, today);
        Address = portal.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        Assertions.SetDefaultExpectTimeout(Patience / 3);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser"]).First(File.Exists),
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>The visitor who opens every page: a new one for each would take most of the time.</summary>
    public async Task<Reader> ReaderAsync() => reader ??= new Reader(await (await NewContextAsync(1280, true, ColorScheme.Light)).NewPageAsync(), Address);

    /// <summary>A fresh visitor: no cookies, nothing cached.</summary>
    public async Task<IPage> VisitorAsync(int width = 1280, bool javaScript = true, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await NewContextAsync(width, javaScript, scheme);
        await EarlierVisitorsLeaveAsync(context);
        return await context.NewPageAsync();
    }

    private async Task<IBrowserContext> NewContextAsync(int width, bool javaScript, ColorScheme scheme)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            JavaScriptEnabled = javaScript,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        context.SetDefaultTimeout(Patience);
        return context;
    }

    /// <summary>
    /// The tests of a collection run one after the other, so what an earlier one opened can close: hundreds of pages left open
    /// fill the memory of a small machine.
    /// </summary>
    private async Task EarlierVisitorsLeaveAsync(IBrowserContext come)
    {
        var (collection, test) = (TestContext.Current.TestCollection!.UniqueID, TestContext.Current.Test!.UniqueID);
        if (visitors.TryGetValue(collection, out var there) && there.Test == test)
        {
            there.Contexts.Add(come);
            return;
        }

        visitors[collection] = (test, [come]);
        foreach (var context in there.Contexts ?? []) await context.CloseAsync();
    }

    /// <summary>Somebody of the staff who is signed in with that role; one account for each.</summary>
    public Task<IPage> SignedInAsync(string role, int width = 1280, bool javaScript = true) =>
        SignedInAsync(EmailOf(role), role, memberId: null, [role], width, javaScript);

    /// <summary>A member who is signed in; one account for each.</summary>
    public Task<IPage> MemberAsync(long memberId, int width = 1280, bool javaScript = true) =>
        SignedInAsync($"anggota-{memberId}@perpustakaan.example", $"Anggota {memberId}", memberId, [], width, javaScript);

    /// <summary>Somebody of the staff who signs in by the form, as people do; the others are given a session, since whoever signs in too often has to wait.</summary>
    public async Task<IPage> SignsInAsync(string role, int width = 1280, bool javaScript = true)
    {
        await SignedInAsync(role, width, javaScript);
        var page = await VisitorAsync(width, javaScript);
        await page.GotoAsync("/account/sign-in");
        await page.Locator("#Email").FillAsync(EmailOf(role));
        await page.Locator("#Password").FillAsync(Password);
        await page.Locator("main .form button.button").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account$"));
        return page;
    }

    /// <summary>Does something with one of the portal's services, in a scope of its own.</summary>
    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private static string EmailOf(string role) => $"{role.ToLowerInvariant()}@perpustakaan.example";

    private async Task<IPage> SignedInAsync(string email, string name, long? memberId, string[] roles, int width, bool javaScript)
    {
        var page = await VisitorAsync(width, javaScript);
        await page.Context.AddCookiesAsync([new Cookie { Name = "metro-session", Value = await SessionAsync(email, name, memberId, roles), Url = Address }]);
        return page;
    }

    /// <summary>A session as the portal itself would have given it.</summary>
    private async Task<string> SessionAsync(string email, string name, long? memberId, string[] roles)
    {
        await oneByOne.WaitAsync();
        try
        {
            if (sessions.TryGetValue(email, out var session)) return session;

            await using var scope = portal.Services.CreateAsyncScope();
            var (accounts, known, signIn) = (The<UserManager<Account>>(), The<RoleManager<Role>>(), The<SignInManager<Account>>());
            foreach (var role in roles)
                if (!await known.RoleExistsAsync(role)) await known.CreateAsync(new Role { Name = role });
            var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = name, MemberId = memberId, CreatedUtc = DateTime.UnixEpoch };
            Assert.Empty((await accounts.CreateAsync(account, Password)).Errors);
            if (roles.Length > 0) Assert.Empty((await accounts.AddToRolesAsync(account, roles)).Errors);

            var cookie = The<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
            var now = DateTimeOffset.UtcNow;
            var ticket = new AuthenticationTicket(
                await signIn.CreateUserPrincipalAsync(account), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + cookie.ExpireTimeSpan }, IdentityConstants.ApplicationScheme);
            return sessions[email] = cookie.TicketDataFormat.Protect(ticket);

            T The<T>()
                where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
        }
        finally
        {
            oneByOne.Release();
        }
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
        oneByOne.Dispose();
        await portal.DisposeAsync();
    }
}
