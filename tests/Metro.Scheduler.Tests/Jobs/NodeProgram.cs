using Metro.Data;
using Metro.Library;
using Metro.Scheduler.Backup;
using Metro.Scheduler.Delivery;
using Metro.Scheduler.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Metro.Scheduler.Tests;

/// <summary>A portal's node without a portal: its jobs on PostgreSQL, one that ticks every second and one that takes its time.</summary>
internal static class NodeProgram
{
    public static bool Hangs { get; private set; }

    public static readonly IReadOnlyList<PlannedJob> Jobs =
    [
        new("tick", typeof(Tick), "* * * * * ?"),
        new("slow", typeof(Slow), "0 0 0 1 1 ?"),
    ];

    public static async Task RunAsync(string connection, bool hangs)
    {
        Hangs = hangs;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new LibrarySettings());
        builder.Services.AddSingleton<Metro.Library.Calendar.LibraryCalendar>();
        builder.Services.AddSingleton(_ => LetterSender.OfThisProcess());
        builder.Services.AddSingleton<JobsMayStart>(_ => Task.FromResult(true));
        builder.Services.AddJobs(new DatabaseSettings(DatabaseProvider.PostgreSql, connection), new BackupSettings(), run: true, Jobs);
        using var host = builder.Build();
        await host.StartAsync();
        Console.Out.WriteLine("started -");
        while (await Console.In.ReadLineAsync() is { } command)
        {
            if (command == "stop") break;
            await using var scope = host.Services.CreateAsyncScope();
            while (!await scope.ServiceProvider.GetRequiredService<JobBoard>().RunNowAsync(command)) await Task.Yield();
        }

        await host.StopAsync();
    }
}

internal sealed class Tick(JobLog runs, TimeProvider clock, ILogger<Tick> log) : PortalJob(runs, clock, log), IJob
{
    async ValueTask IJob.Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        Console.Out.WriteLine($"tick {context.ScheduledFireTimeUtc?.ToUnixTimeMilliseconds()}");
        await Execute(context, cancellationToken);
    }

    protected override Task<string?> RunAsync(CancellationToken stop) => Task.FromResult<string?>(null);
}

internal sealed class Slow(JobLog runs, TimeProvider clock, ILogger<Slow> log) : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop)
    {
        Console.Out.WriteLine("slow begins");
        if (NodeProgram.Hangs) await new TaskCompletionSource().Task.WaitAsync(stop);
        Console.Out.WriteLine("slow done");
        return "done";
    }
}
