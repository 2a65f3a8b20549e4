namespace Metro.GraphQL.DataLoaders;

/// <summary>
/// Decides when collected keys are loaded. The executor does so when no resolver can make progress; outside of it
/// <see cref="AutoBatchScheduler"/> does so at once.
/// </summary>
public interface IBatchScheduler
{
    /// <summary>Takes a batch that has its first key. More keys may join until it is fetched. Safe for use by several threads at once.</summary>
    /// <param name="batch">The batch.</param>
    void Schedule(PendingBatch batch);
}

/// <summary>Keys that wait to be loaded together. Fetched once, then completed once.</summary>
public abstract class PendingBatch
{
    private protected PendingBatch()
    {
    }

    /// <summary>Closes the batch to further keys and loads it. Never throws: a failure waits for <see cref="Complete"/>.</summary>
    public abstract ValueTask FetchAsync();

    /// <summary>
    /// Hands the values to those who wait. Their code goes on in the course of this call, so that whoever schedules
    /// knows afterwards that all of them have gone as far as they can.
    /// </summary>
    public abstract void Complete();
}

/// <summary>Fetches each batch on the thread pool as soon as it is scheduled, for use outside of an execution.</summary>
public sealed class AutoBatchScheduler : IBatchScheduler
{
    /// <summary>The one instance; it has no state.</summary>
    public static AutoBatchScheduler Default { get; } = new();

    /// <inheritdoc/>
    public void Schedule(PendingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _ = Task.Run(async () =>
        {
            await batch.FetchAsync();
            batch.Complete();
        });
    }
}
