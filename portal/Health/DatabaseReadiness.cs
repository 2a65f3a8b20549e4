using Metro.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Metro.Portal.Health;

/// <summary>The portal is ready when its database answers and has every migration of this build.</summary>
internal sealed class DatabaseReadiness(IServiceScopeFactory scopes, ILogger<DatabaseReadiness> log) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.IsUpToDateAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("Migrations are pending: run the migrate command.");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whoever asks learns that it is away; why, with addresses and names, is for the log alone.
            log.LogWarning(fault, "The database does not answer.");
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
