using System.Text;
using System.Threading.Channels;
using Metro.Testing;
using Npgsql;

namespace Metro.Data.Tests;

public sealed class PostgreSqlNoticesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_process_that_listens_hears_every_message_in_one_order()
    {
        if (TestDatabase.Provider != DatabaseProvider.PostgreSql) return;
        var settings = await TestDatabase.EmptyAsync("notices");
        await using var one = await Listener.BeginAsync(settings);
        await using var other = await Listener.BeginAsync(settings);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            new PostgreSqlNotices(settings.ConnectionString, "seats").SendAsync(Encoding.UTF8.GetBytes($"{i}"), Stop).AsTask()));

        var heard = await one.HearAsync(20);
        Assert.Equal(heard, await other.HearAsync(20));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}").Order(), heard.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_880)]
    [InlineData(5_881)]
    [InlineData(8_000)]
    [InlineData(300_000)]
    public async Task A_message_of_any_length_arrives_whole(int length)
    {
        if (TestDatabase.Provider != DatabaseProvider.PostgreSql) return;
        var settings = await TestDatabase.EmptyAsync("notices");
        await using var listener = await Listener.BeginAsync(settings);
        var text = string.Create(length, 0, static (letters, _) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = (char)('a' + i % 26);
        });

        var notices = new PostgreSqlNotices(settings.ConnectionString, "seats");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => notices.SendAsync(Encoding.UTF8.GetBytes(text), Stop).AsTask()));

        Assert.Equal([text, text, text], await listener.HearAsync(3));
    }

    [Fact]
    public async Task Whoever_listens_learns_that_the_connection_is_lost()
    {
        if (TestDatabase.Provider != DatabaseProvider.PostgreSql) return;
        var settings = await TestDatabase.EmptyAsync("notices");
        await using var listener = await Listener.BeginAsync(settings);
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'metro-seats' AND datname = current_database()", connection);

        await command.ExecuteNonQueryAsync(Stop);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => listener.Ended);
    }

    [Fact]
    public void A_channel_is_a_word() =>
        Assert.Throws<ArgumentException>(() => new PostgreSqlNotices("Host=nowhere", "seats; DROP TABLE loans"));

    private sealed class Listener : IAsyncDisposable
    {
        private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
        private readonly CancellationTokenSource _stop = new();

        public Task Ended { get; private init; } = Task.CompletedTask;

        public static async Task<Listener> BeginAsync(DatabaseSettings settings)
        {
            var listening = new TaskCompletionSource();
            var heard = Channel.CreateUnbounded<string>();
            var stop = new CancellationTokenSource();
            var ended = new PostgreSqlNotices(settings.ConnectionString, "seats").ListenAsync(
                listening.SetResult, message => heard.Writer.TryWrite(Encoding.UTF8.GetString(message.Span)), stop.Token);
            await await Task.WhenAny(listening.Task, ended);
            return new(heard, stop) { Ended = ended };
        }

        private Listener(Channel<string> heard, CancellationTokenSource stop) => (_heard, _stop) = (heard, stop);

        public async Task<List<string>> HearAsync(int count)
        {
            var messages = new List<string>();
            while (messages.Count < count) messages.Add(await _heard.Reader.ReadAsync(Stop));
            return messages;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Ended.ContinueWith(static _ => { }, TaskScheduler.Default);
            _stop.Dispose();
        }
    }
}
