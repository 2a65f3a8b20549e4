using System.Net;
using Metro.GraphQL.Execution;
using Metro.Testing;

namespace Metro.GraphQL.Tests.Http;

/// <summary>graphql-sse, distinct connections mode: a subscription's answers as events.</summary>
public sealed class EventStreamTests : IAsyncLifetime
{
    private GraphQLHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GraphQLHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_answer_is_an_event_and_the_last_says_that_it_is_complete()
    {
        using var response = await _host.PostAsync("""{"query":"subscription { ticks(to: 2) }"}""", "text/event-stream");

        Assert.Equal("text/event-stream; charset=utf-8", response.MediaType());
        Assert.True(response.Headers.CacheControl!.NoCache);
        Assert.Equal(
            "event: next\ndata: {\"data\":{\"ticks\":1}}\n\nevent: next\ndata: {\"data\":{\"ticks\":2}}\n\nevent: complete\ndata: \n\n",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{ hello }", "event: next\ndata: {\"data\":{\"hello\":\"Hello world\"}}\n\nevent: complete\ndata: \n\n")]
    [InlineData("mutation { count }", "event: next\ndata: {\"data\":{\"count\":1}}\n\nevent: complete\ndata: \n\n")]
    public async Task A_single_answer_is_a_stream_of_one(string query, string expected)
    {
        using var response = await _host.PostAsync($$"""{"query":"{{query}}"}""", "text/event-stream");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_fails_before_the_stream_is_told_in_the_stream()
    {
        using var response = await _host.PostAsync("""{"query":"subscription { nope }"}""", "text/event-stream");

        var events = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("event: next\ndata: {\"errors\":", events, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata: \n\n", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_source_subscribes_by_get()
    {
        using var response = await _host.GetAsync("?query=subscription{ticks(to:1)}", "text/event-stream");
        using var mutation = await _host.GetAsync("?query=mutation{count}", "text/event-stream");

        Assert.Contains("\"ticks\":1", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, mutation.StatusCode);
        Assert.Equal(0, _host.Count);
    }

    [Fact]
    public async Task A_source_that_breaks_shows_nothing_of_itself()
    {
        using var response = await _host.PostAsync("""{"query":"subscription { breaks }"}""", "text/event-stream");

        var events = await response.Content.ReadAsStringAsync();
        Assert.Contains("Unexpected Execution Error", events, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_stops_the_source()
    {
        using (var request = new HttpRequestMessage(HttpMethod.Post, _host.Endpoint))
        {
            request.Content = new StringContent("""{"query":"subscription { never }"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            request.Headers.Accept.Add(new("text/event-stream"));
            using var response = await _host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await _host.NeverStarted.Task;
        }

        await _host.NeverStopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_lives()
    {
        var clock = new FakeClock();
        await using var host = await GraphQLHost.StartAsync(request: new RequestOptions { TimeProvider = clock });
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Endpoint)
        {
            Content = new StringContent("""{"query":"subscription { never }"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Accept.Add(new("text/event-stream"));
        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await host.NeverStarted.Task;
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[16];
        var reading = body.ReadAsync(buffer).AsTask();
        while (!reading.IsCompleted)
        {
            // The server sets its timer when it has written the head; time passes until it has.
            clock.Advance(TimeSpan.FromSeconds(12));
            await Task.WhenAny(reading, Task.Run(Thread.Yield));
        }

        Assert.Equal(":\n\n", System.Text.Encoding.UTF8.GetString(buffer, 0, await reading)[..3]);
    }
}
