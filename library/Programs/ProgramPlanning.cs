using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Spaces;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>
/// What staff do with programs and their sessions: plan, publish, move, cancel. Whoever has registered is told in the same
/// write, and every change leaves an audit line. Not thread-safe: one per request.
/// </summary>
public sealed class ProgramPlanning(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>How many years ahead sessions are planned.</summary>
    public const int MostYearsAhead = 3;

    /// <summary>How many days one session lasts at most: an exhibition is one session.</summary>
    public const int MostDays = 366;

    /// <summary>Writes down a program; nobody but staff sees it until it is published.</summary>
    public Task<Outcome<LibraryProgram>> CreateAsync(ProgramDetails details, Actor by, CancellationToken stop = default)
    {
        if (Check(details) is { } refusal) return Task.FromResult<Outcome<LibraryProgram>>(refusal);

        return db.WriteAsync<Outcome<LibraryProgram>>(async inner =>
        {
            var program = new LibraryProgram(Tidied(details), calendar.Now);
            db.Add(program);
            await db.SaveChangesAsync(inner);
            db.Audit(by, "program.created", new Subject("program", program.Id), calendar.Now, after: new { program.Kind, program.Title });
            await db.SaveChangesAsync(inner);
            return program;
        }, stop);
    }

    /// <summary>Changes a program. Registrations that were made stay as they are; sessions to come follow its check-in.</summary>
    public Task<Refusal?> ChangeAsync(long programId, ProgramDetails details, Actor by, CancellationToken stop = default)
    {
        if (Check(details) is { } refusal) return Task.FromResult<Refusal?>(refusal);

        return ChangeAsync(programId, "program.changed", by, program => program.Change(Tidied(details)), stop, async inner =>
        {
            var now = calendar.Now;
            foreach (var session in await db.Sessions.Where(one => one.ProgramId == programId && one.StartsAt > now).ToListAsync(inner)) session.FollowProgram();
        });
    }

    /// <summary>Shows a program to everybody.</summary>
    public Task<Refusal?> PublishAsync(long programId, Actor by, CancellationToken stop = default) =>
        ChangeAsync(programId, "program.published", by, program => program.Become(ProgramStatus.Published), stop);

    /// <summary>Offers a program no longer. Sessions that are still to come are not cancelled by this: cancel them, so that people are told.</summary>
    public Task<Refusal?> WithdrawAsync(long programId, Actor by, CancellationToken stop = default) =>
        ChangeAsync(programId, "program.withdrawn", by, program => program.Become(ProgramStatus.Withdrawn), stop);

    /// <summary>Plans one session. A space is occupied with it, set-up and cleaning included.</summary>
    public Task<Outcome<Session>> ScheduleAsync(long programId, SessionPlan plan, Actor by, CancellationToken stop = default)
    {
        if (plan.Check() is { } refusal) return Task.FromResult<Outcome<Session>>(refusal);

        return db.WriteAsync<Outcome<Session>>(async inner =>
        {
            if (await db.Programs.FindAsync([programId], inner) is not { } program) return ProgramRefusals.UnknownProgram(programId);

            var planned = await PlanAsync(program, plan, inner);
            if (planned.Refusal is { } no) return no;
            db.Audit(by, "session.planned", planned.Value.Subject, calendar.Now, after: new { planned.Value.StartsAt, planned.Value.EndsAt, planned.Value.Capacity });
            await db.SaveChangesAsync(inner);
            return planned;
        }, stop);
    }

    /// <summary>
    /// Plans a session on every date of a recurrence. Each date is looked at: those on which the branch is closed or the space is
    /// taken are answered with the reason, the others are planned.
    /// </summary>
    public Task<Outcome<IReadOnlyList<PlannedDate>>> ScheduleAsync(long programId, RecurringPlan plan, Actor by, CancellationToken stop = default)
    {
        if (plan.Check() is { } refusal) return Task.FromResult<Outcome<IReadOnlyList<PlannedDate>>>(refusal);
        var dates = plan.Dates.Dates(calendar.Today.AddYears(MostYearsAhead));
        if (dates.Count == 0) return Task.FromResult<Outcome<IReadOnlyList<PlannedDate>>>(ProgramRefusals.NoDates);

        return db.WriteAsync<Outcome<IReadOnlyList<PlannedDate>>>(async inner =>
        {
            if (await db.Programs.FindAsync([programId], inner) is not { } program) return ProgramRefusals.UnknownProgram(programId);
            var place = await PlaceAsync(plan.Place, plan.Capacity, inner);
            if (place.Refusal is { } nowhere) return nowhere;
            var branch = plan.LeaveOutClosedDays && place.Value.BranchId is { } branchId ? await calendar.OfAsync(db, branchId, inner) : null;

            var answers = new List<PlannedDate>();
            foreach (var date in dates)
            {
                if (branch is { } hours && !hours.IsOpenOn(date))
                {
                    answers.Add(new PlannedDate(date, null, SpaceRefusals.Closed(date)));
                    continue;
                }

                var planned = await PlanAsync(program, PlanFor(plan, date), inner);
                answers.Add(new PlannedDate(date, planned.Succeeded ? planned.Value : null, planned.Refusal));
            }

            db.Audit(by, "session.planned_series", new Subject("program", programId), calendar.Now,
                after: new { Dates = plan.Dates.ToString(), Planned = answers.Count(answer => answer.Session is not null) });
            await db.SaveChangesAsync(inner);
            return answers;
        }, stop);
    }

    /// <summary>Changes how many seats a session has; new ones go down the queue at once.</summary>
    public Task<Refusal?> ChangeCapacityAsync(long sessionId, int capacity, Actor by, CancellationToken stop = default)
    {
        if (InputText.CheckNumber(capacity, "capacity", 1, SessionPlan.MostSeats) is { } refusal) return Task.FromResult<Refusal?>(refusal);

        return WithSessionAsync(sessionId, async (session, inner) =>
        {
            if (session.SpaceId is { } spaceId && await db.Spaces.FindAsync([spaceId], inner) is { } space && capacity > space.Capacity)
                return SpaceRefusals.TooManyHeads(space.Capacity);
            var before = session.Capacity;
            if (session.ChangeCapacity(capacity) is { } no) return no;

            db.Audit(by, "session.capacity_changed", session.Subject, calendar.Now, new { Capacity = before }, new { Capacity = capacity });
            await db.OfferFreeSeatsAsync(session, calendar, inner);
            return null;
        }, stop);
    }

    /// <summary>Moves a session to another time or place. Everybody keeps their seat and is told; calendar files get a higher SEQUENCE.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="startsAt">The new start, in UTC.</param>
    /// <param name="endsAt">The new end, in UTC.</param>
    /// <param name="place">The new place, or null to stay.</param>
    /// <param name="reason">Why, for those who had registered; at most 500 characters.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Refusal?> MoveAsync(
        long sessionId, DateTime startsAt, DateTime endsAt, SessionPlace? place, string? reason, Actor by, CancellationToken stop = default)
    {
        if ((place is null ? null : SessionPlan.CheckPlace(place)) is { } unusable) return Task.FromResult<Refusal?>(unusable);
        if (InputText.Check(reason, "reason", Session.ReasonLimit) is { } unreadable) return Task.FromResult<Refusal?>(unreadable);

        return WithSessionAsync(sessionId, async (session, inner) =>
        {
            var when = WhenAt(startsAt, endsAt);
            return when.Refusal ?? await MoveAsync(session, when.Value, place ?? PlaceOf(session), InputText.Tidy(reason), by, inner);
        }, stop);
    }

    /// <summary>Moves within the write of a closure, which is the library's doing and nobody's fault.</summary>
    internal async Task<Refusal?> MoveByClosureAsync(Session session, Interval to, string? reason, Actor by, CancellationToken stop)
    {
        if (WhenAt(to.Start, to.End).Refusal is { } never) return never;
        if (await MoveAsync(session, to, PlaceOf(session), reason, by, stop, byClosure: true) is { } no) return no;

        await db.SaveChangesAsync(stop);
        return null;
    }

    private async Task<Refusal?> MoveAsync(
        Session session, Interval when, SessionPlace to, string? reason, Actor by, CancellationToken stop, bool byClosure = false)
    {
        var where = await PlaceAsync(to, session.Capacity, stop);
        if (where.Refusal is { } nowhere) return nowhere;
        if (await TakenAsync(where.Value.Space, when, session.Subject, stop) is { } taken) return taken;

        var before = new { session.StartsAt, session.EndsAt };
        await db.VacateAsync(session.Subject, stop);
        session.Move(when, to, where.Value.BranchId, reason, calendar.Now, byClosure);
        if (where.Value.Space is { } space) db.Occupy(space.Id, space.Held(when), session.Subject);
        db.Audit(by, "session.moved", session.Subject, calendar.Now, before, new { session.StartsAt, session.EndsAt, session.Reason });
        await TellMovedAsync(session, stop);
        return null;
    }

    /// <summary>Cancels a session; everybody is told and nobody gets a strike.</summary>
    public Task<Refusal?> CancelAsync(long sessionId, string? reason, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(reason, "reason", Session.ReasonLimit) is { } unreadable) return Task.FromResult<Refusal?>(unreadable);

        return WithSessionAsync(sessionId, async (session, inner) =>
        {
            await CancelAsync(session, InputText.Tidy(reason), by, inner);
            return null;
        }, stop);
    }

    /// <summary>Cancels within the caller's write, for closures too.</summary>
    internal async Task CancelAsync(Session session, string? reason, Actor by, CancellationToken stop)
    {
        var now = calendar.Now;
        var registered = await db.Registrations.Where(one => one.SessionId == session.Id && one.ActiveKey != null).OrderBy(one => one.Id).ToListAsync(stop);
        session.Cancel(reason, now);
        await db.VacateAsync(session.Subject, stop);
        foreach (var registration in registered)
        {
            registration.EndWithSession(now);
            await db.UntellAsync(registration.Subject, "the session was cancelled", now, stop);
            await db.TellAsync(registration, ProgramMessages.SessionCancelled, now, now, stop);
        }

        db.Audit(by, "session.cancelled", session.Subject, now, after: new { reason, Registrations = registered.Count });
        await db.SaveChangesAsync(stop);
        if (session.Program.Enrolment == Enrolment.WholeSeries) await OfferRestOfSeriesAsync(session.ProgramId, now, stop);
    }

    /// <summary>Who waited for a series because the session that is gone was full can have the rest. Its last session has all of them in its queue.</summary>
    private async Task OfferRestOfSeriesAsync(long programId, DateTime now, CancellationToken stop)
    {
        var last = await db.Sessions.Include(one => one.Program)
            .Where(one => one.ProgramId == programId && one.Status == SessionStatus.Scheduled && one.StartsAt > now)
            .OrderByDescending(one => one.StartsAt).FirstOrDefaultAsync(stop);
        if (last is null) return;

        await db.OfferFreeSeatsAsync(last, calendar, stop);
        await db.SaveChangesAsync(stop);
    }

    private async Task TellMovedAsync(Session session, CancellationToken stop)
    {
        var now = calendar.Now;
        var registered = await db.Registrations.Where(one => one.SessionId == session.Id && one.ActiveKey != null).OrderBy(one => one.Id).ToListAsync(stop);
        foreach (var registration in registered)
        {
            registration.CapOffer();
            await db.UntellAsync(registration.Subject, "the session was moved", now, stop, ProgramMessages.Reminder, ProgramMessages.SessionMoved);
            await db.TellAsync(registration, ProgramMessages.SessionMoved, now, now, stop);
            if (registration.Status == RegistrationStatus.Confirmed) await db.RemindAsync(registration, settings.ReminderDays, now, stop);
        }
    }

    private async Task<Outcome<Session>> PlanAsync(LibraryProgram program, SessionPlan plan, CancellationToken stop)
    {
        var when = WhenAt(plan.StartsAt, plan.EndsAt);
        if (when.Refusal is { } never) return never;
        var place = await PlaceAsync(plan.Place, plan.Capacity, stop);
        if (place.Refusal is { } nowhere) return nowhere;
        if (await TakenAsync(place.Value.Space, when.Value, null, stop) is { } taken) return taken;

        var session = new Session(program, when.Value, plan.Place, place.Value.BranchId, plan.Capacity, calendar.Now);
        session.OpenRegistration(plan.RegistrationOpensAt, plan.RegistrationClosesAt);
        db.Add(session);
        await db.SaveChangesAsync(stop);
        if (place.Value.Space is { } space) db.Occupy(space.Id, space.Held(when.Value), session.Subject);
        await db.SaveChangesAsync(stop);
        return session;
    }

    private SessionPlan PlanFor(RecurringPlan plan, DateOnly date)
    {
        var start = calendar.InstantOf(date, plan.StartsAt);
        return new SessionPlan(start, start.AddMinutes(plan.Minutes), plan.Place, plan.Capacity,
            plan.OpensDaysBefore is { } days ? start.AddDays(-days) : null,
            plan.ClosesHoursBefore is { } hours ? start.AddHours(-hours) : null);
    }

    private Outcome<Interval> WhenAt(DateTime startsAt, DateTime endsAt)
    {
        if (Interval.Between(startsAt, endsAt) is not { } when) return ProgramRefusals.EndsBeforeStart;
        if (startsAt < calendar.Now) return ProgramRefusals.InThePast;
        if (endsAt > calendar.Now.AddYears(MostYearsAhead)) return ProgramRefusals.TooFarAhead(calendar.Today.AddYears(MostYearsAhead));
        return when.Duration > TimeSpan.FromDays(MostDays) ? ProgramRefusals.TooLong(MostDays) : when;
    }

    private async Task<Outcome<(long? BranchId, Space? Space)>> PlaceAsync(SessionPlace place, int capacity, CancellationToken stop)
    {
        if (place.Kind == PlaceKind.Branch)
            return await db.Branches.AnyAsync(branch => branch.Id == place.Id && branch.IsActive, stop) ? (place.Id, null) : ProgramRefusals.UnknownPlace;
        if (place.Kind != PlaceKind.Space) return (null, null);

        var space = await db.Spaces.SingleOrDefaultAsync(one => one.Id == place.Id && one.IsActive, stop);
        if (space is null) return ProgramRefusals.UnknownPlace;
        return capacity > space.Capacity ? SpaceRefusals.TooManyHeads(space.Capacity) : (space.BranchId, space);
    }

    private async Task<Refusal?> TakenAsync(Space? space, Interval when, Subject? except, CancellationToken stop)
    {
        if (space is null) return null;
        var held = space.Held(when);
        if (held.Duration > Occupancy.Longest) return ProgramRefusals.TooLong(Occupancy.Longest.Days);
        return await db.IsOccupiedAsync(space.Id, held, except, stop) ? ProgramRefusals.SpaceTaken(space.LocalName, calendar.DateOf(when.Start)) : null;
    }

    private static SessionPlace PlaceOf(Session session) => session.PlaceKind switch
    {
        PlaceKind.Space => SessionPlace.InSpace(session.SpaceId!.Value),
        PlaceKind.Branch => SessionPlace.AtBranch(session.BranchId!.Value, session.PlaceWords),
        PlaceKind.Online => SessionPlace.Online(session.PlaceWords!),
        _ => SessionPlace.Elsewhere(session.PlaceWords!),
    };

    private Task<Refusal?> WithSessionAsync(long sessionId, Func<Session, CancellationToken, Task<Refusal?>> change, CancellationToken stop) =>
        db.WriteInTurnAsync(Turn.Session, sessionId, async inner =>
        {
            var session = await db.Sessions.Include(one => one.Program).SingleOrDefaultAsync(one => one.Id == sessionId, inner);
            if (session is null) return ProgramRefusals.UnknownSession(sessionId);
            if (session.Status == SessionStatus.Cancelled) return ProgramRefusals.SessionCancelled;
            if (calendar.Now >= session.EndsAt) return ProgramRefusals.SessionOver;
            if (await change(session, inner) is { } no) return no;

            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    private Task<Refusal?> ChangeAsync(
        long programId, string action, Actor by, Action<LibraryProgram> change, CancellationToken stop, Func<CancellationToken, Task>? after = null) =>
        db.WriteAsync(async inner =>
        {
            if (await db.Programs.FindAsync([programId], inner) is not { } program) return ProgramRefusals.UnknownProgram(programId);

            var before = new { program.Status, program.Title };
            change(program);
            if (after is not null) await after(inner);
            db.Audit(by, action, new Subject("program", programId), calendar.Now, before, new { program.Status, program.Title });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    private static Refusal? Check(ProgramDetails details) =>
        InputText.CheckName(details.Title, "title", LibraryProgram.TitleLimit)
        ?? InputText.Check(details.TitleEnglish, "title", LibraryProgram.TitleLimit)
        ?? InputText.Check(details.Summary, "summary", LibraryProgram.SummaryLimit)
        ?? InputText.Check(details.SummaryEnglish, "summary", LibraryProgram.SummaryLimit)
        ?? InputText.Check(details.ContentKey, "code", LibraryProgram.ContentKeyLimit)
        ?? (details.Accommodations.Distinct().Count() < details.Accommodations.Count || !details.Accommodations.All(Enum.IsDefined) ? InputRefusals.Unreadable("needs") : null)
        ?? InputText.CheckNumber(details.LeastAge ?? 0, "age", 0, 130)
        ?? InputText.CheckNumber(details.GreatestAge ?? 0, "age", 0, 130)
        ?? (details.LeastAge > details.GreatestAge ? ProgramRefusals.AgesCrossed : null)
        ?? InputText.CheckNumber(details.MostCompanions, "companions", 0, 50)
        ?? InputText.CheckNumber(details.LargestGroup, "group_size", 0, 1000)
        ?? InputText.CheckNumber(details.OfferHours, "hours", 1, 24 * 14)
        ?? InputText.CheckNumber(details.CheckInOpensMinutes, "minutes", 0, 24 * 60)
        ?? InputText.CheckNumber(details.CheckInClosesMinutes, "minutes", -24 * 60, 24 * 60);

    private static ProgramDetails Tidied(ProgramDetails details) => details with
    {
        Title = InputText.Tidy(details.Title)!,
        TitleEnglish = InputText.Tidy(details.TitleEnglish),
        Summary = InputText.Tidy(details.Summary),
        SummaryEnglish = InputText.Tidy(details.SummaryEnglish),
        ContentKey = InputText.Tidy(details.ContentKey),
    };
}
