using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.People;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Spaces;

/// <summary>A member's bookings of spaces: what is to come and what waits for an answer, then what was.</summary>
internal sealed class BookingsModel(LibraryDbContext db, LibraryCalendar calendar) : MemberPage
{
    private const int MostToCome = 100;
    private const int MostPast = 20;

    public IReadOnlyList<Booking> ToCome { get; private set; } = [];

    public IReadOnlyList<Booking> Past { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var (memberId, now) = (Member.Id, calendar.Now);
        var mine = db.Bookings.AsNoTracking().Where(one => one.MemberId == memberId).Include(one => one.Space);
        ToCome = await mine
            .Where(one => one.EndsAt > now && (one.Status == BookingStatus.Requested || one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.CheckedIn))
            .OrderBy(one => one.StartsAt).ThenBy(one => one.Id).Take(MostToCome).ToListAsync(stop);
        Past = await mine
            .Where(one => one.EndsAt <= now || (one.Status != BookingStatus.Requested && one.Status != BookingStatus.Confirmed && one.Status != BookingStatus.CheckedIn))
            .OrderByDescending(one => one.StartsAt).ThenByDescending(one => one.Id).Take(MostPast).ToListAsync(stop);
    }
}
