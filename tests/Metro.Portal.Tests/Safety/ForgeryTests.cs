using System.Net;
using Metro.Portal.Accounts;

namespace Metro.Portal.Tests.Safety;

/// <summary>What another site can make a browser send in the name of whoever is signed in. OWASP ASVS 5, 3.5.</summary>
public sealed class ForgeryTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    /// <summary>What needs no proof that a page of the portal sent it, and why.</summary>
    private static readonly Dictionary<string, string> NeedsNoProof = new(StringComparer.Ordinal)
    {
        ["POST /appearance"] = "It could do no more than change colours.",
        ["POST /admin/preview/leave"] = "It ends a preview and changes nothing.",
        ["POST /unsubscribe"] = "Mail programs send it without a cookie (RFC 8058); the sealed link is the proof.",
        ["POST /unsubscribe?handler=Resume"] = "As above.",
        ["DELETE /api/content/id"] = "No form sends it, and for a script of another site the browser asks first and is told nothing.",
        ["POST /error"] = "It says what went wrong and changes nothing.",
        ["POST /status/400"] = "As above.",
    };

    [Fact]
    public async Task A_form_of_another_site_is_refused_at_every_door_but_where_it_can_do_no_harm()
    {
        var administrator = (await AtTheDoor.SignedInAsync(portal, Role.Administrator)).FromAnotherSite();
        var doors = (await Doors.AllAsync(portal)).Where(door => door.Method != "GET").ToList();
        Assert.True(doors.Count > 50, "Hardly any forms were found.");

        var taken = new List<string>();
        foreach (var (path, method) in doors)
        {
            using var answer = method == "POST" ? await administrator.PostAsync(path, ("appearance", "dark")) : await administrator.AskAsync(method, path);
            if (answer.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType)) taken.Add($"{method} {path}");
        }

        Assert.Equal(NeedsNoProof.Keys.Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_script_of_another_site_is_allowed_to_read_or_send()
    {
        foreach (var (path, method) in ((string, string)[])[("/graphql", "POST"), ("/api/content/id", "DELETE"), ("/api/content", "POST"), ("/account/tokens", "POST"), ("/", "GET")])
        {
            using var asked = new HttpRequestMessage(HttpMethod.Options, path);
            asked.Headers.Add("Origin", "https://elsewhere.example");
            asked.Headers.Add("Access-Control-Request-Method", method);
            using var answer = await portal.Visitor().SendAsync(asked, TestContext.Current.CancellationToken);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"), path);
        }
    }

    [Theory]
    [InlineData("/account/sign-out")]
    [InlineData("/account/tokens?handler=Revoke&token=1")]
    [InlineData("/admin/jobs?handler=Run")]
    public async Task Following_a_link_changes_nothing(string path)
    {
        var administrator = await AtTheDoor.SignedInAsync(portal, Role.Administrator);

        (await administrator.AskAsync("GET", path)).Dispose();

        using var answer = await administrator.AskAsync("GET", "/account/tokens");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
