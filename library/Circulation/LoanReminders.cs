using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>
/// Writes the reminders of loans into the outbox: before the due date, and when copies are overdue. Running again, or on two
/// nodes at once, writes none twice (DOMAIN.md rule 14).
/// </summary>
public sealed class LoanReminders(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>How many loans are looked at in one transaction.</summary>
    public const int Batch = 500;

    /// <summary>The kind of message before the due date.</summary>
    public const string DueSoon = "circulation.due_soon";

    /// <summary>The kind of message after it.</summary>
    public const string Overdue = "circulation.overdue";

    /// <summary>Reminds of every loan that is due in as many days as the settings say.</summary>
    /// <returns>How many loans were looked at.</returns>
    public Task<int> QueueDueSoonAsync(CancellationToken stop = default) =>
        QueueAsync(calendar.Today.AddDays(settings.Circulation.RemindDaysBefore), DueSoon, stop);

    /// <summary>Tells of every loan that has been overdue for one of the numbers of days in the settings.</summary>
    /// <inheritdoc cref="QueueDueSoonAsync"/>
    public async Task<int> QueueOverdueAsync(CancellationToken stop = default)
    {
        var looked = 0;
        IEnumerable<int> days = settings.Circulation.OverdueNoticeDays is { Count: > 0 } named ? named : [1, 7, 14];
        foreach (var day in days.Distinct()) looked += await QueueAsync(calendar.Today.AddDays(-day), Overdue, stop);
        return looked;
    }

    private async Task<int> QueueAsync(DateOnly dueOn, string kind, CancellationToken stop)
    {
        var (looked, after) = (0, 0L);
        while (true)
        {
            var (count, last) = await db.WriteAsync(inner => QueueBatchAsync(dueOn, kind, after, inner), stop);
            looked += count;
            if (count < Batch) return looked;
            after = last;
        }
    }

    private async Task<(int Count, long Last)> QueueBatchAsync(DateOnly dueOn, string kind, long after, CancellationToken stop)
    {
        var at = calendar.InstantOf(calendar.Today, new TimeOnly(settings.Circulation.RemindAtHour, 0));
        var loans = await (
            from loan in db.Loans.AsNoTracking()
            where loan.State == LoanState.Out && loan.DueOn == dueOn && loan.Id > after
            join member in db.Members on loan.MemberId equals member.Id
            join title in db.Titles on loan.TitleId equals title.Id
            orderby loan.Id
            select new { loan.Id, MemberId = member.Id, member.Language, Title = title.Name }).Take(Batch).ToListAsync(stop);

        var subjects = loans.Select(loan => SubjectOf(loan.Id).ToString()).ToList();
        var written = (await db.OutboxMessages.Where(message => subjects.Contains(message.Subject) && message.Kind == kind && message.ScheduledAt == at)
            .Select(message => message.Subject).ToListAsync(stop)).ToHashSet();
        foreach (var loan in loans.Where(loan => !written.Contains(SubjectOf(loan.Id).ToString())))
            db.AddMessage(SubjectOf(loan.Id), Recipient.Member(loan.MemberId, loan.Language), kind, at, new { loan.Title, DueOn = dueOn }, calendar.Now);

        await db.SaveChangesAsync(stop);
        return (loans.Count, loans.LastOrDefault()?.Id ?? after);
    }

    private static Subject SubjectOf(long loanId) => new("loan", loanId);
}

/// <summary>Whether what circulation wrote is still so: the copy may have come back, the date may have moved.</summary>
internal sealed class CirculationMessageCheck(LibraryCalendar calendar) : IMessageCheck
{
    public bool Knows(string kind) => kind.StartsWith("circulation.", StringComparison.Ordinal);

    public async Task<bool> IsStillTrueAsync(LibraryDbContext db, OutboxMessage message, CancellationToken stop)
    {
        var id = long.Parse(message.Subject.AsSpan(message.Subject.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var today = calendar.Today;
        return message.Kind switch
        {
            LoanReminders.DueSoon => await db.Loans.AnyAsync(loan => loan.Id == id && loan.State == LoanState.Out && loan.DueOn >= today, stop),
            LoanReminders.Overdue => await db.Loans.AnyAsync(loan => loan.Id == id && loan.State == LoanState.Out && loan.DueOn < today, stop),
            "circulation.hold_ready" or "circulation.pickup_moved" => await db.Holds.AnyAsync(hold => hold.Id == id && hold.State == HoldState.Ready, stop),
            "circulation.due_moved" => await db.Loans.AnyAsync(loan => loan.Id == id && loan.State == LoanState.Out, stop),
            "circulation.lost" => await db.Loans.AnyAsync(loan => loan.Id == id && loan.State == LoanState.Lost, stop),
            _ => true,
        };
    }
}
