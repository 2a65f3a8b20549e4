using System.Net;
using System.Text.RegularExpressions;
using Metro.Portal.Accounts;
using Metro.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Accounts;

/// <summary>Nobody loses what they typed because their session ended meanwhile.</summary>
public sealed partial class KeptFormTests : IAsyncDisposable
{
    private const string Password = "buku di rak ketiga";
    private const string Typed = "Satu jam mengetik,\nbaris demi baris.";

    private readonly PortalUnderTest portal = new() { Clock = new FakeClock() };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task What_was_typed_comes_back_after_sign_in_and_is_sent_on_with_one_click()
    {
        var browser = await SignedInAsync("sari");
        var (address, form) = await NewPageAsync(browser);
        portal.Clock!.Advance(TimeSpan.FromHours(13));

        using var refused = await SendAsync(browser, address, form);
        Assert.Equal("/account/sign-in?returnTo=%2Faccount%2Fkept-form", refused.Headers.Location!.OriginalString);
        Assert.Contains("Yang Anda ketik disimpan", await browser.GetStringAsync(refused.Headers.Location, Stop), StringComparison.Ordinal);

        using var back = await SignInAsync(browser, "sari", refused.Headers.Location.OriginalString);
        Assert.Equal("/account/kept-form", back.Headers.Location!.OriginalString);
        var kept = await browser.GetStringAsync("/account/kept-form", Stop);
        Assert.Contains(Typed.Split('\n')[1], WebUtility.HtmlDecode(kept), StringComparison.Ordinal);

        using var sent = await SendKeptAsync(browser, kept);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync(sent.Headers.Location, Stop));
        Assert.Contains(Typed, page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Judul yang diketik", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_other_language_it_stays_in_that_language()
    {
        var browser = await SignedInAsync("sari");
        var (address, form) = await NewPageAsync(browser);
        portal.Clock!.Advance(TimeSpan.FromHours(13));

        using var refused = await SendAsync(browser, "/en" + address, form);

        Assert.Equal("/en/account/sign-in?returnTo=%2Fen%2Faccount%2Fkept-form", refused.Headers.Location!.OriginalString);
        Assert.Contains("comes back once you have signed in", await browser.GetStringAsync(refused.Headers.Location, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_at_the_same_browser_is_not_shown_it()
    {
        var browser = await SignedInAsync("sari");
        var (address, form) = await NewPageAsync(browser);
        portal.Clock!.Advance(TimeSpan.FromHours(13));
        using var refused = await SendAsync(browser, address, form);
        await AddAsync("budi");

        using var other = await SignInAsync(browser, "budi", refused.Headers.Location!.OriginalString);
        using var nothing = await browser.GetAsync("/account/kept-form", Stop);

        Assert.Equal("/account", nothing.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task After_an_hour_it_is_given_back_no_more()
    {
        var browser = await SignedInAsync("sari");
        var (address, form) = await NewPageAsync(browser);
        portal.Clock!.Advance(TimeSpan.FromHours(13));
        using var refused = await SendAsync(browser, address, form);
        portal.Clock!.Advance(TimeSpan.FromMinutes(61));

        using var back = await SignInAsync(browser, "sari", refused.Headers.Location!.OriginalString);
        using var nothing = await browser.GetAsync("/account/kept-form", Stop);

        Assert.Equal("/account", nothing.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task What_is_dropped_is_gone_and_what_is_stored_cannot_be_read()
    {
        var browser = await SignedInAsync("sari");
        var (address, form) = await NewPageAsync(browser);
        portal.Clock!.Advance(TimeSpan.FromHours(13));
        using var refused = await SendAsync(browser, address, form);
        Assert.DoesNotContain("mengetik", System.Text.Encoding.UTF8.GetString(Assert.Single(await StoredAsync()).Sealed), StringComparison.Ordinal);

        using var back = await SignInAsync(browser, "sari", refused.Headers.Location!.OriginalString);
        using var dropped = await browser.PostAsync("/account/kept-form?handler=Drop", Form.Of(await browser.GetStringAsync("/account/kept-form", Stop)), Stop);

        Assert.Equal(HttpStatusCode.Redirect, dropped.StatusCode);
        Assert.Empty(await StoredAsync());
    }

    [Theory]
    [InlineData("https://jahat.example", null)]
    [InlineData(null, null)]
    [InlineData("http://localhost", "cors")]
    public async Task A_form_of_another_site_or_of_a_script_is_not_kept(string? origin, string? mode)
    {
        var browser = await SignedInAsync("sari");
        var (address, form) = await NewPageAsync(browser);
        portal.Clock!.Advance(TimeSpan.FromHours(13));

        using var refused = await SendAsync(browser, address, form, origin, mode);

        Assert.DoesNotContain("kept-form", refused.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task A_stranger_a_password_or_a_form_too_large_is_not_kept()
    {
        using var stranger = await SendAsync(portal.Visitor(), "/admin/content/abc?type=Page", []);
        var browser = await SignedInAsync("sari");
        portal.Clock!.Advance(TimeSpan.FromHours(13));
        using var password = await SendAsync(browser, "/admin/content/abc?type=Page", [new("NewPassword", "rahasia")]);
        using var large = await SendAsync(browser, "/admin/content/abc?type=Page", [new("text", new string('x', 2 * 1_048_576))]);

        Assert.Empty(await StoredAsync());
        Assert.All([stranger, password, large], answer => Assert.Contains("/account/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal));
    }

    private async Task<HttpClient> SignedInAsync(string name)
    {
        await AddAsync(name);
        var browser = portal.Visitor();
        using var answer = await SignInAsync(browser, name, "/account/sign-in");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string name, string address) =>
        await browser.PostAsync(address, Form.Of(await browser.GetStringAsync(address, Stop), ("Email", $"{name}@perpustakaan.example"), ("Password", Password)), Stop);

    private async Task AddAsync(string name)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<Role>>();
        if (!await roles.RoleExistsAsync(Role.Editor)) await roles.CreateAsync(new Role { Name = Role.Editor });
        var email = $"{name}@perpustakaan.example";
        var account = new Account { UserName = email, Email = email, DisplayName = name, CreatedUtc = DateTime.UnixEpoch };
        Assert.True((await accounts.CreateAsync(account, Password)).Succeeded);
        await accounts.AddToRoleAsync(account, Role.Editor);
    }

    /// <summary>The form of a new page, and what somebody typed into it.</summary>
    private static async Task<(string Address, KeyValuePair<string, string>[] Form)> NewPageAsync(HttpClient browser)
    {
        using var opened = await browser.GetAsync("/admin/content/new?type=Page", Stop);
        var html = await browser.GetStringAsync(opened.Headers.Location, Stop);
        var sent = HiddenFields(html).Where(field => field.Key is not ("returnTo" or "lockToken"))
            .Concat([new("TitlePart.Title", "Judul yang diketik"), new("MarkdownBodyPart.Markdown", Typed), new("act", "save")]);
        return (opened.Headers.Location!.OriginalString, [.. sent]);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient browser, string address, KeyValuePair<string, string>[] form, string? origin = "http://localhost", string? mode = "navigate")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (mode is not null) request.Headers.Add("Sec-Fetch-Mode", mode);
        return await browser.SendAsync(request, Stop);
    }

    /// <summary>Presses the button that sends the kept form on.</summary>
    private static async Task<HttpResponseMessage> SendKeptAsync(HttpClient browser, string html)
    {
        var form = KeptFormOf().Matches(html).Single(match => match.Value.Contains("/admin/content/", StringComparison.Ordinal));
        return await SendAsync(browser, WebUtility.HtmlDecode(form.Groups["action"].Value), [.. HiddenFields(form.Value)]);
    }

    private async Task<List<KeptForm>> StoredAsync()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountsDbContext>().KeptForms.AsNoTracking().ToListAsync(Stop);
    }

    private static IEnumerable<KeyValuePair<string, string>> HiddenFields(string html) => Hidden().Matches(html)
        .Select(input => KeyValuePair.Create(WebUtility.HtmlDecode(Name().Match(input.Value).Groups["name"].Value), WebUtility.HtmlDecode(Value().Match(input.Value).Groups["value"].Value)));

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]*)\".*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex KeptFormOf();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex(" name=\"(?<name>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}
