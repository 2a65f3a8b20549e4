using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Calendar;

/// <summary>
/// The one place that answers what day it is and when a branch is open: for due dates, fines, pickup
/// deadlines, bookings and chat hours alike (DOMAIN.md rules 1 and 13). Safe for several threads.
/// </summary>
/// <param name="settings">Names the zone.</param>
/// <param name="clock">The time, from outside.</param>
public sealed class LibraryCalendar(LibrarySettings settings, TimeProvider clock)
{
    /// <summary>How far back exceptions are read: a fine looks back to its due date.</summary>
    private const int PastDays = 800;

    /// <summary>The zone in which the library's dates are.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(settings.Zone);

    /// <summary>This instant, in UTC.</summary>
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The date by the library's clock.</summary>
    public DateOnly Today => DateOf(Now);

    /// <summary>The date by the library's clock at an instant in UTC.</summary>
    public DateOnly DateOf(DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, Zone));

    /// <summary>The instant at which a date begins by the library's clock, in UTC: 17:00 of the day before for WIB.</summary>
    public DateTime StartOf(DateOnly date) => InstantOf(date, TimeOnly.MinValue);

    /// <summary>The instant at which a date has ended by the library's clock, in UTC: 17:00 of the same day for WIB.</summary>
    public DateTime EndOf(DateOnly date) => StartOf(date.AddDays(1));

    /// <summary>The instant of a date and a time by the library's clock, in UTC.</summary>
    public DateTime InstantOf(DateOnly date, TimeOnly time) => TimeZoneInfo.ConvertTimeToUtc(date.ToDateTime(time), Zone);

    /// <summary>The hours of a branch, as they stand in the database now.</summary>
    /// <exception cref="InvalidOperationException">There is no such branch: look it up before asking for its hours.</exception>
    public async Task<BranchCalendar> OfAsync(LibraryDbContext db, long branchId, CancellationToken stop = default)
    {
        var week = await db.Branches.AsNoTracking().Where(branch => branch.Id == branchId).Select(branch => branch.Week).SingleOrDefaultAsync(stop)
            ?? throw new InvalidOperationException($"There is no branch {branchId}.");
        var since = Today.AddDays(-PastDays);
        var exceptions = await db.CalendarExceptions.AsNoTracking()
            .Where(exception => (exception.BranchId == null || exception.BranchId == branchId) && exception.To >= since)
            .ToListAsync(stop);
        return new BranchCalendar(week, exceptions, Zone);
    }
}
