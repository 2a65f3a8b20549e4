using Metro.Library.Calendar;
using Metro.Library.Policies;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Visits;

/// <summary>What speaks for and against a request for a class visit, at the moment of asking.</summary>
/// <param name="Allowed">How many visits the school may have in the school year of the visit.</param>
/// <param name="Used">How many of them were approved.</param>
/// <param name="AlsoWaiting">How many other requests of the school wait for an answer in that school year.</param>
/// <param name="NoShows">To how many visits of that school year it did not come.</param>
/// <param name="NoticeGiven">How many days before the visit it was asked for.</param>
/// <param name="NoticeAsked">How many days the offer asks for.</param>
/// <param name="IsOpenThen">Whether the branch is open at that time, as its calendar stands now.</param>
/// <param name="AtTheSameTime">How many sessions of programs there are at the branch at that time.</param>
public sealed record VisitConsiderations(int Allowed, int Used, int AlsoWaiting, int NoShows, int NoticeGiven, int NoticeAsked, bool IsOpenThen, int AtTheSameTime)
{
    /// <summary>How many visits the school has left.</summary>
    public int Left => Math.Max(0, Allowed - Used);

    /// <summary>Whether it takes a reason to say yes.</summary>
    public bool IsBeyondQuota => Left == 0;

    /// <summary>Whether it was asked for later than the offer says; staff may agree on that.</summary>
    public bool IsShortNotice => NoticeGiven < NoticeAsked;
}

/// <summary>Looks at requests for class visits as staff do before they answer (DOMAIN.md rule 9). Not thread-safe: one per request.</summary>
public sealed class VisitReview(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>What there is to consider about each of some visits, by their keys.</summary>
    /// <param name="visits">Loaded with their offers and the offers' times; a list's worth of them.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<IReadOnlyDictionary<long, VisitConsiderations>> OfAsync(IReadOnlyCollection<Visit> visits, CancellationToken stop = default)
    {
        var schools = visits.Select(visit => visit.SchoolId).Distinct().ToList();
        var quotas = await db.VisitQuotas.AsNoTracking().Where(quota => schools.Contains(quota.SchoolId)).ToDictionaryAsync(quota => (quota.SchoolId, quota.FirstYear), stop);
        var others = await db.Visits.AsNoTracking()
            .Where(visit => schools.Contains(visit.SchoolId) && (visit.Status == VisitStatus.Requested || visit.Status == VisitStatus.NoShow))
            .Select(visit => new { visit.Id, visit.SchoolId, visit.Status, visit.StartsAt }).ToListAsync(stop);
        var allowed = (await db.LimitsAsync(settings, stop)).VisitsPerSchoolYear;
        var branches = new Dictionary<long, BranchCalendar>();
        var considered = new Dictionary<long, VisitConsiderations>();
        foreach (var visit in visits)
        {
            if (!branches.TryGetValue(visit.Offer.BranchId, out var branch)) branches[visit.Offer.BranchId] = branch = await calendar.OfAsync(db, visit.Offer.BranchId, stop);
            var day = calendar.DateOf(visit.StartsAt);
            var year = SchoolYear.Of(day);
            var inYear = others.Where(other => other.Id != visit.Id && other.SchoolId == visit.SchoolId && SchoolYear.Of(calendar.DateOf(other.StartsAt)) == year).ToList();
            var (branchId, from, until) = (visit.Offer.BranchId, visit.StartsAt, visit.EndsAt);
            considered[visit.Id] = new VisitConsiderations(
                quotas.TryGetValue((visit.SchoolId, year.FirstYear), out var quota) ? quota.Allowed : allowed,
                quota?.Used ?? 0,
                inYear.Count(other => other.Status == VisitStatus.Requested),
                inYear.Count(other => other.Status == VisitStatus.NoShow),
                day.DayNumber - calendar.DateOf(visit.RequestedAt).DayNumber,
                visit.Offer.NoticeDays,
                branch.OpeningsOn(day).Any(open => open.Opens <= visit.StartsAt && visit.EndsAt <= open.Closes),
                await db.Sessions.CountAsync(session => session.BranchId == branchId && session.Status == SessionStatus.Scheduled && session.StartsAt < until && session.EndsAt > from, stop));
        }

        return considered;
    }
}
