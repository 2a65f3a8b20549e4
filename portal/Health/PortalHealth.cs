using System.Text.Json;
using Metro.Scheduler.Jobs;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Metro.Portal.Health;

/// <summary>
/// Two questions for whoever runs the portal: is the process alive (<c>/health/live</c>), and can it do its work
/// (<c>/health/ready</c>: 200, or 503 with the part that is missing). Open to all; the answers name no secrets.
/// </summary>
internal static class PortalHealth
{
    /// <summary>Marks the checks that <c>/health/ready</c> asks.</summary>
    public const string Ready = "ready";

    /// <summary>Marks the checks that <c>/health/ready</c> tells of beside those; jobs do not wait for them.</summary>
    private const string Told = "told";

    public static void AddPortalHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<DatabaseReadiness>("database", tags: [Ready]).AddCheck<StorageReadiness>("storage", tags: [Told]);

    /// <summary>Jobs start when the portal is ready: the database answers, has every migration, and the demonstration has arrived.</summary>
    public static JobsMayStart JobsMayStart(IServiceProvider services) => async stop =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains(Ready), stop)).Status == HealthStatus.Healthy;

    public static void MapPortalHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) || check.Tags.Contains(Told), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", report.Status.ToString());
        json.WriteStartObject("checks");
        foreach (var (name, check) in report.Entries)
        {
            json.WriteStartObject(name);
            json.WriteString("status", check.Status.ToString());
            if (check.Description is { } description) json.WriteString("description", description);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
