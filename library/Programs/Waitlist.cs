using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>
/// The queue for a session's seats (<i>daftar tunggu</i>; DOMAIN.md rule 6). First come, first served, except that a group for
/// which there is no room yet keeps its place and lets smaller ones pass: it is promoted only when all of it fits.
/// </summary>
internal static class Waitlist
{
    /// <summary>The most registrations that wait for one session.</summary>
    public const int MostWaiting = 200;

    extension(LibraryDbContext db)
    {
        /// <summary>Offers the seats that are free, down the queue. The caller saves, in the write that freed them.</summary>
        public async Task OfferFreeSeatsAsync(Session session, LibraryCalendar calendar, CancellationToken stop)
        {
            var now = calendar.Now;
            if (session.Status == SessionStatus.Cancelled || now >= session.StartsAt || session.SeatsLeft <= 0 || session.Waiting == 0) return;

            var queue = await db.Registrations
                .Where(registration => registration.SessionId == session.Id && registration.Status == RegistrationStatus.Waiting)
                .OrderBy(registration => registration.Id).Take(MostWaiting).ToListAsync(stop);
            foreach (var registration in queue)
            {
                // The database still has some in the queue that this write has just taken out of it.
                if (registration.Status != RegistrationStatus.Waiting || registration.Seats > session.SeatsLeft) continue;

                registration.Offer(now, session.Program.OfferHours);
                await db.TellAsync(registration, ProgramMessages.Offered, now, now, stop);
            }
        }
    }
}
