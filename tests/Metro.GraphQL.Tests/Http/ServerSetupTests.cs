using System.Net;
using System.Text;
using Metro.GraphQL.Caching;
using Metro.GraphQL.Cost;
using Metro.GraphQL.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Metro.GraphQL.Tests.Http;

/// <summary>A server of annotated classes, set up as an application does it, with every guard in place unless told otherwise.</summary>
public sealed class ServerSetupTests
{
    [Fact]
    public async Task Outside_of_development_introspection_the_download_and_the_tool_are_closed()
    {
        await using var app = await StartAsync("Production");
        using var client = Client(app);
        using var asked = await PostAsync(client, "{ __schema { queryType { name } } }");
        using var mistaken = await PostAsync(client, "{ nam }");
        using var sdl = await client.GetAsync("graphql?sdl");
        using var page = await PageAsync(client);

        Assert.Equal("HC0046", await asked.CodeAsync());
        Assert.DoesNotContain("Did you mean", await mistaken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, sdl.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task In_development_they_are_open()
    {
        await using var app = await StartAsync("Development");
        using var client = Client(app);
        using var asked = await PostAsync(client, "{ __schema { queryType { name } } }");
        using var sdl = await client.GetAsync("graphql?sdl");
        using var page = await PageAsync(client);

        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Contains("name: String! @cost(weight: \"5\") @cacheControl(maxAge: 60)", await sdl.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", page.MediaType());
    }

    [Fact]
    public async Task Options_open_what_is_closed()
    {
        await using var app = await StartAsync("Production", server => server.AllowIntrospection(true).ModifyServerOptions(options => options.EnableSchemaRequests = false));
        using var client = Client(app);
        using var asked = await PostAsync(client, "{ __schema { queryType { name } } }");
        using var sdl = await client.GetAsync("graphql?sdl");

        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, sdl.StatusCode);
    }

    [Fact]
    public async Task Pages_cost_what_they_are_asked_for()
    {
        await using var app = await StartAsync("Production");
        using var client = Client(app);
        client.DefaultRequestHeaders.Add("GraphQL-Cost", "report");
        using var small = await PostAsync(client, "{ numbers(first: 3) { nodes { value } } }");
        using var both = await PostAsync(client, "{ numbers(first: 3, last: 3) { nodes { value } } }");

        Assert.Equal(4, (await small.JsonAsync()).GetProperty("extensions").GetProperty("operationCost").GetProperty("typeCost").GetDouble());
        Assert.Equal("HC0082", await both.CodeAsync());
    }

    [Fact]
    public async Task Limits_and_costs_hold_without_being_asked_for_and_can_be_changed()
    {
        await using var app = await StartAsync("Production", server => server
            .ModifyLimits(limits => limits.MaxAliases = 1)
            .ModifyCostOptions(costs => costs.MaxFieldCost = 4));
        using var client = Client(app);
        using var aliases = await PostAsync(client, "{ a: name b: name }");
        using var cost = await PostAsync(client, "{ name }");

        Assert.Equal("LIMIT_ALIASES", await aliases.CodeAsync());
        Assert.Equal("HC0047", await cost.CodeAsync());
    }

    [Fact]
    public async Task Automatic_persisting_is_switched_on_with_a_storage()
    {
        await using var app = await StartAsync("Production", server => server.AddInMemoryOperationDocumentStorage().UseAutomaticPersistedOperationPipeline());
        using var client = Client(app);
        using var unknown = await client.GetAsync("graphql?extensions=" + Uri.EscapeDataString("""{"persistedQuery":{"version":1,"sha256Hash":"x"}}"""));

        Assert.Equal("HC0020", await unknown.CodeAsync());
    }

    [Fact]
    public async Task A_hint_on_a_field_reaches_the_cache()
    {
        await using var app = await StartAsync("Production");
        using var client = Client(app);
        using var response = await client.GetAsync("graphql?query={name}");

        Assert.Equal(TimeSpan.FromSeconds(60), response.Headers.CacheControl?.MaxAge);
    }

    private static async Task<WebApplication> StartAsync(string environment, Action<GraphQLServerBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Services.AddGraphQLServer().AddQueryType<Questions>();
        configure?.Invoke(server);
        var app = builder.Build();
        app.MapGraphQL();
        await app.StartAsync();
        return app;
    }

    private static HttpClient Client(WebApplication app) =>
        new() { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/") };

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string query)
    {
        using var content = new StringContent(System.Text.Json.JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");
        return await client.PostAsync("graphql", content);
    }

    private static async Task<HttpResponseMessage> PageAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "graphql");
        request.Headers.Accept.Add(new("text/html"));
        return await client.SendAsync(request);
    }

    public sealed class Questions
    {
        [Cost(5)]
        [CacheControl(60)]
        public string Name => "x";

        [UsePaging]
        public IEnumerable<Number> Numbers => Enumerable.Range(0, 100).Select(value => new Number(value));
    }

    public sealed record Number(int Value);
}
