using System.Globalization;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Metro.Portal.Tests.Site;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Metro.Portal.Tests.Desk;

/// <summary>A furnished portal on a Monday morning, with people at both sides of the desk.</summary>
public sealed class DeskPortal : IAsyncLifetime
{
    private static readonly Actor Clerk = Actor.System("test");
    private static int numbers = 100;
    private readonly FurnishedPortal furnished = new();

    internal static CancellationToken Stop => TestContext.Current.CancellationToken;

    public PortalUnderTest Portal => furnished.Portal;

    /// <summary>Somebody of the staff, signed in.</summary>
    public HttpClient Librarian { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await furnished.InitializeAsync();
        Librarian = await SignedInAsync("pustakawan@perpustakaan.example", null, Role.Librarian);
    }

    public ValueTask DisposeAsync() => furnished.DisposeAsync();

    /// <summary>A browser with a session of an account, as the portal itself would have given it.</summary>
    public async Task<HttpClient> SignedInAsync(string email, long? memberId, params string[] roles)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        var (accounts, known) = (The<UserManager<Account>>(), The<RoleManager<Role>>());
        foreach (var role in roles)
            if (!await known.RoleExistsAsync(role)) await known.CreateAsync(new Role { Name = role });
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = "Rina", MemberId = memberId, CreatedUtc = DateTime.UnixEpoch };
        Assert.Empty((await accounts.CreateAsync(account, "buku di rak ketiga")).Errors);
        if (roles.Length > 0) Assert.Empty((await accounts.AddToRolesAsync(account, roles)).Errors);

        var (cookie, now) = (The<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme), Portal.Clock!.GetUtcNow());
        var ticket = new AuthenticationTicket(
            await The<SignInManager<Account>>().CreateUserPrincipalAsync(account), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + cookie.ExpireTimeSpan }, IdentityConstants.ApplicationScheme);
        var browser = Portal.Visitor();
        browser.DefaultRequestHeaders.Add("Cookie", $"metro-session={cookie.TicketDataFormat.Protect(ticket)}");
        return browser;

        T The<T>()
            where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
    }

    /// <summary>A grown-up with a card.</summary>
    public Task<Member> AMemberAsync(string name = "Siti Aminah") => DoAsync<Registrations, Member>(async registrations =>
    {
        var number = Interlocked.Increment(ref numbers).ToString("D4", CultureInfo.InvariantCulture);
        return (await registrations.RegisterAtDeskAsync(new MembershipApplication(
            new MemberDetails(name, new DateOnly(1990, 1, 1), $"orang{number}@example.id", $"0812 3456 {number}"), MemberCategory.Adult, $"187201410190{number}"), Clerk, Stop)).Value;
    });

    /// <summary>A title with copies on the shelf of the main branch.</summary>
    public async Task<IReadOnlyList<string>> CopiesAsync(int count, string title = "Negeri di ujung tanduk", string owner = "MTR")
    {
        var branch = await DoAsync<LibraryDbContext, long>(db => db.Branches.Where(one => one.Code == owner).Select(one => one.Id).SingleAsync(Stop));
        return await DoAsync<Cataloguing, IReadOnlyList<string>>(async cataloguing =>
        {
            var id = (await cataloguing.AddTitleAsync(new TitleDescription { Name = title }, Clerk, Stop)).TitleId!.Value;
            var barcodes = new List<string>();
            for (var i = 0; i < count; i++)
            {
                var barcode = $"{owner}9{Interlocked.Increment(ref numbers):D5}";
                var copy = await cataloguing.AddCopyAsync(id, new CopyDescription(barcode, branch) { ShelfMark = "899.221 LIY n" }, Clerk, Stop);
                Assert.Null(await cataloguing.ShelveCopyAsync(copy.Value, branch, Clerk, Stop));
                barcodes.Add(barcode);
            }

            return barcodes;
        });
    }

    /// <summary>Does something with one of the portal's services, in a scope of its own.</summary>
    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Opens a page and sends its form from there.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string page, string address, params (string Name, string Value)[] typed) =>
        await browser.PostAsync(address, Form.Of(await browser.GetStringAsync(page, Stop), typed), Stop);
}
