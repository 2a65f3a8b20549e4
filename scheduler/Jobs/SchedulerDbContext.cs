using Metro.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Scheduler.Jobs;

/// <summary>What the scheduler keeps about its jobs; Quartz keeps its own tables on PostgreSQL. Not thread-safe, as any <see cref="DbContext"/>.</summary>
public abstract class SchedulerDbContext(DbContextOptions options) : MetroDbContext(options)
{
    /// <summary>How each job stands.</summary>
    public DbSet<JobState> JobStates => Set<JobState>();

    /// <summary>What was done, job by job.</summary>
    public DbSet<JobRun> JobRuns => Set<JobRun>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(SchedulerDbContext).Assembly);
}

/// <summary>The scheduler on SQLite.</summary>
public sealed class SqliteSchedulerDbContext(DbContextOptions<SqliteSchedulerDbContext> options) : SchedulerDbContext(options);

/// <summary>The scheduler on PostgreSQL.</summary>
public sealed class PostgreSqlSchedulerDbContext(DbContextOptions<PostgreSqlSchedulerDbContext> options) : SchedulerDbContext(options);

/// <summary>What came of a run.</summary>
public enum JobOutcome
{
    /// <summary>It runs still, or its process was killed.</summary>
    Running,

    /// <summary>All was done.</summary>
    Done,

    /// <summary>It failed; the next run goes on where it stopped.</summary>
    Failed,

    /// <summary>Its process was killed in the middle; another run went on.</summary>
    Abandoned,
}

/// <summary>How a job stands.</summary>
public sealed class JobState
{
    private JobState()
    {
    }

    internal JobState(string job) => Job = job;

    /// <summary>Its name, such as <c>plan-reminders</c>.</summary>
    public string Job { get; private set; } = "";

    /// <summary>Whether staff have paused it.</summary>
    public bool IsPaused { get; internal set; }

    /// <summary>When it last began, in UTC; null when it never has.</summary>
    public DateTime? StartedAt { get; private set; }

    /// <summary>When it last ended, in UTC; null while it runs.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>What came of the last run.</summary>
    public JobOutcome Outcome { get; private set; }

    /// <summary>What the last run did or met.</summary>
    public string? Remark { get; private set; }

    /// <summary>The process that ran it.</summary>
    public string? Node { get; private set; }

    /// <summary>Up to which scheduled time missed runs have been made up for, in UTC.</summary>
    public DateTime? CaughtUpTo { get; internal set; }

    internal void Begin(string node, DateTime now) => (Node, StartedAt, EndedAt, Outcome, Remark) = (node, now, null, JobOutcome.Running, null);

    internal void End(JobOutcome outcome, string? remark, DateTime now) => (Outcome, Remark, EndedAt) = (outcome, JobRun.Cut(remark), now);
}

/// <summary>One run of a job that did something, or failed.</summary>
public sealed class JobRun
{
    private JobRun()
    {
    }

    internal JobRun(string job, string node, DateTime scheduledAt, DateTime now) => (Job, Node, ScheduledAt, StartedAt) = (job, node, scheduledAt, now);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The job's name.</summary>
    public string Job { get; private set; } = "";

    /// <summary>The process that ran it.</summary>
    public string Node { get; private set; } = "";

    /// <summary>For when it was scheduled, in UTC.</summary>
    public DateTime ScheduledAt { get; private set; }

    /// <summary>When it began, in UTC.</summary>
    public DateTime StartedAt { get; private set; }

    /// <summary>When it ended, in UTC; null while it runs.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>What came of it.</summary>
    public JobOutcome Outcome { get; private set; }

    /// <summary>What it did or met.</summary>
    public string? Remark { get; private set; }

    internal void End(JobOutcome outcome, string? remark, DateTime now) => (Outcome, Remark, EndedAt) = (outcome, Cut(remark), now);

    internal static string? Cut(string? text) => text?.Length > RemarkLimit ? text[..RemarkLimit] : text;

    internal const int RemarkLimit = 1_000;
}

internal sealed class JobStateConfiguration : IEntityTypeConfiguration<JobState>
{
    public void Configure(EntityTypeBuilder<JobState> builder)
    {
        builder.ToTable("job_states");
        builder.HasKey(state => state.Job);
        builder.Property(state => state.Job).HasMaxLength(60);
        builder.Property(state => state.Node).HasMaxLength(100);
        builder.Property(state => state.Remark).HasMaxLength(JobRun.RemarkLimit);
    }
}

internal sealed class JobRunConfiguration : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("job_runs");
        builder.Property(run => run.Job).HasMaxLength(60);
        builder.Property(run => run.Node).HasMaxLength(100);
        builder.Property(run => run.Remark).HasMaxLength(JobRun.RemarkLimit);
        builder.HasIndex(run => new { run.Job, run.Id });
        builder.HasIndex(run => new { run.StartedAt, run.Id });
    }
}
