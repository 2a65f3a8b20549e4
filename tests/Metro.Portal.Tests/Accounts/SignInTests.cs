using System.Net;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Accounts;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Email = "sari@perpustakaan.example";
    private const string Password = "buku di rak ketiga";
    private readonly PortalUnderTest portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var created = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(
            new Account { UserName = Email, Email = Email, DisplayName = "Sari", CreatedUtc = DateTime.UnixEpoch }, Password);
        Assert.True(created.Succeeded);
    }

    [Theory]
    [InlineData("", "Halo, Sari")]
    [InlineData("/en", "Hello, Sari")]
    public async Task A_person_signs_in_and_meets_their_own_page_in_their_language(string language, string greeting)
    {
        var visitor = portal.CreateClient();

        using var answer = await SignInAsync(visitor, Email, Password, language);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(greeting, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_a_page_of_their_own_signs_in_first_and_comes_back_to_it()
    {
        var visitor = portal.CreateClient();

        using var asked = await visitor.GetAsync("/en/account", Stop);
        using var answer = await SubmitAsync(visitor, asked, Email, Password);

        Assert.Equal("/en/account/sign-in", asked.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("/en/account", answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Theory]
    [InlineData(Email, "salah sekali")]
    [InlineData("tidak.ada@perpustakaan.example", Password)]
    [InlineData("", "")]
    [InlineData("'; DROP TABLE accounts; --", "x")]
    public async Task Every_refusal_reads_the_same_and_keeps_what_was_typed(string email, string password)
    {
        using var answer = await SignInAsync(portal.CreateClient(), email, password);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Alamat surel atau kata sandi tidak cocok", html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{email}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"" + Password, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_close_an_account_for_a_while()
    {
        var visitor = portal.CreateClient();
        for (var attempt = 0; attempt < 5; attempt++) (await SignInAsync(visitor, Email, "salah sekali")).Dispose();

        using var answer = await SignInAsync(visitor, Email, Password);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Who_tries_too_often_is_told_when_to_come_back()
    {
        var visitor = portal.CreateClient();
        for (var attempt = 0; attempt < 10; attempt++) (await SignInAsync(visitor, $"a{attempt}@b.example", "salah sekali")).Dispose();

        using var answer = await SignInAsync(visitor, "a@b.example", "salah sekali");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Signing_in_never_leads_to_another_site()
    {
        var visitor = portal.Visitor();
        using var form = await visitor.GetAsync("/account/sign-in?returnTo=https%3A%2F%2Felsewhere.example%2F", Stop);

        using var answer = await SubmitAsync(visitor, form, Email, Password);

        Assert.Equal("/account", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/sign-out")]
    public async Task A_form_from_another_site_is_refused(string path)
    {
        using var answer = await portal.Visitor().PostAsync(path, new FormUrlEncodedContent([new("Email", Email), new("Password", Password)]), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var visitor = portal.CreateClient();
        using var account = await SignInAsync(visitor, Email, Password);

        using var left = await visitor.PostAsync("/account/sign-out", Form.Of(await account.Content.ReadAsStringAsync(Stop)), Stop);
        using var answer = await visitor.GetAsync("/account", Stop);

        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.Equal("/account/sign-in", answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient visitor, string email, string password, string language = "")
    {
        using var form = await visitor.GetAsync($"{language}/account/sign-in", Stop);
        return await SubmitAsync(visitor, form, email, password);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient visitor, HttpResponseMessage form, string email, string password) =>
        await visitor.PostAsync(
            form.RequestMessage!.RequestUri,
            Form.Of(await form.Content.ReadAsStringAsync(Stop), ("Email", email), ("Password", password)), Stop);
}
