using Metro.Content;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Search;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Scheduler.Backup;
using Metro.Scheduler.Mailing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Metro.Scheduler.Jobs;

/// <summary>Publishes and withdraws content at its time.</summary>
internal sealed class PublishContent(Schedules schedules, JobLog runs, TimeProvider clock, ILogger<PublishContent> log) : PortalJob(runs, clock, log)
{
    private readonly TimeProvider clock = clock;

    protected override async Task<string?> RunAsync(CancellationToken stop)
    {
        var run = await schedules.RunDueAsync(clock.GetUtcNow().UtcDateTime, stop: stop);
        return Counts(("published", run.Published), ("archived", run.Archived), ("refused", run.Refused));
    }
}

/// <summary>Tells those who follow the content.</summary>
internal sealed class CallWebhooks(Webhooks webhooks, JobLog runs, TimeProvider clock, ILogger<CallWebhooks> log) : PortalJob(runs, clock, log)
{
    private readonly TimeProvider clock = clock;

    protected override async Task<string?> RunAsync(CancellationToken stop)
    {
        var run = await webhooks.DeliverDueAsync(clock.GetUtcNow().UtcDateTime, stop);
        return Counts(("delivered", run.Delivered), ("failed", run.Failed));
    }
}

/// <summary>Forgets what need not be kept.</summary>
internal sealed class CleanUp(
    ForgetPeople people, OutgoingLetters letters, MailSettings mail, MailFolder folder, Autosaves autosaves, Webhooks webhooks, MediaLibrary media, IEnumerable<IForgetful> others,
    LibraryDbContext db, JobLog runs, TimeProvider clock, ILogger<CleanUp> log)
    : PortalJob(runs, clock, log)
{
    private const int AutosaveDays = 30;
    private const int WebhookDays = 30;
    private const int RunDays = 90;

    private readonly TimeProvider clock = clock;
    private readonly JobLog runs = runs;

    protected override async Task<string?> RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var forgotten = await people.RunAsync(work => UntilDoneAsync(work, stop));
        var elsewhere = new List<(string, int)>();
        foreach (var other in others) elsewhere.Add((other.What, await UntilDoneAsync(inner => other.ForgetAsync(now, inner), stop)));
        return Counts([
            ("loans and holds", forgotten.Loans), ("visitors", forgotten.Visitors), ("applications", forgotten.Applications),
            ("letters", await UntilDoneAsync(inner => letters.ForgetBeforeAsync(now.AddDays(-mail.KeepDays), inner), stop)),
            ("mail files", folder.Sweep(now)),
            ("autosaves", await autosaves.ForgetBeforeAsync(now.AddDays(-AutosaveDays), stop)),
            ("webhook calls", await webhooks.ForgetBeforeAsync(now.AddDays(-WebhookDays), stop)),
            ("media files", await media.SweepAsync(stop)),
            ("catalogue notes", await UntilDoneAsync(inner => CatalogIndex.ForgetOldChangesAsync(db, stop: inner), stop)),
            ("job runs", await runs.ForgetBeforeAsync(now.AddDays(-RunDays), stop)),
            .. elsewhere,
        ]);
    }
}

/// <summary>Copies the SQLite file, opens the copy to see that it is whole, and keeps the latest of them.</summary>
internal sealed class BackUp(DatabaseBackup backup, JobLog runs, TimeProvider clock, ILogger<BackUp> log) : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop)
    {
        var written = await backup.RotateAsync(stop);
        return $"{written.Name}, {written.Length / 1024:N0} KiB";
    }
}

/// <summary>Tells the staff what waits for them, on the mornings on which something does.</summary>
internal sealed class DigestForStaff(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings library, MailSettings mail, JobLog runs, TimeProvider clock, ILogger<DigestForStaff> log)
    : PortalJob(runs, clock, log)
{
    protected override async Task<string?> RunAsync(CancellationToken stop)
    {
        if (mail.Staff.Count == 0) return null;
        var (visits, bookings, applications, oldest) = (
            await db.Visits.CountAsync(one => one.Status == VisitStatus.Requested, stop),
            await db.Bookings.CountAsync(one => one.Status == BookingStatus.Requested, stop),
            await db.Members.CountAsync(one => one.Status == MemberStatus.Applied, stop),
            await db.Visits.Where(one => one.Status == VisitStatus.Requested).MinAsync(one => (DateTime?)one.RequestedAt, stop));
        var yesterday = calendar.Now.AddDays(-1);
        var failed = await db.OutboxMessages.Where(one => one.State == OutboxState.Failed && one.EndedAt > yesterday).OrderByDescending(one => one.EndedAt).Take(1_000)
            .Select(one => new { one.Reply, one.Remark }).ToListAsync(stop);
        var waiting = await db.OutboxMessages.Where(one => one.State == OutboxState.Waiting && one.ScheduledAt < yesterday && one.DueAt < calendar.Now).OrderBy(one => one.DueAt).Take(1_000).CountAsync(stop);

        await db.WriteAsync(async inner =>
        {
            foreach (var address in mail.Staff)
            {
                if (visits + bookings + applications > 0) await TellAsync("staff.to_decide", address, new { visits = Some(visits), bookings = Some(bookings), applications = Some(applications), oldest }, inner);
                if (failed.Count + waiting > 0)
                    await TellAsync("staff.mail_failing", address, new
                    {
                        failed = Some(failed.Count), bounced = Some(failed.Count(one => one.Reply?.StartsWith('5') == true)), waiting = Some(waiting),
                        lastRemark = failed.Count > 0 ? failed[0].Reply ?? failed[0].Remark : null,
                    }, inner);
            }

            await db.SaveChangesAsync(inner);
        }, stop);
        return Counts(("to decide", visits + bookings + applications), ("letters failed", failed.Count), ("letters late", waiting));
    }

    /// <summary>One of each kind a day, however often the job runs.</summary>
    private Task TellAsync(string kind, string address, object facts, CancellationToken stop) => db.TellAsync(
        new Subject("digest", calendar.Today.DayNumber), Recipient.Address(address, library.DefaultLanguage), kind, calendar.StartOf(calendar.Today), facts, calendar.Now, stop);

    private static int? Some(int count) => count > 0 ? count : null;
}
