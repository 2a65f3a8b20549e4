using Metro.Library.Calendar;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>What spaces keep about a member: their bookings (DOMAIN.md rules 10 and 11).</summary>
internal sealed class SpaceRecords(LibraryCalendar calendar) : IMemberRecords
{
    public string Name => "bookings";

    /// <summary>A booking to come keeps nobody from leaving: it is cancelled with the rest.</summary>
    public Task<IReadOnlyList<Refusal>> OpenBusinessAsync(LibraryDbContext db, long memberId, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<object> ExportAsync(LibraryDbContext db, long memberId, CancellationToken stop) =>
        await db.Bookings.AsNoTracking().Where(one => one.MemberId == memberId).OrderBy(one => one.Id).Select(one => new
        {
            Space = one.Space.Name, one.Title, one.OrganiserName, one.StartsAt, one.EndsAt, one.Heads, one.Note, one.Status, one.Reason, one.CreatedAt,
        }).ToListAsync(stop);

    public async Task EraseAsync(LibraryDbContext db, long memberId, CancellationToken stop)
    {
        foreach (var booking in await db.Bookings.Include(one => one.Space.Kind).Where(one => one.MemberId == memberId).ToListAsync(stop))
        {
            if (booking.IsOpen && booking.StartsAt > calendar.Now)
            {
                booking.Cancel(null, calendar.Now);
                await db.VacateAsync(booking.Subject, stop);
            }

            await db.UntellAsync(booking.Subject, "the person was forgotten", calendar.Now, stop);
            booking.ForgetPerson();
        }
    }

    public async Task MoveAsync(LibraryDbContext db, long fromMemberId, long toMemberId, CancellationToken stop)
    {
        foreach (var booking in await db.Bookings.Where(one => one.MemberId == fromMemberId).ToListAsync(stop)) booking.MoveTo(toMemberId);
    }
}
