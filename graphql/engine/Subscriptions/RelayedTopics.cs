using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Metro.GraphQL.Subscriptions;

/// <summary>
/// Topics that reach every node: what is sent travels as JSON by the relay, to this node as to the others, so that all
/// subscribers meet all messages in one order. When the relay is lost nobody knows what was missed meanwhile: every open
/// stream ends with an error, so that its client asks anew, and the node listens again as soon as it can. Listening
/// begins with the first subscriber.
/// </summary>
/// <param name="relay">Carries messages between the nodes.</param>
/// <param name="options">What bounds them.</param>
/// <param name="clock">Measures the wait before listening again.</param>
/// <param name="logger">Is told when the relay is lost.</param>
public sealed partial class RelayedTopics(ITopicRelay relay, RelayedTopicOptions options, TimeProvider clock, ILogger<RelayedTopics> logger)
    : ITopicEventSender, ITopicEventReceiver, IAsyncDisposable
{
    private readonly InMemoryTopics _here = new(options.Capacity);
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _loop;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The message is larger than <see cref="RelayedTopicOptions.MaxMessageSize"/>.</exception>
    public ValueTask SendAsync<TMessage>(string topicName, TMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        var written = Written(topicName, json => JsonSerializer.Serialize(json, message));
        return written.Length <= options.MaxMessageSize
            ? relay.PublishAsync(written, cancellationToken)
            : throw new ArgumentException($"A message to the topic \"{topicName}\" has {written.Length} bytes; at most {options.MaxMessageSize} are carried.", nameof(message));
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(string topicName)
    {
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        return relay.PublishAsync(Written(topicName, writeMessage: null), CancellationToken.None);
    }

    /// <inheritdoc/>
    /// <remarks>Waits until this node listens to the others.</remarks>
    public async ValueTask<ISourceStream<TMessage>> SubscribeAsync<TMessage>(string topicName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        while (true)
        {
            await Listening().WaitAsync(cancellationToken);
            lock (_gate)
            {
                // Between the two the relay may have been lost; then whoever subscribes would miss what is sent now.
                if (_listening.Task.IsCompletedSuccessfully) return _here.Subscribe<TMessage>(topicName);
            }
        }
    }

    /// <summary>Stops listening; open streams end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        if (_loop is { } loop) await loop;
        _here.CompleteAll();
    }

    private Task Listening()
    {
        lock (_gate)
        {
            _loop ??= Task.Run(ListenAsync);
            return _listening.Task;
        }
    }

    private async Task ListenAsync()
    {
        var wait = options.FirstRetry;
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                await relay.ListenAsync(Begun, Hear, _disposed.Token);
            }
            catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogLost(fault, wait);
                Lose();
            }

            try
            {
                await Task.Delay(wait, clock, _disposed.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            wait = wait * 2 < options.LastRetry ? wait * 2 : options.LastRetry;
        }

        void Begun()
        {
            wait = options.FirstRetry;
            lock (_gate) _listening.TrySetResult();
        }
    }

    private void Lose()
    {
        lock (_gate)
        {
            if (_listening.Task.IsCompleted) _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _here.FailAll(() => new GraphQLException(ErrorBuilder.New()
                .SetMessage("The subscription was interrupted; messages may have been missed. Subscribe again.")
                .SetCode(ErrorCodes.SubscriptionInterrupted)
                .Build()));
        }
    }

    private void Hear(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            var topic = json.RootElement.GetProperty("topic").GetString()!;
            if (json.RootElement.TryGetProperty("message", out var body)) _here.Deliver(topic, body);
            else _here.Complete(topic);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Another version of the server, or somebody else, speaks on the same medium.
            LogUnknown(fault);
        }
    }

    private static ReadOnlyMemory<byte> Written(string topic, Action<Utf8JsonWriter>? writeMessage)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("topic", topic);
            if (writeMessage is not null)
            {
                json.WritePropertyName("message");
                writeMessage(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    [LoggerMessage(LogLevel.Warning, "Subscriptions: the other nodes cannot be heard; open streams end, listening again in {wait}.")]
    private partial void LogLost(Exception fault, TimeSpan wait);

    [LoggerMessage(LogLevel.Warning, "Subscriptions: something was heard that is no message to a topic.")]
    private partial void LogUnknown(Exception fault);
}
