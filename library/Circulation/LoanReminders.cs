using System.Globalization;
using System.Text.Json;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>
/// Writes the reminders of loans into the outbox: before the due date, on it, and when copies are overdue, more earnestly each
/// time. One for each loan, due date and notice: running again, on two nodes at once, after the clock or the zone was changed,
/// writes none twice, and days on which nothing ran are caught up once (DOMAIN.md rule 14).
/// </summary>
public sealed class LoanReminders(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>How many loans are looked at in one transaction.</summary>
    public const int Batch = 500;

    /// <summary>The kind of message before the due date.</summary>
    public const string DueSoon = "circulation.due_soon";

    /// <summary>The kind of message on it.</summary>
    public const string DueToday = "circulation.due_today";

    /// <summary>The kind of message after it.</summary>
    public const string Overdue = "circulation.overdue";

    /// <summary>For how many days an overdue notice that was missed is still made up for.</summary>
    private const int CatchUpDays = 3;

    private IReadOnlyList<int> NoticeDays =>
        [.. (settings.Circulation.OverdueNoticeDays is { Count: > 0 } named ? named : [1, 7, 14]).Where(day => day > 0).Distinct().Order()];

    /// <summary>Reminds of every loan that is due within as many days as the settings say, unless it was lent or renewed only today.</summary>
    /// <returns>How many loans were looked at.</returns>
    public async Task<int> QueueDueSoonAsync(CancellationToken stop = default)
    {
        var looked = 0;
        for (var days = 1; days <= settings.Circulation.RemindDaysBefore; days++)
            looked += await QueueAsync(DueSoon, calendar.Today.AddDays(days), notice: null, stop);
        return looked;
    }

    /// <summary>Reminds of every loan that is due today, unless it was lent or renewed only today.</summary>
    /// <inheritdoc cref="QueueDueSoonAsync"/>
    public Task<int> QueueDueTodayAsync(CancellationToken stop = default) => QueueAsync(DueToday, calendar.Today, notice: null, stop);

    /// <summary>Tells of every loan that has been overdue for one of the numbers of days in the settings, or passed it a few days ago unnoticed.</summary>
    /// <inheritdoc cref="QueueDueSoonAsync"/>
    public async Task<int> QueueOverdueAsync(CancellationToken stop = default)
    {
        var (looked, notices) = (0, NoticeDays);
        for (var i = 0; i < notices.Count; i++)
        {
            // Whoever is late enough for the next notice gets that one, and not this one too.
            var until = Math.Min(notices[i] + CatchUpDays, i + 1 < notices.Count ? notices[i + 1] - 1 : int.MaxValue);
            for (var late = notices[i]; late <= until; late++)
                looked += await QueueAsync(Overdue, calendar.Today.AddDays(-late), new Notice(i + 1, notices.Count), stop);
        }

        return looked;
    }

    private async Task<int> QueueAsync(string kind, DateOnly dueOn, Notice? notice, CancellationToken stop)
    {
        var (looked, after) = (0, 0L);
        while (true)
        {
            var (count, last) = await db.WriteAsync(inner => QueueBatchAsync(kind, dueOn, notice, after, inner), stop);
            looked += count;
            if (count < Batch) return looked;
            after = last;
        }
    }

    private async Task<(int Count, long Last)> QueueBatchAsync(string kind, DateOnly dueOn, Notice? notice, long after, CancellationToken stop)
    {
        var today = calendar.Today;
        var at = calendar.InstantOf(today, new TimeOnly(settings.Circulation.RemindAtHour, 0));
        var loans = await (
            from loan in db.Loans.AsNoTracking()
            where loan.State == LoanState.Out && loan.ClaimedReturnedOn == null && loan.DueOn == dueOn && loan.Id > after && loan.LentOn < today && (loan.RenewedOn == null || loan.RenewedOn < today)
            join member in db.Members on loan.MemberId equals member.Id
            join title in db.Titles on loan.TitleId equals title.Id
            orderby loan.Id
            select new { loan.Id, MemberId = member.Id, member.Language, Title = title.Name }).Take(Batch).ToListAsync(stop);

        var told = await ToldAsync(kind, dueOn, notice, [.. loans.Select(loan => SubjectOf(loan.Id).ToString())], stop);
        foreach (var loan in loans.Where(loan => !told.Contains(SubjectOf(loan.Id).ToString())))
            db.AddMessage(SubjectOf(loan.Id), Recipient.Member(loan.MemberId, loan.Language), kind, at,
                new { loan.Title, DueOn = dueOn, Notice = notice?.Number, Notices = notice?.Of }, calendar.Now);

        await db.SaveChangesAsync(stop);
        return (loans.Count, loans.LastOrDefault()?.Id ?? after);
    }

    /// <summary>
    /// Which of the loans were told about this due date already. The scheduled instant alone would not say: it moves with the zone
    /// and with the hour in the settings.
    /// </summary>
    private async Task<HashSet<string>> ToldAsync(string kind, DateOnly dueOn, Notice? notice, List<string> subjects, CancellationToken stop)
    {
        var earlier = await db.OutboxMessages.AsNoTracking().Where(message => subjects.Contains(message.Subject) && message.Kind == kind)
            .Select(message => new { message.Subject, message.Payload }).ToListAsync(stop);
        return [.. earlier.Where(message => IsAbout(message.Payload, dueOn, notice)).Select(message => message.Subject)];
    }

    private static bool IsAbout(string payload, DateOnly dueOn, Notice? notice)
    {
        using var facts = JsonDocument.Parse(payload);
        return facts.RootElement.TryGetProperty("dueOn", out var due)
            && DateOnly.TryParseExact(due.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date == dueOn
            && (notice is null || (facts.RootElement.TryGetProperty("notice", out var number) && number.GetInt32() == notice.Number));
    }

    private static Subject SubjectOf(long loanId) => new("loan", loanId);

    /// <summary>Which notice it is, and of how many.</summary>
    private sealed record Notice(int Number, int Of);
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
            LoanReminders.DueSoon => await db.Loans.AnyAsync(loan => loan.Id == id && loan.State == LoanState.Out && loan.ClaimedReturnedOn == null && loan.DueOn >= today, stop),
            LoanReminders.DueToday => await db.Loans.AnyAsync(loan => loan.Id == id && loan.State == LoanState.Out && loan.ClaimedReturnedOn == null && loan.DueOn == today, stop),
            // After days without a mail server the last notice says what the earlier ones would have said.
            LoanReminders.Overdue => await db.Loans.AnyAsync(loan => loan.Id == id && loan.State == LoanState.Out && loan.ClaimedReturnedOn == null && loan.DueOn < today, stop)
                && !await db.OutboxMessages.AnyAsync(later => later.Subject == message.Subject && later.Kind == message.Kind && later.ScheduledAt > message.ScheduledAt, stop),
            HoldReminders.Lapsing => await db.Holds.AnyAsync(hold => hold.Id == id && hold.State == HoldState.Ready && hold.PickupBy >= today, stop),
            "circulation.hold_ready" or "circulation.pickup_moved" => await db.Holds.AnyAsync(hold => hold.Id == id && hold.State == HoldState.Ready, stop),
            "circulation.due_moved" or RenewalLetters.Renewed or RenewalLetters.Refused => await db.Loans.AnyAsync(loan => loan.Id == id && loan.State == LoanState.Out, stop),
            "circulation.lost" => await db.Loans.AnyAsync(loan => loan.Id == id && loan.State == LoanState.Lost, stop),
            _ => true,
        };
    }
}
