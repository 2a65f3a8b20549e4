using System.Buffers.Binary;
using System.Security.Cryptography;
using Metro.Data;

namespace Metro.Portal.Web.Caching;

/// <summary>
/// Tells the other nodes of a portal on PostgreSQL what has changed here, and hears it from them (decision 0016). While it does not
/// hear, this node keeps no page.
/// </summary>
internal sealed class EditionNotices(Editions editions, DatabaseSettings database, ILogger<EditionNotices> log) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly PostgreSqlNotices notices = new(database.ConnectionString, "metro_editions");
    private readonly long node = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        TryAgainAsync(HearAsync, stoppingToken), TryAgainAsync(TellAsync, stoppingToken));

    private async Task HearAsync(Action worked, CancellationToken stop)
    {
        try
        {
            await notices.ListenAsync(() => { worked(); editions.Hear(true); }, Heard, stop);
        }
        finally
        {
            editions.Hear(false);
        }
    }

    private void Heard(ReadOnlyMemory<byte> message)
    {
        if (message.Length == 12 && BinaryPrimitives.ReadInt64LittleEndian(message.Span) != node)
            editions.Follow((Matters)BinaryPrimitives.ReadInt32LittleEndian(message.Span[8..]) & Matters.All);
    }

    private async Task TellAsync(Action worked, CancellationToken stop)
    {
        while (true)
        {
            var matters = await editions.NextToTellAsync(stop);
            try
            {
                var message = new byte[12];
                BinaryPrimitives.WriteInt64LittleEndian(message, node);
                BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), (int)matters);
                await notices.SendAsync(message, stop);
                worked();
            }
            catch
            {
                editions.Renew(matters);
                throw;
            }
        }
    }

    private async Task TryAgainAsync(Func<Action, CancellationToken, Task> work, CancellationToken stop)
    {
        var wait = TimeSpan.FromSeconds(0.5);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work(() => wait = TimeSpan.FromSeconds(0.5), stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                log.LogWarning(fault, "Changes at other nodes are not heard, or not told to them; trying again in {Seconds} s.", wait.TotalSeconds);
                await Task.Delay(wait, stop).ContinueWith(_ => { }, TaskScheduler.Default);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
            catch (OperationCanceledException)
            {
                // The portal stops.
            }
        }
    }
}
