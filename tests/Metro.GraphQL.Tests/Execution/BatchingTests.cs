using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>DataLoaders within an execution: one batch a level, whatever else goes on.</summary>
public sealed class BatchingTests
{
    private const string Sdl = "type Query { books: [Book!]! other: [Book!]! } type Book { id: Int! author: Author authors: [Author!]! } type Author { id: Int! country: Country } type Country { name: String! }";

    private readonly List<string> _batches = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_level_is_one_batch(bool waits)
    {
        var answer = await Execute.JsonAsync(ExecutorOf(waits), "{ books { author { id country { name } } } other { author { country { name } } } }");

        Assert.Equal(["authors 10,11,12,13", "countries 100,101"], _batches);
        Assert.Equal(
            """{"data":{"books":[{"author":{"id":10,"country":{"name":"C100"}}},{"author":{"id":11,"country":{"name":"C101"}}}],"other":[{"author":{"country":{"name":"C100"}}},{"author":{"country":{"name":"C101"}}}]}}""",
            answer);
    }

    [Fact]
    public async Task Keys_that_were_loaded_are_not_loaded_again()
    {
        await Execute.JsonAsync(ExecutorOf(false), "{ a: books { author { id } authors { id } } b: books { author { id } } }");

        Assert.Equal(["authors 10,20,11,21"], _batches);
    }

    [Fact]
    public async Task Nothing_is_shared_between_requests()
    {
        var executor = ExecutorOf(false);

        await executor.JsonAsync("{ books { author { id } } }");
        await executor.JsonAsync("{ books { author { id } } }");

        Assert.Equal(["authors 10,11", "authors 10,11"], _batches);
    }

    [Fact]
    public async Task A_failing_batch_fails_each_field_that_waits_for_it()
    {
        var schema = Schema.FromSdl("type Query { a: Int b: Int c: Int }", builder => builder
            .Resolve("Query", "a", async context => await context.DataLoader<Failing>().LoadAsync(1, context.RequestAborted))
            .Resolve("Query", "b", async context => await context.DataLoader<Failing>().LoadAsync(2, context.RequestAborted))
            .Resolve("Query", "c", _ => new(3)));

        Execute.Same(
            """
            {
              "errors": [
                { "message": "No loading today.", "locations": [{ "line": 1, "column": 3 }], "path": ["a"] },
                { "message": "No loading today.", "locations": [{ "line": 1, "column": 5 }], "path": ["b"] }
              ],
              "data": { "a": null, "b": null, "c": 3 }
            }
            """,
            await Execute.JsonAsync(schema, "{ a b c }"));
    }

    [Fact]
    public async Task Outside_of_batches_a_resolver_that_waits_does_not_hold_up_the_others()
    {
        var slow = new TaskCompletionSource<object?>();
        var batches = _batches;
        var schema = Schema.FromSdl("type Query { slow: Int author: Int }", builder => builder
            .Resolve("Query", "slow", _ => new(slow.Task))
            .Resolve("Query", "author", async context =>
            {
                var author = await context.DataLoader<Authors>().LoadAsync(7);
                slow.SetResult(1);
                return author;
            }));

        Assert.Equal(
            """{"data":{"slow":1,"author":7}}""",
            await new RequestExecutor(schema, null, new BatchLog(batches)).JsonAsync("{ slow author }"));
    }

    private RequestExecutor ExecutorOf(bool waits) => new(Schema.FromSdl(Sdl, builder =>
    {
        builder
            .Resolve("Query", "books", _ => new(new[] { 10, 11 }))
            .Resolve("Query", "other", _ => new(new[] { 12, 13 }))
            .Resolve("Book", "id", context => new(context.Parent<int>()))
            .Resolve("Book", "author", async context =>
            {
                if (waits) await Task.WhenAll(context.DataLoader<Authors>().LoadAsync(context.Parent<int>()));
                return await context.DataLoader<Authors>().LoadAsync(context.Parent<int>(), context.RequestAborted);
            })
            .Resolve("Book", "authors", async context =>
                await context.DataLoader<Authors>().LoadAsync([context.Parent<int>(), context.Parent<int>() + 10], context.RequestAborted))
            .Resolve("Author", "id", context => new(context.Parent<int>()))
            .Resolve("Author", "country", async context =>
                await context.DataLoader<Countries>().LoadAsync(100 + (context.Parent<int>() % 2), context.RequestAborted))
            .Resolve("Country", "name", context => new($"C{context.Parent<int>()}"));
    }), null, new BatchLog(_batches));

    private sealed class BatchLog(List<string> batches) : IServiceProvider
    {
        public void Note(string name, IEnumerable<int> keys) => batches.Add($"{name} {string.Join(',', keys)}");

        public object? GetService(Type serviceType) => serviceType == typeof(BatchLog) ? this : null;
    }

    private sealed class Authors(IBatchScheduler scheduler, BatchLog log) : BatchDataLoader<int, int>(scheduler)
    {
        protected override async Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            log.Note("authors", keys);
            await Task.Yield();
            return keys.ToDictionary(key => key);
        }
    }

    private sealed class Countries(IBatchScheduler scheduler, BatchLog log) : BatchDataLoader<int, int>(scheduler)
    {
        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            log.Note("countries", keys);
            return Task.FromResult<IReadOnlyDictionary<int, int>>(keys.ToDictionary(key => key));
        }
    }

    private sealed class Failing(IBatchScheduler scheduler) : BatchDataLoader<int, int>(scheduler)
    {
        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
            throw new GraphQLException("No loading today.");
    }
}
