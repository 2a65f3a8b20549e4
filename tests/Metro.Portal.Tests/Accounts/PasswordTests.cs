using System.Net;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Accounts;

public sealed class PasswordTests : IAsyncLifetime
{
    private const string Email = "sari@perpustakaan.example";
    private const string Password = "buku di rak ketiga";
    private const string NewPassword = "hujan di atap seng";
    private readonly PortalUnderTest portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var account = new Account { UserName = Email, Email = Email, EmailConfirmed = true, DisplayName = "Sari", CreatedUtc = DateTime.UnixEpoch };
        Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password)).Succeeded);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_letter_and_old_sessions_end()
    {
        var (thief, owner) = (await SignedInAsync(Password), portal.CreateClient());
        using var asked = await owner.SendAsync("/account/recover", ("Email", Email.ToUpperInvariant()));
        Assert.Contains("sedang dalam perjalanan", await asked.TextAsync(), StringComparison.Ordinal);

        var link = await portal.LinkAsync(Email);
        var query = System.Web.HttpUtility.ParseQueryString(link[link.IndexOf('?', StringComparison.Ordinal)..]);
        (await owner.SendAsync(link, ("account", query["account"]!), ("token", query["token"]!), ("Password", NewPassword))).Dispose();

        Assert.Equal("/account/sign-in", await WhereAsync(thief));
        Assert.Equal("/account", await WhereAsync(await SignedInAsync(NewPassword)));
        Assert.Equal(["accounts.recovery", "accounts.password_changed"], await portal.LettersAsync(Email));
    }

    [Fact]
    public async Task Whether_an_address_has_an_account_is_not_said_where_a_password_was_forgotten()
    {
        using var answer = await portal.CreateClient().SendAsync("/account/recover", ("Email", "tidak.ada@example.id"));
        using var known = await portal.CreateClient().SendAsync("/account/recover", ("Email", Email));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, known.StatusCode));
        Assert.Contains("sedang dalam perjalanan", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(Notices(await answer.TextAsync()).Replace("tidak.ada@example.id", Email, StringComparison.Ordinal), Notices(await known.TextAsync()));
        Assert.Empty(await portal.LettersAsync("tidak.ada@example.id"));
    }

    private static string Notices(string html) => string.Join('\n', html.Split('\n').Where(line => line.Contains("notice", StringComparison.Ordinal)));

    [Fact]
    public async Task Who_changes_the_password_stays_and_every_other_device_is_out()
    {
        var (here, there) = (await SignedInAsync(Password), await SignedInAsync(Password));

        using var changed = await here.SendAsync("/account/security/password", ("CurrentPassword", Password), ("NewPassword", NewPassword));

        Assert.Equal("/account/security", changed.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("/account", await WhereAsync(here));
        Assert.Equal("/account/sign-in", await WhereAsync(there));
        Assert.Equal(["accounts.password_changed"], await portal.LettersAsync(Email));
    }

    [Fact]
    public async Task The_password_is_not_changed_by_who_does_not_know_it()
    {
        var here = await SignedInAsync(Password);

        using var refused = await here.SendAsync("/account/security/password", ("CurrentPassword", "salah sekali"), ("NewPassword", NewPassword));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("id=\"CurrentPassword-fault\"", await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("/account", await WhereAsync(await SignedInAsync(Password)));
    }

    [Fact]
    public async Task Other_devices_are_signed_out_from_here()
    {
        var (here, there) = (await SignedInAsync(Password), await SignedInAsync(Password));

        using var page = await here.GetAsync("/account/security", Stop);
        using var done = await here.PostAsync("/account/security?handler=Everywhere", Form.Of(await page.Content.ReadAsStringAsync(Stop)), Stop);

        Assert.Equal("/account", await WhereAsync(here));
        Assert.Equal("/account/sign-in", await WhereAsync(there));
    }

    [Fact]
    public async Task Another_address_is_confirmed_by_the_new_one_and_the_old_one_is_told()
    {
        const string moved = "sari.baru@example.id";
        var here = await SignedInAsync(Password);

        (await here.SendAsync("/account/security/email", ("Email", moved), ("CurrentPassword", Password))).Dispose();
        Assert.Empty(await portal.LettersAsync(Email));
        var link = await portal.LinkAsync(moved);
        var query = System.Web.HttpUtility.ParseQueryString(link[link.IndexOf('?', StringComparison.Ordinal)..]);
        using var confirmed = await here.SendAsync(link, ("account", query["account"]!), ("token", query["token"]!), ("email", query["email"]!));

        Assert.Equal("/account/security", confirmed.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains(moved, await confirmed.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(["accounts.email_changed"], await portal.LettersAsync(Email));
        Assert.Equal("/account", await WhereAsync(await SignedInAsync(Password, moved)));
        using var again = await here.GetAsync(link, Stop);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
    }

    [Fact]
    public async Task Signing_in_gives_another_session_than_one_came_with()
    {
        var visitor = portal.Visitor();
        visitor.DefaultRequestHeaders.Add("Cookie", "metro-session=put-here-by-somebody-else");

        using var answer = await visitor.SendAsync("/account/sign-in", ("Email", Email), ("Password", Password));

        var session = Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("metro-session=", StringComparison.Ordinal));
        Assert.DoesNotContain("put-here-by-somebody-else", session, StringComparison.Ordinal);
        Assert.Contains("httponly", session, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", session, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<HttpClient> SignedInAsync(string password, string email = Email)
    {
        var visitor = portal.CreateClient();
        (await visitor.SendAsync("/account/sign-in", ("Email", email), ("Password", password))).Dispose();
        return visitor;
    }

    private static async Task<string> WhereAsync(HttpClient visitor)
    {
        using var answer = await visitor.GetAsync("/account", Stop);
        return answer.RequestMessage!.RequestUri!.AbsolutePath;
    }
}
