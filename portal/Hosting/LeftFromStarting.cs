namespace Metro.Portal.Hosting;

/// <summary>
/// Gives back once what starting left behind. On a machine with a large cache the runtime collects nothing before hundreds of
/// megabytes have been used, so a portal that nobody asks would keep them for as long as it idles.
/// </summary>
internal sealed class LeftFromStarting(IHostApplicationLifetime portal, TimeProvider clock, ILogger<LeftFromStarting> log) : BackgroundService
{
    // The first answers, the catalogue's index of a small library and missed jobs are through by then.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(8);

    /// <summary>In bytes. Where more is alive, an index fills it, moving it together would stop readers for a second, and what starting left is a small part.</summary>
    private const long MostMoved = 256L << 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            await Task.Delay(Settled, clock, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var before = GC.GetTotalMemory(forceFullCollection: false);
        if (before > MostMoved) return;

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        log.LogDebug("Of {Before} bytes that starting used, {After} are alive.", before, GC.GetTotalMemory(forceFullCollection: false));
    }

    private async Task StartedAsync(CancellationToken stop)
    {
        var started = new TaskCompletionSource();
        await using var registration = portal.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }
}
