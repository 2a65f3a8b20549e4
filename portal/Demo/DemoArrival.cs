using Metro.Data;
using Metro.Library;
using Metro.Library.Search;
using Metro.Portal.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Metro.Portal.Demo;

/// <summary>
/// Brings the demonstration in once the portal serves, so that nobody waits for it to start; meanwhile
/// <c>/health/ready</c> says that it is coming. Outside Development it only sees to it that nobody signs in with its accounts.
/// </summary>
internal sealed class DemoArrival(
    IServiceScopeFactory scopes, DemoCity city, PortalSettings settings, IHostEnvironment environment, IHostApplicationLifetime portal,
    IDataProtectionProvider protection, ILogger<DemoArrival> log) : BackgroundService, IHealthCheck
{
    private volatile bool isComing;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(isComing ? HealthCheckResult.Degraded("The demonstration data are being brought in.") : HealthCheckResult.Healthy());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            isComing = settings.Demo;
            await StartedAsync(stoppingToken);
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.IsUpToDateAsync(stoppingToken)) return;

            if (!environment.IsDevelopment()) await LockAccountsAsync(scope.ServiceProvider, stoppingToken);
            if (!settings.Demo) return;

            // The first visitor's form must not wait behind a long transaction for the key that signs it.
            protection.CreateProtector("demo").Protect("");
            if (!await city.LoadAsync(stoppingToken)) return;

            await scope.ServiceProvider.GetRequiredService<CatalogIndex>().WarmUpAsync(scope.ServiceProvider.GetRequiredService<LibraryDbContext>(), stoppingToken);
            if (environment.IsDevelopment()) Announce();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops: the next start goes on.
        }
        catch (Exception fault)
        {
            log.LogError(fault, "The demonstration data could not be brought in; the next start tries again.");
        }
        finally
        {
            isComing = false;
        }
    }

    private async Task LockAccountsAsync(IServiceProvider services, CancellationToken stop)
    {
        var open = await DemoAccounts.LockAsync(services, stop);
        if (open > 0) log.LogWarning("{Accounts} accounts of the demonstration were open, with a password that everybody knows; they are locked now.", open);
    }

    private static void Announce()
    {
        Console.WriteLine(DemoText.Get("Demo.Accounts", DemoAccounts.Password));
        foreach (var account in DemoAccounts.All) Console.WriteLine($"    {account.Email,-30} {DemoText.Get($"Demo.{account.As}")}");
        Console.WriteLine();
    }

    private async Task StartedAsync(CancellationToken stop)
    {
        var started = new TaskCompletionSource();
        await using var registration = portal.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }
}
