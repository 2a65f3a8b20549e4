using Metro.Library;
using Metro.Library.Attendance;
using Metro.Library.Circulation;
using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Statistics;
using Metro.Library.Visits;
using Metro.Scheduler.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Metro.Scheduler.Jobs;

/// <summary>Sends the letters that are due.</summary>
internal sealed class SendLetters(LetterDelivery delivery, JobLog runs, TimeProvider clock, ILogger<SendLetters> log) : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop)
    {
        var round = await delivery.SendDueAsync(stop);
        var done = Counts(("sent", round.Sent), ("put off", round.PutOff), ("given up", round.GivenUp), ("dropped", round.Dropped), ("until morning", round.Postponed));
        return round.Trouble is null ? done : string.Join("; ", new[] { done, round.Trouble }.OfType<string>());
    }
}

/// <summary>Writes the reminders of the day into the outbox: due dates, pickups, memberships.</summary>
internal sealed class PlanReminders(LoanReminders loans, HoldReminders holds, MembershipReminders memberships, JobLog runs, TimeProvider clock, ILogger<PlanReminders> log)
    : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop) => Counts(
        ("due soon", await loans.QueueDueSoonAsync(stop)),
        ("due today", await loans.QueueDueTodayAsync(stop)),
        ("overdue", await loans.QueueOverdueAsync(stop)),
        ("pickups", await holds.QueueLapsingAsync(stop)),
        ("memberships", await memberships.QueueExpiringAsync(stop)));
}

/// <summary>Reminds schools of visits that are near.</summary>
internal sealed class RemindVisits(ClassVisits visits, JobLog runs, TimeProvider clock, ILogger<RemindVisits> log) : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop) => Counts(("reminded", await UntilDoneAsync(inner => visits.RemindAsync(stop: inner), stop)));
}

/// <summary>What a new day brings: pickups that were not made, holds whose suspension has ended, members who have come of age.</summary>
internal sealed class TurnTheDay(HoldQueue holds, Guardians guardians, JobLog runs, TimeProvider clock, ILogger<TurnTheDay> log) : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop) => Counts(
        ("expired holds", await UntilDoneAsync(holds.ExpireAsync, stop)),
        ("resumed holds", await UntilDoneAsync(holds.ResumeAsync, stop)),
        ("came of age", await UntilDoneAsync(guardians.ComeOfAgeAsync, stop)));
}

/// <summary>Ends offers that nobody accepted and requests that nobody answered.</summary>
internal sealed class EndOffers(SessionRegistrations registrations, Bookings bookings, ClassVisits visits, JobLog runs, TimeProvider clock, ILogger<EndOffers> log)
    : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop) => Counts(
        ("offers", await UntilDoneAsync(inner => registrations.ExpireOffersAsync(stop: inner), stop)),
        ("room requests", await UntilDoneAsync(inner => bookings.LapseRequestsAsync(stop: inner), stop)),
        ("visit requests", await UntilDoneAsync(inner => visits.LapseRequestsAsync(stop: inner), stop)));
}

/// <summary>Takes back e-resources whose loan is over, lets offers lapse, and offers what came free to those who wait.</summary>
internal sealed class SettleELoans(DigitalLending lending, JobLog runs, TimeProvider clock, ILogger<SettleELoans> log) : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop) => Counts(("e-resources", await UntilDoneAsync(inner => lending.SettleAsync(stop: inner), stop)));
}

/// <summary>Gives the seats and rooms of those who did not come to others, while that is of use.</summary>
internal sealed class ReleaseNoShows(CheckIns checkIns, Bookings bookings, JobLog runs, TimeProvider clock, ILogger<ReleaseNoShows> log) : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop) => Counts(
        ("seats", await UntilDoneAsync(inner => checkIns.ReleaseNoShowsAsync(stop: inner), stop)),
        ("rooms", await UntilDoneAsync(inner => bookings.ReleaseNoShowsAsync(stop: inner), stop)));
}

/// <summary>Counts the days that are over, and lets the database look at its own figures.</summary>
internal sealed class Count(DailyFigures figures, LibraryDbContext db, JobLog runs, TimeProvider clock, ILogger<Count> log) : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop)
    {
        var days = await UntilDoneAsync(figures.ReachBackAsync, stop) + await figures.RecountAsync(stop);
        // PostgreSQL does so by itself.
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA analysis_limit=400; PRAGMA optimize;", stop);
        return Counts(("days", days));
    }
}

/// <summary>Forgets what need not be kept: who read what, who came, who wrote in vain (DOMAIN.md rule 11).</summary>
internal sealed class ForgetPeople(LoanPrivacy loans, VisitorPrivacy visitors, MemberPrivacy members)
{
    public async Task<(int Loans, int Visitors, int Applications)> RunAsync(Func<Func<CancellationToken, Task<int>>, Task<int>> untilDone) => (
        await untilDone(loans.UnlinkEndedAsync),
        await untilDone(inner => visitors.ForgetAsync(stop: inner)),
        await untilDone(members.ForgetDeclinedAsync));
}
