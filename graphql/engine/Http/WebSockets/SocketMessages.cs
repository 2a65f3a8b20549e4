using System.Net.WebSockets;
using System.Text.Json;
using Metro.GraphQL.Execution.Results;

namespace Metro.GraphQL.Http.WebSockets;

/// <summary>
/// Whole messages over a WebSocket. Several may send and close at once; one receives, and goes on receiving after a
/// goodbye until the other side has said its own. What is sent after the goodbye is dropped.
/// </summary>
internal sealed class SocketMessages(WebSocket socket, int maxSize) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _patience = new();
    private volatile bool _isClosed;

    /// <summary>The next message; null when the other side has said goodbye.</summary>
    /// <exception cref="SocketCloseException">The message is too large, or no JSON object.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async ValueTask<JsonDocument?> ReceiveAsync()
    {
        using var buffer = new PooledBuffer();
        while (true)
        {
            // No token: a cancelled receive would break the connection before the goodbye.
            var received = await socket.ReceiveAsync(buffer.GetMemory(1024), CancellationToken.None);
            if (received.MessageType is WebSocketMessageType.Close) return null;
            if (_isClosed) continue;
            if (received.MessageType is not WebSocketMessageType.Text) throw new SocketCloseException(SocketClose.InvalidMessage);
            buffer.Advance(received.Count);
            if (buffer.Length > maxSize) throw new SocketCloseException(SocketClose.MessageTooLarge);
            if (received.EndOfMessage) return Parse(buffer.Written);
        }
    }

    /// <summary>Sends a message that <paramref name="write"/> writes.</summary>
    /// <returns>False when the connection is closed.</returns>
    public async ValueTask<bool> SendAsync<T>(Action<PooledBuffer, T> write, T value, CancellationToken stopped)
    {
        using var buffer = new PooledBuffer();
        write(buffer, value);
        await _sending.WaitAsync(stopped);
        try
        {
            if (_isClosed || socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return false;
            await socket.SendAsync(buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, stopped);
            return true;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says goodbye; the other side has a few seconds to do so too. Does nothing the second time.</summary>
    public async ValueTask CloseAsync(SocketClose close)
    {
        try
        {
            _patience.CancelAfter(Patience);
            _patience.Token.Register(static socket => ((WebSocket)socket!).Abort(), socket);
            await _sending.WaitAsync(_patience.Token);
            try
            {
                if (_isClosed) return;
                _isClosed = true;
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync((WebSocketCloseStatus)close.Code, close.Reason, _patience.Token);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side is gone already.
        }
    }

    public void Dispose()
    {
        _patience.Dispose();
        _sending.Dispose();
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8.ToArray());
        }
        catch (JsonException)
        {
            throw new SocketCloseException(SocketClose.InvalidMessage);
        }
    }
}

/// <summary>The connection must end for this reason.</summary>
internal sealed class SocketCloseException(SocketClose close) : Exception(close.Reason)
{
    public SocketClose Close => close;
}
