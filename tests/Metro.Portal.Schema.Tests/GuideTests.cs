using System.Text.Json.Nodes;
using Metro.Content;
using Metro.GraphQL.Execution;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Elending;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Tests;

/// <summary>The guide in docs/api.md does what it says: each of its examples is asked.</summary>
public sealed class GuideTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiUnderTest.OpenAsync();
        var book = await api.ABookAsync("Laskar Pelangi", copies: 2, isbn: "979-3062-79-7");
        await api.ABookAsync("Kancil dan Buaya", audience: Audience.Children, copies: 1);
        await api.ASessionAsync(await api.AProgramAsync("Membatik", contentKey: "BATIK"), inDays: 5);
        await api.ASpaceAsync();
        await api.AnOfferAsync();
        var member = await api.AMemberAsync();
        Assert.True((await api.DoAsync((CirculationDesk desk) => desk.CheckOutAsync(member.CardNumber!, $"B{book:000}-0", api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);
        await api.DoAsync(async (ContentStore store) =>
        {
            var made = await store.CreateAsync(ContentUser.Portal, "NewsPost", ContentJson.Read("""{"TitlePart":{"Title":"Buka lagi"},"MarkdownBodyPart":{"Markdown":"Isi."},"NewsPost":{"Summary":{"Text":"Ringkas."}}}"""), "id", stop: ApiUnderTest.Stop);
            return (await store.PublishAsync(ContentUser.Portal, made.Result!.ItemId, made.Result.VersionId, stop: ApiUnderTest.Stop)).Succeeded;
        });
        Assert.True((await api.DoAsync((Licensing licensing) => licensing.AddAsync(new LicenceDetails { ResourceKey = "BABAD", Title = new LocalText("Babad Lampung"), MostAtOnce = 1 }, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);
        api.Clock.Advance(TimeSpan.FromDays(3));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Each_example_is_answered_without_an_error()
    {
        var examples = ApiGuide.Examples().ToList();
        var (member, desk, administrator) = (await api.SignedInAsync(1), await api.SignedInAsync(null, "Librarian"), await api.SignedInAsync(null, "Administrator"));
        Assert.InRange(examples.Count, 25, 50);

        foreach (var (who, document, variables) in examples)
        {
            if (who == "subscription")
            {
                await CheckAsync(document, variables);
                continue;
            }

            var answer = await api.AskAsync(document, variables, who switch { "member" => member, "desk" => desk, "administrator" => administrator, "anonymous" => null, _ => throw new InvalidOperationException($"Who is {who}?") });
            Assert.True(answer.Json["errors"] is null, $"{document}\n{answer.Json.ToJsonString()}");
            Assert.DoesNotContain("\"errors\":[{", answer.Json.ToJsonString(), StringComparison.Ordinal);
            foreach (var (field, value) in answer.Data.AsObject()) Assert.True(value is not null and not JsonArray { Count: 0 }, $"{field} is empty: {document}");
        }
    }

    [Fact]
    public void Every_mutation_is_named_in_the_guide() =>
        Assert.All(api.Services.GetRequiredService<RequestExecutor>().Schema.MutationType!.Fields, mutation => Assert.Contains($"`{mutation.Name}`", ApiGuide.Text, StringComparison.Ordinal));

    [Theory]
    [InlineData("ThisWeekForInstagram", "Membatik (en)\\n")]
    [InlineData("NewForChildren", "Kancil dan Buaya")]
    [InlineData("IsItIn", "\"isAvailable\":true")]
    [InlineData("FreeOn", "2026-01-10T01:00:00Z")]
    [InlineData("MyLoans", "\"dueOn\":\"2026-01-12\"")]
    public async Task The_recipes_find_what_they_are_for(string operation, string found)
    {
        var (who, document, variables) = ApiGuide.Examples().Single(example => example.Document.Contains($"query {operation}", StringComparison.Ordinal));

        Assert.Contains(found, (await api.AskAsync(document, variables, who == "member" ? await api.SignedInAsync(1) : null)).Data.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typical_questions_cost_well_below_the_limit()
    {
        foreach (var (who, document, variables) in ApiGuide.Examples().Where(example => example.Who is "anonymous" or "member"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = System.Net.Http.Json.JsonContent.Create(new { query = document, variables }) };
            request.Headers.Add("GraphQL-Cost", "validate");
            using var response = await api.CreateClient().SendAsync(request, ApiUnderTest.Stop);
            var cost = (await Answer.OfAsync(response)).Json["extensions"]?["operationCost"];
            Assert.True(cost is not null && (double)cost["fieldCost"]! <= 1_600 && (double)cost["typeCost"]! <= 1_600, $"{who} {document}: {cost?.ToJsonString()}");
        }
    }

    /// <summary>A subscription stays open; that it is right, its document shows.</summary>
    private async Task CheckAsync(string document, JsonNode? variables)
    {
        var executor = api.Services.GetRequiredService<RequestExecutor>();
        await using var scope = api.Services.CreateAsyncScope();
        using var stop = new CancellationTokenSource();
        await using var result = await executor.ExecuteAsync(GraphQLRequest.For(document) with
        {
            Variables = variables is null ? default : System.Text.Json.JsonSerializer.SerializeToElement(variables),
            Services = scope.ServiceProvider,
        }, stop.Token);
        Assert.True(result is not OperationResult, (result as OperationResult)?.ToJson());
        await stop.CancelAsync();
    }
}
