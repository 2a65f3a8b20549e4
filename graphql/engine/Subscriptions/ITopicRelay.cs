namespace Metro.GraphQL.Subscriptions;

/// <summary>
/// Carries what is sent to topics from node to node, where the server is several processes. Whoever knows a medium that
/// all nodes share implements it. Safe for use by several threads at once.
/// </summary>
public interface ITopicRelay
{
    /// <summary>Tells all nodes, this one too. All nodes hear all messages in the same order.</summary>
    /// <param name="message">At most <see cref="RelayedTopicOptions.MaxMessageSize"/> bytes.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    ValueTask PublishAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Listens until it is cancelled, or fails because the medium was lost.</summary>
    /// <param name="listening">Called once, when every message published from then on will be heard.</param>
    /// <param name="hear">Called for each message, one at a time; does not wait for anything, and keeps nothing of the bytes.</param>
    /// <param name="cancellationToken">Ends the listening.</param>
    Task ListenAsync(Action listening, Action<ReadOnlyMemory<byte>> hear, CancellationToken cancellationToken);
}

/// <summary>What bounds topics that a relay carries.</summary>
public sealed record RelayedTopicOptions
{
    /// <summary>How many unread messages a subscriber may have; beyond them it loses the oldest. 64 unless told otherwise.</summary>
    public int Capacity { get; init; } = 64;

    /// <summary>How many bytes a message may have as JSON, with its topic. 1 MiB unless told otherwise; a larger one is refused where it is sent.</summary>
    public int MaxMessageSize { get; init; } = 1 << 20;

    /// <summary>How long to wait before listening again when the medium was lost, at first; doubled each time.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long to wait at most. 30 seconds unless told otherwise.</summary>
    public TimeSpan LastRetry { get; init; } = TimeSpan.FromSeconds(30);
}
