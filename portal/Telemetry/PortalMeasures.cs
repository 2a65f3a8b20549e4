using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Metro.Portal.Telemetry;

/// <summary>What the portal counts of itself, under the meter and the activity source <c>Metro.Portal</c>.</summary>
internal sealed class PortalMeasures(IMeterFactory meters)
{
    public const string Name = "Metro.Portal";

    public static readonly ActivitySource Activities = new(Name);

    private readonly Counter<long> failures = meters.Create(Name)
        .CreateCounter<long>("metro.portal.failures", "{request}", "Requests that ended in a fault of ours.");

    private readonly Counter<long> notFound = meters.Create(Name)
        .CreateCounter<long>("metro.portal.not_found", "{request}", "Requests for a page that does not exist.");

    public void Failed() => failures.Add(1);

    public void NotFound() => notFound.Add(1);
}
