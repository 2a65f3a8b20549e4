using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.Pages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Web;

/// <summary>What the sign at the main building's door says now. One answer for each request.</summary>
internal sealed class DoorHours(LibraryDbContext db, LibraryCalendar calendar, Dates dates)
{
    private (Branch Branch, BranchCalendar Hours)? main;
    private bool isRead;

    /// <summary>The main building with its hours; null where the library has no place yet.</summary>
    public async Task<(Branch Branch, BranchCalendar Hours)?> MainAsync(CancellationToken stop)
    {
        if (isRead) return main;

        var branch = await db.Branches.AsNoTracking().Where(one => one.IsActive).OrderBy(one => one.Kind != BranchKind.Main).ThenBy(one => one.Id).FirstOrDefaultAsync(stop);
        if (branch is not null) main = (branch, await calendar.OfAsync(db, branch.Id, stop));
        isRead = true;
        return main;
    }

    /// <summary>Whether a place is open, and until when or when next, in one sentence; null where its hours are not known.</summary>
    public (bool IsOpen, string Words)? Now(BranchCalendar hours)
    {
        var local = dates.Local(calendar.Now);
        var (today, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        foreach (var interval in hours.HoursOn(today).Intervals)
        {
            if (interval.Opens <= time && time < interval.Closes) return (true, SiteText.Get("Opening.Open", dates.Time(interval.Closes)));
            if (time < interval.Opens) return (false, SiteText.Get("Opening.LaterToday", dates.Time(interval.Opens)));
        }

        if (hours.OpenDayOnOrAfter(today.AddDays(1)) is not { } next) return null;
        var opens = dates.Time(hours.HoursOn(next).Intervals[0].Opens);
        return (false, SiteText.Get("Opening.Next", dates.NearDay(next), opens));
    }
}
