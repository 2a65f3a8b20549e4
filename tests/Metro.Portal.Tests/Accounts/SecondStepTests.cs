using System.Net;
using System.Text.RegularExpressions;
using Metro.Portal.Accounts;

namespace Metro.Portal.Tests.Accounts;

public sealed partial class SecondStepTests : IAsyncLifetime
{
    private const string Email = "sari@perpustakaan.example";
    private readonly PortalUnderTest portal = new() { StaffSecondFactor = true };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await portal.OpenAccountAsync(Email);

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task With_an_authenticator_a_password_alone_signs_nobody_in()
    {
        var (secret, _) = await SetUpAsync(await portal.SignInAsync(Email));
        var visitor = portal.CreateClient();

        using var asked = await visitor.SendAsync("/account/sign-in", ("Email", Email), ("Password", People.Password));
        Assert.Equal("/account/sign-in/second-step", asked.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("/account/sign-in", await WhereAsync(visitor));

        using var wrong = await visitor.SendAsync("/account/sign-in/second-step", ("Code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var right = await visitor.SendAsync("/account/sign-in/second-step", ("Code", TimedCode.Of(secret, DateTimeOffset.UtcNow)));
        Assert.Equal("/account", right.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task A_recovery_code_opens_the_account_once()
    {
        var (_, codes) = await SetUpAsync(await portal.SignInAsync(Email));

        Assert.Equal("/account", await ByRecoveryCodeAsync(codes[0]));
        Assert.Equal("/account/sign-in/second-step", await ByRecoveryCodeAsync(codes[0]));
        Assert.Equal("/account", await ByRecoveryCodeAsync(codes[1].ToLowerInvariant()));
    }

    [Fact]
    public async Task Recovery_codes_are_shown_once_and_the_owner_is_told()
    {
        var here = await portal.SignInAsync(Email);
        var (_, codes) = await SetUpAsync(here);

        using var again = await here.GetAsync("/account/security/recovery-codes", Stop);

        Assert.Equal(10, codes.Count);
        Assert.Equal("/account/security/authenticator", again.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(["accounts.protection_changed"], await portal.LettersAsync(Email));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task The_second_step_never_leads_to_another_site(string elsewhere)
    {
        var (secret, _) = await SetUpAsync(await portal.SignInAsync(Email));
        var visitor = portal.CreateClient();
        (await visitor.SendAsync("/account/sign-in", ("Email", Email), ("Password", People.Password))).Dispose();

        using var inside = await visitor.SendAsync(
            "/account/sign-in/second-step?returnTo=" + Uri.EscapeDataString(elsewhere), ("Code", TimedCode.Of(secret, DateTimeOffset.UtcNow)));

        Assert.Equal("/account", inside.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task A_code_that_does_not_fit_sets_nothing_up()
    {
        using var refused = await (await portal.SignInAsync(Email)).SendAsync("/account/security/authenticator", ("Code", "123456"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("/account", await WhereAsync(await portal.SignInAsync(Email)));
    }

    [Fact]
    public async Task A_new_password_by_letter_does_not_go_around_the_second_step()
    {
        await SetUpAsync(await portal.SignInAsync(Email));
        var visitor = portal.CreateClient();
        (await visitor.SendAsync("/account/recover", ("Email", Email))).Dispose();
        var link = await portal.LinkAsync(Email);
        var query = System.Web.HttpUtility.ParseQueryString(link[link.IndexOf('?', StringComparison.Ordinal)..]);
        (await visitor.SendAsync(link, ("account", query["account"]!), ("token", query["token"]!), ("Password", "hujan di atap seng"))).Dispose();

        using var asked = await visitor.SendAsync("/account/sign-in", ("Email", Email), ("Password", "hujan di atap seng"));

        Assert.Equal("/account/sign-in/second-step", asked.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task The_second_step_is_taken_away_with_the_password_only()
    {
        var here = await portal.SignInAsync(Email);
        await SetUpAsync(here);

        using var refused = await OffAsync(here, "salah sekali");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var done = await OffAsync(here, People.Password);

        Assert.Equal("/account/security", done.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("/account", await WhereAsync(await portal.SignInAsync(Email)));
    }

    [Fact]
    public async Task Staff_set_a_second_step_up_before_anything_else()
    {
        const string staff = "rini@perpustakaan.example";
        await portal.OpenAccountAsync(staff, null, Role.Librarian);
        var here = await portal.SignInAsync(staff);

        foreach (var path in (string[])["/account", "/admin/jobs", "/account/tokens"])
        {
            using var led = await here.GetAsync(path, Stop);
            Assert.Equal("/account/security/authenticator", led.RequestMessage!.RequestUri!.AbsolutePath);
        }

        using var api = await here.PostAsync("/graphql", new StringContent("""{"query":"{ __typename }"}""", System.Text.Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
        using var everybody = await here.GetAsync("/hours", Stop);
        Assert.Equal("/hours", everybody.RequestMessage!.RequestUri!.AbsolutePath);

        await SetUpAsync(here);
        Assert.Equal("/account", await WhereAsync(here));
    }

    [Fact]
    public async Task A_passkey_that_is_not_known_is_refused_like_a_wrong_password()
    {
        var visitor = portal.CreateClient();
        using var page = await visitor.GetAsync("/account/sign-in", Stop);

        using var refused = await visitor.PostAsync(
            "/account/sign-in?handler=Passkey", Form.Of(await page.Content.ReadAsStringAsync(Stop), ("credential", """{"id":"AAAA","type":"public-key"}""")), Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("/account/sign-in", await WhereAsync(visitor));
    }

    private static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> SetUpAsync(HttpClient here)
    {
        using var page = await here.GetAsync("/account/security/authenticator", Stop);
        var html = await page.Content.ReadAsStringAsync(Stop);
        var secret = TimedCode.FromBase32(Secret().Match(html).Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal));
        using var done = await here.PostAsync("/account/security/authenticator", Form.Of(html, ("Code", TimedCode.Of(secret, DateTimeOffset.UtcNow))), Stop);
        Assert.Equal("/account/security/recovery-codes", done.RequestMessage!.RequestUri!.AbsolutePath);
        return (secret, [.. RecoveryCode().Matches(await done.Content.ReadAsStringAsync(Stop)).Select(code => code.Groups["code"].Value)]);
    }

    private async Task<string> ByRecoveryCodeAsync(string code)
    {
        var visitor = portal.CreateClient();
        (await visitor.SendAsync("/account/sign-in", ("Email", Email), ("Password", People.Password))).Dispose();
        using var answer = await visitor.SendAsync("/account/sign-in/second-step?recovery=true", ("Recovery", "true"), ("Code", code));
        return answer.RequestMessage!.RequestUri!.AbsolutePath;
    }

    private static async Task<HttpResponseMessage> OffAsync(HttpClient here, string password)
    {
        using var page = await here.GetAsync("/account/security/authenticator", Stop);
        return await here.PostAsync("/account/security/authenticator?handler=Off", Form.Of(await page.Content.ReadAsStringAsync(Stop), ("CurrentPassword", password)), Stop);
    }

    private static async Task<string> WhereAsync(HttpClient visitor)
    {
        using var answer = await visitor.GetAsync("/account", Stop);
        return answer.RequestMessage!.RequestUri!.AbsolutePath;
    }

    [GeneratedRegex("authenticator__secret\">(?<secret>[A-Z2-7 ]+)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("<li><code>(?<code>[A-Z0-9-]+)</code>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecoveryCode();
}
