using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Statistics;

/// <summary>
/// Counts what the library did, day by day, from what is written of it. Days that are not long over are counted anew every night,
/// since books come back late and lists are put right; older ones stay as they were counted. Not thread-safe: one per request.
/// </summary>
public sealed class DailyFigures(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>For how many days back a day is counted anew.</summary>
    public const int RecountedDays = 35;

    /// <summary>The most days that one question covers.</summary>
    public const int MostDays = 1_100;

    private const int AtOnce = 31;

    /// <summary>Counts yesterday and the days before it anew; for a job, once a night.</summary>
    /// <returns>How many days were counted.</returns>
    public async Task<int> RecountAsync(CancellationToken stop = default)
    {
        for (var day = calendar.Today.AddDays(-RecountedDays); day < calendar.Today; day = day.AddDays(1)) await CountAsync(day, stop);
        return RecountedDays;
    }

    /// <summary>Counts days before those that are counted already, at most a month of them; for a job: call again until it answers 0.</summary>
    /// <returns>How many days were counted.</returns>
    public async Task<int> ReachBackAsync(CancellationToken stop = default)
    {
        var earliest = await db.DailyFigures.MinAsync(figure => (DateOnly?)figure.Day, stop) ?? calendar.Today;
        if (await FirstDayAsync(stop) is not { } first || first >= earliest) return 0;

        var counted = 0;
        for (var day = earliest.AddDays(-1); day >= first && counted < AtOnce; day = day.AddDays(-1), counted++) await CountAsync(day, stop);
        return counted;
    }

    /// <summary>The figures of a span of days, at most <see cref="MostDays"/>, in the order of days.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="through">The last day.</param>
    /// <param name="branchId">A branch; null for the whole library.</param>
    /// <param name="stop">Ends the query.</param>
    public async Task<IReadOnlyList<DailyFigure>> BetweenAsync(DateOnly from, DateOnly through, long? branchId = null, CancellationToken stop = default)
    {
        var (last, branch) = (through.DayNumber - from.DayNumber > MostDays ? from.AddDays(MostDays) : through, branchId ?? DailyFigure.WholeLibrary);
        return await db.DailyFigures.AsNoTracking().Where(figure => figure.Day >= from && figure.Day <= last && figure.BranchId == branch)
            .OrderBy(figure => figure.Day).ThenBy(figure => figure.Kind).ToListAsync(stop);
    }

    private Task CountAsync(DateOnly day, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        db.ChangeTracker.Clear();
        var counts = await OfDayAsync(day, inner);
        await db.DailyFigures.Where(figure => figure.Day == day).ExecuteDeleteAsync(inner);
        foreach (var kind in Enum.GetValues<FigureKind>())
        {
            var branches = counts.Where(one => one.Kind == kind).ToList();
            db.DailyFigures.Add(new DailyFigure(day, kind, DailyFigure.WholeLibrary, branches.Sum(one => one.Count)));
            db.DailyFigures.AddRange(branches.Where(one => one is { BranchId: not DailyFigure.WholeLibrary, Count: > 0 }).Select(one => new DailyFigure(day, kind, one.BranchId, one.Count)));
        }

        await db.SaveChangesAsync(inner);
    }, stop);

    private async Task<List<(FigureKind Kind, long BranchId, int Count)>> OfDayAsync(DateOnly day, CancellationToken stop)
    {
        var (start, end) = (calendar.StartOf(day), calendar.EndOf(day));
        var counts = new List<(FigureKind, long, int)>();
        Add(FigureKind.Loans, await db.Loans.Where(loan => loan.LentOn == day).GroupBy(loan => loan.BranchId).Select(same => new Counted(same.Key, same.Count())).ToListAsync(stop));
        Add(FigureKind.ReadInHouse, await db.OnSiteReadings.Where(reading => reading.On == day).GroupBy(reading => reading.BranchId).Select(same => new Counted(same.Key, same.Count())).ToListAsync(stop));
        Add(FigureKind.ELoans, [new Counted(DailyFigure.WholeLibrary, await db.DigitalLoans.CountAsync(loan => loan.LentAt >= start && loan.LentAt < end, stop))]);
        Add(FigureKind.NewMembers, [new Counted(DailyFigure.WholeLibrary, await db.Members.CountAsync(member => member.MemberSince == day, stop))]);

        var sessions = db.Sessions.Where(session => session.Status == SessionStatus.Scheduled && session.StartsAt >= start && session.StartsAt < end);
        Add(FigureKind.Sessions, await sessions.GroupBy(session => session.BranchId ?? DailyFigure.WholeLibrary).Select(same => new Counted(same.Key, same.Count())).ToListAsync(stop));
        Add(FigureKind.SeatsAttended, await (
            from session in sessions
            join registration in db.Registrations on session.Id equals registration.SessionId
            where registration.Status == RegistrationStatus.Attended
            group registration.Seats by session.BranchId ?? DailyFigure.WholeLibrary into same
            select new Counted(same.Key, same.Sum())).ToListAsync(stop));

        var visits =
            from visit in db.Visits
            where visit.Status == VisitStatus.Visited && visit.StartsAt >= start && visit.StartsAt < end
            join offer in db.VisitOffers on visit.OfferId equals offer.Id
            select new { offer.BranchId, visit.ChildrenCame };
        Add(FigureKind.ClassVisits, await visits.GroupBy(visit => visit.BranchId).Select(same => new Counted(same.Key, same.Count())).ToListAsync(stop));
        Add(FigureKind.ChildrenInVisits, await visits.GroupBy(visit => visit.BranchId).Select(same => new Counted(same.Key, same.Sum(visit => visit.ChildrenCame ?? 0))).ToListAsync(stop));

        // Where a kind of space asks nobody to check in, what was confirmed was used. A booking lasts no longer than a day.
        var latest = end.AddDays(1);
        Add(FigureKind.Bookings, await (
            from booking in db.Bookings
            where (booking.Status == BookingStatus.CheckedIn || booking.Status == BookingStatus.Confirmed)
                && booking.HeldUntil > start && booking.HeldUntil < latest && booking.StartsAt >= start && booking.StartsAt < end
            group booking by booking.Space.BranchId into same
            select new Counted(same.Key, same.Count())).ToListAsync(stop));
        return counts;

        void Add(FigureKind kind, IEnumerable<Counted> some) => counts.AddRange(some.Select(one => (kind, one.BranchId, one.Count)));
    }

    /// <summary>The first day on which anything happened; null in a library that has only just been founded.</summary>
    private async Task<DateOnly?> FirstDayAsync(CancellationToken stop)
    {
        var days = new[]
        {
            await db.Loans.MinAsync(loan => (DateOnly?)loan.LentOn, stop),
            await db.OnSiteReadings.MinAsync(reading => (DateOnly?)reading.On, stop),
            await db.Members.MinAsync(member => member.MemberSince, stop),
        };
        return days.OfType<DateOnly>().OrderBy(day => day).Select(day => (DateOnly?)day).FirstOrDefault();
    }

    private sealed record Counted(long BranchId, int Count);
}
