using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Policies;
using Metro.Library.Spaces;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Visits;

/// <summary>For whose sake a visit is cancelled: that decides about the quota.</summary>
public enum CancelledBy
{
    /// <summary>The school; in time, it gets its visit back.</summary>
    School,

    /// <summary>The library; the school always gets its visit back.</summary>
    Library,
}

/// <summary>How many visits a school may have in a school year.</summary>
/// <param name="Year">The school year.</param>
/// <param name="Allowed">How many in all.</param>
/// <param name="Used">How many were approved and not given back.</param>
/// <param name="Waiting">How many requests wait for an answer; they count too, lest one school keep every morning.</param>
public sealed record VisitsLeft(SchoolYear Year, int Allowed, int Used, int Waiting)
{
    /// <summary>How many more can be asked for.</summary>
    public int Left => Math.Max(0, Allowed - Used - Waiting);

    /// <summary>To how many visits of that school year a class did not come.</summary>
    public int NoShows { get; init; }
}

/// <summary>
/// The whole way of a class visit: asked for, approved or declined, reminded, visited; moved or cancelled on the way
/// (DOMAIN.md rule 9). A request keeps its slot until it is answered, so that two schools never have one. Not thread-safe: one
/// per request.
/// </summary>
public sealed class ClassVisits(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>A school asks for a visit; asking for the same again is answered with the request that there is. It is answered within the offer's days, or lapses and the school is told.</summary>
    public Task<Outcome<Visit>> RequestAsync(VisitRequest asked, Actor by, CancellationToken stop = default)
    {
        if (asked.Check() is { } refusal) return Task.FromResult<Outcome<Visit>>(refusal);
        asked = asked.Tidied();

        return db.WriteInTurnAsync<Outcome<Visit>>(Turn.Visits, 0, async inner =>
        {
            if (await db.Schools.FindAsync([asked.SchoolId], inner) is not { } school) return VisitRefusals.UnknownSchool(asked.SchoolId);
            var offer = await db.VisitOffers.Include(one => one.Times).SingleOrDefaultAsync(one => one.Id == asked.OfferId && one.IsActive, inner);
            if (offer is null) return VisitRefusals.UnknownOffer(asked.OfferId);
            // A form that is sent twice makes one request.
            if (asked.Date >= calendar.Today && asked.Date <= calendar.Today.AddDays(offer.DaysAhead) && calendar.InstantOf(asked.Date, asked.Time) is var start
                && await db.Visits.Include(one => one.School).Include(one => one.Offer).FirstOrDefaultAsync(
                    one => one.SchoolId == school.Id && one.OfferId == offer.Id && one.StartsAt == start && (one.Status == VisitStatus.Requested || one.Status == VisitStatus.Approved), inner) is { } already)
                return already;
            if (WhyNotThisClass(offer, asked) is { } unfit) return unfit;

            var slot = await SlotAsync(offer, asked.Date, asked.Time, null, by, inner);
            if (slot.Refusal is { } no) return no;
            if (by.Kind != ActorKind.Staff && await WhyNotMoreAsync(school.Id, asked.Date, inner) is { } enough) return enough;

            var now = calendar.Now;
            var answerBy = now.AddDays(offer.AnswerDays);
            var visit = new Visit(school, offer, slot.Value, asked, answerBy < slot.Value.Start ? answerBy : slot.Value.Start, now);
            db.Add(visit);
            await db.SaveChangesAsync(inner);
            await KeepSlotAsync(visit, slot.Value, inner);
            await TellAsync(visit, "visits.received", inner);
            if (by.Kind == ActorKind.Staff) db.Audit(by, "visit.requested", visit.Subject, now, after: new { visit.StartsAt, visit.Children });
            await db.SaveChangesAsync(inner);
            return visit;
        }, stop);
    }

    /// <summary>
    /// Says yes, writes the reply letter, and takes one visit from the school's quota of that school year. Without one left, only
    /// a reason lets it pass, and the audit trail keeps it.
    /// </summary>
    /// <param name="visitId">The visit.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="beyondQuotaBecause">Why the school may come once more; null to keep to the quota.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<Visit>> ApproveAsync(long visitId, Actor by, string? beyondQuotaBecause = null, CancellationToken stop = default)
    {
        if (InputText.Check(beyondQuotaBecause, "reason", Visit.ReasonLimit) is { } refusal) return Task.FromResult<Outcome<Visit>>(refusal);

        return WithVisitAsync(visitId, async (visit, inner) =>
        {
            if (visit.Status != VisitStatus.Requested) return VisitRefusals.AlreadyAnswered;
            if (calendar.Now >= visit.StartsAt) return VisitRefusals.NoLongerOpen;

            var year = SchoolYear.Of(calendar.DateOf(visit.StartsAt));
            var quota = await QuotaAsync(visit.SchoolId, year, inner);
            if (quota.IsUsedUp)
            {
                if (InputText.Tidy(beyondQuotaBecause) is not { } because) return VisitRefusals.QuotaUsedUp(quota.Allowed, year.ToString());
                db.Audit(by, "visit.quota_overridden", visit.Subject, calendar.Now, new { quota.Allowed }, new { Allowed = quota.Allowed + 1, because });
                quota.AllowOneMore();
            }

            quota.Use();
            visit.Approve(year, await NextLetterAsync(inner), calendar.Today, calendar.Now);
            db.Audit(by, "visit.approved", visit.Subject, calendar.Now, after: new { visit.LetterNumber });
            await TellAsync(visit, "visits.approved", inner);
            return null;
        }, stop);
    }

    /// <summary>Says no, with a reason that stands in the reply letter. The slot is free again.</summary>
    public Task<Outcome<Visit>> DeclineAsync(long visitId, string reason, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(reason, "reason", Visit.ReasonLimit, required: true) is { } refusal) return Task.FromResult<Outcome<Visit>>(refusal);

        return WithVisitAsync(visitId, async (visit, inner) =>
        {
            if (visit.Status != VisitStatus.Requested) return VisitRefusals.AlreadyAnswered;

            visit.Decline(InputText.Tidy(reason)!, await NextLetterAsync(inner), calendar.Today, calendar.Now);
            await FreeSlotAsync(visit, inner);
            db.Audit(by, "visit.declined", visit.Subject, calendar.Now, after: new { visit.LetterNumber, visit.Reason });
            await TellAsync(visit, "visits.declined", inner);
            return null;
        }, stop);
    }

    /// <summary>
    /// Moves a visit to another slot of its offer. The quota goes with it where the school year changes; the calendar file gets a
    /// higher SEQUENCE.
    /// </summary>
    public Task<Outcome<Visit>> MoveAsync(long visitId, DateOnly date, TimeOnly time, string? reason, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(reason, "reason", Visit.ReasonLimit) is { } refusal) return Task.FromResult<Outcome<Visit>>(refusal);

        return WithVisitAsync(visitId, async (visit, inner) =>
        {
            if (WhyNotChange(visit) is { } over) return over;
            var slot = await SlotAsync(visit.Offer, date, time, visit, by, inner);
            return slot.Refusal ?? await MoveAsync(visit, slot.Value, InputText.Tidy(reason), by, inner);
        }, stop);
    }

    /// <summary>Moves within the write of a closure, which is the library's doing: neither notice nor the offer's horizon counts.</summary>
    internal async Task<Refusal?> MoveByClosureAsync(Visit visit, DateTime startsAt, string? reason, Actor by, CancellationToken stop)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(startsAt, calendar.Zone);
        var slot = await SlotAsync(visit.Offer, DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), visit, null, stop);
        if ((slot.Refusal ?? await MoveAsync(visit, slot.Value, reason, by, stop, byClosure: true)) is { } no) return no;

        await db.SaveChangesAsync(stop);
        return null;
    }

    private async Task<Refusal?> MoveAsync(Visit visit, Interval slot, string? reason, Actor by, CancellationToken stop, bool byClosure = false)
    {
        var (from, to) = (visit.QuotaYear, SchoolYear.Of(calendar.DateOf(slot.Start)));
        var carries = from is not null && from != to.FirstYear;
        if (carries)
        {
            var quota = await QuotaAsync(visit.SchoolId, to, stop);
            if (quota.IsUsedUp) return VisitRefusals.QuotaUsedUp(quota.Allowed, to.ToString());
            quota.Use();
            (await QuotaAsync(visit.SchoolId, new SchoolYear(from!.Value), stop)).GiveBack();
        }

        var before = new { visit.StartsAt };
        await FreeSlotAsync(visit, stop);
        visit.Move(slot, carries ? to.FirstYear : from, reason, calendar.Now, byClosure);
        await KeepSlotAsync(visit, slot, stop);
        db.Audit(by, "visit.moved", visit.Subject, calendar.Now, before, new { visit.StartsAt, visit.Reason });
        await TellAsync(visit, "visits.moved", stop);
        return null;
    }

    /// <summary>Cancels a visit. The quota comes back when the school cancels in time, and always when the library does or a closure had moved it.</summary>
    public Task<Outcome<Visit>> CancelAsync(long visitId, string? reason, CancelledBy side, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(reason, "reason", Visit.ReasonLimit) is { } refusal) return Task.FromResult<Outcome<Visit>>(refusal);

        return WithVisitAsync(visitId, async (visit, inner) =>
        {
            if (WhyNotChange(visit) is { } over) return over;
            await CancelAsync(visit, InputText.Tidy(reason), side, by, inner);
            return null;
        }, stop);
    }

    /// <summary>Cancels within the caller's write, for closures too.</summary>
    internal async Task CancelAsync(Visit visit, string? reason, CancelledBy side, Actor by, CancellationToken stop)
    {
        var days = calendar.DateOf(visit.StartsAt).DayNumber - calendar.Today.DayNumber;
        var returns = visit.QuotaYear is not null && (side == CancelledBy.Library || visit.MovedByClosureAt is not null || days >= visit.Offer.CancelDays);
        if (returns) (await QuotaAsync(visit.SchoolId, new SchoolYear(visit.QuotaYear!.Value), stop)).GiveBack();
        visit.Cancel(reason, returns, calendar.Now);
        await FreeSlotAsync(visit, stop);
        db.Audit(by, "visit.cancelled", visit.Subject, calendar.Now, after: new { side, reason, QuotaReturned = returns });
        await TellAsync(visit, "visits.cancelled", stop);
        await db.SaveChangesAsync(stop);
    }

    /// <summary>The class came.</summary>
    /// <param name="visitId">The visit.</param>
    /// <param name="children">How many children were counted.</param>
    /// <param name="by">Who counted.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<Visit>> ArriveAsync(long visitId, int children, Actor by, CancellationToken stop = default)
    {
        if (InputText.CheckNumber(children, "children", 0, 1000) is { } refusal) return Task.FromResult<Outcome<Visit>>(refusal);

        return WithVisitAsync(visitId, (visit, _) =>
        {
            var no = visit.Arrive(children, calendar.Now);
            if (no is null) db.Audit(by, "visit.visited", visit.Subject, calendar.Now, after: new { children });
            return Task.FromResult(no);
        }, stop);
    }

    /// <summary>The class did not come, and said nothing: its quota stays used.</summary>
    public Task<Outcome<Visit>> StayAwayAsync(long visitId, Actor by, CancellationToken stop = default) =>
        WithVisitAsync(visitId, (visit, _) =>
        {
            var no = visit.StayAway(calendar.Now);
            if (no is null) db.Audit(by, "visit.no_show", visit.Subject, calendar.Now);
            return Task.FromResult(no);
        }, stop);

    /// <summary>Reminds the schools whose visits are near. For a job: idempotent and bounded.</summary>
    /// <returns>How many were reminded.</returns>
    public Task<int> RemindAsync(int most = 200, CancellationToken stop = default) => db.WriteInTurnAsync(Turn.Visits, 0, async inner =>
    {
        var (now, until) = (calendar.Now, calendar.Now.AddDays(settings.ReminderDays));
        var near = await db.Visits.Include(one => one.School).Include(one => one.Offer)
            .Where(one => one.Status == VisitStatus.Approved && one.StartsAt > now && one.StartsAt <= until && one.RemindedAt == null)
            .OrderBy(one => one.StartsAt).Take(most).ToListAsync(inner);
        foreach (var visit in near)
        {
            visit.Remind(now);
            await TellAsync(visit, "visits.reminder", inner);
        }

        await db.SaveChangesAsync(inner);
        return near.Count;
    }, stop);

    /// <summary>Ends the requests that nobody answered in time, and says so: silence is the one answer that a school must not get. For a job: idempotent and bounded.</summary>
    /// <returns>How many lapsed.</returns>
    public Task<int> LapseRequestsAsync(int most = 200, CancellationToken stop = default) => db.WriteInTurnAsync(Turn.Visits, 0, async inner =>
    {
        var now = calendar.Now;
        var late = await db.Visits.Include(one => one.School).Include(one => one.Offer)
            .Where(one => one.Status == VisitStatus.Requested && one.AnswerBy <= now)
            .OrderBy(one => one.AnswerBy).Take(most).ToListAsync(inner);
        foreach (var visit in late)
        {
            visit.Lapse(now);
            await FreeSlotAsync(visit, inner);
            await TellAsync(visit, "visits.lapsed", inner);
        }

        await db.SaveChangesAsync(inner);
        return late.Count;
    }, stop);

    /// <summary>How many visits a school may have in a school year and how many it has used.</summary>
    public async Task<(int Allowed, int Used)> QuotaOfAsync(long schoolId, SchoolYear year, CancellationToken stop = default) =>
        await db.VisitQuotas.AsNoTracking().SingleOrDefaultAsync(one => one.SchoolId == schoolId && one.FirstYear == year.FirstYear, stop) is { } quota
            ? (quota.Allowed, quota.Used)
            : ((await db.LimitsAsync(settings, stop)).VisitsPerSchoolYear, 0);

    /// <summary>How many visits a school can still ask for in a school year, requests that wait included.</summary>
    public async Task<VisitsLeft> LeftAsync(long schoolId, SchoolYear year, CancellationToken stop = default)
    {
        var (allowed, used) = await QuotaOfAsync(schoolId, year, stop);
        var (from, until) = (calendar.StartOf(year.FirstDay), calendar.EndOf(year.LastDay));
        var states = await db.Visits.Where(one => one.SchoolId == schoolId && one.StartsAt >= from && one.StartsAt < until
            && (one.Status == VisitStatus.Requested || one.Status == VisitStatus.NoShow)).Select(one => one.Status).ToListAsync(stop);
        return new VisitsLeft(year, allowed, used, states.Count(one => one == VisitStatus.Requested)) { NoShows = states.Count(one => one == VisitStatus.NoShow) };
    }

    private static Refusal? WhyNotThisClass(VisitOffer offer, VisitRequest asked)
    {
        if (asked.Children < offer.LeastChildren || asked.Children > offer.MostChildren) return VisitRefusals.HeadsOutOfRange(offer.LeastChildren, offer.MostChildren);
        return offer.Languages.Split(',').Contains(asked.Language) ? null : VisitRefusals.NotInLanguage(asked.Language);
    }

    private Refusal? WhyNotChange(Visit visit) =>
        !visit.HoldsSlot || calendar.Now >= visit.StartsAt ? VisitRefusals.NoLongerOpen : null;

    /// <param name="offer">The offer, with its times.</param>
    /// <param name="date">The day.</param>
    /// <param name="time">The time.</param>
    /// <param name="moving">The visit that is being moved, whose own hold does not count; null for a new one.</param>
    /// <param name="by">Who asks; null where a closure moves it, which no notice and no horizon keeps from doing so.</param>
    /// <param name="stop">Ends the search.</param>
    private async Task<Outcome<Interval>> SlotAsync(VisitOffer offer, DateOnly date, TimeOnly time, Visit? moving, Actor? by, CancellationToken stop)
    {
        // Staff may agree on a visit at short notice; nobody agrees on one in the past.
        var notice = by is null || by.Kind == ActorKind.Staff ? 0 : offer.NoticeDays;
        var (earliest, latest) = (calendar.Today.AddDays(notice), calendar.Today.AddDays(offer.DaysAhead + (by is null ? AnnouncedClosure.SearchDays : 0)));
        if (date < earliest) return VisitRefusals.TooShortNotice(notice, earliest);
        if (date > latest) return VisitRefusals.TooFarAhead(latest);

        var branch = await calendar.OfAsync(db, offer.BranchId, stop);
        if (offer.VisitAt(date, time, calendar, branch) is not { } slot || slot.Start <= calendar.Now) return VisitRefusals.NoSuchSlot(date, time);

        var first = slot.Cells(Occupancy.Quarter).First();
        var own = moving?.Id;
        if (await db.Set<GuidesQuarter>().AnyAsync(one => one.Guides == offer.Guides && one.StartsAt >= first && one.StartsAt < slot.End && one.VisitId != own, stop))
            return VisitRefusals.SlotTaken;
        if (offer.SpaceId is not { } spaceId) return slot;

        var space = await db.Spaces.SingleAsync(one => one.Id == spaceId, stop);
        return await db.IsOccupiedAsync(spaceId, space.Held(slot), moving?.Subject, stop) ? VisitRefusals.SlotTaken : slot;
    }

    private async Task<Refusal?> WhyNotMoreAsync(long schoolId, DateOnly date, CancellationToken stop)
    {
        var left = await LeftAsync(schoolId, SchoolYear.Of(date), stop);
        return left.Left == 0 ? VisitRefusals.QuotaUsedUp(left.Allowed, left.Year.ToString()) : null;
    }

    private async Task<VisitQuota> QuotaAsync(long schoolId, SchoolYear year, CancellationToken stop)
    {
        var quota = await db.VisitQuotas.FindAsync([schoolId, year.FirstYear], stop);
        if (quota is null) db.Add(quota = new VisitQuota(schoolId, year, (await db.LimitsAsync(settings, stop)).VisitsPerSchoolYear));
        return quota;
    }

    private async Task KeepSlotAsync(Visit visit, Interval slot, CancellationToken stop)
    {
        db.AddRange(slot.Cells(Occupancy.Quarter).Select(quarter => new GuidesQuarter(visit.Offer.Guides, quarter, visit)));
        if (visit.Offer.SpaceId is not { } spaceId) return;

        var space = await db.Spaces.SingleAsync(one => one.Id == spaceId, stop);
        db.Occupy(spaceId, space.Held(slot), visit.Subject);
    }

    private async Task FreeSlotAsync(Visit visit, CancellationToken stop)
    {
        await db.Set<GuidesQuarter>().Where(one => one.VisitId == visit.Id).ExecuteDeleteAsync(stop);
        await db.VacateAsync(visit.Subject, stop);
    }

    private Task<long> NextLetterAsync(CancellationToken stop) => db.NextNumberAsync($"visits.letter.{calendar.Today.Year}", stop);

    /// <summary>What was to be told before and has not been sent is no longer true (DOMAIN.md rule 14).</summary>
    private async Task TellAsync(Visit visit, string kind, CancellationToken stop)
    {
        var now = calendar.Now;
        if (kind is "visits.cancelled" or "visits.moved" or "visits.lapsed")
            await db.UntellAsync(visit.Subject, kind, now, stop, "visits.reminder", "visits.moved");
        await db.TellAsync(visit.Subject, visit.Recipient, kind, now, new
        {
            School = visit.School.Name,
            visit.School.ContactName,
            Offer = visit.Offer.Name,
            OfferEnglish = visit.Offer.NameEnglish,
            visit.StartsAt,
            visit.EndsAt,
            visit.Children,
            visit.Adults,
            visit.ClassName,
            visit.Status,
            visit.Reason,
            FreeToCancel = visit.MovedByClosureAt is not null,
            visit.AnswerBy,
            visit.LetterNumber,
            visit.Uid,
            visit.Sequence,
        }, now, stop);
    }

    private Task<Outcome<Visit>> WithVisitAsync(long visitId, Func<Visit, CancellationToken, Task<Refusal?>> change, CancellationToken stop) =>
        db.WriteInTurnAsync<Outcome<Visit>>(Turn.Visits, 0, async inner =>
        {
            var visit = await db.Visits.Include(one => one.School).Include(one => one.Offer.Times).SingleOrDefaultAsync(one => one.Id == visitId, inner);
            if (visit is null) return VisitRefusals.UnknownVisit(visitId);
            if (await change(visit, inner) is { } no)
            {
                // What the model had begun must not be saved by whoever uses the context next.
                db.ChangeTracker.Clear();
                return no;
            }

            await db.SaveChangesAsync(inner);
            return visit;
        }, stop);
}
