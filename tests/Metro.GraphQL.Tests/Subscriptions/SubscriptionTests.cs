using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Subscriptions;
using Metro.GraphQL.Tests.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Subscriptions;

/// <summary>Specification 6.2.3: source streams, response streams, and their ends.</summary>
public sealed class SubscriptionTests
{
    private readonly Channel<int> _source = Channel.CreateUnbounded<int>();
    private bool _isClosed;

    [Fact]
    public async Task Every_event_is_answered_as_a_query_of_its_own()
    {
        await using var answers = await OpenAsync("subscription { s: tick(min: 2) { value odd } }");

        foreach (var tick in new[] { 1, 2, 3 }) _source.Writer.TryWrite(tick);
        _source.Writer.Complete();

        Assert.Equal(
            [
                """{"data":{"s":{"value":1,"odd":true}}}""",
                """{"errors":[{"message":"Even.","locations":[{"line":1,"column":40}],"path":["s","odd"]}],"data":{"s":{"value":2,"odd":null}}}""",
                """{"data":{"s":{"value":3,"odd":true}}}""",
            ],
            await ReadAsync(answers));
        Assert.True(_isClosed);
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_stream_with_an_error()
    {
        await using var answers = await OpenAsync("subscription { tick { value } }");

        _source.Writer.TryWrite(1);
        _source.Writer.Complete(new InvalidOperationException("secret"));

        Assert.Equal(
            ["""{"data":{"tick":{"value":1}}}""", """{"errors":[{"message":"Unexpected Execution Error"}]}"""],
            await ReadAsync(answers));
    }

    [Fact]
    public async Task Leaving_closes_the_source()
    {
        using var client = new CancellationTokenSource();
        await using var stream = await OpenAsync("subscription { tick { value } }");
        await using var answers = stream.ReadResultsAsync(client.Token).GetAsyncEnumerator();
        _source.Writer.TryWrite(1);
        Assert.True(await answers.MoveNextAsync());

        var next = answers.MoveNextAsync();
        await client.CancelAsync();

        Assert.False(await next);
        Assert.True(_isClosed);
    }

    [Theory]
    [InlineData("subscription { refuses }", "No.", "refuses")]
    [InlineData("subscription { breaks }", "Unexpected Execution Error", "breaks")]
    [InlineData("subscription { nothing }", "Unexpected Execution Error", "nothing")]
    public async Task What_goes_wrong_before_the_stream_opens_is_a_request_error(string document, string message, string path)
    {
        await using var result = await Executor().ExecuteAsync(document);

        var refusal = Assert.IsType<OperationResult>(result);
        Assert.False(refusal.HasData);
        Assert.Equal((message, $"/{path}"), (refusal.Errors.Single().Message, refusal.Errors.Single().Path!.ToString()));
    }

    [Fact]
    public async Task An_argument_that_is_refused_keeps_the_stream_from_opening()
    {
        await using var result = await Executor().ExecuteAsync(
            GraphQLRequest.For("subscription ($n: Int = 1) { tick(need: $n) { value } }", new { n = (int?)null }));

        Assert.False(Assert.IsType<OperationResult>(result).HasData);
    }

    [Fact]
    public async Task Two_root_fields_are_refused() =>
        Assert.Contains("only one top level field", await Executor().JsonAsync("subscription { tick { value } refuses }"), StringComparison.Ordinal);

    [Fact]
    public async Task A_topic_reaches_everybody_who_listens_and_nobody_else()
    {
        var topics = new InMemoryTopics();
        await using var one = await topics.SubscribeAsync<string>("a");
        await using var two = await topics.SubscribeAsync<string>("a");
        await using var other = await topics.SubscribeAsync<string>("b");

        await topics.SendAsync("a", "x");
        foreach (var topic in new[] { "a", "b" }) await topics.CompleteAsync(topic);

        Assert.Equal((["x"], ["x"], []), (await AllAsync(one), await AllAsync(two), await AllAsync(other)), Comparer);
    }

    [Fact]
    public async Task A_subscriber_that_does_not_keep_up_loses_the_oldest_messages()
    {
        var topics = new InMemoryTopics(capacity: 2);
        await using var slow = await topics.SubscribeAsync<string>("a");

        foreach (var message in new[] { "1", "2", "3" }) await topics.SendAsync("a", message);
        await topics.CompleteAsync("a");

        Assert.Equal(["2", "3"], await AllAsync(slow));
    }

    [Fact]
    public async Task Who_left_is_forgotten()
    {
        var topics = new InMemoryTopics();
        var one = await topics.SubscribeAsync<string>("a");
        Assert.Equal(1, topics.SubscriberCount("a"));

        await one.DisposeAsync();

        Assert.Equal(0, topics.SubscriberCount("a"));
    }

    private static IEqualityComparer<(List<string>, List<string>, List<string>)> Comparer { get; } =
        EqualityComparer<(List<string>, List<string>, List<string>)>.Create((one, other) =>
            one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2) && one.Item3.SequenceEqual(other.Item3));

    private RequestExecutor Executor() => new(Schema.FromSdl(
        "type Query { a: Int } type Subscription { tick(min: Int, need: Int! = 1): Tick refuses: Int breaks: Int nothing: Int } type Tick { value: Int odd: Boolean }",
        builder =>
        {
            builder.Field("Subscription", "tick").Subscriber = context =>
            {
                _ = context.ArgumentValue<int>("need");
                return new(TicksAsync());
            };
            builder.Resolve("Subscription", "tick", context => new(context.Parent<int>()));
            builder.Field("Subscription", "refuses").Subscriber = _ => throw new GraphQLException("No.");
            builder.Field("Subscription", "breaks").Subscriber = _ => throw new InvalidOperationException("secret");
            builder.Resolve("Tick", "value", context => new(context.Parent<int>()));
            builder.Resolve("Tick", "odd", context => context.Parent<int>() % 2 == 1 ? new(true) : throw new GraphQLException("Even."));
        }));

    private async IAsyncEnumerable<int> TicksAsync([EnumeratorCancellation] CancellationToken stop = default)
    {
        try
        {
            await foreach (var tick in _source.Reader.ReadAllAsync(stop)) yield return tick;
        }
        finally
        {
            _isClosed = true;
        }
    }

    private async Task<ResponseStream> OpenAsync(string document) =>
        Assert.IsType<ResponseStream>(await Executor().ExecuteAsync(document));

    private static async Task<List<string>> ReadAsync(ResponseStream stream)
    {
        var answers = new List<string>();
        await foreach (var answer in stream.ReadResultsAsync())
        {
            answers.Add(answer.ToJson());
            await answer.DisposeAsync();
        }

        return answers;
    }

    private static async Task<List<string>> AllAsync(ISourceStream<string> stream)
    {
        var messages = new List<string>();
        await foreach (var message in stream.ReadEventsAsync()) messages.Add(message);
        return messages;
    }
}
