using Metro.GraphQL.Annotations;
using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Tests.Annotations;
using Metro.GraphQL.Tests.Execution;

namespace Metro.GraphQL.Tests.DataLoaders;

public sealed class DataLoaderTests
{
    private readonly ManualScheduler _scheduler = new();

    [Fact]
    public async Task Keys_asked_for_together_are_loaded_together()
    {
        var loader = new Squares(_scheduler);

        var four = loader.LoadAsync(2);
        var nine = loader.LoadAsync(3);
        await _scheduler.DispatchAsync();

        Assert.Equal((4, 9), (await four, await nine));
        Assert.Equal([[2, 3]], loader.Batches);
    }

    [Fact]
    public async Task A_key_asked_for_twice_is_loaded_once()
    {
        var loader = new Squares(_scheduler);

        var first = loader.LoadAsync(2);
        var second = loader.LoadAsync(2);
        await _scheduler.DispatchAsync();
        var later = await loader.LoadAsync(2);

        Assert.Same(first, second);
        Assert.Equal(4, later);
        Assert.Equal([[2]], loader.Batches);
    }

    [Fact]
    public async Task A_list_of_keys_answers_in_the_order_of_the_keys()
    {
        var loader = new Squares(_scheduler);

        var values = loader.LoadAsync([3, 1, 3]);
        await _scheduler.DispatchAsync();

        Assert.Equal<int[]>([9, 1, 9], [.. await values]);
        Assert.Equal([[3, 1]], loader.Batches);
    }

    [Fact]
    public async Task A_missing_key_loads_nothing()
    {
        var loader = new Names(_scheduler);

        var missing = loader.LoadAsync(7);
        await _scheduler.DispatchAsync();

        Assert.Null(await missing);
    }

    [Fact]
    public async Task A_batch_holds_at_most_its_maximum()
    {
        var loader = new Squares(_scheduler, new() { MaxBatchSize = 2 });

        var values = loader.LoadAsync([1, 2, 3, 4, 5]);
        await _scheduler.DispatchAsync();

        Assert.Equal<int[]>([1, 4, 9, 16, 25], [.. await values]);
        Assert.Equal([[1, 2], [3, 4], [5]], loader.Batches);
    }

    [Fact]
    public void A_batch_holds_1024_keys_unless_told_otherwise() => Assert.Equal(1024, new DataLoaderOptions().MaxBatchSize);

    [Fact]
    public async Task A_failing_batch_fails_every_key_that_waits()
    {
        var loader = new Failing(_scheduler);

        var first = loader.LoadAsync(1);
        var second = loader.LoadAsync(2);
        await _scheduler.DispatchAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await Assert.ThrowsAsync<TimeoutException>(() => second);
    }

    [Fact]
    public async Task One_key_can_fail_alone()
    {
        var loader = new OddOnes(_scheduler);

        var odd = loader.LoadAsync(1);
        var even = loader.LoadAsync(2);
        await _scheduler.DispatchAsync();

        Assert.Equal(1, await odd);
        await Assert.ThrowsAsync<NotSupportedException>(() => even);
    }

    [Fact]
    public async Task A_method_can_fail_each_key_by_itself()
    {
        var executor = Server.Of(builder => builder.AddQueryType<HalfQuery>().AddTypes([typeof(HalfLoader)]));

        Execute.Same(
            """{"errors":[{"message":"3 has no half.","locations":[{"line":1,"column":18}],"path":["b"],"extensions":{"code":"ODD"}}],"data":{"a":2,"b":null,"c":null}}""",
            await executor.AnswerAsync("{ a: half(of: 4) b: half(of: 3) c: half(of: 0) }"));
    }

    public sealed class HalfQuery
    {
        public Task<int?> GetHalfAsync(int of, IDataLoader<int, int?> halves, CancellationToken stop) => halves.LoadAsync(of, stop);
    }

    public static class HalfLoader
    {
        [DataLoader]
        public static Task<Dictionary<int, LoadResult<int?>>> GetHalfByNumberAsync(IReadOnlyList<int> numbers) => Task.FromResult(
            numbers.Where(number => number != 0).ToDictionary(number => number, number => number % 2 == 0
                ? (LoadResult<int?>)(number / 2)
                : new GraphQLException(ErrorBuilder.New().SetMessage($"{number} has no half.").SetCode("ODD").Build())));
    }

    [Fact]
    public async Task A_group_without_values_is_empty()
    {
        var loader = new Divisors(_scheduler);

        var six = loader.LoadAsync(6);
        var none = loader.LoadAsync(0);
        await _scheduler.DispatchAsync();

        Assert.Equal<int[]?>([1, 2, 3, 6], await six);
        Assert.Empty((await none)!);
    }

    [Fact]
    public async Task A_cache_loader_fails_key_by_key()
    {
        var loader = new Halves(_scheduler);

        var even = loader.LoadAsync(4);
        var odd = loader.LoadAsync(3);
        await _scheduler.DispatchAsync();

        Assert.Equal(2, await even);
        await Assert.ThrowsAsync<NotSupportedException>(() => odd);
        Assert.Equal(2, await loader.LoadAsync(4));
        Assert.Equal([4, 3], loader.Calls);
    }

    [Fact]
    public async Task A_value_that_was_set_is_not_loaded()
    {
        var loader = new Squares(_scheduler);
        loader.Set(2, 100);

        Assert.Equal(100, await loader.LoadAsync(2));
        Assert.Empty(loader.Batches);
    }

    [Fact]
    public async Task A_key_that_was_removed_is_loaded_again()
    {
        var loader = new Squares(_scheduler);
        loader.Set(2, 100);
        loader.Remove(2);

        var value = loader.LoadAsync(2);
        await _scheduler.DispatchAsync();

        Assert.Equal(4, await value);
    }

    [Fact]
    public async Task Giving_up_waiting_does_not_stop_the_load_for_others()
    {
        var loader = new Squares(_scheduler);
        using var impatience = new CancellationTokenSource();

        var impatient = loader.LoadAsync(2, impatience.Token);
        var patient = loader.LoadAsync(2);
        await impatience.CancelAsync();
        await _scheduler.DispatchAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(4, await patient);
    }

    [Fact]
    public async Task Outside_of_an_execution_batches_are_fetched_by_themselves()
    {
        var loader = new Squares(AutoBatchScheduler.Default);

        Assert.Equal(4, await loader.LoadAsync(2));
    }

    private sealed class ManualScheduler : IBatchScheduler
    {
        private readonly Queue<PendingBatch> _batches = [];

        public void Schedule(PendingBatch batch) => _batches.Enqueue(batch);

        public async Task DispatchAsync()
        {
            while (_batches.TryDequeue(out var batch))
            {
                await batch.FetchAsync();
                batch.Complete();
            }
        }
    }

    private sealed class Squares(IBatchScheduler scheduler, DataLoaderOptions? options = null)
        : BatchDataLoader<int, int>(scheduler, options)
    {
        public List<int[]> Batches { get; } = [];

        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(
            IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            Batches.Add([.. keys]);
            return Task.FromResult<IReadOnlyDictionary<int, int>>(keys.ToDictionary(key => key, key => key * key));
        }
    }

    private sealed class Names(IBatchScheduler scheduler) : BatchDataLoader<int, string>(scheduler)
    {
        protected override Task<IReadOnlyDictionary<int, string>> LoadBatchAsync(
            IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<int, string>>(new Dictionary<int, string>());
    }

    private sealed class Failing(IBatchScheduler scheduler) : BatchDataLoader<int, int>(scheduler)
    {
        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(
            IReadOnlyList<int> keys, CancellationToken cancellationToken) => throw new TimeoutException();
    }

    private sealed class OddOnes(IBatchScheduler scheduler) : DataLoaderBase<int, int>(scheduler)
    {
        protected internal override ValueTask FetchAsync(
            IReadOnlyList<int> keys, Memory<LoadResult<int>> results, CancellationToken cancellationToken)
        {
            for (var i = 0; i < keys.Count; i++)
                results.Span[i] = keys[i] % 2 == 0 ? new NotSupportedException($"{keys[i]} is even") : keys[i];
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Divisors(IBatchScheduler scheduler) : GroupedDataLoader<int, int>(scheduler)
    {
        protected override Task<ILookup<int, int>> LoadGroupedBatchAsync(
            IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
            Task.FromResult(keys
                .SelectMany(key => Enumerable.Range(1, key).Where(divisor => key % divisor == 0), (key, divisor) => (key, divisor))
                .ToLookup(pair => pair.key, pair => pair.divisor));
    }

    private sealed class Halves(IBatchScheduler scheduler) : CacheDataLoader<int, int>(scheduler)
    {
        public List<int> Calls { get; } = [];

        protected override Task<int> LoadSingleAsync(int key, CancellationToken cancellationToken)
        {
            Calls.Add(key);
            return key % 2 == 0 ? Task.FromResult(key / 2) : throw new NotSupportedException($"{key} is odd");
        }
    }
}
