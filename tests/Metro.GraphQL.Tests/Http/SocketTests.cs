using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Http;
using Metro.Testing;

namespace Metro.GraphQL.Tests.Http;

/// <summary>The protocol <c>graphql-transport-ws</c> over real sockets.</summary>
public sealed class SocketTests : IAsyncLifetime
{
    private GraphQLHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GraphQLHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_subscription_is_acknowledged_answered_and_completed()
    {
        using var socket = await InitialisedAsync();
        await SendAsync(socket, """{"id":"a","type":"subscribe","payload":{"query":"subscription { ticks(to: 2) }"}}""");

        Assert.Equal("""{"id":"a","type":"next","payload":{"data":{"ticks":1}}}""", await ReceiveAsync(socket));
        Assert.Equal("""{"id":"a","type":"next","payload":{"data":{"ticks":2}}}""", await ReceiveAsync(socket));
        Assert.Equal("""{"id":"a","type":"complete"}""", await ReceiveAsync(socket));
    }

    [Fact]
    public async Task Queries_and_mutations_come_this_way_too()
    {
        using var socket = await InitialisedAsync();
        await SendAsync(socket, """{"id":"q","type":"subscribe","payload":{"query":"query($n: String) { hello(name: $n) }","variables":{"n":"Metro"}}}""");

        Assert.Equal("""{"id":"q","type":"next","payload":{"data":{"hello":"Hello Metro"}}}""", await ReceiveAsync(socket));
        Assert.Equal("""{"id":"q","type":"complete"}""", await ReceiveAsync(socket));
    }

    [Theory]
    [InlineData("subscription { nope }")]
    [InlineData("{")]
    [InlineData("query($n: Int!) { echo(number: $n) }")]
    public async Task A_request_error_ends_the_operation_without_complete(string query)
    {
        using var socket = await InitialisedAsync();
        await SendAsync(socket, $$$"""{"id":"a","type":"subscribe","payload":{"query":"{{{query}}}"}}""");
        var answer = await ReceiveAsync(socket);
        await SendAsync(socket, """{"type":"ping"}""");

        Assert.StartsWith("""{"id":"a","type":"error","payload":[{"message":""", answer, StringComparison.Ordinal);
        Assert.Equal("""{"type":"pong"}""", await ReceiveAsync(socket));
    }

    [Fact]
    public async Task A_source_that_breaks_ends_in_an_error_that_shows_nothing()
    {
        using var socket = await InitialisedAsync();
        await SendAsync(socket, """{"id":"a","type":"subscribe","payload":{"query":"subscription { breaks }"}}""");

        Assert.Contains("\"next\"", await ReceiveAsync(socket), StringComparison.Ordinal);
        var error = await ReceiveAsync(socket);
        Assert.Contains("\"type\":\"error\"", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_stops_an_operation_and_may_use_its_id_again()
    {
        using var socket = await InitialisedAsync();
        await SendAsync(socket, """{"id":"a","type":"subscribe","payload":{"query":"subscription { never }"}}""");
        await _host.NeverStarted.Task;
        await SendAsync(socket, """{"id":"a","type":"complete"}""");
        await SendAsync(socket, """{"id":"a","type":"subscribe","payload":{"query":"{ hello }"}}""");

        await _host.NeverStopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("Hello", await ReceiveAsync(socket), StringComparison.Ordinal);
        Assert.Equal("""{"id":"a","type":"complete"}""", await ReceiveAsync(socket));
    }

    [Fact]
    public async Task An_unknown_id_to_complete_is_that_of_an_operation_that_just_ended()
    {
        using var socket = await InitialisedAsync();
        await SendAsync(socket, """{"id":"gone","type":"complete"}""");
        await SendAsync(socket, """{"type":"ping"}""");

        Assert.Equal("""{"type":"pong"}""", await ReceiveAsync(socket));
    }

    [Fact]
    public async Task Who_leaves_stops_what_runs()
    {
        using (var socket = await InitialisedAsync())
        {
            await SendAsync(socket, """{"id":"a","type":"subscribe","payload":{"query":"subscription { never }"}}""");
            await _host.NeverStarted.Task;
            socket.Abort();
        }

        await _host.NeverStopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_payload_even_before_the_acknowledgement()
    {
        using var socket = await _host.ConnectAsync();
        await SendAsync(socket, """{"type":"ping","payload":{"at":1}}""");

        Assert.Equal("""{"type":"pong","payload":{"at":1}}""", await ReceiveAsync(socket));
    }

    [Fact]
    public async Task The_server_pings_by_its_clock()
    {
        var clock = new FakeClock();
        await using var host = await GraphQLHost.StartAsync(request: new RequestOptions { TimeProvider = clock });
        using var socket = await host.ConnectAsync();
        await SendAsync(socket, """{"type":"connection_init"}""");
        await ReceiveAsync(socket);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("""{"type":"ping"}""", await ReceiveAsync(socket));
    }

    [Fact]
    public async Task Who_does_not_begin_in_time_is_sent_away()
    {
        var clock = new FakeClock();
        await using var host = await GraphQLHost.StartAsync(request: new RequestOptions { TimeProvider = clock });
        using var socket = await host.ConnectAsync();
        await SendAsync(socket, """{"type":"ping"}""");
        await ReceiveAsync(socket);
        clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal((4408, "Connection initialisation timeout"), await ClosedAsync(socket));
    }

    [Theory]
    [InlineData(4400, "nonsense")]
    [InlineData(4400, "[]")]
    [InlineData(4400, """{"id":"a"}""")]
    [InlineData(4400, """{"type":"unheard of"}""")]
    [InlineData(4400, """{"type":"connection_init","payload":5}""")]
    [InlineData(4401, """{"id":"a","type":"subscribe","payload":{"query":"{ hello }"}}""")]
    [InlineData(4429, """{"type":"connection_init"}""", """{"type":"connection_init"}""")]
    [InlineData(4400, """{"type":"connection_init"}""", """{"type":"subscribe","payload":{"query":"{ hello }"}}""")]
    [InlineData(4400, """{"type":"connection_init"}""", """{"id":"a","type":"subscribe"}""")]
    [InlineData(4400, """{"type":"connection_init"}""", """{"id":"a","type":"subscribe","payload":{"query":5}}""")]
    [InlineData(4400, """{"type":"connection_init"}""", """{"id":"a","type":"subscribe","payload":{}}""")]
    [InlineData(4400, """{"type":"connection_init"}""", """{"type":"complete"}""")]
    [InlineData(
        4409, """{"type":"connection_init"}""", """{"id":"a","type":"subscribe","payload":{"query":"subscription { never }"}}""",
        """{"id":"a","type":"subscribe","payload":{"query":"{ hello }"}}""")]
    public async Task What_the_protocol_forbids_closes_the_connection(int code, params string[] messages)
    {
        using var socket = await _host.ConnectAsync();
        foreach (var message in messages) await SendAsync(socket, message);

        Assert.Equal(code, (await ClosedAsync(socket)).Code);
    }

    [Fact]
    public async Task Another_subprotocol_is_not_acceptable()
    {
        using var other = await _host.ConnectAsync("graphql-nonsense");
        using var none = await _host.ConnectAsync(null);

        Assert.Equal(4406, (await ClosedAsync(other)).Code);
        Assert.Equal(4406, (await ClosedAsync(none)).Code);
    }

    [Fact]
    public async Task Bytes_are_no_message()
    {
        using var socket = await _host.ConnectAsync();
        await socket.SendAsync(new byte[] { 1, 2 }, WebSocketMessageType.Binary, true, CancellationToken.None);

        Assert.Equal(4400, (await ClosedAsync(socket)).Code);
    }

    [Fact]
    public async Task A_message_beyond_the_limit_closes_the_connection()
    {
        await using var host = await GraphQLHost.StartAsync(options => options.Sockets.MaxMessageSize = 1000);
        using var socket = await host.ConnectAsync();
        await SendAsync(socket, $$$"""{"type":"ping","payload":{"x":"{{{new string('x', 5000)}}}"}}""");

        Assert.Equal(4400, (await ClosedAsync(socket)).Code);
    }

    [Fact]
    public async Task A_connection_can_be_refused_by_what_it_brings()
    {
        await using var host = await GraphQLHost.StartAsync(options => options.Sockets.OnConnect = (_, payload, _) =>
            new(payload.ValueKind is JsonValueKind.Object && payload.TryGetProperty("token", out _) ? ConnectionDecision.Accept : ConnectionDecision.Reject));
        using var stranger = await host.ConnectAsync();
        await SendAsync(stranger, """{"type":"connection_init"}""");
        using var friend = await host.ConnectAsync();
        await SendAsync(friend, """{"type":"connection_init","payload":{"token":"x"}}""");

        Assert.Equal((4403, "Forbidden"), await ClosedAsync(stranger));
        Assert.Equal("""{"type":"connection_ack"}""", await ReceiveAsync(friend));
    }

    [Fact]
    public async Task One_connection_has_only_so_many_operations_under_way()
    {
        await using var host = await GraphQLHost.StartAsync(options => options.Sockets.MaxOperations = 1);
        using var socket = await host.ConnectAsync();
        await SendAsync(socket, """{"type":"connection_init"}""");
        await ReceiveAsync(socket);
        await SendAsync(socket, """{"id":"a","type":"subscribe","payload":{"query":"subscription { never }"}}""");
        await host.NeverStarted.Task;
        await SendAsync(socket, """{"id":"b","type":"subscribe","payload":{"query":"{ hello }"}}""");

        Assert.Contains("LIMIT_CONCURRENCY", await ReceiveAsync(socket), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example", "session=1", false)]
    [InlineData("https://evil.example", null, true)]
    [InlineData("null", "session=1", false)]
    [InlineData(null, "session=1", true)]
    public async Task A_page_of_another_site_cannot_connect_with_the_readers_cookies(string? origin, string? cookie, bool isLetIn)
    {
        Task<ClientWebSocket> ConnectAsync() => _host.ConnectAsync(configure: options =>
        {
            if (origin is not null) options.SetRequestHeader("Origin", origin);
            if (cookie is not null) options.SetRequestHeader("Cookie", cookie);
        });

        if (isLetIn)
        {
            using var socket = await ConnectAsync();
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(ConnectAsync);
        }
    }

    [Fact]
    public async Task A_page_of_this_site_connects_with_cookies()
    {
        using var socket = await _host.ConnectAsync(configure: options =>
        {
            options.SetRequestHeader("Origin", _host.Address.GetLeftPart(UriPartial.Authority));
            options.SetRequestHeader("Cookie", "session=1");
        });

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task A_host_that_stops_says_goodbye()
    {
        var host = await GraphQLHost.StartAsync();
        using var socket = await host.ConnectAsync();
        await SendAsync(socket, """{"type":"ping"}""");
        await ReceiveAsync(socket);
        var stopping = host.DisposeAsync();

        Assert.Equal(1001, (await ClosedAsync(socket)).Code);
        await stopping;
    }

    private async Task<ClientWebSocket> InitialisedAsync()
    {
        var socket = await _host.ConnectAsync();
        Assert.Equal("graphql-transport-ws", socket.SubProtocol);
        await SendAsync(socket, """{"type":"connection_init","payload":{}}""");
        Assert.Equal("""{"type":"connection_ack"}""", await ReceiveAsync(socket));
        return socket;
    }

    private static async Task SendAsync(ClientWebSocket socket, string message) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.Equal(WebSocketMessageType.Text, received.MessageType);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static async Task<(int Code, string? Reason)> ClosedAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, patience.Token);
            if (received.MessageType is not WebSocketMessageType.Close) continue;
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            return ((int)received.CloseStatus!, received.CloseStatusDescription);
        }
    }
}
