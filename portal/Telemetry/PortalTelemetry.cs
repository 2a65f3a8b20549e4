using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Metro.Portal.Telemetry;

/// <summary>
/// Logs as structured lines on standard output; measures under names that begin with <c>Metro.</c> and the traces of requests,
/// sent by OTLP where OTEL_EXPORTER_OTLP_ENDPOINT says, and to nobody otherwise.
/// </summary>
internal static class PortalTelemetry
{
    /// <summary>Sources and meters of every module begin so.</summary>
    private const string Ours = "Metro.*";

    public static void AddPortalLogging(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment()) return;

        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(json =>
        {
            json.IncludeScopes = true;
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    }

    public static void AddPortalTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PortalMeasures>();
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;

        builder.Services.AddSingleton<IHostedService, OtlpExport>();
    }

    /// <summary>Sends while the host runs, and what is left when it stops.</summary>
    private sealed class OtlpExport : IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? measures;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var portal = ResourceBuilder.CreateDefault().AddService("metro-portal");
            traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(portal)
                .AddSource(Ours, "Microsoft.AspNetCore").AddOtlpExporter().Build();
            measures = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(portal)
                .AddMeter(Ours, "Microsoft.AspNetCore.*", "System.Runtime").AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Dispose();
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            traces?.Dispose();
            measures?.Dispose();
            (traces, measures) = (null, null);
        }
    }
}
