using Quartz;

namespace Metro.Scheduler.Jobs;

/// <summary>A job and when it runs. The names are kept in the database and in the staff's memory: they do not change.</summary>
/// <param name="Name">Such as <c>plan-reminders</c>.</param>
/// <param name="Type">What it does.</param>
/// <param name="Cron">When, by the library's clock, as Quartz writes it: seconds, minutes, hours, day, month, weekday.</param>
internal sealed record PlannedJob(string Name, Type Type, string Cron)
{
    /// <summary>Whether it looks often and is done at once: such runs are noted only when they did something.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Whether a run that was missed while no portal ran is made up for, once, at the next start.</summary>
    public bool CatchesUp { get; init; }

    /// <summary>Whether it also runs at the very first start.</summary>
    public bool RunsAtFirstStart { get; init; }

    /// <summary>Whether it has something to do on PostgreSQL too.</summary>
    public bool OnlyOnSqlite { get; init; }

    public JobKey Key => new(Name);

    public TriggerKey TriggerKey => new(Name);

    /// <summary>The last time at which it should have run, up to an instant; null when there was none within eight days.</summary>
    public DateTime? LastDue(DateTime now, TimeZoneInfo zone)
    {
        var cron = new CronExpression(Cron, zone);
        DateTimeOffset? last = null;
        for (var next = cron.GetNextValidTimeAfter(new DateTimeOffset(now).AddDays(-8)); next?.UtcDateTime <= now; next = cron.GetNextValidTimeAfter(next.Value)) last = next;
        return last?.UtcDateTime;
    }
}

/// <summary>Every job of the portal.</summary>
internal static class PortalJobs
{
    public static IReadOnlyList<PlannedJob> All { get; } =
    [
        new("send-letters", typeof(SendLetters), "0/10 * * * * ?") { IsQuick = true },
        new("publish-content", typeof(PublishContent), "5 * * * * ?") { IsQuick = true },
        new("call-webhooks", typeof(CallWebhooks), "20 * * * * ?") { IsQuick = true },
        new("release-no-shows", typeof(ReleaseNoShows), "35 0/2 * * * ?") { IsQuick = true },
        new("end-offers", typeof(EndOffers), "50 0/5 * * * ?") { IsQuick = true },
        new("settle-e-loans", typeof(SettleELoans), "15 0/5 * * * ?") { IsQuick = true },
        new("remind-visits", typeof(RemindVisits), "0 10 * * * ?") { IsQuick = true },
        new("turn-the-day", typeof(TurnTheDay), "0 5 0 * * ?") { CatchesUp = true, RunsAtFirstStart = true },
        new("plan-reminders", typeof(PlanReminders), "0 0 4 * * ?") { CatchesUp = true, RunsAtFirstStart = true },
        new("digest-for-staff", typeof(DigestForStaff), "0 30 7 * * ?"),
        new("count", typeof(Count), "0 20 0 * * ?") { CatchesUp = true, RunsAtFirstStart = true },
        new("back-up", typeof(BackUp), "0 0 2 * * ?") { CatchesUp = true, OnlyOnSqlite = true },
        new("clean-up", typeof(CleanUp), "0 0 3 * * ?") { CatchesUp = true },
    ];
}
