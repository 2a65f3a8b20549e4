using Metro.Data;
using Metro.Scheduler.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Metro.Scheduler.Jobs;

/// <summary>
/// Writes down what jobs do. A run that found nothing to do leaves no row of its own, and is noted at most once a minute: jobs
/// that look every few seconds would otherwise write more than they do. Not thread-safe: one per run.
/// </summary>
internal sealed class JobLog(SchedulerDbContext db, TimeProvider clock, LetterSender node)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task<bool> IsPausedAsync(string job, CancellationToken stop) => db.JobStates.AnyAsync(state => state.Job == job && state.IsPaused, stop);

    /// <summary>Whether a run since an instant has done all there was to do.</summary>
    public Task<bool> HasRunForAsync(string job, DateTime scheduledAt, CancellationToken stop) =>
        db.JobStates.AnyAsync(state => state.Job == job && state.Outcome == JobOutcome.Done && state.StartedAt >= scheduledAt, stop);

    /// <summary>A run that takes its time begins: a killed process leaves this behind, and the next run says so.</summary>
    public Task<long> BeginAsync(string job, DateTime scheduledAt, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        foreach (var abandoned in await db.JobRuns.Where(run => run.Job == job && run.EndedAt == null).OrderBy(run => run.Id).Take(10).ToListAsync(inner))
            abandoned.End(JobOutcome.Abandoned, null, Now);
        var run = new JobRun(job, node.Name, scheduledAt, Now);
        db.Add(run);
        (await StateAsync(job, inner)).Begin(node.Name, Now);
        await db.SaveChangesAsync(inner);
        return run.Id;
    }, stop);

    public Task EndAsync(string job, long runId, JobOutcome outcome, string? remark, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        (await db.JobRuns.FindAsync([runId], inner))?.End(outcome, remark, Now);
        (await StateAsync(job, inner)).End(outcome, remark, Now);
        await db.SaveChangesAsync(inner);
    }, stop);

    /// <summary>A quick run has ended.</summary>
    /// <param name="job">Which.</param>
    /// <param name="scheduledAt">For when it was scheduled.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="remark">Null when there was nothing to do.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task NoteAsync(string job, DateTime scheduledAt, DateTime startedAt, JobOutcome outcome, string? remark, CancellationToken stop)
    {
        var wasIdle = outcome == JobOutcome.Done && remark is null;
        var minuteAgo = Now.AddMinutes(-1);
        if (wasIdle && await db.JobStates.AnyAsync(state => state.Job == job && state.Outcome == JobOutcome.Done && state.StartedAt > minuteAgo, stop)) return;

        await db.WriteAsync(async inner =>
        {
            var state = await StateAsync(job, inner);
            // The same trouble every few seconds is one trouble.
            var repeats = outcome == JobOutcome.Failed && state.Outcome == JobOutcome.Failed && state.Remark == JobRun.Cut(remark);
            state.Begin(node.Name, startedAt);
            state.End(outcome, remark, Now);
            if (!wasIdle && !repeats)
            {
                var run = new JobRun(job, node.Name, scheduledAt, startedAt);
                run.End(outcome, remark, Now);
                db.Add(run);
            }

            await db.SaveChangesAsync(inner);
        }, stop);
    }

    /// <summary>Takes it upon this process to make up for a missed run; of several that start together one does.</summary>
    /// <param name="job">Which.</param>
    /// <param name="due">When it should have run last, in UTC.</param>
    /// <param name="firstToo">Whether a job that never ran is made up for as well.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<bool> TakeMissedAsync(string job, DateTime due, bool firstToo, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        var state = await StateAsync(job, inner);
        var done = state.CaughtUpTo > state.StartedAt || state.StartedAt is null ? state.CaughtUpTo : state.StartedAt;
        var isMissed = done is null ? firstToo : done < due;
        state.CaughtUpTo = due;
        await db.SaveChangesAsync(inner);
        return isMissed;
    }, stop);

    public Task PauseAsync(string job, bool paused, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        (await StateAsync(job, inner)).IsPaused = paused;
        await db.SaveChangesAsync(inner);
    }, stop);

    /// <summary>Forgets runs that began before an instant.</summary>
    public Task<int> ForgetBeforeAsync(DateTime instant, CancellationToken stop) =>
        db.WriteAsync(inner => db.JobRuns.Where(run => run.StartedAt < instant && run.EndedAt != null).ExecuteDeleteAsync(inner), stop);

    private async Task<JobState> StateAsync(string job, CancellationToken stop)
    {
        if (await db.JobStates.FindAsync([job], stop) is { } known) return known;
        var state = new JobState(job);
        db.Add(state);
        return state;
    }
}
