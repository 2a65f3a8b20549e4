using System.Globalization;
using Metro.Portal.Settings;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Metro.Portal.Health;

/// <summary>
/// Says when the room where the portal writes runs out. The portal is impaired then, not away: whoever reads is still served, so that
/// nobody should take it out of service for it.
/// </summary>
internal sealed class StorageReadiness(PortalSettings settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = new DriveInfo(settings.DataPath).AvailableFreeSpace >> 20;
        return Task.FromResult(free >= settings.LeastFreeMebibytes
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{free} MiB are left where the portal writes.")));
    }
}
