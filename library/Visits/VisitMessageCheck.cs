using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Visits;

/// <summary>What was told about class visits, looked at once more before it is sent (DOMAIN.md rule 14).</summary>
internal sealed class VisitMessageCheck(LibraryCalendar calendar) : IMessageCheck
{
    public bool Knows(string kind) => kind.StartsWith("visits.", StringComparison.Ordinal);

    public async Task<bool> IsStillTrueAsync(LibraryDbContext db, OutboxMessage message, CancellationToken stop)
    {
        var id = long.Parse(message.Subject.AsSpan(message.Subject.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var (visit, now) = (db.Visits.Where(one => one.Id == id), calendar.Now);
        return message.Kind switch
        {
            "visits.reminder" => await visit.AnyAsync(one => one.Status == VisitStatus.Approved && one.StartsAt > now, stop),
            "visits.approved" => await visit.AnyAsync(one => one.Status == VisitStatus.Approved || one.Status == VisitStatus.Visited, stop),
            "visits.moved" => await visit.AnyAsync(one => one.Status == VisitStatus.Requested || one.Status == VisitStatus.Approved, stop),
            _ => true,
        };
    }
}
