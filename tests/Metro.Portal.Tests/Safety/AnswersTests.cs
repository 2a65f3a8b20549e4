using System.Net;
using Metro.Content;
using Metro.Portal.Accounts;
using Metro.Portal.Tests.Editor;
using Metro.Testing;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Safety;

/// <summary>What every kind of answer tells the browser. OWASP ASVS 5, chapters 3, 13.4 and 14.3.</summary>
public sealed class AnswersTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private static readonly Uri Https = new("https://perpustakaan.example");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.OK)]
    [InlineData("GET", "/en/account", HttpStatusCode.Redirect)]
    [InlineData("GET", "/tidak/ada", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/account/sign-in", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/news.atom", HttpStatusCode.MethodNotAllowed)]
    [InlineData("TRACE", "/news.atom", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/account/sign-in", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/news.atom", HttpStatusCode.OK)]
    [InlineData("GET", "/opds", HttpStatusCode.OK)]
    [InlineData("GET", "/sitemap.xml", HttpStatusCode.OK)]
    [InlineData("GET", "/programs.ics", HttpStatusCode.OK)]
    [InlineData("GET", "/robots.txt", HttpStatusCode.OK)]
    [InlineData("GET", "/manifest.webmanifest", HttpStatusCode.OK)]
    [InlineData("GET", "/health/live", HttpStatusCode.OK)]
    [InlineData("GET", "/graphql?query=%7B__typename%7D", HttpStatusCode.OK)]
    [InlineData("POST", "/graphql", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("GET", "/graphql/schema.graphql", HttpStatusCode.OK)]
    [InlineData("GET", "/api/content?contentType=Page", HttpStatusCode.OK)]
    [InlineData("GET", "/api/content/tidak-ada", HttpStatusCode.NotFound)]
    [InlineData("GET", "/media/tidak-ada.png", HttpStatusCode.NotFound)]
    [InlineData("GET", "/_content/Metro.Theme/dist/site.css", HttpStatusCode.OK)]
    public async Task Every_kind_of_answer_tells_the_browser_what_it_may_do_with_it(string method, string path, HttpStatusCode status)
    {
        using var answer = await portal.Visitor().SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Stop);

        Assert.Equal(status, answer.StatusCode);
        AssertGuarded(answer);
    }

    [Fact]
    public async Task A_fault_gives_nothing_of_the_inside_away_and_is_guarded_like_any_answer()
    {
        await using var broken = portal.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
            services.AddScoped<MediaLibrary>(_ => throw new InvalidOperationException("Host=database;Password=rahasia sekali"))));
        using var visitor = broken.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

        using var answer = await visitor.GetAsync("/media/gambar.png", Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        AssertGuarded(answer);
        foreach (var inside in (string[])["rahasia", "InvalidOperation", "Metro.Portal", " at ", ".cs:"]) Assert.DoesNotContain(inside, said.Replace("Metro.Theme", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_from_the_media_library_runs_nothing_and_stands_in_no_other_page()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        (await editor.UploadAsync("titik.png", Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="))).Dispose();

        using var answer = await portal.Visitor().GetAsync("/media/titik.png", Stop);

        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        AssertGuarded(answer);
        Assert.Contains("sandbox", Policy(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_not_for_everybody_is_kept_nowhere()
    {
        var list = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "tests", "Metro.Portal.Tests", "Safety", "doors.txt"), Stop);
        var pages = list.TakeWhile(line => !line.StartsWith("# Fields", StringComparison.Ordinal)).Where(line => line.StartsWith("GET ", StringComparison.Ordinal) && !line.EndsWith(" everybody", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).ToList();
        Assert.True(pages.Count > 30, "Hardly any private pages were found.");
        AtTheDoor[] people = [await AtTheDoor.SignedInAsync(portal, Role.Administrator), await AtTheDoor.SignedInAsync(portal, role: null, await AtTheDoor.MemberAsync(portal, "Sari Pembaca", "1872011705900777"))];

        var kept = new List<string>();
        foreach (var person in people)
            foreach (var path in (string[])[.. pages, "/", "/catalog"])
            {
                using var answer = await person.AskAsync("GET", path);
                if (answer.StatusCode == HttpStatusCode.OK && answer.Headers.CacheControl is not { NoStore: true }) kept.Add($"{path}: {answer.Headers.CacheControl}");
            }

        Assert.Empty(kept);
    }

    [Fact]
    public async Task Over_https_every_cookie_is_bound_to_this_host_and_out_of_reach_of_scripts()
    {
        await portal.OpenAsync("ani@kuki.example", Role.Librarian);
        using var visitor = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = Https });
        var cookies = new List<string>();

        await SendAsync("/en/account/sign-in", ("Email", "ani@kuki.example"), ("Password", Sessions.Password));
        await SendAsync("/en/account/tokens", ("Name", "Laporan"), ("Scopes", "catalog:read"), ("Days", "30"));
        await SendAsync("/account/sign-out");
        await SendAsync("/appearance", ("appearance", "dark"));

        string[] names = ["metro-session", "metro-form", "metro-last", "appearance", ".AspNetCore.Mvc.CookieTempDataProvider"];
        Assert.All(names, name => Assert.Contains(cookies, cookie => cookie.StartsWith($"__Host-{name}=", StringComparison.Ordinal)));
        foreach (var cookie in cookies)
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; path=/;", cookie + ";", StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
            if (cookie.Contains("01 Jan 1970", StringComparison.Ordinal)) continue;
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("(?i); samesite=(lax|strict)", cookie);
        }

        async Task SendAsync(string path, params (string Name, string Value)[] typed)
        {
            using var page = await visitor.GetAsync(path == "/appearance" ? "/" : path, Stop);
            using var answer = await visitor.PostAsync(path, Form.Of(await page.Content.ReadAsStringAsync(Stop), typed), Stop);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            foreach (var each in (HttpResponseMessage[])[page, answer])
                if (each.Headers.TryGetValues("Set-Cookie", out var set)) cookies.AddRange(set);
        }
    }

    [Fact]
    public async Task Over_https_a_cookie_that_another_host_could_have_set_is_not_read()
    {
        using var visitor = portal.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = false, BaseAddress = Https });

        Assert.DoesNotContain("data-appearance=\"dark\"", await PageWithAsync("appearance=dark"), StringComparison.Ordinal);
        Assert.Contains("data-appearance=\"dark\"", await PageWithAsync("x=y; __Host-appearance=dark"), StringComparison.Ordinal);

        async Task<string> PageWithAsync(string cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Add("Cookie", cookie);
            using var answer = await visitor.SendAsync(request, Stop);
            return await answer.Content.ReadAsStringAsync(Stop);
        }
    }

    [Fact]
    public async Task In_production_a_browser_comes_back_by_https_alone_for_a_year()
    {
        await using var production = new PortalUnderTest { Environment = "Production" };
        using var visitor = production.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = Https });

        using var answer = await visitor.GetAsync("/health/live", Stop);
        using var plain = await production.Visitor().GetAsync("/health/live", Stop);

        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        AssertGuarded(answer);
    }

    private static void AssertGuarded(HttpResponseMessage answer)
    {
        var policy = Policy(answer);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.True(policy.Contains("default-src 'none'", StringComparison.Ordinal) || (policy.Contains("object-src 'none'", StringComparison.Ordinal) && policy.Contains("base-uri 'none'", StringComparison.Ordinal)), policy);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.True(answer.Headers.Contains("Referrer-Policy"));
        foreach (var name in (string[])["Server", "X-Powered-By", "X-AspNet-Version", "Access-Control-Allow-Origin"]) Assert.False(answer.Headers.Contains(name), name);
        // What has letters says how they are written.
        if (answer.Content.Headers.ContentType is { MediaType: { } type, CharSet: var letters } && (type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal)) && type != "text/css")
            Assert.Equal("utf-8", letters);
    }

    private static string Policy(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
}
