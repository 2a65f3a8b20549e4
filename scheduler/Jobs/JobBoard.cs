using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Metro.Scheduler.Jobs;

/// <summary>A job as staff see it.</summary>
/// <param name="Name">Its name, such as <c>plan-reminders</c>.</param>
/// <param name="State">How it stands; null when it never ran.</param>
/// <param name="NextAt">When it runs next, in UTC; null while it is paused.</param>
public sealed record JobOnBoard(string Name, JobState? State, DateTime? NextAt);

/// <summary>Shows the jobs to the staff, and does what they ask. Not thread-safe: one per request.</summary>
public sealed class JobBoard
{
    private readonly SchedulerDbContext db;
    private readonly JobLog runs;
    private readonly PlannedJobs planned;
    private readonly LibraryCalendar calendar;
    private readonly ISchedulerFactory? factory;

    internal JobBoard(SchedulerDbContext db, JobLog runs, PlannedJobs planned, LibraryCalendar calendar, ISchedulerFactory? factory) =>
        (this.db, this.runs, this.planned, this.calendar, this.factory) = (db, runs, planned, calendar, factory);

    /// <summary>Every job.</summary>
    public async Task<IReadOnlyList<JobOnBoard>> AllAsync(CancellationToken stop = default)
    {
        var states = await db.JobStates.AsNoTracking().ToDictionaryAsync(state => state.Job, stop);
        var now = new DateTimeOffset(calendar.Now);
        return [.. planned.Jobs.Select(job =>
        {
            var state = states.GetValueOrDefault(job.Name);
            return new JobOnBoard(job.Name, state, state is { IsPaused: true } ? null : new CronExpression(job.Cron, calendar.Zone).GetNextValidTimeAfter(now)?.UtcDateTime);
        })];
    }

    /// <summary>The latest runs that did something or failed, at most 50; of one job, or of all.</summary>
    public async Task<IReadOnlyList<JobRun>> RunsAsync(string? job = null, CancellationToken stop = default) =>
        await db.JobRuns.AsNoTracking().Where(run => job == null || run.Job == job).OrderByDescending(run => run.Id).Take(50).ToListAsync(stop);

    /// <summary>Asks for a run now, also of a paused job.</summary>
    /// <returns>False when there is no such job, or when jobs do not run on this node.</returns>
    public async Task<bool> RunNowAsync(string name, CancellationToken stop = default)
    {
        if (factory is null || planned.Jobs.FirstOrDefault(one => one.Name == name) is not { } job) return false;
        var scheduler = await factory.GetScheduler(stop);
        if (await scheduler.GetJobDetail(job.Key, stop) is null) return false;
        await scheduler.TriggerJob(job.Key, new JobDataMap { { PortalJob.ByHand, "true" } }, stop);
        return true;
    }

    /// <summary>Keeps a job from running on every node until it is resumed.</summary>
    /// <returns>False when there is no such job.</returns>
    public async Task<bool> PauseAsync(string name, bool paused, CancellationToken stop = default)
    {
        if (!planned.Jobs.Any(job => job.Name == name)) return false;
        await runs.PauseAsync(name, paused, stop);
        return true;
    }
}
