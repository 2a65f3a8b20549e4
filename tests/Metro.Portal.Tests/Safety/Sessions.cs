using System.Net;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Safety;

/// <summary>Accounts that sign in by the page, as people do, and the cookies that come of it.</summary>
internal static class Sessions
{
    public const string Password = "jendela menghadap kebun";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Opens an account.</summary>
    public static async Task OpenAsync(this PortalUnderTest portal, string email, string? role = null)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var (accounts, roles) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<RoleManager<Role>>());
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = "Ani", CreatedUtc = DateTime.UnixEpoch };
        Assert.Empty((await accounts.CreateAsync(account, Password)).Errors);
        if (role is null) return;
        if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new Role { Name = role });
        await accounts.AddToRoleAsync(account, role);
    }

    /// <summary>Signs in with a browser.</summary>
    /// <returns>The session, as a copy of its cookie would be sent.</returns>
    public static async Task<string> SignInAsync(this HttpClient browser, string email, params (string Name, string Value)[] besides)
    {
        using var form = await browser.GetAsync("/account/sign-in", Stop);
        using var answer = await browser.PostAsync("/account/sign-in", Form.Of(await form.Content.ReadAsStringAsync(Stop), [("Email", email), ("Password", Password), .. besides]), Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return SessionOf(answer) ?? throw new InvalidOperationException("Signing in gave no session.");
    }

    /// <summary>The session that an answer gives; null where it gives none.</summary>
    public static string? SessionOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var set)
        && set.FirstOrDefault(cookie => cookie.StartsWith("metro-session=", StringComparison.Ordinal))?.Split(';')[0] is { Length: > 14 } session ? session : null;

    /// <summary>What the account's page answers to whoever comes with that cookie.</summary>
    public static async Task<HttpResponseMessage> ComeWithAsync(this PortalUnderTest portal, string session, string path = "/account/tokens")
    {
        using var thief = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", session);
        return await thief.SendAsync(request, Stop);
    }
}
