using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>
/// What people are told about their seats. Each message is written in the transaction of the change; what has become untrue and
/// was not sent is taken back (DOMAIN.md rule 14).
/// </summary>
internal static class ProgramMessages
{
    public const string Registered = "programs.registered";
    public const string Waitlisted = "programs.waitlisted";
    public const string Offered = "programs.offered";
    public const string OfferLapsed = "programs.offer_lapsed";
    public const string RegistrationCancelled = "programs.registration_cancelled";
    public const string SessionMoved = "programs.session_moved";
    public const string SessionCancelled = "programs.session_cancelled";
    public const string NeedAnswered = "programs.need_answered";
    public const string Reminder = "programs.reminder";
    public const string News = "programs.news";

    extension(LibraryDbContext db)
    {
        /// <summary>Tells one registrant, with what a letter and a calendar file need. The registration has its key already.</summary>
        public async Task TellAsync(Registration registration, string kind, DateTime when, DateTime now, CancellationToken stop)
        {
            if (!registration.CanBeTold) return;
            var session = registration.Session;
            var place = await db.PlaceOfAsync(session, stop);
            await db.TellAsync(registration.Subject, registration.Recipient, kind, when, new
            {
                session.Program.Title,
                session.Program.TitleEnglish,
                registration.Name,
                session.StartsAt,
                session.EndsAt,
                Place = place?.Indonesian,
                PlaceEnglish = place?.English,
                session.Uid,
                Sequence = await db.PersonalSequenceAsync(registration, kind, stop),
                session.Reason,
                FreeToCancel = registration.WasMovedByClosure,
                registration.Status,
                registration.Seats,
                registration.OfferExpiresAt,
                Ticket = TicketCode.Display(registration.TicketCode),
            }, now, stop);
        }

        /// <summary>Tells one registrant what staff have written to all of a session.</summary>
        public async Task NewsAsync(Registration registration, LocalText text, DateTime writtenAt, DateTime now, CancellationToken stop)
        {
            if (!registration.CanBeTold) return;
            var session = registration.Session;
            var place = await db.PlaceOfAsync(session, stop);
            await db.TellAsync(registration.Subject, registration.Recipient, News, writtenAt, new
            {
                session.Program.Title,
                session.Program.TitleEnglish,
                registration.Name,
                session.StartsAt,
                session.EndsAt,
                Place = place?.Indonesian,
                PlaceEnglish = place?.English,
                Message = text.Indonesian,
                MessageEnglish = text.English,
            }, now, stop);
        }

        /// <summary>Plans the reminder of a confirmed seat, unless it would come too late to be of use.</summary>
        public async Task RemindAsync(Registration registration, int daysBefore, DateTime now, CancellationToken stop)
        {
            var when = registration.Session.StartsAt.AddDays(-daysBefore);
            if (when > now) await db.TellAsync(registration, Reminder, when, now, stop);
        }

        /// <summary>
        /// The SEQUENCE of the entry in this person's calendar. It rises with the session's, and also when they give the seat up and
        /// when they take one again: a calendar ignores what does not rise (RFC 5546, 2.1.4).
        /// </summary>
        private async Task<int> PersonalSequenceAsync(Registration registration, string kind, CancellationToken stop)
        {
            var earlier = await db.Registrations.CountAsync(one => one.SessionId == registration.SessionId && one.Id < registration.Id
                && (registration.MemberId != null ? one.MemberId == registration.MemberId : one.Email == registration.Email), stop);
            return registration.Session.Sequence + (2 * earlier) + (kind == RegistrationCancelled ? 1 : 0);
        }

        private async Task<LocalText?> PlaceOfAsync(Session session, CancellationToken stop)
        {
            var words = session.PlaceWords is { } text ? new LocalText(text) : null;
            if (session.SpaceId is { } spaceId) return (await db.Spaces.FindAsync([spaceId], stop))?.LocalName;
            if (words is null && session.BranchId is { } branchId) return (await db.Branches.FindAsync([branchId], stop))?.LocalName;
            return words;
        }
    }
}
