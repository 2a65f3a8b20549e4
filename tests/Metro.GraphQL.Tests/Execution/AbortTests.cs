using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;
using Metro.Testing;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>Requests that take too long, and clients that leave.</summary>
public sealed class AbortTests
{
    [Fact]
    public async Task A_request_that_takes_too_long_is_abandoned_even_if_its_resolver_does_not_listen()
    {
        var clock = new FakeClock();
        var begun = new TaskCompletionSource();
        var schema = Schema.FromSdl("type Query { a: Int b: Int }", builder => builder
            .Resolve("Query", "a", _ => new(1))
            .Resolve("Query", "b", _ =>
            {
                begun.SetResult();
                return new(new TaskCompletionSource<object?>().Task);
            }));

        var answer = Execute.JsonAsync(schema, "{ a b }", options: new() { TimeProvider = clock });
        await begun.Task;
        clock.Advance(TimeSpan.FromSeconds(31));

        Execute.Same(
            """{"errors":[{"message":"The request exceeded the configured timeout of 00:00:30.","extensions":{"code":"HC0045"}}]}""",
            await answer);
    }

    [Fact]
    public void No_timeout_is_shorter_than_100_milliseconds() =>
        Assert.Equal(TimeSpan.FromMilliseconds(100), new RequestOptions { ExecutionTimeout = TimeSpan.Zero }.ExecutionTimeout);

    [Fact]
    public async Task A_resolver_learns_that_the_client_has_left()
    {
        using var client = new CancellationTokenSource();
        var told = new TaskCompletionSource();
        var schema = Schema.FromSdl("type Query { a: Int }", builder => builder.Resolve("Query", "a", async context =>
        {
            context.RequestAborted.Register(told.SetResult);
            await client.CancelAsync();
            await told.Task;
            context.RequestAborted.ThrowIfCancellationRequested();
            return 1;
        }));

        await using var result = await new RequestExecutor(schema).ExecuteAsync("{ a }", client.Token);

        Assert.Equal("HC0049", ((OperationResult)result).Errors.Single().Code);
        Assert.False(((OperationResult)result).HasData);
    }

    [Fact]
    public async Task A_long_synchronous_answer_stops_when_the_client_has_left()
    {
        using var client = new CancellationTokenSource();
        var made = 0;
        var schema = Execute.Schema(
            "type Query { a: [A] } type A { b: Int }",
            ("Query.a", _ => Enumerable.Range(0, 1000).ToArray()),
            ("A.b", _ =>
            {
                if (++made == 10) client.Cancel();
                return made;
            }
        ));

        await using var result = await new RequestExecutor(schema).ExecuteAsync("{ a { b } }", client.Token);

        Assert.Equal(10, made);
        Assert.Equal("HC0049", ((OperationResult)result).Errors.Single().Code);
    }

    [Fact]
    public async Task A_resolver_that_gives_up_by_itself_fails_its_field_only()
    {
        var schema = Execute.Schema("type Query { a: Int b: Int }", ("Query.a", _ => throw new OperationCanceledException()), ("Query.b", _ => 2));

        Execute.Same(
            """{"errors":[{"message":"Unexpected Execution Error","locations":[{"line":1,"column":3}],"path":["a"]}],"data":{"a":null,"b":2}}""",
            await Execute.JsonAsync(schema, "{ a b }"));
    }
}
