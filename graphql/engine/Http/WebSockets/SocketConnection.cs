using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.RateLimiting;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Metro.GraphQL.Http.WebSockets;

/// <summary>
/// One client's connection, from its first message to its last (the protocol <c>graphql-transport-ws</c>). One loop reads;
/// each operation runs beside it and sends its own messages.
/// </summary>
internal sealed class SocketConnection : IAsyncDisposable
{
    private readonly HttpContext _http;
    private readonly SocketMessages _messages;
    private readonly RequestExecutor _executor;
    private readonly GraphQLServerOptions _options;
    private readonly Func<HttpContext, ValueTask<RateLimitLease>> _nextTurn;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _hostStopping;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Operation> _operations = new(StringComparer.Ordinal);
    private readonly List<Task> _running = [];
    private IReadOnlyDictionary<string, object?>? _globalState;
    private bool _isInitialised;
    private bool _isAcknowledged;

    public SocketConnection(
        HttpContext http, SocketMessages messages, RequestExecutor executor, GraphQLServerOptions options,
        Func<HttpContext, ValueTask<RateLimitLease>> nextTurn, CancellationToken hostStopping)
    {
        _http = http;
        _messages = messages;
        _executor = executor;
        _options = options;
        _nextTurn = nextTurn;
        _hostStopping = hostStopping;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, hostStopping);
    }

    public async Task RunAsync()
    {
        var time = _executor.Options.TimeProvider;
        await using var tooLate = time.CreateTimer(
            static state => ((SocketConnection)state!).CloseWhenNotInitialised(), this,
            _options.Sockets.ConnectionInitializationTimeout, Timeout.InfiniteTimeSpan);
        var beating = _options.Sockets.KeepAliveInterval is { } interval ? BeatAsync(interval, time) : Task.CompletedTask;

        await using var leaving = _hostStopping.UnsafeRegister(
            static state => _ = ((SocketMessages)state!).CloseAsync(SocketClose.GoingAway).AsTask(), _messages);
        while (await ReceiveAsync())
        {
            // Each message is handled before the next one is read.
        }

        await _messages.CloseAsync(SocketClose.Normal);
        await _stop.CancelAsync();
        await beating;
    }

    /// <summary>Reads until the other side has said goodbye.</summary>
    public static async ValueTask ReadToEndAsync(SocketMessages messages)
    {
        try
        {
            while (await messages.ReceiveAsync() is { } message) message.Dispose();
        }
        catch (Exception gone) when (gone is WebSocketException or SocketCloseException or OperationCanceledException)
        {
            // The other side is gone without a word.
        }
    }

    /// <summary>Reads and handles one message.</summary>
    /// <returns>False when the connection is over.</returns>
    private async ValueTask<bool> ReceiveAsync()
    {
        var close = SocketClose.InternalError;
        try
        {
            using var message = await _messages.ReceiveAsync();
            if (message is null) return false;
            await HandleAsync(message.RootElement);
            return true;
        }
        catch (SocketCloseException refused)
        {
            close = refused.Close;
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException)
        {
            // The client is gone without a word.
            return false;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return !_http.RequestAborted.IsCancellationRequested;
        }
        catch (Exception failure)
        {
            Log(failure);
        }

        await _messages.CloseAsync(close);
        await _stop.CancelAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_gate) running = [.. _running];
        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private ValueTask HandleAsync(JsonElement message)
    {
        if (message.ValueKind is not JsonValueKind.Object || StringOf(message, "type") is not { } type)
            throw new SocketCloseException(SocketClose.InvalidMessage);

        switch (type)
        {
            case "connection_init": return InitialiseAsync(PayloadOf(message));
            case "ping": return AnswerPingAsync(message);
            case "pong": return ValueTask.CompletedTask;
            case "subscribe":
                Subscribe(message);
                return ValueTask.CompletedTask;
            case "complete":
                Stop(StringOf(message, "id") ?? throw new SocketCloseException(SocketClose.InvalidMessage));
                return ValueTask.CompletedTask;
            default: throw new SocketCloseException(SocketClose.InvalidMessage);
        }
    }

    private async ValueTask InitialiseAsync(JsonElement payload)
    {
        if (_isInitialised) throw new SocketCloseException(SocketClose.TooManyInitialisationRequests);
        _isInitialised = true;
        if (_options.Sockets.OnConnect is { } decide)
        {
            var decision = await decide(_http, payload.ValueKind is JsonValueKind.Undefined ? default : payload.Clone(), _stop.Token);
            if (!decision.IsAccepted) throw new SocketCloseException(SocketClose.Forbidden);
            _globalState = decision.GlobalState;
        }

        _isAcknowledged = true;
        await _messages.SendAsync(static (buffer, _) => buffer.Write("""{"type":"connection_ack"}"""u8), 0, _stop.Token);
    }

    private async ValueTask AnswerPingAsync(JsonElement message)
    {
        var payload = PayloadOf(message);
        await _messages.SendAsync(
            static (buffer, payload) =>
            {
                using var json = new Utf8JsonWriter(buffer);
                json.WriteStartObject();
                json.WriteString("type"u8, "pong"u8);
                if (payload.ValueKind is JsonValueKind.Object)
                {
                    json.WritePropertyName("payload"u8);
                    payload.WriteTo(json);
                }

                json.WriteEndObject();
            },
            payload, _stop.Token);
    }

    private void Subscribe(JsonElement message)
    {
        if (!_isAcknowledged) throw new SocketCloseException(SocketClose.Unauthorized);
        if (StringOf(message, "id") is not { Length: > 0 } id || !message.TryGetProperty("payload"u8, out var payload))
            throw new SocketCloseException(SocketClose.InvalidMessage);

        GraphQLRequest request;
        try
        {
            request = JsonRequestReader.ReadOne(payload, _options);
        }
        catch (RequestRefusal)
        {
            // The protocol: a message that does not have the expected structure ends the connection.
            throw new SocketCloseException(SocketClose.InvalidMessage);
        }

        lock (_gate)
        {
            if (_operations.ContainsKey(id)) throw new SocketCloseException(SocketClose.SubscriberExists(id));
            _running.RemoveAll(task => task.IsCompleted);
            var operation = new Operation(id, CancellationTokenSource.CreateLinkedTokenSource(_stop.Token));
            if (_operations.Count < _options.Sockets.MaxOperations) _operations.Add(id, operation);
            else operation.IsRefused = true;
            _running.Add(Task.Run(() => RunAsync(operation, request)));
        }
    }

    private void Stop(string id)
    {
        Operation? operation;
        // An unknown id is that of an operation that has just ended by itself.
        lock (_gate)
        {
            if (!_operations.Remove(id, out operation)) return;
        }

        operation.Stop();
    }

    private async Task RunAsync(Operation operation, GraphQLRequest request)
    {
        var stopped = operation.Stopped;
        try
        {
            if (operation.IsRefused)
            {
                await SendErrorAsync(operation, TooManyOperations(), stopped);
                return;
            }

            request = request with { User = _http.Features.Get<IHttpAuthenticationFeature>()?.User, GlobalState = _globalState };
            if (_options.OnRequest is { } prepare) request = await prepare(_http, request, stopped);
            ExecutionResult result;
            using (await _nextTurn(_http)) result = await _executor.ExecuteAsync(request, stopped);
            await using var answered = result;
            if (await SendAsync(operation, result, stopped)) await SendCompleteAsync(operation, stopped);
        }
        catch (RequestRefusal refusal)
        {
            await SendErrorAsync(operation, OperationResult.FromErrors(refusal.Error), stopped);
        }
        catch (GraphQLException refused)
        {
            await SendErrorAsync(operation, OperationResult.FromErrors(refused.Errors), stopped);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The client stopped the operation or left.
        }
        catch (Exception failure)
        {
            Log(failure);
            await _messages.CloseAsync(SocketClose.InternalError);
        }
        finally
        {
            Forget(operation);
            operation.Dispose();
        }
    }

    /// <summary>Sends all answers.</summary>
    /// <returns>False when the last of them was an error, after which the protocol wants no complete.</returns>
    private async ValueTask<bool> SendAsync(Operation operation, ExecutionResult result, CancellationToken stopped)
    {
        if (result is OperationResult one) return await SendOneAsync(operation, one, stopped);
        await foreach (var each in ((ResponseStream)result).ReadResultsAsync(stopped))
        {
            await using var answered = each;
            if (!await SendOneAsync(operation, each, stopped)) return false;
        }

        return true;
    }

    private async ValueTask<bool> SendOneAsync(Operation operation, OperationResult result, CancellationToken stopped)
    {
        if (!result.HasData && result.Errors.Count > 0)
        {
            await SendErrorAsync(operation, result, stopped);
            return false;
        }

        if (IsCurrent(operation))
        {
            await _messages.SendAsync(
                static (buffer, answer) =>
                {
                    WriteHead(buffer, answer.operation.Id, "next");
                    buffer.Write(",\"payload\":"u8);
                    answer.result.WriteTo(buffer);
                    buffer.Write("}"u8);
                },
                (operation, result), stopped);
        }

        return true;
    }

    // The id is free before the client can know that the operation is over, and may use it again.
    private async ValueTask SendCompleteAsync(Operation operation, CancellationToken stopped)
    {
        if (!Forget(operation)) return;
        await _messages.SendAsync(
            static (buffer, id) =>
            {
                WriteHead(buffer, id, "complete");
                buffer.Write("}"u8);
            },
            operation.Id, stopped);
    }

    private async ValueTask SendErrorAsync(Operation operation, OperationResult result, CancellationToken stopped)
    {
        if (!operation.IsRefused && !Forget(operation)) return;
        await _messages.SendAsync(
            static (buffer, answer) =>
            {
                WriteHead(buffer, answer.operation.Id, "error");
                buffer.Write(",\"payload\":"u8);
                ResultJson.Write(buffer, answer.result.Errors);
                buffer.Write("}"u8);
            },
            (operation, result), stopped);
    }

    private bool IsCurrent(Operation operation)
    {
        lock (_gate) return _operations.TryGetValue(operation.Id, out var current) && ReferenceEquals(current, operation);
    }

    private bool Forget(Operation operation)
    {
        lock (_gate)
        {
            return _operations.TryGetValue(operation.Id, out var current)
                && ReferenceEquals(current, operation)
                && _operations.Remove(operation.Id);
        }
    }

    private void Log(Exception failure) =>
        _http.RequestServices.GetService<ILogger<SocketConnection>>()?.LogError(failure, "A GraphQL connection failed.");

    private void CloseWhenNotInitialised()
    {
        if (!_isInitialised) _ = _messages.CloseAsync(SocketClose.InitialisationTimeout).AsTask();
    }

    private async Task BeatAsync(TimeSpan interval, TimeProvider time)
    {
        using var beats = new PeriodicTimer(interval, time);
        try
        {
            while (await beats.WaitForNextTickAsync(_stop.Token))
            {
                if (_isAcknowledged)
                    await _messages.SendAsync(static (buffer, _) => buffer.Write("""{"type":"ping"}"""u8), 0, _stop.Token);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The connection is over.
        }
    }

    private static OperationResult TooManyOperations() => OperationResult.FromErrors(ErrorBuilder.New()
        .SetMessage("The connection has as many operations under way as it may.")
        .SetCode(ErrorCodes.TooManyRequests)
        .Build());

    private static void WriteHead(PooledBuffer buffer, string id, string type)
    {
        buffer.Write("{\"id\":"u8);
        using (var json = new Utf8JsonWriter(buffer)) json.WriteStringValue(id);
        buffer.Write(",\"type\":\""u8);
        buffer.Write(System.Text.Encoding.UTF8.GetBytes(type));
        buffer.Write("\""u8);
    }

    private static JsonElement PayloadOf(JsonElement message) => !message.TryGetProperty("payload"u8, out var payload)
        ? default
        : payload.ValueKind switch
        {
            JsonValueKind.Object => payload,
            JsonValueKind.Null => default,
            _ => throw new SocketCloseException(SocketClose.InvalidMessage),
        };

    private static string? StringOf(JsonElement message, string name)
    {
        if (!message.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate.
            return null;
        }
    }

    /// <summary>What runs under an id until it completes, fails or is stopped.</summary>
    private sealed class Operation(string id, CancellationTokenSource stop) : IDisposable
    {
        public string Id => id;

        public bool IsRefused { get; set; }

        public CancellationToken Stopped { get; } = stop.Token;

        public void Stop()
        {
            try
            {
                stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }

        public void Dispose() => stop.Dispose();
    }
}
