using System.Net;
using System.Text.RegularExpressions;

namespace Metro.Portal.Tests;

public sealed partial class PagesTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "lang=\"id\"", "Selamat datang di Perpustakaan Kota Metro")]
    [InlineData("/en", "lang=\"en\"", "Welcome to Metro City Library")]
    [InlineData("/en/", "lang=\"en\"", "Welcome to Metro City Library")]
    public async Task The_home_page_speaks_the_language_of_its_address(string path, string language, string welcome)
    {
        var html = await portal.Visitor().GetStringAsync(path, Stop);

        Assert.Contains(language, html, StringComparison.Ordinal);
        Assert.Contains(welcome, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "href=\"/en\" hreflang=\"en\"")]
    [InlineData("/en", "href=\"/\" hreflang=\"id\"")]
    [InlineData("/tidak/ada?x=1", "href=\"/en/tidak/ada?x=1\" hreflang=\"en\"")]
    [InlineData("/en/not/there", "href=\"/not/there\" hreflang=\"id\"")]
    public async Task Every_page_links_to_itself_in_the_other_language(string path, string link)
    {
        using var answer = await portal.Visitor().GetAsync(path, Stop);

        Assert.Contains(link, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tidak/ada", "Halaman tidak ditemukan")]
    [InlineData("/en/not/there", "Page not found")]
    [InlineData("/status/500", "Halaman tidak ditemukan")]
    public async Task An_unknown_address_gets_a_page_that_helps(string path, string title)
    {
        using var answer = await portal.Visitor().GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(title, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_may_load_anything_from_another_host_or_run_anything_inline()
    {
        using var answer = await portal.Visitor().GetAsync("/", Stop);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Styles_and_scripts_are_fingerprinted_cached_for_a_year_and_compressed_with_brotli()
    {
        var html = await portal.Visitor().GetStringAsync("/", Stop);
        var assets = FingerprintedAsset().Matches(html).Select(match => match.Value).Distinct().ToList();
        Assert.Equal(2, assets.Count);

        foreach (var asset in assets)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, asset);
            request.Headers.AcceptEncoding.ParseAdd("br");
            using var answer = await portal.Visitor().SendAsync(request, Stop);

            Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
            Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl?.MaxAge);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fonts_come_from_the_portal_itself_and_are_cached_for_a_year()
    {
        var html = await portal.Visitor().GetStringAsync("/", Stop);
        var font = FontAddress().Match(html).Groups[1].Value;

        using var answer = await portal.Visitor().GetAsync(font, Stop);

        Assert.Equal((HttpStatusCode.OK, "font/woff2"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl?.MaxAge);
    }

    [Fact]
    public async Task A_choice_of_appearance_is_remembered_and_leads_back_to_the_page()
    {
        var visitor = portal.CreateClient();

        using var answer = await visitor.PostAsync("/en/appearance", Form(("appearance", "dark"), ("returnTo", "/en")), Stop);

        Assert.Equal("/en", answer.RequestMessage?.RequestUri?.AbsolutePath);
        Assert.Contains("data-appearance=\"dark\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("data-appearance=\"dark\"", await visitor.GetStringAsync("/", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("/\t/elsewhere.example/")]
    [InlineData("")]
    public async Task A_choice_of_appearance_never_leads_to_another_site(string returnTo)
    {
        using var answer = await portal.Visitor().PostAsync("/appearance", Form(("appearance", "light"), ("returnTo", returnTo)), Stop);

        Assert.Equal((HttpStatusCode.Found, "/"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("pink")]
    [InlineData("7")]
    [InlineData("")]
    public async Task An_appearance_that_does_not_exist_is_refused(string appearance)
    {
        using var answer = await portal.Visitor().PostAsync("/appearance", Form(("appearance", appearance)), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    [GeneratedRegex("""/_content/Metro\.Theme/dist/site\.[a-z0-9]+\.(css|js)""")]
    private static partial Regex FingerprintedAsset();

    [GeneratedRegex("""href="([^"]+\.woff2)""")]
    private static partial Regex FontAddress();
}
