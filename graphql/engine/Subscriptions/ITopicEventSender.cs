namespace Metro.GraphQL.Subscriptions;

/// <summary>Tells subscribers what has happened. Safe for use by several threads at once.</summary>
public interface ITopicEventSender
{
    /// <summary>Sends a message to everybody who listens to the topic now.</summary>
    /// <typeparam name="TMessage">What is told.</typeparam>
    /// <param name="topicName">The topic.</param>
    /// <param name="message">What happened.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    ValueTask SendAsync<TMessage>(string topicName, TMessage message, CancellationToken cancellationToken = default);

    /// <summary>Ends the streams of everybody who listens to the topic now, after what was sent before.</summary>
    /// <param name="topicName">The topic.</param>
    ValueTask CompleteAsync(string topicName);
}

/// <summary>Listens to what has happened. Safe for use by several threads at once.</summary>
public interface ITopicEventReceiver
{
    /// <summary>Begins to listen: every message sent after the returned task completes is received.</summary>
    /// <typeparam name="TMessage">What is told.</typeparam>
    /// <param name="topicName">The topic.</param>
    /// <param name="cancellationToken">Ends the attempt to listen, not the listening.</param>
    ValueTask<ISourceStream<TMessage>> SubscribeAsync<TMessage>(string topicName, CancellationToken cancellationToken = default);
}

/// <summary>The events of a topic from one subscriber's side. Dispose it to stop listening.</summary>
/// <typeparam name="TMessage">What is told.</typeparam>
public interface ISourceStream<out TMessage> : IAsyncDisposable
{
    /// <summary>The events in the order they were sent; ends when the topic completes.</summary>
    IAsyncEnumerable<TMessage> ReadEventsAsync();
}
