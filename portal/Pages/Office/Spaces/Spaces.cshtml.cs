using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.People;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>The spaces of a branch: requests that wait for an answer, who is expected today, and the way to each week.</summary>
internal sealed class SpacesModel(LibraryDbContext db, LibraryCalendar calendar) : DeskPage
{
    private const int MostShown = 100;

    public IReadOnlyList<Booking> Waiting { get; private set; } = [];

    public IReadOnlyList<Booking> Today { get; private set; } = [];

    public IReadOnlyList<Space> Spaces { get; private set; } = [];

    public IReadOnlyList<Space> OutOfUse { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var here = Here.Id;
        var (from, until) = (calendar.StartOf(calendar.Today), calendar.EndOf(calendar.Today));
        Waiting = await db.Bookings.AsNoTracking().Include(booking => booking.Space).Where(booking => booking.Space.BranchId == here).AwaitingAnswer().Take(MostShown).ToListAsync(stop);
        Today = await db.Bookings.AsNoTracking().Include(booking => booking.Space)
            .Where(booking => booking.Space.BranchId == here && booking.StartsAt >= from && booking.StartsAt < until
                && (booking.Status == BookingStatus.Confirmed || booking.Status == BookingStatus.CheckedIn || booking.Status == BookingStatus.NoShow))
            .OrderBy(booking => booking.StartsAt).Take(MostShown).ToListAsync(stop);
        Spaces = await db.Spaces.AsNoTracking().Include(space => space.Kind).Where(space => space.BranchId == here && space.IsActive)
            .OrderBy(space => space.Name).ThenBy(space => space.Id).Take(SpaceTimetable.MostSpaces).ToListAsync(stop);
        OutOfUse = await db.Spaces.AsNoTracking().Where(space => space.BranchId == here && !space.IsActive)
            .OrderBy(space => space.Name).ThenBy(space => space.Id).Take(SpaceTimetable.MostSpaces).ToListAsync(stop);
    }

    /// <summary>How many of the requests that wait want the same space at an overlapping time.</summary>
    public int RivalsOf(Booking booking) => Waiting.Count(rival =>
        rival.Id != booking.Id && rival.SpaceId == booking.SpaceId && rival.HeldFrom < booking.HeldUntil && rival.HeldUntil > booking.HeldFrom);
}
