using System.Net;
using System.Text;

namespace Metro.GraphQL.Tests.Http;

/// <summary>GraphQL over HTTP, 5.4 and 6: requests by POST.</summary>
public sealed class PostTests : IAsyncLifetime
{
    private const string GraphQLResponse = "application/graphql-response+json; charset=utf-8";
    private const string Json = "application/json; charset=utf-8";
    private GraphQLHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GraphQLHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_operation_is_answered_in_utf_8_with_its_length()
    {
        using var response = await _host.PostAsync("""{"query":"query Q($n: String) { hello(name: $n) }","variables":{"n":"Rahmî"},"operationName":"Q"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(GraphQLResponse, response.MediaType());
        Assert.NotNull(response.Content.Headers.ContentLength);
        Assert.Equal("""{"data":{"hello":"Hello Rahmî"}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_document_with_escapes_is_the_same_document_the_second_time()
    {
        const string Body = """{"query":"{\n  hello(name: \"\u00e9\")\n}"}""";
        using var first = await _host.PostAsync(Body);
        using var second = await _host.PostAsync(Body);

        Assert.Equal("""{"data":{"hello":"Hello é"}}""", await first.Content.ReadAsStringAsync());
        Assert.Equal("""{"data":{"hello":"Hello é"}}""", await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null, GraphQLResponse)]
    [InlineData("*/*", GraphQLResponse)]
    [InlineData("application/*", GraphQLResponse)]
    [InlineData("application/graphql-response+json", GraphQLResponse)]
    [InlineData("application/json", Json)]
    [InlineData("application/json, application/graphql-response+json", GraphQLResponse)]
    [InlineData("application/graphql-response+json;q=0.5, application/json", Json)]
    [InlineData("application/json;q=0.9, */*;q=0.1", Json)]
    [InlineData("application/graphql-response+json;q=0, */*", Json)]
    [InlineData("text/html, APPLICATION/JSON;charset=utf-8", Json)]
    [InlineData("text/event-stream", "text/event-stream; charset=utf-8")]
    [InlineData("multipart/mixed", "multipart/mixed; boundary=\"-\"")]
    [InlineData("application/jsonl", "application/jsonl; charset=utf-8")]
    public async Task The_answer_has_the_media_type_that_the_client_prefers(string? accept, string expected)
    {
        using var response = await _host.PostAsync("""{"query":"{ __typename }"}""", accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.MediaType());
    }

    [Theory]
    [InlineData("text/html", 406, "HC0063")]
    [InlineData("application/json;q=0", 406, "HC0063")]
    [InlineData("not a media type", 400, "HC0064")]
    [InlineData("*/json", 400, "HC0064")]
    [InlineData("application/json;q=2", 400, "HC0064")]
    public async Task What_nobody_can_write_is_not_acceptable(string accept, int status, string code)
    {
        using var response = await _host.PostAsync("""{"query":"{ __typename }"}""", accept);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, await response.CodeAsync());
    }

    [Theory]
    [InlineData("{", "HC0014")]
    [InlineData("{ nope(", "HC0014")]
    public async Task A_request_error_is_400_and_has_no_data(string query, string code)
    {
        using var response = await _host.PostAsync($$"""{"query":"{{query}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await response.CodeAsync());
        Assert.False((await response.JsonAsync()).TryGetProperty("data", out _));
    }

    [Fact]
    public async Task For_application_json_a_request_error_is_200()
    {
        using var response = await _host.PostAsync("""{"query":"{"}""", "application/json");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("{ fails }")]
    [InlineData("{ failsHard }")]
    public async Task Data_is_200_even_when_it_is_null(string query)
    {
        using var response = await _host.PostAsync($$"""{"query":"{{query}}"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True((await response.JsonAsync()).TryGetProperty("data", out _));
    }

    [Fact]
    public async Task A_fault_of_the_server_shows_nothing_of_itself()
    {
        using var response = await _host.PostAsync("""{"query":"{ crashes }"}""");

        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("Unexpected Execution Error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "HC0012")]
    [InlineData("{", "HC0012")]
    [InlineData("nonsense", "HC0012")]
    [InlineData("""{"query":"{ __typename }"} {}""", "HC0012")]
    [InlineData("""{"query":"\ud800"}""", "HC0012")]
    [InlineData("null", "HC0009")]
    [InlineData("5", "HC0009")]
    [InlineData("""[{"query":"{ __typename }"}]""", "LIMIT_BATCH")]
    [InlineData("{}", "HC0013")]
    [InlineData("""{"query":null}""", "HC0013")]
    [InlineData("""{"query":5}""", "HC0009")]
    [InlineData("""{"query":"{ __typename }","variables":[]}""", "HC0009")]
    [InlineData("""{"query":"{ __typename }","variables":"{}"}""", "HC0009")]
    [InlineData("""{"query":"{ __typename }","operationName":{}}""", "HC0009")]
    [InlineData("""{"query":"{ __typename }","extensions":1}""", "HC0009")]
    public async Task A_malformed_request_is_400_whatever_is_accepted(string body, string code)
    {
        using var response = await _host.PostAsync(body, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await response.CodeAsync());
    }

    [Fact]
    public async Task Invalid_utf_8_is_400()
    {
        byte[] body = [.. "{\"query\":\"{ hello(name: \\\""u8, 0xC3, 0x28, .. "\\\") }\"}"u8];
        using var escaped = await _host.PostAsync(body);
        byte[] plain = [.. "{\"query\":\"{ a"u8, 0xFF, .. " }\"}"u8];
        using var unescaped = await _host.PostAsync(plain);

        Assert.Equal(HttpStatusCode.BadRequest, escaped.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, unescaped.StatusCode);
    }

    [Fact]
    public async Task Unknown_members_and_nulls_are_as_if_they_were_not_there()
    {
        using var response = await _host.PostAsync(
            """{"nonsense":[{}],"query":"{ __typename }","variables":null,"operationName":null,"extensions":null}""");

        Assert.Equal("""{"data":{"__typename":"Query"}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        using var response = await _host.PostAsync([0xEF, 0xBB, 0xBF, .. """{"query":"{ __typename }"}"""u8]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/graphql")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task What_another_sites_form_could_send_is_415_and_does_nothing(string? contentType)
    {
        using var response = await _host.PostAsync(Encoding.UTF8.GetBytes("""{"query":"mutation { count }"}"""), null, contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal(0, _host.Count);
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("Application/JSON; charset=\"utf-8\"")]
    public async Task Json_in_utf_8_is_read_however_it_is_spelt(string contentType)
    {
        using var response = await _host.PostAsync("""{"query":"mutation { count }"}""", null, contentType);

        Assert.Equal("""{"data":{"count":1}}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Another_method_is_405_and_says_which_are_allowed(string method)
    {
        using var request = new HttpRequestMessage(new(method), _host.Endpoint);
        using var response = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_subscription_needs_a_format_that_carries_it()
    {
        using var response = await _host.PostAsync("""{"query":"subscription { never }"}""", "application/json");

        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
        Assert.Equal("HC0063", await response.CodeAsync());
        Assert.False(_host.NeverStarted.Task.IsCompleted);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        await using var host = await GraphQLHost.StartAsync(options => options.MaxRequestSize = 1000);
        var body = $$"""{"query":"{ __typename }","x":"{{new string('x', 2000)}}"}""";
        using var known = await host.PostAsync(body);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, host.Endpoint)
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))),
        };
        chunked.Content.Headers.ContentType = new("application/json");
        chunked.Headers.TransferEncodingChunked = true;
        using var unknown = await host.Client.SendAsync(chunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, known.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, unknown.StatusCode);
        Assert.Equal("HC0010", await known.CodeAsync());
    }

    [Fact]
    public async Task A_batch_is_answered_in_order_when_batches_are_allowed()
    {
        await using var host = await GraphQLHost.StartAsync(options => options.EnableBatching = true);
        const string Body = """[{"query":"mutation { count }"},{"query":"{"},{"query":"mutation { count }"}]""";
        using var array = await host.PostAsync(Body, "application/json");
        using var lines = await host.PostAsync("""{"query":"query($n: Int) { echo(number: $n) }","variables":[{"n":1},{"n":2}]}""", "application/jsonl");

        Assert.Equal("1,,2", string.Join(",", (await array.JsonAsync()).EnumerateArray()
            .Select(each => each.TryGetProperty("data", out var data) ? data.GetProperty("count").ToString() : "")));
        Assert.Equal(
            """
            {"variableIndex":0,"data":{"echo":1}}
            {"variableIndex":1,"data":{"echo":2}}

            """,
            await lines.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_batch_is_answered_in_parts_with_the_number_of_each_request()
    {
        await using var host = await GraphQLHost.StartAsync(options => options.EnableBatching = true);
        using var response = await host.PostAsync("""[{"query":"{ hello }"},{"query":"{ __typename }"}]""", "multipart/mixed");

        const string Head = "\r\n---\r\nContent-Type: application/json; charset=utf-8\r\n\r\n";
        Assert.Equal(
            Head + """{"requestIndex":0,"data":{"hello":"Hello world"}}""" + Head + """{"requestIndex":1,"data":{"__typename":"Query"}}""" + "\r\n-----\r\n",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_batch_beyond_the_limit_is_refused_before_anything_runs()
    {
        await using var host = await GraphQLHost.StartAsync(options => (options.EnableBatching, options.MaxBatchSize) = (true, 2));
        using var response = await host.PostAsync("""[{"query":"mutation{count}"},{"query":"mutation{count}"},{"query":"mutation{count}"}]""");

        Assert.Equal("LIMIT_BATCH", await response.CodeAsync());
        Assert.Equal(0, host.Count);
    }

    [Fact]
    public async Task Beyond_the_requests_that_may_run_and_wait_a_further_one_is_503()
    {
        await using var host = await GraphQLHost.StartAsync(options => (options.MaxConcurrentExecutions, options.MaxWaitingExecutions) = (1, 0));
        var first = host.PostAsync("""{"query":"{ waits }"}""");
        HttpResponseMessage? refused = null;
        while (refused is not { StatusCode: HttpStatusCode.ServiceUnavailable })
        {
            // Until the first has taken the only place, others are answered.
            refused?.Dispose();
            refused = await host.PostAsync("""{"query":"{ __typename }"}""");
        }

        Assert.Equal("LIMIT_CONCURRENCY", await refused.CodeAsync());
        host.Go.SetResult();
        using var answered = await first;
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        refused.Dispose();
    }
}
