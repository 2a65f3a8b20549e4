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
                session.Sequence,
                session.Reason,
                registration.Status,
                registration.Seats,
                registration.OfferExpiresAt,
                Ticket = TicketCode.Display(registration.TicketCode),
            }, now, stop);
        }

        /// <summary>Plans the reminder of a confirmed seat, unless it would come too late to be of use.</summary>
        public async Task RemindAsync(Registration registration, int daysBefore, DateTime now, CancellationToken stop)
        {
            var when = registration.Session.StartsAt.AddDays(-daysBefore);
            if (when > now) await db.TellAsync(registration, Reminder, when, now, stop);
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
