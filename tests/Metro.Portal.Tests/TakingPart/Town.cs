using System.Net;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Portal.Accounts;
using Metro.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Metro.Portal.Tests.TakingPart;

/// <summary>A portal on Monday 5 January 2026, with one branch, and people who take part in what it offers.</summary>
public sealed class Town : IAsyncLifetime
{
    private int people;

    public static Actor Clerk { get; } = Actor.Staff("1", "Ibu Ratna");

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public PortalUnderTest Portal { get; } = new() { Clock = new FakeClock() };

    public FakeClock Clock => Portal.Clock!;

    /// <summary>The key of the branch, open from Monday to Saturday.</summary>
    public long Main { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        var main = new Branch("MTR", "Perpustakaan Kota Metro", BranchKind.Main, WeeklyHours.Parse("mon 08:00-16:00; tue 08:00-16:00; wed 08:00-16:00; thu 08:00-16:00; fri 08:00-16:00; sat 08:00-14:00"))
        {
            NameEnglish = "Metro City Library",
        };
        db.Add(main);
        await db.SaveChangesAsync(Stop);
        Main = main.Id;
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>Does something with one of the portal's services, in a scope of its own.</summary>
    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Somebody with a card.</summary>
    public Task<Member> MemberAsync(string name, MemberCategory category = MemberCategory.Adult, string? npsn = null)
    {
        var isPerson = category is not (MemberCategory.School or MemberCategory.Organisation);
        return JoinAsync(new MembershipApplication(
            new MemberDetails(name, isPerson ? new DateOnly(1990, 5, 17) : null, $"{Guid.NewGuid():N}@contoh.id", "+62 812 0000 111", ContactPerson: isPerson ? null : "Ibu Wati", Npsn: npsn),
            category, isPerson ? Nik() : null));
    }

    /// <summary>A child of ten with a card, whose guardian somebody is.</summary>
    public Task<Member> ChildOfAsync(Member guardian, string name) => JoinAsync(new MembershipApplication(
        new MemberDetails(name, new DateOnly(2015, 6, 1)), MemberCategory.Child, Nik(),
        Guardian: new GuardianDetails(guardian.Name, "Ibu", guardian.Phone, guardian.Email, guardian.Id), Consents: [new ConsentGiven(ConsentPurpose.Membership, "Formulir 1")]));

    /// <summary>A browser in which nobody is signed in.</summary>
    public HttpClient Visitor() => Portal.Visitor();

    /// <summary>A browser in which a member is signed in.</summary>
    public Task<HttpClient> SignedInAsync(Member member) => SignedInAsync(member.Name, member.Id);

    /// <summary>A browser in which somebody is signed in who may have no card.</summary>
    public async Task<HttpClient> SignedInAsync(string name, long? memberId)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (accounts, email) = (services.GetRequiredService<UserManager<Account>>(), $"{Guid.NewGuid():N}@perpustakaan.example");
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = name, MemberId = memberId, CreatedUtc = DateTime.UnixEpoch };
        Assert.Empty((await accounts.CreateAsync(account, "buku di rak ketiga")).Errors);

        var cookie = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = Clock.GetUtcNow();
        var ticket = new AuthenticationTicket(
            await services.GetRequiredService<SignInManager<Account>>().CreateUserPrincipalAsync(account),
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + cookie.ExpireTimeSpan }, IdentityConstants.ApplicationScheme);
        var cookies = new CookieContainer();
        cookies.Add(Portal.ClientOptions.BaseAddress, new Cookie("metro-session", cookie.TicketDataFormat.Protect(ticket)));
        return Portal.CreateDefaultClient(new CookieContainerHandler(cookies));
    }

    /// <summary>A published program.</summary>
    public async Task<long> ProgramAsync(ProgramDetails details)
    {
        var program = (await DoAsync((ProgramPlanning planning) => planning.CreateAsync(details, Clerk, Stop))).Value.Id;
        Assert.Null(await DoAsync((ProgramPlanning planning) => planning.PublishAsync(program, Clerk, Stop)));
        return program;
    }

    /// <summary>A session at ten in the morning some days from now.</summary>
    public async Task<Session> SessionAsync(long program, int seats = 10, int inDays = 8)
    {
        var start = await DoAsync((LibraryCalendar calendar) => Task.FromResult(calendar.InstantOf(calendar.Today.AddDays(inDays), new TimeOnly(10, 0))));
        return (await DoAsync((ProgramPlanning planning) => planning.ScheduleAsync(program, new SessionPlan(start, start.AddHours(2), SessionPlace.AtBranch(Main), seats), Clerk, Stop))).Value;
    }

    private async Task<Member> JoinAsync(MembershipApplication application)
    {
        var joined = await DoAsync((Registrations desk) => desk.RegisterAtDeskAsync(application, Clerk, Stop));
        Assert.True(joined.Succeeded, joined.Refusal?.ToString());
        return joined.Value;
    }

    private string Nik() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"187201170590{Interlocked.Increment(ref people):0000}");
}

/// <summary>A page as somebody reads it, and a form as they send it.</summary>
internal static class Surfing
{
    extension(HttpClient browser)
    {
        /// <summary>The words of a page that is there.</summary>
        public async Task<string> ReadAsync(string path)
        {
            using var answer = await browser.GetAsync(path, Town.Stop);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answers {answer.StatusCode}.");
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Town.Stop));
        }

        /// <summary>What a page answers.</summary>
        public async Task<HttpStatusCode> StatusOfAsync(string path)
        {
            using var answer = await browser.GetAsync(path, Town.Stop);
            return answer.StatusCode;
        }

        /// <summary>Opens a page and sends its form to the same address, or to another of its handlers; where it has none, as somebody would who kept one.</summary>
        public async Task<Reply> SendAsync(string path, string? to, params (string Name, string Value)[] typed)
        {
            using var page = await browser.GetAsync(path, Town.Stop);
            var html = await page.Content.ReadAsStringAsync(Town.Stop);
            if (!html.Contains("__RequestVerificationToken", StringComparison.Ordinal)) html = await browser.GetStringAsync("/account/sign-out", Town.Stop);
            using var form = Form.Of(html, typed);
            using var answer = await browser.PostAsync(to ?? path, form, Town.Stop);
            return new Reply(answer.StatusCode, answer.Headers.Location?.OriginalString, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Town.Stop)));
        }
    }
}

/// <summary>What came back.</summary>
internal sealed record Reply(HttpStatusCode Status, string? Location, string Html)
{
    public void Refuses(string sentence)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, Status);
        Assert.Contains(sentence, Html, StringComparison.Ordinal);
    }

    /// <summary>Asserts that it was done, and where it led.</summary>
    public string LeadsOn()
    {
        Assert.True(Status == HttpStatusCode.Redirect, $"{Status}: {Html}");
        return Location!;
    }
}
