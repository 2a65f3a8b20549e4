using Metro.Data;
using Metro.Library;
using Metro.Library.Search;

namespace Metro.Portal.Hosting;

/// <summary>
/// Builds the catalogue's index while the portal starts, so that the first reader who searches need not wait for it. A
/// database that is away or not migrated yet is no reason to fall: the first search builds the index then.
/// </summary>
internal sealed class CatalogWarmUp(IServiceScopeFactory scopes, CatalogIndex index, ILogger<CatalogWarmUp> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.IsUpToDateAsync(stoppingToken)) return;

            await index.WarmUpAsync(scope.ServiceProvider.GetRequiredService<LibraryDbContext>(), stoppingToken);
            log.LogDebug("The catalogue's index holds {Titles} titles.", index.Count);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "The catalogue's index could not be built yet; the first search builds it.");
        }
    }
}
