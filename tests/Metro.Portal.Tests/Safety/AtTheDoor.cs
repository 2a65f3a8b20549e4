using System.Security.Claims;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Metro.Portal.Tests.Safety;

/// <summary>
/// Somebody at the door: a session and antiforgery tokens as the portal itself would have given them, and an address of their own for
/// each request, so that no limit of how often one may ask stands between a test and the rule that it asks about.
/// </summary>
internal sealed class AtTheDoor(HttpClient browser, string cookies, string? token)
{
    private static int addresses;

    /// <summary>Nobody who is known.</summary>
    public static Task<AtTheDoor> AnonymousAsync(PortalUnderTest portal) => AsAsync(portal, new ClaimsPrincipal(new ClaimsIdentity()), session: null);

    /// <summary>Somebody who is signed in.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="role">The role of their account; null for none.</param>
    /// <param name="memberId">The member whose account it is; null for no member.</param>
    public static async Task<AtTheDoor> SignedInAsync(PortalUnderTest portal, string? role, long? memberId = null)
    {
        var (person, session) = await SignInAsync(portal, role, memberId);
        return await AsAsync(portal, person, session);
    }

    /// <summary>The session of somebody who is signed in, as their browser sends it along.</summary>
    public static async Task<string> SessionOfAsync(PortalUnderTest portal, string? role, long? memberId) => (await SignInAsync(portal, role, memberId)).Session;

    private static async Task<(ClaimsPrincipal Person, string Session)> SignInAsync(PortalUnderTest portal, string? role, long? memberId)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        T The<T>()
            where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

        var (accounts, roles) = (The<UserManager<Account>>(), The<RoleManager<Role>>());
        var email = $"{role ?? "anggota"}{memberId}@pintu.example".ToLowerInvariant();
        if (await accounts.FindByEmailAsync(email) is not { } account)
        {
            account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = email, MemberId = memberId, TwoFactorEnabled = role is not null, CreatedUtc = DateTime.UnixEpoch };
            Assert.Empty((await accounts.CreateAsync(account, "pintu yang terbuka")).Errors);
            if (role is not null && !await roles.RoleExistsAsync(role)) await roles.CreateAsync(new Role { Name = role });
            if (role is not null) await accounts.AddToRoleAsync(account, role);
        }

        var cookie = The<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var (person, now) = (await The<SignInManager<Account>>().CreateUserPrincipalAsync(account), DateTimeOffset.UtcNow);
        var ticket = new AuthenticationTicket(person, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + cookie.ExpireTimeSpan }, IdentityConstants.ApplicationScheme);
        return (person, $"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(ticket)}");
    }

    /// <summary>The same person, led by another site: with their cookies and without what only a page of the portal knows.</summary>
    public AtTheDoor FromAnotherSite() => new(browser, cookies, token: null);

    /// <summary>The key of an adult member, registered for it.</summary>
    public static async Task<long> MemberAsync(PortalUnderTest portal, string name, string nik)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var details = new MemberDetails(name, new DateOnly(1990, 5, 17), $"{nik}@pintu.example");
        return (await scope.ServiceProvider.GetRequiredService<Registrations>().RegisterAtDeskAsync(new MembershipApplication(details, MemberCategory.Adult, nik), Actor.System("test"))).Value.Id;
    }

    private static async Task<AtTheDoor> AsAsync(PortalUnderTest portal, ClaimsPrincipal person, string? session)
    {
        // On a real port the factory hands out clients that follow redirects.
        var browser = portal.ClientOptions.BaseAddress is { IsDefaultPort: false } address
            ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) }
            : portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        await using var scope = portal.Services.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetTokens(new DefaultHttpContext { User = person, RequestServices = scope.ServiceProvider });
        var name = scope.ServiceProvider.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name;
        return new AtTheDoor(browser, string.Join("; ", new[] { session, $"{name}={tokens.CookieToken}" }.OfType<string>()), tokens.RequestToken!);
    }

    /// <summary>Sends a request with nothing in it that a form would have; redirects are not followed.</summary>
    public Task<HttpResponseMessage> AskAsync(string method, string path) =>
        SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = method is "GET" or "HEAD" ? null : new FormUrlEncodedContent([]) });

    /// <summary>Sends a form with these answers; redirects are not followed.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params IEnumerable<(string Name, string Value)> answers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(answers.Select(one => KeyValuePair.Create(one.Name, one.Value))) });

    /// <summary>Sends a request as this person.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var address = Interlocked.Increment(ref addresses);
        request.Headers.Add("Cookie", cookies);
        if (token is not null) request.Headers.Add("RequestVerificationToken", token);
        request.Headers.Add("X-Forwarded-For", $"10.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}");
        using (request) return await browser.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
