using Metro.Scheduler.Jobs;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Scheduler.Tests.Jobs;

/// <summary>What is written down of jobs, when they run, and what was missed.</summary>
public sealed class JobTests
{
    private static readonly TimeZoneInfo Jakarta = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta");

    [Fact]
    public void Jobs_run_by_the_librarys_clock()
    {
        // 04:00 in Metro is 21:00 UTC of the day before.
        var plan = PortalJobs.All.Single(job => job.Name == "plan-reminders");

        Assert.Equal(new DateTime(2026, 1, 4, 21, 0, 0, DateTimeKind.Utc), plan.LastDue(new DateTime(2026, 1, 5, 20, 59, 59, DateTimeKind.Utc), Jakarta));
        Assert.Equal(new DateTime(2026, 1, 5, 21, 0, 0, DateTimeKind.Utc), plan.LastDue(new DateTime(2026, 1, 5, 21, 0, 0, DateTimeKind.Utc), Jakarta));
    }

    [Fact]
    public void Every_job_has_a_schedule_that_Quartz_reads_and_a_name_of_its_own()
    {
        Assert.Equal(PortalJobs.All.Count, PortalJobs.All.Select(job => job.Name).Distinct().Count());
        Assert.All(PortalJobs.All, job => Assert.NotNull(job.LastDue(new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc), Jakarta)));
    }

    [Fact]
    public void What_is_over_is_offered_on_within_minutes_though_nobody_asks_for_it() =>
        Assert.Contains(PortalJobs.All, job => job.Type == typeof(SettleELoans) && job.LastDue(new DateTime(2026, 1, 5, 0, 4, 59, DateTimeKind.Utc), Jakarta) == new DateTime(2026, 1, 5, 0, 0, 15, DateTimeKind.Utc));

    [Fact]
    public async Task A_missed_run_is_made_up_for_once_however_many_nodes_start()
    {
        await using var database = await TestDatabase.CreateAsync<SchedulerDbContext>();
        var clock = new FakeClock();
        var due = clock.UtcNow.AddHours(-5);
        await using (var before = new Log(database, clock)) await before.Runs.BeginAsync("plan-reminders", clock.UtcNow.AddDays(-2), default);
        await using (var db = database.NewContext()) await db.JobStates.ExecuteUpdateAsync(state => state.SetProperty(one => one.StartedAt, clock.UtcNow.AddDays(-2)));

        var took = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var node = new Log(database, clock);
            return await node.Runs.TakeMissedAsync("plan-reminders", due, firstToo: false, default);
        })));

        Assert.Single(took, one => one);
    }

    [Fact]
    public async Task A_job_that_never_ran_is_made_up_for_only_where_that_is_of_use()
    {
        await using var database = await TestDatabase.CreateAsync<SchedulerDbContext>();
        var clock = new FakeClock();
        await using var log = new Log(database, clock);

        Assert.True(await log.Runs.TakeMissedAsync("plan-reminders", clock.UtcNow, firstToo: true, default));
        Assert.False(await log.Runs.TakeMissedAsync("back-up", clock.UtcNow, firstToo: false, default));
    }

    [Fact]
    public async Task A_run_for_a_time_for_which_it_has_run_already_does_nothing()
    {
        await using var database = await TestDatabase.CreateAsync<SchedulerDbContext>();
        var clock = new FakeClock();
        await using var log = new Log(database, clock);
        var job = new Counting(log.Runs, clock);
        var due = clock.UtcNow.AddMinutes(-10);

        await job.RunAsync("clean-up", byHand: false, due, default);
        await job.RunAsync("clean-up", byHand: false, due, default);
        Assert.Equal(1, job.Runs);

        await job.RunAsync("clean-up", byHand: true, due, default);
        clock.Advance(TimeSpan.FromDays(1));
        await job.RunAsync("clean-up", byHand: false, clock.UtcNow, default);
        Assert.Equal(3, job.Runs);
    }

    [Fact]
    public async Task A_paused_job_rests_until_it_is_resumed_or_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync<SchedulerDbContext>();
        var clock = new FakeClock();
        await using var log = new Log(database, clock);
        var job = new Counting(log.Runs, clock);
        await log.Runs.PauseAsync("clean-up", paused: true, default);

        await job.RunAsync("clean-up", byHand: false, clock.UtcNow, default);
        Assert.Equal(0, job.Runs);
        await job.RunAsync("clean-up", byHand: true, clock.UtcNow, default);
        Assert.Equal(1, job.Runs);
    }

    [Fact]
    public async Task What_a_job_did_and_what_it_met_is_written_down()
    {
        await using var database = await TestDatabase.CreateAsync<SchedulerDbContext>();
        var clock = new FakeClock();
        await using var log = new Log(database, clock);
        var job = new Counting(log.Runs, clock) { Fault = new IOException("disk full") };

        await job.RunAsync("clean-up", byHand: true, clock.UtcNow, default);
        clock.Advance(TimeSpan.FromMinutes(1));
        job.Fault = null;
        await job.RunAsync("clean-up", byHand: true, clock.UtcNow, default);

        await using var db = database.NewContext();
        Assert.Equal([(JobOutcome.Failed, "disk full"), (JobOutcome.Done, "counted 2")], (await db.JobRuns.OrderBy(run => run.Id).ToListAsync()).Select(run => (run.Outcome, run.Remark!)));
        var state = await db.JobStates.SingleAsync();
        Assert.Equal((JobOutcome.Done, clock.UtcNow), (state.Outcome, state.EndedAt));
    }

    [Fact]
    public async Task Quick_jobs_that_find_nothing_to_do_leave_one_note_a_minute_and_the_same_trouble_one_row()
    {
        await using var database = await TestDatabase.CreateAsync<SchedulerDbContext>();
        var clock = new FakeClock();
        await using var log = new Log(database, clock);
        var job = new Counting(log.Runs, clock) { IsIdle = true };
        for (var i = 0; i < 12; i++)
        {
            await job.RunAsync("send-letters", byHand: false, clock.UtcNow, default);
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        job.Fault = new IOException("no server");
        for (var i = 0; i < 5; i++) await job.RunAsync("send-letters", byHand: false, clock.UtcNow, default);

        await using var db = database.NewContext();
        Assert.Equal("no server", (await db.JobRuns.SingleAsync()).Remark);
    }

    /// <summary>What one run has of the log.</summary>
    private sealed class Log(TestDatabase<SchedulerDbContext> database, TimeProvider clock) : IAsyncDisposable
    {
        private readonly SchedulerDbContext db = database.NewContext();
        private JobLog? runs;

        public JobLog Runs => runs ??= new JobLog(db, clock, new Metro.Scheduler.Delivery.LetterSender("test"));

        public ValueTask DisposeAsync() => db.DisposeAsync();
    }

    private sealed class Counting(JobLog runs, TimeProvider clock) : PortalJob(runs, clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)
    {
        public int Runs { get; private set; }

        public bool IsIdle { get; init; }

        public Exception? Fault { get; set; }

        protected override Task<string?> RunAsync(CancellationToken stop)
        {
            Runs++;
            return Fault is not null ? throw Fault : Task.FromResult(IsIdle ? null : $"counted {Runs}");
        }
    }
}
