using System.Globalization;
using System.Net;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Metro.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Metro.Portal.Tests.Lending;

/// <summary>A title and its copies, which stand on the shelf of the main branch.</summary>
public sealed record LentBook(long TitleId, string Name, IReadOnlyList<string> Barcodes);

/// <summary>Somebody with a browser; the member is null for staff.</summary>
public sealed record Somebody(HttpClient Browser, Member? MemberOrNone)
{
    public Member Member => MemberOrNone!;

    public Actor Actor => Actor.Member(Member.Id, Member.Name);
}

/// <summary>A portal with two branches, on Monday 5 January 2026 at nine; what else there is, each test brings.</summary>
public sealed class LendingPortal : IAsyncLifetime
{
    public static readonly Actor Librarian = Actor.Staff("1", "Ratna");
    private static int people;

    public FakeClock Clock { get; } = new();

    public PortalUnderTest Portal { get; }

    /// <summary>The key of the main branch.</summary>
    public long Main { get; private set; }

    /// <summary>The key of a reading corner, where holds are picked up too.</summary>
    public long Corner { get; private set; }

    public LendingPortal() => Portal = new PortalUnderTest { Clock = Clock };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var week = WeeklyHours.Parse("mon 08:00-16:00; tue 08:00-16:00; wed 08:00-16:00; thu 08:00-16:00; fri 08:00-11:30,13:30-16:00; sat 08:00-14:00");
        (Main, Corner) = await DoAsync(async (LibraryDbContext db) =>
        {
            var main = new Branch("MTR", "Perpustakaan Kota Metro", BranchKind.Main, week) { NameEnglish = "Metro City Library" };
            var corner = new Branch("YSM", "Pojok Baca Yosomulyo", BranchKind.Branch, week);
            db.AddRange(main, corner);
            await db.SaveChangesAsync(Stop);
            return (main.Id, corner.Id);
        });
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>Does something with one of the portal's services, in a scope of its own.</summary>
    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task<LentBook> ABookAsync(string name, int copies = 1)
    {
        var titleId = (await DoAsync((Cataloguing desk) => desk.AddTitleAsync(new TitleDescription { Format = TitleFormat.Print, Name = name }, Librarian, Stop))).TitleId!.Value;
        var barcodes = Enumerable.Range(1, copies).Select(number => string.Create(CultureInfo.InvariantCulture, $"B{titleId:0000}{number}")).ToList();
        foreach (var barcode in barcodes)
        {
            var copy = (await DoAsync((Cataloguing desk) => desk.AddCopyAsync(titleId, new CopyDescription(barcode, Main), Librarian, Stop))).Value;
            Assert.Null(await DoAsync((Cataloguing desk) => desk.ShelveCopyAsync(copy, Main, Librarian, Stop)));
        }

        return new LentBook(titleId, name, barcodes);
    }

    /// <summary>A grown-up with a card, signed in.</summary>
    public async Task<Somebody> AMemberAsync(string name = "Siti Rahayu")
    {
        var number = Interlocked.Increment(ref people);
        var application = new MembershipApplication(
            new MemberDetails(name, new DateOnly(1990, 1, 1), $"siti{number}@contoh.example", "0725-41234"), MemberCategory.Adult, string.Create(CultureInfo.InvariantCulture, $"187201410190{number:0000}"));
        return await SignedInAsync(await JoinAsync(application));
    }

    /// <summary>A child of nine whose guardian that is; signed in as themselves.</summary>
    public async Task<Somebody> AChildOfAsync(Member guardian, string name = "Ani Lestari")
    {
        var number = Interlocked.Increment(ref people);
        var application = new MembershipApplication(
            new MemberDetails(name, new DateOnly(2016, 6, 1)), MemberCategory.Child, string.Create(CultureInfo.InvariantCulture, $"187201410616{number:0000}"),
            Guardian: new GuardianDetails(guardian.Name, "ibu", Phone: "0812 3456 7890", MemberId: guardian.Id), Consents: [new ConsentGiven(ConsentPurpose.Membership, "Formulir 17/2026")]);
        return await SignedInAsync(await JoinAsync(application));
    }

    /// <summary>Somebody who works at the desk, signed in.</summary>
    public Task<Somebody> ALibrarianAsync() => SignedInAsync(null, Role.Librarian);

    /// <summary>Somebody who writes content, signed in.</summary>
    public Task<Somebody> AnEditorAsync() => SignedInAsync(null, Role.Editor);

    /// <summary>Somebody with an account and nothing else.</summary>
    public Task<Somebody> AGuestAsync() => SignedInAsync(null);

    public async Task<long> LendAsync(Member member, string barcode) =>
        (await DoAsync((CirculationDesk desk) => desk.CheckOutAsync(member.CardNumber!, barcode, Main, Librarian, Stop))).Value.LoanId;

    public async Task<long> HoldAsync(Member member, LentBook book) =>
        (await DoAsync((HoldQueue queue) => queue.PlaceAsync(member.Id, book.TitleId, Main, Librarian, Stop))).Value.HoldId;

    /// <summary>Sends a form of a page, as a browser would.</summary>
    /// <param name="somebody">Who.</param>
    /// <param name="page">A page with a form; one that was open before may no longer have it.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="typed">What was typed.</param>
    public static async Task<HttpResponseMessage> SendAsync(Somebody somebody, string page, string to, params (string Name, string Value)[] typed) =>
        await somebody.Browser.PostAsync(to, Form.Of(await somebody.Browser.GetStringAsync(page, Stop), typed), Stop);

    /// <summary>The words of a page, as they are read.</summary>
    public static async Task<string> ReadAsync(Somebody somebody, string page) => WebUtility.HtmlDecode(await somebody.Browser.GetStringAsync(page, Stop));

    public static async Task<string> ReadAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));

    private Task<Member> JoinAsync(MembershipApplication application) =>
        DoAsync(async (Registrations desk) => (await desk.RegisterAtDeskAsync(application, Librarian, Stop)).Value);

    /// <summary>A session as the portal itself would have given it: whoever signs in by the form too often has to wait.</summary>
    private async Task<Somebody> SignedInAsync(Member? member, string? role = null)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        var email = $"{Guid.NewGuid():N}@contoh.example";
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = member?.Name ?? "Rini", MemberId = member?.Id, CreatedUtc = DateTime.UnixEpoch };
        Assert.Empty((await The<UserManager<Account>>().CreateAsync(account, "buku di rak ketiga")).Errors);
        if (role is not null)
        {
            if (!await The<RoleManager<Role>>().RoleExistsAsync(role)) await The<RoleManager<Role>>().CreateAsync(new Role { Name = role });
            Assert.Empty((await The<UserManager<Account>>().AddToRoleAsync(account, role)).Errors);
        }

        var cookie = The<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var ticket = new AuthenticationTicket(
            await The<SignInManager<Account>>().CreateUserPrincipalAsync(account),
            new AuthenticationProperties { IssuedUtc = Clock.GetUtcNow(), ExpiresUtc = Clock.GetUtcNow().AddDays(400) }, IdentityConstants.ApplicationScheme);
        var browser = Portal.Visitor();
        browser.DefaultRequestHeaders.Add("Cookie", $"metro-session={cookie.TicketDataFormat.Protect(ticket)}");
        return new Somebody(browser, member);

        T The<T>()
            where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
    }
}
