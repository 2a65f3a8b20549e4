using System.Threading.Channels;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metro.GraphQL.Tests.Subscriptions;

/// <summary>Topics of a server that is several processes: here, two nodes on a relay within one.</summary>
public sealed class RelayedTopicsTests : IAsyncDisposable
{
    private readonly Relay _relay = new();
    private readonly Retries _clock = new();
    private readonly RelayedTopics _one;
    private readonly RelayedTopics _other;

    public RelayedTopicsTests() => (_one, _other) = (Node(), Node());

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task What_one_node_sends_all_nodes_hear_in_one_order()
    {
        await using var here = await _one.SubscribeAsync<Seat>("seats");
        await using var there = await _other.SubscribeAsync<Seat>("seats");

        await _one.SendAsync("seats", new Seat("A", 1));
        await _other.SendAsync("seats", new Seat("A", 2));
        await _one.SendAsync("others", new Seat("B", 3));
        await _one.CompleteAsync("seats");

        Assert.Equal([new("A", 1), new("A", 2)], await AllAsync(here));
        Assert.Equal([new("A", 1), new("A", 2)], await AllAsync(there));
    }

    [Fact]
    public async Task A_subscriber_waits_until_its_node_listens()
    {
        _relay.IsReachable = false;
        var waiting = _one.SubscribeAsync<Seat>("seats").AsTask();
        var retry = await _clock.NextTimerAsync();
        Assert.False(waiting.IsCompleted);

        _relay.IsReachable = true;
        retry();

        await using var stream = await waiting;
        await _other.SendAsync("seats", new Seat("A", 1));
        await _other.CompleteAsync("seats");
        Assert.Equal([new("A", 1)], await AllAsync(stream));
    }

    [Fact]
    public async Task When_the_nodes_lose_each_other_streams_end_with_an_error_and_new_ones_go_on()
    {
        await using var before = await _one.SubscribeAsync<Seat>("seats");
        await _other.SendAsync("seats", new Seat("A", 1));

        _relay.Lose();

        var heard = new List<Seat>();
        var interruption = await Assert.ThrowsAsync<GraphQLException>(async () =>
        {
            await foreach (var seat in before.ReadEventsAsync()) heard.Add(seat);
        });
        Assert.Equal("SUBSCRIPTION_INTERRUPTED", interruption.Errors.Single().Code);
        Assert.Equal([new("A", 1)], heard);

        var again = _one.SubscribeAsync<Seat>("seats").AsTask();
        (await _clock.NextTimerAsync())();
        await using var after = await again;
        await _other.SendAsync("seats", new Seat("A", 2));
        await _other.CompleteAsync("seats");
        Assert.Equal([new("A", 2)], await AllAsync(after));
    }

    [Fact]
    public async Task A_subscriber_that_does_not_keep_up_loses_the_oldest_messages()
    {
        await using var slow = await _one.SubscribeAsync<Seat>("seats");

        for (var i = 0; i < 5; i++) await _other.SendAsync("seats", new Seat("A", i));
        await _other.CompleteAsync("seats");

        Assert.Equal([new("A", 2), new("A", 3), new("A", 4)], await AllAsync(slow));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_where_it_is_sent() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await _one.SendAsync("seats", new Seat(new string('x', 2_000), 1)));

    [Fact]
    public async Task What_is_no_message_is_passed_over()
    {
        await using var stream = await _one.SubscribeAsync<Seat>("seats");

        foreach (var noise in new[] { "", "null", "[]", "{}", "{\"topic\":1}", "{\"topic\":\"seats\"" }) await _relay.PublishAsync(System.Text.Encoding.UTF8.GetBytes(noise), default);
        await _other.SendAsync("seats", new Seat("A", 1));
        await _other.CompleteAsync("seats");

        Assert.Equal([new("A", 1)], await AllAsync(stream));
    }

    [Fact]
    public async Task What_is_not_what_a_subscriber_listens_for_ends_its_stream()
    {
        await using var stream = await _one.SubscribeAsync<Seat>("seats");

        await _other.SendAsync("seats", "a word");

        await Assert.ThrowsAsync<InvalidOperationException>(() => AllAsync(stream));
    }

    [Fact]
    public async Task A_node_that_stops_ends_its_streams()
    {
        var stream = await _one.SubscribeAsync<Seat>("seats");

        await _one.DisposeAsync();

        Assert.Empty(await AllAsync(stream));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _one.SubscribeAsync<Seat>("seats"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_subscription_is_answered_by_whichever_node_its_client_is_at(bool hasRelay)
    {
        var nodes = Enumerable.Range(0, 2).Select(_ =>
        {
            var services = new ServiceCollection().AddLogging();
            services.AddGraphQLServer().AddQueryType<Query>().AddSubscriptionType<Subscription>().AddRelayedSubscriptions(_ => hasRelay ? _relay : null);
            return services.BuildServiceProvider();
        }).ToArray();
        var executor = nodes[0].GetRequiredService<RequestExecutor>();
        await using var answers = Assert.IsType<ResponseStream>(await executor.ExecuteAsync("subscription { onSeat(room: \"A\") { room number } }"));
        var sender = nodes[hasRelay ? 1 : 0].GetRequiredService<ITopicEventSender>();

        await sender.SendAsync("seats_A", new Seat("A", 7));
        await sender.CompleteAsync("seats_A");

        var read = new List<string>();
        await foreach (var answer in answers.ReadResultsAsync()) read.Add(answer.ToJson());
        Assert.Equal(["""{"data":{"onSeat":{"room":"A","number":7}}}"""], read);
        foreach (var node in nodes) await node.DisposeAsync();
    }

    private RelayedTopics Node() =>
        new(_relay, new() { Capacity = 3, MaxMessageSize = 1_000 }, _clock, NullLogger<RelayedTopics>.Instance);

    private static async Task<List<T>> AllAsync<T>(ISourceStream<T> stream)
    {
        var messages = new List<T>();
        await foreach (var message in stream.ReadEventsAsync()) messages.Add(message);
        return messages;
    }

    public sealed record Seat(string Room, int Number);

    public sealed class Query
    {
        public int Nothing => 0;
    }

    public sealed class Subscription
    {
        [Subscribe]
        [Topic("seats_{room}")]
        public Seat OnSeat(string room, [EventMessage] Seat seat) => seat with { Room = room };
    }

    /// <summary>A clock whose timers fire when they are told to.</summary>
    private sealed class Retries : TimeProvider
    {
        private readonly Channel<Action> _timers = Channel.CreateUnbounded<Action>();

        public ValueTask<Action> NextTimerAsync() => _timers.Reader.ReadAsync();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Writer.TryWrite(() => callback(state));
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    /// <summary>A medium that can be lost.</summary>
    private sealed class Relay : ITopicRelay
    {
        private readonly Lock _gate = new();
        private readonly List<(Action<ReadOnlyMemory<byte>> Hear, TaskCompletionSource Lost)> _listeners = [];

        public bool IsReachable { get; set; } = true;

        public ValueTask PublishAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                foreach (var (hear, _) in _listeners) hear(message);
            }

            return ValueTask.CompletedTask;
        }

        public async Task ListenAsync(Action listening, Action<ReadOnlyMemory<byte>> hear, CancellationToken cancellationToken)
        {
            if (!IsReachable) throw new IOException("Nobody there.");
            var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate) _listeners.Add((hear, lost));
            listening();
            await lost.Task.WaitAsync(cancellationToken);
        }

        public void Lose()
        {
            lock (_gate)
            {
                foreach (var (_, lost) in _listeners) lost.SetException(new IOException("Lost."));
                _listeners.Clear();
            }
        }
    }
}
