using Metro.Data;
using Metro.Library;
using Metro.Library.Search;

namespace Metro.Portal.Hosting;

/// <summary>
/// Builds the catalogue's index as soon as the portal serves, so that the first reader who searches need not wait for it. A
/// database that is away or not migrated yet is no reason to fall: the first search builds the index then.
/// </summary>
internal sealed class CatalogWarmUp(IServiceScopeFactory scopes, CatalogIndex index, IHostApplicationLifetime portal, ILogger<CatalogWarmUp> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.IsUpToDateAsync(stoppingToken)) return;

            await index.WarmUpAsync(scope.ServiceProvider.GetRequiredService<LibraryDbContext>(), stoppingToken);
            log.LogDebug("The catalogue's index holds {Titles} titles.", index.Count);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops, or never came to serve: there is nothing to warm up any more.
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The catalogue's index could not be built yet; the first search builds it.");
        }
    }

    /// <summary>A portal that cannot start, because its port is taken, say, has nothing to warm up.</summary>
    private async Task StartedAsync(CancellationToken stop)
    {
        var started = new TaskCompletionSource();
        await using var registration = portal.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }
}
