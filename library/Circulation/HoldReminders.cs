using System.Globalization;
using System.Text.Json;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>
/// Reminds of copies on the hold shelf whose pickup ends tomorrow or today (DOMAIN.md rules 2 and 14): once for each hold and
/// deadline.
/// </summary>
public sealed class HoldReminders(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>The kind of message.</summary>
    public const string Lapsing = "circulation.hold_lapsing";

    private const int Batch = 500;

    /// <summary>Writes the reminders; running again writes none twice.</summary>
    /// <returns>How many holds were looked at.</returns>
    public async Task<int> QueueLapsingAsync(CancellationToken stop = default)
    {
        var looked = 0;
        foreach (var pickupBy in (DateOnly[])[calendar.Today, calendar.Today.AddDays(1)])
        {
            var after = 0L;
            while (true)
            {
                var (count, last) = await db.WriteAsync(inner => QueueBatchAsync(pickupBy, after, inner), stop);
                looked += count;
                if (count < Batch) break;
                after = last;
            }
        }

        return looked;
    }

    private async Task<(int Count, long Last)> QueueBatchAsync(DateOnly pickupBy, long after, CancellationToken stop)
    {
        var (now, startOfToday) = (calendar.Now, calendar.StartOf(calendar.Today));
        var at = calendar.InstantOf(calendar.Today, new TimeOnly(settings.Circulation.RemindAtHour, 0));
        // What became ready only today has just been told.
        var holds = await (
            from hold in db.Holds.AsNoTracking()
            where hold.State == HoldState.Ready && hold.PickupBy == pickupBy && hold.Id > after && hold.ReadyAt < startOfToday
            join member in db.Members on hold.MemberId equals member.Id
            join title in db.Titles on hold.TitleId equals title.Id
            join branch in db.Branches on hold.PickupBranchId equals branch.Id
            orderby hold.Id
            select new { hold.Id, MemberId = member.Id, member.Language, Title = title.Name, Branch = branch.Name, BranchEnglish = branch.NameEnglish }).Take(Batch).ToListAsync(stop);

        var subjects = holds.Select(hold => SubjectOf(hold.Id).ToString()).ToList();
        var told = (await db.OutboxMessages.AsNoTracking().Where(message => subjects.Contains(message.Subject) && message.Kind == Lapsing)
            .Select(message => new { message.Subject, message.Payload }).ToListAsync(stop)).Where(message => IsAbout(message.Payload, pickupBy)).Select(message => message.Subject).ToHashSet();
        foreach (var hold in holds.Where(hold => !told.Contains(SubjectOf(hold.Id).ToString())))
            db.AddMessage(SubjectOf(hold.Id), Recipient.Member(hold.MemberId, hold.Language), Lapsing, at,
                new { hold.Title, hold.Branch, hold.BranchEnglish, PickupBy = pickupBy }, now);

        await db.SaveChangesAsync(stop);
        return (holds.Count, holds.LastOrDefault()?.Id ?? after);
    }

    private static bool IsAbout(string payload, DateOnly pickupBy)
    {
        using var facts = JsonDocument.Parse(payload);
        return facts.RootElement.GetProperty("pickupBy").GetString() == pickupBy.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static Subject SubjectOf(long holdId) => new("hold", holdId);
}
