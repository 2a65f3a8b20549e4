using System.Globalization;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Metro.Scheduler.Jobs;

/// <summary>
/// A job rings the bell; the domain answers the door. This writes down what came of it, keeps paused jobs from running, and is the
/// one place where a failing world is caught: the next run goes on.
/// </summary>
[DisallowConcurrentExecution]
internal abstract partial class PortalJob(JobLog runs, TimeProvider clock, ILogger log) : IJob
{
    /// <summary>Marks a run that staff asked for: it runs though the job is paused.</summary>
    public const string ByHand = "by-hand";

    /// <summary>Marks a run that makes up for a missed one, with the time for which that was scheduled.</summary>
    public const string InPlaceOf = "in-place-of";

    /// <returns>What was done, for staff, in few words; null when there was nothing to do.</returns>
    protected abstract Task<string?> RunAsync(CancellationToken stop);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        var byHand = context.MergedJobDataMap.ContainsKey(ByHand);
        var scheduledAt = context.MergedJobDataMap.TryGetValue(InPlaceOf, out var missed) && missed is string instant
            ? DateTime.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            : (context.ScheduledFireTimeUtc ?? clock.GetUtcNow()).UtcDateTime;
        await RunAsync(name, byHand, scheduledAt, cancellationToken);
    }

    /// <summary>One run, as Quartz asks for it or a test.</summary>
    internal async Task RunAsync(string name, bool byHand, DateTime scheduledAt, CancellationToken stop)
    {
        if (!byHand && await runs.IsPausedAsync(name, stop)) return;
        var isQuick = PortalJobs.All.FirstOrDefault(job => job.Name == name)?.IsQuick ?? false;
        // A late start and the making up for it may both come; the second finds the work done.
        if (!byHand && !isQuick && await runs.HasRunForAsync(name, scheduledAt, stop)) return;

        var startedAt = clock.GetUtcNow().UtcDateTime;
        var run = isQuick ? 0 : await runs.BeginAsync(name, scheduledAt, stop);
        var (outcome, remark) = await OutcomeAsync(name, stop);
        if (isQuick) await runs.NoteAsync(name, scheduledAt, startedAt, outcome, remark, CancellationToken.None);
        else await runs.EndAsync(name, run, outcome, remark, CancellationToken.None);
    }

    private async Task<(JobOutcome Outcome, string? Remark)> OutcomeAsync(string name, CancellationToken stop)
    {
        try
        {
            return (JobOutcome.Done, await RunAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (JobOutcome.Abandoned, null);
        }
        catch (Exception fault)
        {
            JobFailed(log, name, fault);
            return (JobOutcome.Failed, fault.Message);
        }
    }

    /// <summary>Calls a bounded piece of work again until nothing is left to do.</summary>
    protected static async Task<int> UntilDoneAsync(Func<CancellationToken, Task<int>> work, CancellationToken stop)
    {
        var done = 0;
        while (await work(stop) is > 0 and var some)
        {
            done += some;
            stop.ThrowIfCancellationRequested();
        }

        return done;
    }

    /// <summary>What was done, named and counted; null when nothing was.</summary>
    protected static string? Counts(params IReadOnlyList<(string What, int Count)> counts) =>
        counts.Where(one => one.Count > 0).Select(one => $"{one.What} {one.Count}").ToList() is { Count: > 0 } some ? string.Join(", ", some) : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Job} failed; its next run goes on.")]
    private static partial void JobFailed(ILogger log, string job, Exception fault);
}
