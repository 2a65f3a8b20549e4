using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>Many requests at once whose resolvers wait here and there, on loaders and on other threads.</summary>
public sealed class StressTests
{
    private const int Requests = 600;

    [Fact]
    public async Task Every_request_ends_with_its_own_answer_however_its_resolvers_wait()
    {
        var executor = new RequestExecutor(Schema.FromSdl(
            "type Query { seed(n: Int!): Node! } type Node { n: Int! at: String! left: Node right: Node loaded: Int! }",
            builder => builder
                .Resolve("Query", "seed", async context => await LaterAsync(context.ArgumentValue<int>("n"), context.ArgumentValue<int>("n")))
                .Resolve("Node", "n", context => new(context.Parent<int>()))
                .Resolve("Node", "at", async context =>
                {
                    await LaterAsync(0, context.Parent<int>());
                    // Read on whatever thread this is, while the response grows on another.
                    return context.Path.ToString();
                })
                .Resolve("Node", "left", async context => await LaterAsync(context.Parent<int>() * 2, context.Parent<int>() + 1))
                .Resolve("Node", "right", context => new(context.Parent<int>() * 3))
                .Resolve("Node", "loaded", async context =>
                {
                    await LaterAsync(0, context.Parent<int>() + 2);
                    return await context.DataLoader<Negations>().LoadAsync(context.Parent<int>(), context.RequestAborted);
                })));
        const string Fields = "n at loaded";
        var document = $"query ($n: Int!) {{ seed(n: $n) {{ {Fields} left {{ {Fields} left {{ {Fields} }} right {{ {Fields} }} }} right {{ {Fields} left {{ {Fields} }} right {{ {Fields} }} }} }} }}";

        var answers = Task.WhenAll(Enumerable.Range(1, Requests).Select(n => Task.Run(() => executor.JsonAsync(document, new { n }))));

        // The guard only speaks when a request never ends.
        var all = await answers.WaitAsync(TimeSpan.FromMinutes(2));
        for (var n = 1; n <= Requests; n++) Assert.Equal($"{{\"data\":{{\"seed\":{Expected(n, "/seed", 2)}}}}}", all[n - 1]);
    }

    [Fact]
    public async Task Clients_that_leave_at_any_moment_leave_nothing_behind_for_others()
    {
        var executor = new RequestExecutor(Schema.FromSdl(
            "type Query { a(n: Int!): [Int!]! }",
            builder => builder.Resolve("Query", "a", async context =>
            {
                var n = context.ArgumentValue<int>("n");
                var numbers = new List<int>();
                for (var i = 0; i < 5; i++) numbers.Add(await context.DataLoader<Negations>().LoadAsync(await LaterAsync(n + i, i)));
                return numbers;
            })));

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(n => Task.Run(async () =>
        {
            using var client = new CancellationTokenSource();
            var running = executor.ExecuteAsync(GraphQLRequest.For("query ($n: Int!) { a(n: $n) }", new { n }), client.Token);
            if (n % 2 == 0) await client.CancelAsync();
            await using var result = (OperationResult)await running;
            return result.ToJson();
        }))).WaitAsync(TimeSpan.FromMinutes(2));

        for (var n = 0; n < Requests; n++)
        {
            var whole = $"{{\"data\":{{\"a\":[{string.Join(',', Enumerable.Range(n, 5).Select(each => -each))}]}}}}";
            Assert.True(answers[n] == whole || (n % 2 == 0 && answers[n].Contains("HC0049", StringComparison.Ordinal)), answers[n]);
        }
    }

    private static string Expected(int n, string path, int depth)
    {
        var below = depth == 0 ? "" : $",\"left\":{Expected(n * 2, $"{path}/left", depth - 1)},\"right\":{Expected(n * 3, $"{path}/right", depth - 1)}";
        return $"{{\"n\":{n},\"at\":\"{path}/at\",\"loaded\":{-n}{below}}}";
    }

    // Answers after as many turns of the thread pool as the number says, or at once.
    private static async Task<int> LaterAsync(int value, int turns)
    {
        for (var turn = turns % 4; turn > 0; turn--) await Task.Yield();
        return value;
    }

    private sealed class Negations(IBatchScheduler scheduler) : BatchDataLoader<int, int>(scheduler)
    {
        protected override async Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            await LaterAsync(0, keys.Count);
            return keys.ToDictionary(key => key, key => -key);
        }
    }
}
