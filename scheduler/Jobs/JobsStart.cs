using System.Globalization;
using Metro.Library.Calendar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Metro.Scheduler.Jobs;

/// <summary>Whether the portal can do its work: the database is there and up to date. A boundary: the host knows.</summary>
/// <param name="stop">Ends the question.</param>
public delegate Task<bool> JobsMayStart(CancellationToken stop);

/// <summary>
/// Starts the jobs once the portal can do its work: writes their schedules down, in memory or in PostgreSQL, and makes up, once,
/// for what should have run while no portal did.
/// </summary>
internal sealed partial class JobsStart(
    ISchedulerFactory factory, PlannedJobs planned, LibraryCalendar calendar, IServiceScopeFactory scopes, JobsMayStart mayStart, TimeProvider clock, ILogger<JobsStart> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IScheduler? scheduler = null;
        try
        {
            await ReadyAsync(stoppingToken);
            scheduler = await factory.GetScheduler(stoppingToken);
            foreach (var job in planned.Jobs) await ScheduleAsync(scheduler, job, stoppingToken);
            await ForgetFormerAsync(scheduler, stoppingToken);
            await scheduler.Start(stoppingToken);
            foreach (var job in planned.Jobs.Where(job => job.CatchesUp)) await CatchUpAsync(scheduler, job, stoppingToken);
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
        catch (Exception fault)
        {
            // Readers are served all the same; the staff see on their page that nothing has run.
            NotStarted(log, fault);
        }
        finally
        {
            if (scheduler is not null && scheduler.Status != SchedulerStatus.Shutdown) await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        }
    }

    private async Task ReadyAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        // Never before the first tick: a portal that cannot start, because its port is taken, say, has nothing to do.
        do await timer.WaitForNextTickAsync(stop);
        while (!await mayStart(stop));
    }

    /// <summary>A schedule that is there already stays, with whatever it is doing on another node; one that has changed is replaced.</summary>
    private async Task ScheduleAsync(IScheduler scheduler, PlannedJob job, CancellationToken stop)
    {
        var detail = JobBuilder.Create().OfType(job.Type).WithIdentity(job.Key).StoreDurably(true).RequestRecovery(true).Build();
        // A job that looks every few seconds need not look again for each time it was late; a daily one may come an hour late.
        var trigger = TriggerBuilder.Create().WithIdentity(job.TriggerKey).ForJob(job.Key).WithMisfireThreshold(job.IsQuick ? TimeSpan.FromSeconds(15) : TimeSpan.FromHours(1))
            .WithCronSchedule(job.Cron, cron => cron.InTimeZone(calendar.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)).Build();
        var known = await scheduler.GetTrigger(job.TriggerKey, stop) as ICronTrigger;
        if (known is not null && known.CronExpressionString == job.Cron && known.TimeZone.Id == calendar.Zone.Id) return;

        try
        {
            if (known is null) await scheduler.ScheduleJob(detail, trigger, cancellationToken: stop);
            else await scheduler.RescheduleJob(job.TriggerKey, trigger, stop);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another node that starts at the same time was faster, with the same schedule.
        }
    }

    /// <summary>A job that an older portal had and this one has not would fail for ever.</summary>
    private async Task ForgetFormerAsync(IScheduler scheduler, CancellationToken stop)
    {
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(JobKey.DefaultGroup), stop))
            if (!planned.Jobs.Any(job => job.Key.Equals(key))) await scheduler.DeleteJob(key, stop);
    }

    private async Task CatchUpAsync(IScheduler scheduler, PlannedJob job, CancellationToken stop)
    {
        if (job.LastDue(clock.GetUtcNow().UtcDateTime, calendar.Zone) is not { } due) return;
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<JobLog>().TakeMissedAsync(job.Name, due, job.RunsAtFirstStart, stop))
            await scheduler.TriggerJob(job.Key, new JobDataMap { { PortalJob.InPlaceOf, due.ToString("O", CultureInfo.InvariantCulture) } }, stop);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The jobs could not be started: nothing is sent, published or cleaned up until the portal starts again.")]
    private static partial void NotStarted(ILogger log, Exception fault);
}

/// <summary>The jobs that this portal runs.</summary>
internal sealed record PlannedJobs(IReadOnlyList<PlannedJob> Jobs);
