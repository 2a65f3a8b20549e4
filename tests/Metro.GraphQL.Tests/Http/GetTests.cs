using System.Net;

namespace Metro.GraphQL.Tests.Http;

/// <summary>GraphQL over HTTP, 5.3: requests by GET read and never change anything.</summary>
public sealed class GetTests : IAsyncLifetime
{
    private GraphQLHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GraphQLHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_query_comes_in_the_address()
    {
        using var response = await _host.GetAsync(
            "?query=" + Uri.EscapeDataString("query A($n: String) { hello(name: $n) } query B { __typename }")
            + "&operationName=A&variables=" + Uri.EscapeDataString("""{"n":"Metro"}"""));

        Assert.Equal("""{"data":{"hello":"Hello Metro"}}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/graphql-response+json")]
    public async Task A_mutation_is_405_and_does_not_run(string accept)
    {
        using var response = await _host.GetAsync("?query=mutation{count}", accept);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
        Assert.Equal(0, _host.Count);
    }

    [Theory]
    [InlineData("?query={__typename}&variables=[]", "HC0009")]
    [InlineData("?query={__typename}&variables={", "HC0012")]
    [InlineData("?query={__typename}&extensions=5", "HC0009")]
    [InlineData("?query={", "HC0014")]
    [InlineData("", "HC0013")]
    public async Task A_malformed_request_is_400(string query, string code)
    {
        using var response = await _host.GetAsync(query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await response.CodeAsync());
    }

    [Fact]
    public async Task Get_can_be_switched_off()
    {
        await using var host = await GraphQLHost.StartAsync(options => options.EnableGetRequests = false);
        using var response = await host.GetAsync("?query={__typename}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Get_can_be_made_to_prove_where_it_comes_from()
    {
        await using var host = await GraphQLHost.StartAsync(options => options.EnforceGetRequestsPreflightHeader = true);
        using var without = await host.GetAsync("?query={__typename}");
        host.Client.DefaultRequestHeaders.Add("GraphQL-Preflight", "1");
        using var with = await host.GetAsync("?query={__typename}");

        Assert.Equal("HC0077", await without.CodeAsync());
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_has_not_changed_is_not_sent_again()
    {
        using var first = await _host.GetAsync("?query={hello}");
        using var request = new HttpRequestMessage(HttpMethod.Get, _host.Endpoint + "?query={hello}");
        request.Headers.TryAddWithoutValidation("If-None-Match", $"\"other\", W/{first.Headers.ETag}");
        using var second = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal("no-cache, private", first.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task An_answer_with_errors_is_never_kept()
    {
        using var response = await _host.GetAsync("?query={fails}");

        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Null(response.Headers.ETag);
    }

    [Theory]
    [InlineData("?sdl")]
    [InlineData("/schema")]
    [InlineData("/schema.graphql")]
    [InlineData("/sdl")]
    public async Task The_schema_is_downloaded_with_its_tag(string address)
    {
        using var response = await _host.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, _host.Endpoint + address);
        request.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var again = await _host.Client.SendAsync(request);

        Assert.Contains("type Query {", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("application/graphql; charset=utf-8", response.MediaType());
        Assert.Equal("schema.graphql", response.Content.Headers.ContentDisposition?.FileName);
        Assert.False(response.Headers.ETag!.IsWeak);
        Assert.Equal("public, must-revalidate, max-age=3600", response.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task The_schema_can_be_downloaded_in_part()
    {
        using var response = await _host.GetAsync("?sdl&types=Mutation,Upload");

        var sdl = await response.Content.ReadAsStringAsync();
        Assert.Contains("type Mutation", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("type Query", sdl, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?sdl&types=", "HC0058")]
    [InlineData("?sdl&types=Query,-", "HC0059")]
    [InlineData("?sdl&types=Nope", "HC0060")]
    public async Task A_type_that_is_not_there_cannot_be_downloaded(string query, string code)
    {
        using var response = await _host.GetAsync(query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await response.CodeAsync());
    }

    [Fact]
    public async Task One_switch_closes_introspection_and_the_download()
    {
        await using var host = await GraphQLHost.StartAsync(introspection: false);
        using var download = await host.GetAsync("?sdl");
        using var asked = await host.PostAsync("""{"query":"{ __schema { __typename } __type(name: \"Query\") { name } __typename }"}""");
        using var typeName = await host.PostAsync("""{"query":"{ __typename }"}""");

        Assert.Equal(HttpStatusCode.NotFound, download.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Equal("HC0046", await asked.CodeAsync());
        Assert.Equal("__schema", (await asked.JsonAsync()).GetProperty("errors")[0].GetProperty("extensions").GetProperty("field").GetString());
        Assert.Equal(HttpStatusCode.OK, typeName.StatusCode);
    }

    [Fact]
    public async Task A_single_request_can_be_let_through_to_the_schema()
    {
        await using var host = await GraphQLHost.StartAsync(
            options => options.OnRequest = (http, request, _) => new(request with { AllowIntrospection = http.Request.Headers.ContainsKey("Staff") }),
            introspection: false);
        host.Client.DefaultRequestHeaders.Add("Staff", "1");
        using var response = await host.PostAsync("""{"query":"{ __schema { __typename } }"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_browser_gets_a_page_that_asks_no_other_host_for_anything()
    {
        await using var host = await GraphQLHost.StartAsync(options => options.EnableTool = true);
        using var page = await host.GetAsync("", "text/html,application/xhtml+xml,*/*;q=0.8");
        var html = await page.Content.ReadAsStringAsync();
        var addresses = System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"([^\"]+)\"").Select(match => match.Groups[1].Value)
            .Where(address => address != "data:,").ToArray();

        Assert.Contains("script-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(2, addresses.Length);
        foreach (var address in addresses)
        {
            Assert.StartsWith("/graphql/", address, StringComparison.Ordinal);
            using var asset = await host.Client.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.True(asset.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300));
        }
    }

    [Fact]
    public async Task Without_the_tool_there_is_nothing_to_see()
    {
        using var page = await _host.GetAsync("", "text/html");
        using var asset = await _host.GetAsync("/graphiql.js");

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, asset.StatusCode);
    }
}
