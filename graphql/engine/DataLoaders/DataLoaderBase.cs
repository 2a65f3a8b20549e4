namespace Metro.GraphQL.DataLoaders;

/// <summary>
/// What all DataLoaders share: one promise a key, and batches of promises. A loader of its own kind derives from this
/// one when it wants to answer each key with a value or an error of its own.
/// </summary>
/// <typeparam name="TKey">What identifies a value.</typeparam>
/// <typeparam name="TValue">What is loaded.</typeparam>
/// <param name="batchScheduler">Decides when the keys are loaded.</param>
/// <param name="options">How the loader behaves; null for the defaults.</param>
public abstract class DataLoaderBase<TKey, TValue>(IBatchScheduler batchScheduler, DataLoaderOptions? options = null)
    : IDataLoader<TKey, TValue>, IRequestBound
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Task<TValue?>> _promises = [];
    private readonly int _maxBatchSize = (options ?? new()).MaxBatchSize;
    private Batch? _open;

    // Ends with the request; passed to every fetch.
    private CancellationToken RequestAborted { get; set; }

    CancellationToken IRequestBound.RequestAborted
    {
        set => RequestAborted = value;
    }

    /// <inheritdoc/>
    public Task<TValue?> LoadAsync(TKey key, CancellationToken cancellationToken = default)
    {
        var promise = PromiseFor(key);
        return promise.IsCompleted || !cancellationToken.CanBeCanceled || cancellationToken == RequestAborted
            ? promise
            : promise.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TValue?>> LoadAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var promises = new Task<TValue?>[keys.Count];
        var next = 0;
        foreach (var key in keys) promises[next++] = PromiseFor(key);

        var all = Task.WhenAll(promises);
        return cancellationToken == RequestAborted ? await all : await all.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Set(TKey key, TValue? value)
    {
        lock (_gate) _promises.TryAdd(key, Task.FromResult(value));
    }

    /// <inheritdoc/>
    public void Remove(TKey key)
    {
        lock (_gate) _promises.Remove(key);
    }

    /// <inheritdoc/>
    public void Clear()
    {
        lock (_gate) _promises.Clear();
    }

    /// <summary>Loads the keys of one batch. Whatever it throws fails every key of the batch.</summary>
    /// <param name="keys">The keys, each once, in the order they were asked for; at most <see cref="DataLoaderOptions.MaxBatchSize"/>.</param>
    /// <param name="results">One place for each key, in the same order.</param>
    /// <param name="cancellationToken">Fires when the client leaves or the request takes too long.</param>
    protected internal abstract ValueTask FetchAsync(
        IReadOnlyList<TKey> keys, Memory<LoadResult<TValue>> results, CancellationToken cancellationToken);

    private Task<TValue?> PromiseFor(TKey key)
    {
        Batch? opened = null;
        Task<TValue?> promise;
        lock (_gate)
        {
            if (_promises.TryGetValue(key, out var known)) return known;

            if (_open is null) _open = opened = new Batch(this);
            promise = _open.Add(key);
            _promises.Add(key, promise);
            if (_open.Count == _maxBatchSize) _open = null;
        }

        if (opened is not null) batchScheduler.Schedule(opened);
        return promise;
    }

    private void Close(Batch batch)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_open, batch)) _open = null;
        }
    }

    private sealed class Batch(DataLoaderBase<TKey, TValue> loader) : PendingBatch
    {
        private readonly List<TKey> _keys = [];
        private readonly List<TaskCompletionSource<TValue?>> _promises = [];
        private LoadResult<TValue>[] _results = [];
        private Exception? _failure;

        public int Count => _keys.Count;

        public Task<TValue?> Add(TKey key)
        {
            var promise = new TaskCompletionSource<TValue?>();
            _keys.Add(key);
            _promises.Add(promise);
            return promise.Task;
        }

        public override async ValueTask FetchAsync()
        {
            loader.Close(this);
            _results = new LoadResult<TValue>[_keys.Count];
            try
            {
                await loader.FetchAsync(_keys, _results, loader.RequestAborted);
            }
            catch (Exception failure)
            {
                _failure = failure;
            }
        }

        public override void Complete()
        {
            for (var i = 0; i < _promises.Count; i++)
            {
                if ((_failure ?? _results[i].Error) is { } error) Fail(_promises[i], error);
                else _promises[i].SetResult(_results[i].Value);
            }
        }

        private static void Fail(TaskCompletionSource<TValue?> promise, Exception error)
        {
            promise.SetException(error);
            // Whoever asked may have gone away with the request; that is no unobserved failure.
            _ = promise.Task.Exception;
        }
    }
}

/// <summary>Loads one value for each key, all keys of a batch together. A key without a value loads null.</summary>
/// <typeparam name="TKey">What identifies a value.</typeparam>
/// <typeparam name="TValue">What is loaded.</typeparam>
/// <param name="batchScheduler">Decides when the keys are loaded.</param>
/// <param name="options">How the loader behaves; null for the defaults.</param>
public abstract class BatchDataLoader<TKey, TValue>(IBatchScheduler batchScheduler, DataLoaderOptions? options = null)
    : DataLoaderBase<TKey, TValue>(batchScheduler, options)
    where TKey : notnull
{
    /// <summary>Loads the values of these keys.</summary>
    /// <param name="keys">The keys, each once.</param>
    /// <param name="cancellationToken">Fires when the client leaves or the request takes too long.</param>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected internal sealed override async ValueTask FetchAsync(
        IReadOnlyList<TKey> keys, Memory<LoadResult<TValue>> results, CancellationToken cancellationToken)
    {
        var values = await LoadBatchAsync(keys, cancellationToken);
        for (var i = 0; i < keys.Count; i++)
            results.Span[i] = values.TryGetValue(keys[i], out var value) ? value : default(TValue);
    }
}

/// <summary>Loads a list for each key, all keys of a batch together. A key without values loads an empty list.</summary>
/// <typeparam name="TKey">What identifies a list.</typeparam>
/// <typeparam name="TValue">What the lists hold.</typeparam>
/// <param name="batchScheduler">Decides when the keys are loaded.</param>
/// <param name="options">How the loader behaves; null for the defaults.</param>
public abstract class GroupedDataLoader<TKey, TValue>(IBatchScheduler batchScheduler, DataLoaderOptions? options = null)
    : DataLoaderBase<TKey, TValue[]>(batchScheduler, options)
    where TKey : notnull
{
    /// <summary>Loads the lists of these keys.</summary>
    /// <param name="keys">The keys, each once.</param>
    /// <param name="cancellationToken">Fires when the client leaves or the request takes too long.</param>
    protected abstract Task<ILookup<TKey, TValue>> LoadGroupedBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected internal sealed override async ValueTask FetchAsync(
        IReadOnlyList<TKey> keys, Memory<LoadResult<TValue[]>> results, CancellationToken cancellationToken)
    {
        var groups = await LoadGroupedBatchAsync(keys, cancellationToken);
        for (var i = 0; i < keys.Count; i++) results.Span[i] = groups[keys[i]].ToArray();
    }
}

/// <summary>Loads each key by a call of its own and remembers the value for the rest of the request.</summary>
/// <typeparam name="TKey">What identifies a value.</typeparam>
/// <typeparam name="TValue">What is loaded.</typeparam>
/// <param name="batchScheduler">Decides when the keys are loaded.</param>
/// <param name="options">How the loader behaves; null for the defaults.</param>
public abstract class CacheDataLoader<TKey, TValue>(IBatchScheduler batchScheduler, DataLoaderOptions? options = null)
    : DataLoaderBase<TKey, TValue>(batchScheduler, options)
    where TKey : notnull
{
    /// <summary>Loads the value of one key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Fires when the client leaves or the request takes too long.</param>
    protected abstract Task<TValue> LoadSingleAsync(TKey key, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected internal sealed override async ValueTask FetchAsync(
        IReadOnlyList<TKey> keys, Memory<LoadResult<TValue>> results, CancellationToken cancellationToken)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            LoadResult<TValue> result;
            try
            {
                result = await LoadSingleAsync(keys[i], cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                result = error;
            }

            results.Span[i] = result;
        }
    }
}
