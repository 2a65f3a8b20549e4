using System.Text.Json;
using System.Threading.Channels;

namespace Metro.GraphQL.Subscriptions;

/// <summary>
/// Topics within one process. A subscriber that does not keep up loses the oldest of its unread messages, so that one
/// slow reader costs neither memory nor the others' time.
/// </summary>
/// <param name="capacity">How many unread messages a subscriber may have.</param>
public sealed class InMemoryTopics(int capacity = 64) : ITopicEventSender, ITopicEventReceiver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Subscriber>> _topics = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask SendAsync<TMessage>(string topicName, TMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var subscriber in SubscribersOf(topicName)) subscriber.Receive(message);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(string topicName)
    {
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        Complete(topicName);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ISourceStream<TMessage>> SubscribeAsync<TMessage>(string topicName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        cancellationToken.ThrowIfCancellationRequested();
        return new(Subscribe<TMessage>(topicName));
    }

    /// <summary>Begins to listen at once.</summary>
    internal ISourceStream<TMessage> Subscribe<TMessage>(string topicName)
    {
        var subscriber = new Subscriber<TMessage>(this, topicName, capacity);
        lock (_gate)
        {
            if (!_topics.TryGetValue(topicName, out var subscribers)) _topics.Add(topicName, subscribers = []);
            subscribers.Add(subscriber);
        }

        return subscriber;
    }

    /// <summary>Sends a message that came as JSON; each subscriber reads it as what it listens for.</summary>
    internal void Deliver(string topicName, JsonElement message)
    {
        foreach (var subscriber in SubscribersOf(topicName)) subscriber.Receive(message);
    }

    /// <summary>Ends the streams of a topic.</summary>
    internal void Complete(string topicName)
    {
        foreach (var subscriber in SubscribersOf(topicName)) subscriber.Complete();
    }

    /// <summary>Ends all streams.</summary>
    internal void CompleteAll()
    {
        foreach (var subscriber in Everybody()) subscriber.Complete();
    }

    /// <summary>Ends all streams with an error, after what they have not read yet.</summary>
    internal void FailAll(Func<Exception> why)
    {
        foreach (var subscriber in Everybody()) subscriber.Complete(why());
    }

    private Subscriber[] Everybody()
    {
        lock (_gate) return [.. _topics.Values.SelectMany(subscribers => subscribers)];
    }

    /// <summary>How many listen to a topic now.</summary>
    /// <param name="topicName">The topic.</param>
    internal int SubscriberCount(string topicName) => SubscribersOf(topicName).Length;

    private Subscriber[] SubscribersOf(string topicName)
    {
        lock (_gate) return _topics.TryGetValue(topicName, out var subscribers) ? [.. subscribers] : [];
    }

    private void Remove(string topicName, Subscriber subscriber)
    {
        lock (_gate)
        {
            if (!_topics.TryGetValue(topicName, out var subscribers)) return;
            subscribers.Remove(subscriber);
            if (subscribers.Count == 0) _topics.Remove(topicName);
        }
    }

    private abstract class Subscriber
    {
        public abstract void Receive(object? message);

        public abstract void Receive(JsonElement message);

        public abstract void Complete(Exception? fault = null);
    }

    private sealed class Subscriber<TMessage>(InMemoryTopics topics, string topicName, int capacity)
        : Subscriber, ISourceStream<TMessage>
    {
        private readonly Channel<TMessage> _unread = Channel.CreateBounded<TMessage>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public override void Receive(object? message)
        {
            // A topic belongs to one kind of message; a sender that means another one is mistaken.
            _unread.Writer.TryWrite(message is TMessage or null
                ? (TMessage)message!
                : throw new InvalidOperationException(
                    $"The topic \"{topicName}\" carries {typeof(TMessage).Name}, not {message.GetType().Name}."));
        }

        public override void Receive(JsonElement message)
        {
            try
            {
                _unread.Writer.TryWrite(message.Deserialize<TMessage>()!);
            }
            catch (JsonException fault)
            {
                Complete(new InvalidOperationException($"The topic \"{topicName}\" carries what is no {typeof(TMessage).Name}.", fault));
            }
        }

        public override void Complete(Exception? fault = null) => _unread.Writer.TryComplete(fault);

        public IAsyncEnumerable<TMessage> ReadEventsAsync() => _unread.Reader.ReadAllAsync();

        public ValueTask DisposeAsync()
        {
            topics.Remove(topicName, this);
            _unread.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}
