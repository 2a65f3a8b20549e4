using System.Globalization;
using System.Text.Json;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Members;

/// <summary>Reminds of memberships that end soon, once for each membership and end (DOMAIN.md rule 14).</summary>
public sealed class MembershipReminders(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>The kind of message.</summary>
    public const string Expiring = "members.expiring";

    /// <summary>For how many days a reminder that was missed is still made up for.</summary>
    private const int CatchUpDays = 3;

    private const int Batch = 500;

    /// <summary>Writes the reminders; running again writes none twice.</summary>
    /// <returns>How many memberships were looked at.</returns>
    public async Task<int> QueueExpiringAsync(CancellationToken stop = default)
    {
        var looked = 0;
        var latest = calendar.Today.AddDays(settings.Members.RemindDaysBeforeEnd);
        for (var end = latest; end >= calendar.Today && end > latest.AddDays(-CatchUpDays); end = end.AddDays(-1))
        {
            var (day, after) = (end, 0L);
            while (true)
            {
                var (count, last) = await db.WriteAsync(inner => QueueBatchAsync(day, after, inner), stop);
                looked += count;
                if (count < Batch) break;
                after = last;
            }
        }

        return looked;
    }

    private async Task<(int Count, long Last)> QueueBatchAsync(DateOnly end, long after, CancellationToken stop)
    {
        var at = calendar.InstantOf(calendar.Today, new TimeOnly(settings.Circulation.RemindAtHour, 0));
        var members = await db.Members.AsNoTracking().Where(member => member.MembershipEnd == end && member.Status == MemberStatus.Active && member.Id > after)
            .OrderBy(member => member.Id).Take(Batch).Select(member => new { member.Id, member.Name, member.CardNumber, member.Language }).ToListAsync(stop);

        var subjects = members.Select(member => SubjectOf(member.Id).ToString()).ToList();
        var told = (await db.OutboxMessages.AsNoTracking().Where(message => subjects.Contains(message.Subject) && message.Kind == Expiring)
            .Select(message => new { message.Subject, message.Payload }).ToListAsync(stop)).Where(message => IsAbout(message.Payload, end)).Select(message => message.Subject).ToHashSet();
        foreach (var member in members.Where(member => !told.Contains(SubjectOf(member.Id).ToString())))
            db.AddMessage(SubjectOf(member.Id), Recipient.Member(member.Id, member.Language), Expiring, at, new { member.Name, member.CardNumber, MembershipEnd = end }, calendar.Now);

        await db.SaveChangesAsync(stop);
        return (members.Count, members.LastOrDefault()?.Id ?? after);
    }

    private static bool IsAbout(string payload, DateOnly end)
    {
        using var facts = JsonDocument.Parse(payload);
        return facts.RootElement.GetProperty("membershipEnd").GetString() == end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static Subject SubjectOf(long memberId) => new("member", memberId);
}

/// <summary>Whether what was written about a membership is still so.</summary>
internal sealed class MemberMessageCheck : IMessageCheck
{
    public bool Knows(string kind) => kind.StartsWith("members.", StringComparison.Ordinal);

    public async Task<bool> IsStillTrueAsync(LibraryDbContext db, OutboxMessage message, CancellationToken stop)
    {
        if (message.Kind != MembershipReminders.Expiring || message.MemberId is not { } memberId) return true;
        using var facts = JsonDocument.Parse(message.Payload);
        var end = DateOnly.ParseExact(facts.RootElement.GetProperty("membershipEnd").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return await db.Members.AnyAsync(member => member.Id == memberId && member.Status == MemberStatus.Active && member.MembershipEnd == end, stop);
    }
}
