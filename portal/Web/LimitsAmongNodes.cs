using Metro.GraphQL.Subscriptions;

namespace Metro.Portal.Web;

/// <summary>What one node tells the others of the permits that were spent at it.</summary>
/// <param name="Node">Which node.</param>
/// <param name="Spent">What was spent.</param>
internal sealed record SpentAtNode(Guid Node, IReadOnlyList<SpentPermits> Spent);

/// <summary>
/// Tells the other nodes several times a second what was spent here, and takes from this node's limits what was spent there. Runs on
/// PostgreSQL only: on SQLite there is one node. While nodes do not hear each other each goes on with its own limits.
/// </summary>
internal sealed class LimitsAmongNodes(
    SharedLimits limits, ITopicEventSender sender, ITopicEventReceiver receiver, TimeProvider time, ILogger<LimitsAmongNodes> log) : BackgroundService
{
    private const string Topic = "portal_limits";

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(1);

    private readonly Guid node = Guid.NewGuid();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(TellAsync(stoppingToken), HearAsync(stoppingToken));

    private async Task TellAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Often, time);
        var tidied = time.GetTimestamp();
        while (await NextAsync(timer, stop))
        {
            if (time.GetElapsedTime(tidied) > Seldom)
            {
                limits.ForgetIdle();
                tidied = time.GetTimestamp();
            }

            if (limits.TakeSpentHere() is not { Count: > 0 } spent) continue;
            try
            {
                await sender.SendAsync(Topic, new SpentAtNode(node, spent), stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                log.LogDebug(fault, "The other nodes could not be told what was spent here.");
            }
        }
    }

    private async Task HearAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var stream = await receiver.SubscribeAsync<SpentAtNode>(Topic, stop);
                await foreach (var told in stream.ReadEventsAsync().WithCancellation(stop))
                {
                    if (told.Node == node) continue;
                    foreach (var one in told.Spent) limits.TakeSpentElsewhere(one);
                }
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // The relay was lost; subscribing waits until it is there again.
                log.LogDebug(fault, "What is spent at the other nodes is not heard for a while.");
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
