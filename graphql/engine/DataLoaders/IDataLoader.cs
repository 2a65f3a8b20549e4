namespace Metro.GraphQL.DataLoaders;

/// <summary>Any DataLoader; resolvers ask for the generic one.</summary>
public interface IDataLoader
{
    /// <summary>Forgets everything that was loaded.</summary>
    void Clear();
}

/// <summary>
/// Collects the keys that many resolvers ask for and loads them together. It lives as long as one request, so nothing
/// is shared between callers. Safe for use by several threads at once.
/// </summary>
/// <typeparam name="TKey">What identifies a value.</typeparam>
/// <typeparam name="TValue">What is loaded.</typeparam>
public interface IDataLoader<TKey, TValue> : IDataLoader
    where TKey : notnull
{
    /// <summary>The value of a key; asking twice loads once.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends this wait; the load itself ends with the request.</param>
    /// <returns>The value; null (the type's default) when there is none. Fails with what the load of this key failed with.</returns>
    Task<TValue?> LoadAsync(TKey key, CancellationToken cancellationToken = default);

    /// <summary>The values of several keys, in their order.</summary>
    /// <param name="keys">The keys; repetitions are loaded once.</param>
    /// <param name="cancellationToken">Ends this wait; the load itself ends with the request.</param>
    Task<IReadOnlyList<TValue?>> LoadAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Puts a value where a later load finds it; a value that is already there stays.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    void Set(TKey key, TValue? value);

    /// <summary>Forgets one key, so that the next load asks again.</summary>
    /// <param name="key">The key.</param>
    void Remove(TKey key);
}

/// <summary>How a DataLoader behaves. Immutable.</summary>
public sealed record DataLoaderOptions
{
    /// <summary>The largest number of keys in one batch; further keys open another. 1024 unless told otherwise; at least 1.</summary>
    public int MaxBatchSize
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A batch holds at least one key.");
    } = 1024;
}

/// <summary>What loading one key came to: a value, or why there is none.</summary>
/// <typeparam name="TValue">What is loaded.</typeparam>
public readonly record struct LoadResult<TValue>
{
    private LoadResult(TValue? value, Exception? error) => (Value, Error) = (value, error);

    /// <summary>The value; the type's default when loading failed.</summary>
    public TValue? Value { get; }

    /// <summary>Why loading failed; null when it did not.</summary>
    public Exception? Error { get; }

    /// <summary>The key was loaded.</summary>
    /// <param name="value">Its value.</param>
    public static implicit operator LoadResult<TValue>(TValue? value) => new(value, null);

    /// <summary>The key could not be loaded; other keys of the batch are not touched.</summary>
    /// <param name="error">Why.</param>
    public static implicit operator LoadResult<TValue>(Exception error) => new(default, error);
}
