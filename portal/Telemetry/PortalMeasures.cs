using System.Diagnostics.Metrics;

namespace Metro.Portal.Telemetry;

/// <summary>What the portal counts of itself, under the meter <c>Metro.Portal</c>.</summary>
internal sealed class PortalMeasures(IMeterFactory meters)
{
    public const string Name = "Metro.Portal";

    private readonly Counter<long> failures = meters.Create(Name)
        .CreateCounter<long>("metro.portal.failures", "{request}", "Requests that ended in a fault of ours.");

    private readonly Counter<long> notFound = meters.Create(Name)
        .CreateCounter<long>("metro.portal.not_found", "{request}", "Requests for a page that does not exist.");

    public void Failed() => failures.Add(1);

    public void NotFound() => notFound.Add(1);
}
