using System.Text.Json;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Metro.Portal.Schema.Tests;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>The examples of docs/api.md, asked from a page of the site by those for whom they are, with the cookies of a browser.</summary>
public sealed class ApiGuideTests(Browsing browsing)
{
    private const string Ask = """
        async ([query, variables]) => {
          const answer = await fetch("/graphql", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ query, variables: JSON.parse(variables) }) });
          return { status: answer.status, body: await answer.json() };
        }
        """;

    /// <summary>What a subscription answers first: the stream is open when its head has come, and is left again.</summary>
    private const string Follow = """
        async ([query, variables]) => {
          const left = new AbortController();
          const answer = await fetch("/graphql", { method: "POST", headers: { "Content-Type": "application/json", "Accept": "text/event-stream" }, body: JSON.stringify({ query, variables: JSON.parse(variables) }), signal: left.signal });
          const head = [answer.status, answer.headers.get("content-type")].join(" ");
          left.abort();
          return head;
        }
        """;

    [Theory]
    [InlineData("anonymous")]
    [InlineData("member")]
    [InlineData("desk")]
    public async Task Each_example_is_answered_without_an_error(string who)
    {
        var page = await PageOfAsync(who);
        var examples = ApiGuide.Examples().Where(example => example.Who == who).ToList();
        Assert.NotEmpty(examples);

        foreach (var (_, document, variables) in examples)
        {
            var answer = await page.EvaluateAsync<JsonElement>(Ask, new[] { document, variables?.ToJsonString() ?? "null" });

            Assert.True(answer.GetProperty("status").GetInt32() == 200 && !answer.GetProperty("body").TryGetProperty("errors", out _), $"{document}\n{answer}");
        }
    }

    [Fact]
    public async Task Each_subscription_opens_a_stream()
    {
        var page = await PageOfAsync("anonymous");

        foreach (var (_, document, variables) in ApiGuide.Examples().Where(example => example.Who == "subscription"))
            Assert.Equal("200 text/event-stream; charset=utf-8", await page.EvaluateAsync<string>(Follow, new[] { document, variables?.ToJsonString() ?? "null" }));
    }

    private async Task<IPage> PageOfAsync(string who)
    {
        var page = who switch
        {
            "desk" => await browsing.SignedInAsync(Role.Librarian),
            "member" => await browsing.MemberAsync(await AMemberAsync()),
            _ => await browsing.VisitorAsync(),
        };
        await page.GotoAsync("/en/accessibility");
        return page;
    }

    private async Task<long> AMemberAsync() => (await browsing.DoAsync((Registrations registrations) => registrations.RegisterAtDeskAsync(
        new MembershipApplication(new MemberDetails("Sari Pembaca", new DateOnly(1990, 5, 17), "sari.api@contoh.id"), MemberCategory.Adult, "1872011705900777"), Actor.System("test")))).Value.Id;
}
