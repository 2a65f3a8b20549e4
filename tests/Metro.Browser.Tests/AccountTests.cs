using System.Text.Json;
using System.Text.RegularExpressions;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>Getting an account and keeping it safe, as people do it: with and without scripts.</summary>
public sealed class AccountTests(Browsing browsing)
{
    private const string Password = "empat kata yang aneh";

    [Theory]
    [InlineData(true, "bunda")]
    [InlineData(false, "ibunda")]
    public async Task A_guardian_signs_up_with_a_child_opens_the_letter_signs_in_and_sets_up_an_authenticator(bool javaScript, string name)
    {
        var email = $"{name}@example.id";
        var page = await browsing.VisitorAsync(javaScript: javaScript);
        await page.GotoAsync("/en/account/sign-up");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "My child" }).ClickAsync();

        await Press(page, "Sign up");
        await Assertions.Expect(page.Locator("#faults")).ToBeVisibleAsync();
        if (javaScript) await Usable.AssertAsync(page);
        await page.GetByLabel("Full name", new PageGetByLabelOptions { Exact = true }).FillAsync("Siti Rahayu");
        await page.GetByLabel("Date of birth", new PageGetByLabelOptions { Exact = true }).FillAsync("1990-01-01");
        await page.GetByLabel("National identity number (NIK)").FillAsync("1872014101900001");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Child's full name").FillAsync("Ani Rahayu");
        await page.GetByLabel("Child's date of birth").FillAsync("2018-06-01");
        await page.GetByLabel("What you are to the child").FillAsync("mother");
        await page.GetByLabel("I agree that my child becomes a member").CheckAsync();
        await page.GetByLabel("My child may borrow e-books").CheckAsync();
        await Press(page, "Sign up");
        await Assertions.Expect(page.GetByText($"We have written to {email}")).ToBeVisibleAsync();

        await page.GotoAsync(await LinkAsync(email));
        await page.GetByLabel("New password").FillAsync(Password);
        await Press(page, "Keep the password");
        await Assertions.Expect(page.GetByText("Your password is kept")).ToBeVisibleAsync();
        await SignInAsync(page, email);
        await Assertions.Expect(page).ToHaveURLAsync(browsing.Address + "/en/account");

        await page.GotoAsync("/en/account/family");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Ani Rahayu" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Withdraw for Ani Rahayu: use online" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The consent is withdrawn.")).ToBeVisibleAsync();

        await page.GotoAsync("/en/account/security/authenticator");
        var secret = TimedCode.FromBase32((await page.Locator(".authenticator__secret").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await page.GetByLabel("Six-digit code of the app").FillAsync(TimedCode.Of(secret, DateTimeOffset.UtcNow));
        await Press(page, "Set up");
        await Assertions.Expect(page.Locator(".authenticator__codes li")).ToHaveCountAsync(10);
        if (javaScript) await Usable.AssertAsync(page);

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/en/account/sign-in?returnTo=/en/account/family");
        await SignInAsync(page, email);
        await page.GetByLabel("Six-digit code").FillAsync(TimedCode.Of(secret, DateTimeOffset.UtcNow));
        await Press(page, "Sign in");
        await Assertions.Expect(page).ToHaveURLAsync(browsing.Address + "/en/account/family");
    }

    [Fact]
    public async Task The_pages_of_an_account_serve_everybody()
    {
        await Usable.PagesAsync(
            await browsing.VisitorAsync(), "/account/sign-up", "/account/sign-up/myself", "/account/sign-up/child", "/account/sign-up/school", "/account/sign-up/card", "/account/sign-up/sent", "/account/recover");
        await Usable.PagesAsync(
            await browsing.SignedInAsync("Author"), "/account/membership", "/account/security", "/account/security/email", "/account/security/password", "/account/security/authenticator",
            "/account/security/passkeys", "/account/privacy");
        await Usable.PagesAsync(await browsing.SignedInAsync("Administrator"), "/admin/accounts", "/admin/accounts/1", "/admin/accounts/invite");
    }

    [Fact]
    public async Task A_member_s_own_pages_serve_everybody()
    {
        var application = new MembershipApplication(new MemberDetails("Ratih Puspita", new DateOnly(1985, 3, 2), "ratih@example.id"), MemberCategory.Adult, "1872014203850009");
        var ratih = await browsing.DoAsync<Registrations, Member>(async registrations => (await registrations.RegisterAtDeskAsync(application, Actor.System("test"))).Value);

        await Usable.PagesAsync(await browsing.MemberAsync(ratih.Id), "/account/details", "/account/membership", "/account/family", "/account/family/add", "/account/privacy");
    }

    [Fact]
    public async Task A_passkey_is_made_named_and_signs_in_without_a_password()
    {
        var page = await browsing.SignedInAsync("Contributor");
        // A passkey belongs to a name; an address of numbers has none.
        var site = browsing.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        foreach (var cookie in await page.Context.CookiesAsync())
            if (cookie.Name == "metro-session") await page.Context.AddCookiesAsync([new Cookie { Name = cookie.Name, Value = cookie.Value, Url = site }]);
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });

        await page.GotoAsync($"{site}/en/account/security/passkeys");
        await page.GetByLabel("A name for this passkey").FillAsync("Ponsel saya");
        await Press(page, "Make the passkey");
        await Assertions.Expect(page.GetByText("The passkey \"Ponsel saya\" is ready.")).ToBeVisibleAsync();
        await Usable.AssertAsync(page);

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{site}/en/account/sign-in?returnTo=/en/account/security");
        await Press(page, "Sign in with a passkey");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^[^?]*/en/account/security$"));
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).Last.ClickAsync();

    private static async Task SignInAsync(IPage page, string email)
    {
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in", Exact = true }).First.ClickAsync();
    }

    /// <summary>The link of the letter that waits for an address, from the site's root.</summary>
    private async Task<string> LinkAsync(string email)
    {
        var payload = await browsing.DoAsync<LibraryDbContext, string>(db => db.OutboxMessages.Where(message => message.RecipientKey == "mail:" + email)
            .OrderByDescending(message => message.Id).Select(message => message.Payload).FirstAsync());
        using var facts = JsonDocument.Parse(payload);
        return new Uri(facts.RootElement.GetProperty("link").GetString()!).PathAndQuery;
    }
}
