using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>
/// Registering for sessions, waiting, accepting an offer, cancelling (DOMAIN.md rules 6 and 10). Every verb decides inside one
/// serialised write, so the last seat is given once whoever asks, from wherever. Not thread-safe: one per request.
/// </summary>
public sealed class SessionRegistrations(
    LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, Absences absences, Guardians guardians)
{
    /// <summary>The most sessions that one enrolment in a series covers.</summary>
    public const int MostSessionsInSeries = 100;

    /// <summary>The most people who wait for one session.</summary>
    public const int MostWaiting = Waitlist.MostWaiting;

    /// <summary>Gives a seat, or a place in the queue where there is none and the person wants to wait.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="asked">Who, how many, with what needs.</param>
    /// <param name="by">The member, a guardian, staff, or the portal for a visitor who is not a member.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Outcome<Registration>> RegisterAsync(long sessionId, RegistrationRequest asked, Actor by, CancellationToken stop = default)
    {
        if (asked.Check() is { } unusable) return unusable;
        asked = asked.Tidied();

        return await db.WriteInTurnAsync<Outcome<Registration>>(Turn.Session, sessionId, async inner =>
        {
            var session = await db.Sessions.Include(one => one.Program).SingleOrDefaultAsync(one => one.Id == sessionId, inner);
            if (session is not { Program.Status: ProgramStatus.Published }) return ProgramRefusals.UnknownSession(sessionId);
            if (session.Program.Enrolment == Enrolment.WholeSeries) return ProgramRefusals.WholeSeriesOnly;

            var entry = await AdmitAsync(session, asked, by, inner);
            if (entry.Refusal is { } no) return no;
            var registration = entry.Value;
            if (session.SeatsLeft >= registration.Seats) registration.Seat();
            else if (!asked.WaitIfFull) return ProgramRefusals.Full(session.SeatsLeft);
            else if (session.Waiting >= MostWaiting) return ProgramRefusals.WaitlistFull;
            else registration.Wait();

            db.Add(registration);
            await db.SaveChangesAsync(inner);
            await TellRegisteredAsync(registration, inner);
            AuditStaff(by, "registration.made", registration);
            await db.SaveChangesAsync(inner);
            return registration;
        }, stop);
    }

    /// <summary>
    /// Enrols in all sessions of a program that are still to come: all give a seat or none does. Where one of them has no room, the
    /// person waits for the whole series, which is offered as soon as every session has room (DOMAIN.md rule 6).
    /// </summary>
    public async Task<Outcome<IReadOnlyList<Registration>>> EnrolAsync(long programId, RegistrationRequest asked, Actor by, CancellationToken stop = default)
    {
        if (asked.Check() is { } unusable) return unusable;
        asked = asked.Tidied();

        return await db.WriteInTurnAsync<Outcome<IReadOnlyList<Registration>>>(Turn.Program, programId, async inner =>
        {
            var program = await db.Programs.SingleOrDefaultAsync(one => one.Id == programId && one.Status == ProgramStatus.Published, inner);
            if (program is null) return ProgramRefusals.UnknownProgram(programId);
            if (program.Enrolment != Enrolment.WholeSeries) return ProgramRefusals.NoSeries;

            var now = calendar.Now;
            var sessions = await db.Sessions.Where(one => one.ProgramId == programId && one.Status == SessionStatus.Scheduled && one.EndsAt > now)
                .OrderBy(one => one.StartsAt).Take(MostSessionsInSeries).ToListAsync(inner);
            if (sessions.Count == 0) return ProgramRefusals.RegistrationClosed;

            var admitted = new List<Registration>();
            foreach (var session in sessions)
            {
                var entry = await AdmitAsync(session, asked, by, inner);
                if (entry.Refusal is { } no) return no;
                admitted.Add(entry.Value);
            }

            var full = admitted.Find(one => one.Session.SeatsLeft < one.Seats);
            if (full is not null && !asked.WaitIfFull) return ProgramRefusals.SeriesFull(calendar.DateOf(full.Session.StartsAt));
            if (full is not null && sessions.Exists(one => one.Waiting >= MostWaiting)) return ProgramRefusals.WaitlistFull;

            var enrolment = new SeriesEnrolment(programId, asked.MemberId, now);
            db.Add(enrolment);
            await db.SaveChangesAsync(inner);
            foreach (var registration in admitted)
            {
                registration.JoinSeries(enrolment);
                if (full is null) registration.Seat();
                else registration.Wait();
                db.Add(registration);
            }

            await db.SaveChangesAsync(inner);
            // Seats come with a calendar entry each; that one waits is said once.
            foreach (var registration in full is null ? admitted : admitted.Take(1)) await TellRegisteredAsync(registration, inner);
            foreach (var registration in admitted) AuditStaff(by, "registration.made", registration);

            await db.SaveChangesAsync(inner);
            return admitted;
        }, stop);
    }

    /// <summary>
    /// Takes up an offered seat, or all those of an offered series. Everything is looked at again: the offer, the session, the seats
    /// (DOMAIN.md rule 6).
    /// </summary>
    /// <param name="ticket">The registration's ticket code, however typed.</param>
    /// <param name="by">The member, a guardian, staff, or the portal for somebody who followed the link in their letter.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<Registration>> AcceptOfferAsync(string ticket, Actor by, CancellationToken stop = default) =>
        WithTicketAsync(ticket, by, async (registration, inner) =>
        {
            foreach (var offered in await OfferedTogetherAsync(registration, inner))
            {
                if (offered.Accept(calendar.Now) is { } no) return no;
                var held = await db.Registrations.Where(one => one.SessionId == offered.SessionId
                        && (one.Status == RegistrationStatus.Confirmed || one.Status == RegistrationStatus.Offered || one.Status == RegistrationStatus.Attended))
                    .SumAsync(one => one.Seats, inner);
                if (held > offered.Session.Capacity) return ProgramRefusals.Full(0);

                await TellRegisteredAsync(offered, inner);
                AuditStaff(by, "registration.offer_accepted", offered);
            }

            return null;
        }, stop);

    /// <summary>Gives up a seat, an offer or a place in the queue. Final; the seats go down the queue at once.</summary>
    /// <inheritdoc cref="AcceptOfferAsync"/>
    public Task<Outcome<Registration>> CancelAsync(string ticket, Actor by, CancellationToken stop = default) =>
        WithTicketAsync(ticket, by, async (registration, inner) =>
        {
            // Who enrolled in six evenings did not enrol in the one to which a closure moved the third.
            if (registration.SeriesEnrolmentId is not null && !registration.WasMovedByClosure) return ProgramRefusals.PartOfSeries;
            if (registration.WhyNotCancel(calendar.Now) is { } no) return no;

            await CancelAsync([registration], inner);
            AuditStaff(by, "registration.cancelled", registration);
            return null;
        }, stop);

    /// <summary>Gives up a series: all its sessions that have not started.</summary>
    /// <param name="ticket">The ticket code of any of its registrations.</param>
    /// <param name="by">As above.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<Registration>> CancelSeriesAsync(string ticket, Actor by, CancellationToken stop = default) =>
        WithTicketAsync(ticket, by, async (registration, inner) =>
        {
            if (registration.SeriesEnrolmentId is not { } seriesId) return ProgramRefusals.NoSeries;
            var now = calendar.Now;
            var all = await db.Registrations.Include(one => one.Session.Program).Where(one => one.SeriesEnrolmentId == seriesId).ToListAsync(inner);
            var open = all.Where(one => one.WhyNotCancel(now) is null).ToList();
            if (open.Count == 0) return registration.WhyNotCancel(now);

            var enrolment = await db.SeriesEnrolments.SingleAsync(one => one.Id == seriesId, inner);
            enrolment.Cancel(now);
            await CancelAsync(open, inner);
            foreach (var one in open) AuditStaff(by, "registration.cancelled", one);
            return null;
        }, stop);

    /// <summary>
    /// Changes how many come: fewer give their seats down the queue at once, more take seats that are left. Who waits keeps the place
    /// in the queue.
    /// </summary>
    /// <param name="ticket">The registration's ticket code, however typed.</param>
    /// <param name="people">How many come in all, the one who registered included.</param>
    /// <param name="by">As above.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<Registration>> ResizeAsync(string ticket, int people, Actor by, CancellationToken stop = default) =>
        WithTicketAsync(ticket, by, async (registration, inner) =>
        {
            var (program, fewer) = (registration.Session.Program, people < registration.Seats);
            if (InputText.CheckNumber(people, "people", 1, 1000) is { } impossible) return impossible;
            if (registration.SeriesEnrolmentId is not null) return ProgramRefusals.PartOfSeries;
            if (registration.WhyNotCancel(calendar.Now) is { } over) return over;
            if (!fewer && registration.Session.WhyClosed(calendar) is { } closed) return closed;
            if (registration.GroupName is not null && people > program.LargestGroup) return ProgramRefusals.GroupTooLarge(program.LargestGroup);
            if (registration.GroupName is null && people - 1 > program.MostCompanions) return ProgramRefusals.TooManyCompanions(program.MostCompanions);
            var before = new { registration.Seats };
            if (registration.Resize(people) is { } no) return no;
            if (before.Seats == people) return null;

            await db.UntellAsync(registration.Subject, "the number of people changed", calendar.Now, inner);
            await TellRegisteredAsync(registration, inner);
            if (by.Kind == ActorKind.Staff) db.Audit(by, "registration.resized", registration.Subject, calendar.Now, before, new { registration.Seats });
            // Who waits and now asks for less may fit into what is free.
            await db.OfferFreeSeatsAsync(registration.Session, calendar, inner);
            return null;
        }, stop);

    /// <summary>
    /// Withdraws a guardian's consent for one purpose; the others stand. Without consent to taking part the seat is given up.
    /// </summary>
    public Task<Outcome<Registration>> WithdrawConsentAsync(string ticket, GuardianConsentPurpose purpose, Actor by, CancellationToken stop = default) =>
        WithTicketAsync(ticket, by, async (registration, inner) =>
        {
            await db.Entry(registration).Collection(one => one.Consents).LoadAsync(inner);
            if (registration.Consents.SingleOrDefault(one => one.Purpose == purpose && one.WithdrawnAt is null) is not { } consent) return ProgramRefusals.NoConsent;

            consent.Withdraw(calendar.Now);
            db.Audit(by, "registration.consent_withdrawn", registration.Subject, calendar.Now, before: new { purpose });
            if (purpose == GuardianConsentPurpose.Participation && registration.WhyNotCancel(calendar.Now) is null) await CancelAsync([registration], inner);
            return null;
        }, stop);

    /// <summary>Staff answer a request to arrange something, and the person is told.</summary>
    public Task<Refusal?> AnswerNeedAsync(long needId, AccommodationAnswer answer, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var need = await db.Set<AccommodationRequest>().FindAsync([needId], inner);
            if (need is null) return ProgramRefusals.UnknownNeed;
            var registration = await db.Registrations.Include(one => one.Session.Program).SingleAsync(one => one.Id == need.RegistrationId, inner);

            db.Audit(by, "registration.need_answered", registration.Subject, calendar.Now, new { need.Kind, need.Answer }, new { need.Kind, Answer = answer });
            need.Become(answer);
            await db.TellAsync(registration, ProgramMessages.NeedAnswered, calendar.Now, calendar.Now, inner);
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>
    /// Ends the offers whose time has passed and offers their seats to the next. For a job: idempotent, and bounded, so it is
    /// called again until it answers 0.
    /// </summary>
    /// <param name="most">The most offers that one call ends.</param>
    /// <param name="stop">Ends the work after the session under way.</param>
    /// <returns>How many offers lapsed.</returns>
    public async Task<int> ExpireOffersAsync(int most = 500, CancellationToken stop = default)
    {
        var now = calendar.Now;
        var sessions = await db.Registrations.AsNoTracking()
            .Where(one => one.Status == RegistrationStatus.Offered && one.OfferExpiresAt <= now)
            .OrderBy(one => one.OfferExpiresAt).Take(most).Select(one => one.SessionId).ToListAsync(stop);
        var lapsed = 0;
        foreach (var sessionId in sessions.Distinct())
            lapsed += await db.WriteInTurnAsync(Turn.Session, sessionId, inner => ExpireOffersOfAsync(sessionId, now, inner), stop);
        return lapsed;
    }

    private async Task<int> ExpireOffersOfAsync(long sessionId, DateTime now, CancellationToken stop)
    {
        var passed = await db.Registrations.Include(one => one.Session.Program)
            .Where(one => one.SessionId == sessionId && one.Status == RegistrationStatus.Offered && one.OfferExpiresAt <= now).ToListAsync(stop);
        var lapsing = new List<Registration>();
        foreach (var registration in passed)
        {
            lapsing.AddRange(await OfferedTogetherAsync(registration, stop));
            await db.UntellAsync(registration.Subject, "the offer lapsed", now, stop);
            await db.TellAsync(registration, ProgramMessages.OfferLapsed, now, now, stop);
        }

        foreach (var registration in lapsing) registration.Lapse(now);
        foreach (var session in lapsing.Select(one => one.Session).Distinct()) await db.OfferFreeSeatsAsync(session, calendar, stop);
        await db.SaveChangesAsync(stop);
        return passed.Count;
    }

    /// <summary>Everything that is asked before seats are counted; the registration is not added yet.</summary>
    private async Task<Outcome<Registration>> AdmitAsync(Session session, RegistrationRequest asked, Actor by, CancellationToken stop)
    {
        if (session.WhyClosed(calendar) is { } closed) return closed;
        if (WhyNotSoMany(session, asked) is { } tooMany) return tooMany;

        var who = await WhoAsync(session, asked, by, stop);
        if (who.Refusal is { } no) return no;
        var (registrant, isMinor) = who.Value;
        if (await db.Registrations.AnyAsync(one => one.SessionId == session.Id && one.ActiveKey == registrant.Key, stop))
            return ProgramRefusals.AlreadyRegistered;

        // From 18 on nobody consents for anybody (DOMAIN.md rule 10).
        return new Registration(session, registrant, isMinor ? asked : asked with { Consents = [] }, calendar.Now);
    }

    private static Refusal? WhyNotSoMany(Session session, RegistrationRequest asked)
    {
        var program = session.Program;
        if (asked.GroupSize > 0 && program.LargestGroup == 0) return ProgramRefusals.NoGroups;
        if (asked.GroupSize > program.LargestGroup) return ProgramRefusals.GroupTooLarge(program.LargestGroup);
        if (asked.GroupSize == 0 && asked.Companions > program.MostCompanions) return ProgramRefusals.TooManyCompanions(program.MostCompanions);
        return asked.Seats > session.Capacity ? ProgramRefusals.MoreThanAllSeats(session.Capacity) : null;
    }

    private async Task<Outcome<(Registrant Who, bool IsMinor)>> WhoAsync(Session session, RegistrationRequest asked, Actor by, CancellationToken stop)
    {
        Member? member = null;
        if (asked.MemberId is { } memberId)
        {
            member = await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop);
            if (member is null || !await guardians.MayActForAsync(by, member, stop)) return MemberRefusals.Unknown;
            if (member.CannotTakePartOn(calendar.Today) is { } no) return no;
            if (by.Kind != ActorKind.Staff && await absences.WhyNotAsync(memberId, stop) is { } absent) return absent;
        }
        else if (!session.Program.OpenToNonMembers)
        {
            return ProgramRefusals.MembersOnly;
        }

        var age = AgeOn(session, member is null ? asked.BirthDate : member.BirthDate);
        var isMinor = age < settings.Members.AgeOfMajority;
        // An organisation has no age: its people are looked at when they come.
        var refusal = session.Program.AsksAge && member?.IsPerson != false
            ? await CheckAgeAsync(session.Program, age, isMinor, member, asked, by, stop)
            : null;
        return refusal is { } why
            ? why
            : (new Registrant(member?.Id, member is null ? asked.Name : null, member is null ? asked.Email : null, session.Program.AsksAge ? age : null), isMinor);
    }

    private async Task<Refusal?> CheckAgeAsync(
        LibraryProgram program, int? age, bool isMinor, Member? member, RegistrationRequest asked, Actor by, CancellationToken stop)
    {
        if (age is not { } years) return InputRefusals.Missing("birth_date");
        if (InputText.CheckNumber(years, "age", 0, 130) is { } impossible) return impossible;
        if (program.CheckAge(years) is { } no) return no;
        if (!isMinor || !program.NeedsGuardianConsent) return null;

        // A child may hold the mouse; the consent is the guardian's, given with this registration or once for all online use.
        var givenNow = asked.Consents.Any(consent => consent.Purpose == GuardianConsentPurpose.Participation);
        if (member is null) return givenNow ? null : ProgramRefusals.ConsentNeeded;
        var givenBefore = await db.Consents.AnyAsync(consent => consent.MemberId == member.Id
            && consent.Purpose == ConsentPurpose.OnlineUse && consent.WithdrawnAt == null, stop);
        if (asked.Consents.Count > 0 && !await guardians.MayDecideForAsync(by, member, stop)) return MemberRefusals.NotYoursToDecide;
        return givenNow || givenBefore ? null : ProgramRefusals.ConsentNeeded;
    }

    private int? AgeOn(Session session, DateOnly? born) =>
        born is { } date ? Registrant.AgeOn(calendar.DateOf(session.StartsAt), date) : null;

    /// <summary>All are cancelled before any seat is offered on: a series that is being given up must not be offered to itself.</summary>
    private async Task CancelAsync(IReadOnlyList<Registration> registrations, CancellationToken stop)
    {
        var now = calendar.Now;
        foreach (var registration in registrations)
        {
            registration.Cancel(now);
            await db.UntellAsync(registration.Subject, "the registration was cancelled", now, stop);
            await db.TellAsync(registration, ProgramMessages.RegistrationCancelled, now, now, stop);
        }

        foreach (var registration in registrations) await db.OfferFreeSeatsAsync(registration.Session, calendar, stop);
    }

    /// <summary>The registration, and the others of its series whose offer it shares.</summary>
    private async Task<IReadOnlyList<Registration>> OfferedTogetherAsync(Registration registration, CancellationToken stop)
    {
        if (registration is not { SeriesEnrolmentId: { } series, Status: RegistrationStatus.Offered }) return [registration];
        return await db.Registrations.Include(one => one.Session.Program)
            .Where(one => one.SeriesEnrolmentId == series && one.Status == RegistrationStatus.Offered).OrderBy(one => one.Id).ToListAsync(stop);
    }

    private void AuditStaff(Actor by, string action, Registration registration)
    {
        if (by.Kind == ActorKind.Staff) db.Audit(by, action, registration.Subject, calendar.Now, after: new { registration.Status, registration.Seats });
    }

    private async Task TellRegisteredAsync(Registration registration, CancellationToken stop)
    {
        var now = calendar.Now;
        var seated = registration.Status == RegistrationStatus.Confirmed;
        await db.TellAsync(registration, seated ? ProgramMessages.Registered : ProgramMessages.Waitlisted, now, now, stop);
        if (seated) await db.RemindAsync(registration, settings.ReminderDays, now, stop);
    }

    private async Task<Outcome<Registration>> WithTicketAsync(
        string ticket, Actor by, Func<Registration, CancellationToken, Task<Refusal?>> change, CancellationToken stop)
    {
        if (TicketCode.Normalise(ticket) is not { } code) return ProgramRefusals.NotATicket;
        var sessionId = await db.Registrations.Where(one => one.TicketCode == code).Select(one => one.SessionId).SingleOrDefaultAsync(stop);

        return await db.WriteInTurnAsync<Outcome<Registration>>(Turn.Session, sessionId, async inner =>
        {
            var registration = await db.Registrations.Include(one => one.Session.Program).SingleOrDefaultAsync(one => one.TicketCode == code, inner);
            if (registration is null || !await IsTheirsAsync(registration, by, inner)) return ProgramRefusals.UnknownRegistration;
            if (await change(registration, inner) is { } no)
            {
                // What the model had begun must not be saved by whoever uses the context next.
                db.ChangeTracker.Clear();
                return no;
            }

            await db.SaveChangesAsync(inner);
            return registration;
        }, stop);
    }

    private async Task<bool> IsTheirsAsync(Registration registration, Actor by, CancellationToken stop)
    {
        if (by.Kind != ActorKind.Member || registration.MemberId == by.MemberId) return true;
        return registration.MemberId is { } memberId
            && await db.Members.FindAsync([memberId], stop) is { } member && await guardians.MayActForAsync(by, member, stop);
    }
}
