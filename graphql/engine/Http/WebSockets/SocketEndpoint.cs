using System.Threading.RateLimiting;
using Metro.GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Http.WebSockets;

/// <summary>Accepts WebSockets that speak <c>graphql-transport-ws</c>.</summary>
internal static class SocketEndpoint
{
    private const string Protocol = "graphql-transport-ws";

    public static async Task ServeAsync(
        HttpContext http, RequestExecutor executor, GraphQLServerOptions options,
        Func<HttpContext, ValueTask<RateLimitLease>> nextTurn, CancellationToken stopping)
    {
        var speaksProtocol = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(speaksProtocol ? Protocol : null);
        using var messages = new SocketMessages(socket, options.Sockets.MaxMessageSize);
        if (!speaksProtocol)
        {
            await messages.CloseAsync(SocketClose.SubprotocolNotAcceptable);
            await SocketConnection.ReadToEndAsync(messages);
            return;
        }

        await using var connection = new SocketConnection(http, messages, executor, options, nextTurn, stopping);
        await connection.RunAsync();
    }
}
