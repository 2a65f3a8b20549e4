using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>
/// The queue for a session's seats (<i>daftar tunggu</i>; DOMAIN.md rule 6). First come, first served, except that a group for
/// which there is no room yet keeps its place and lets smaller ones pass: it is promoted only when all of it fits. Whoever wants a
/// whole series waits for all of it, and is offered all of it or nothing.
/// </summary>
internal static class Waitlist
{
    /// <summary>The most registrations that wait for one session.</summary>
    public const int MostWaiting = 200;

    extension(LibraryDbContext db)
    {
        /// <summary>
        /// Offers the seats that are free, down the queue. The caller saves, in the write that freed them, and loads the session with
        /// its program.
        /// </summary>
        public async Task OfferFreeSeatsAsync(Session session, LibraryCalendar calendar, CancellationToken stop)
        {
            var now = calendar.Now;
            if (session.Status == SessionStatus.Cancelled || now >= session.StartsAt || session.SeatsLeft <= 0 || session.Waiting == 0) return;
            if (session.Program.Enrolment == Enrolment.WholeSeries)
            {
                await db.OfferSeriesAsync(session, now, stop);
                return;
            }

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

        /// <summary>Offers whole series down the queue of one of their sessions, where every session to come has room.</summary>
        private async Task OfferSeriesAsync(Session session, DateTime now, CancellationToken stop)
        {
            var queue = await db.Registrations
                .Where(registration => registration.SessionId == session.Id && registration.Status == RegistrationStatus.Waiting && registration.SeriesEnrolmentId != null)
                .OrderBy(registration => registration.Id).Take(MostWaiting).Select(registration => registration.SeriesEnrolmentId!.Value).ToListAsync(stop);
            var waiting = await db.Registrations.Include(registration => registration.Session.Program)
                .Where(registration => registration.SeriesEnrolmentId != null && queue.Contains(registration.SeriesEnrolmentId.Value)
                    && registration.Status == RegistrationStatus.Waiting)
                .OrderBy(registration => registration.Id).ToListAsync(stop);
            var byEnrolment = waiting.ToLookup(registration => registration.SeriesEnrolmentId!.Value);
            foreach (var enrolment in queue)
            {
                var all = byEnrolment[enrolment]
                    .Where(one => one.Status == RegistrationStatus.Waiting && one.Session.Status == SessionStatus.Scheduled && now < one.Session.StartsAt)
                    .OrderBy(one => one.Session.StartsAt).ToList();
                if (all.Count == 0 || all.Exists(one => one.Seats > one.Session.SeatsLeft)) continue;

                foreach (var one in all) one.Offer(now, session.Program.OfferHours, all[0].Session.StartsAt);
                await db.TellAsync(all[0], ProgramMessages.Offered, now, now, stop);
            }
        }
    }
}
