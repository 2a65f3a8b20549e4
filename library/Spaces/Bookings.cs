using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Members;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>A request that comes again.</summary>
/// <param name="First">What is asked for; its times are those of the first occurrence and, by the library's clock, of each.</param>
/// <param name="Dates">On which dates.</param>
/// <param name="Chosen">The dates among them that are wanted; null for all.</param>
public sealed record RecurringBookingRequest(BookingRequest First, Recurrence Dates, IReadOnlyList<DateOnly>? Chosen = null);

/// <summary>What the library answers about one occurrence.</summary>
/// <param name="Date">The day, by the library's clock.</param>
/// <param name="StartsAt">When it would start, in UTC.</param>
/// <param name="EndsAt">When it would end, in UTC.</param>
/// <param name="WhyNot">Why it cannot be had; null when it can.</param>
/// <param name="Booking">The booking; null while only asked, and where it cannot be had.</param>
public sealed record OccurrenceAnswer(DateOnly Date, DateTime StartsAt, DateTime EndsAt, Refusal? WhyNot, Booking? Booking);

/// <summary>
/// Booking spaces: asked for or booked at once, approved with a warning of the rivals that this declines, moved, cancelled,
/// checked in, released (DOMAIN.md rules 7 and 8). Not thread-safe: one per request.
/// </summary>
public sealed class Bookings(
    LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, Absences absences, Guardians guardians)
{
    /// <summary>The most occurrences of one recurring request.</summary>
    public const int MostOccurrences = 60;

    /// <summary>How far ahead staff book for the library, in days.</summary>
    public const int MostDaysAheadForStaff = 730;

    private readonly BookingRules rules = new(db, calendar, absences, guardians);

    /// <summary>Books a free slot at once, or asks for it where staff approve. The same asked again is answered with the booking that there is.</summary>
    public Task<Outcome<Booking>> BookAsync(BookingRequest asked, Actor by, CancellationToken stop = default)
    {
        if (asked.Check(by) is { } refusal) return Task.FromResult<Outcome<Booking>>(refusal);
        if (Interval.Between(asked.StartsAt, asked.EndsAt) is not { } when) return Task.FromResult<Outcome<Booking>>(SpaceRefusals.EndsBeforeStart);
        asked = asked.Tidied();

        return db.WriteInTurnAsync<Outcome<Booking>>(Turn.Spaces, 0, async inner =>
        {
            if (await AlreadyAsync(asked, [when], by, inner) is [var already]) return already;
            var answers = await AnswerAsync(asked, [when], by, inner);
            if (answers.Refusal is { } no) return no;
            if (answers.Value.Occurrences[0].WhyNot is { } taken) return taken;

            return (await WriteDownAsync(answers.Value.Space, asked, [when], null, by, inner))[0];
        }, stop);
    }

    /// <summary>What the library would answer about each occurrence of a recurring request now; changes nothing.</summary>
    public async Task<Outcome<IReadOnlyList<OccurrenceAnswer>>> PreviewAsync(RecurringBookingRequest asked, Actor by, CancellationToken stop = default)
    {
        var times = OccurrencesOf(asked, by);
        if (times.Refusal is { } refusal) return refusal;
        return (await AnswerAsync(asked.First.Tidied(), times.Value, by, stop)).Select(answer => answer.Occurrences);
    }

    /// <summary>
    /// Books or asks for every occurrence, or every chosen one. Each is checked by itself; if one cannot be had, none is
    /// booked, and <see cref="PreviewAsync"/> says which, so that the others can be chosen.
    /// </summary>
    public Task<Outcome<IReadOnlyList<OccurrenceAnswer>>> BookAsync(RecurringBookingRequest asked, Actor by, CancellationToken stop = default)
    {
        var times = OccurrencesOf(asked, by);
        if (times.Refusal is { } refusal) return Task.FromResult<Outcome<IReadOnlyList<OccurrenceAnswer>>>(refusal);
        var first = asked.First.Tidied();

        return db.WriteInTurnAsync<Outcome<IReadOnlyList<OccurrenceAnswer>>>(Turn.Spaces, 0, async inner =>
        {
            if (await AlreadyAsync(first, times.Value, by, inner) is { Count: > 0 } already && already.Count == times.Value.Count)
                return already.Select(one => new OccurrenceAnswer(calendar.DateOf(one.StartsAt), one.StartsAt, one.EndsAt, null, one)).ToList();
            var answers = await AnswerAsync(first, times.Value, by, inner);
            if (answers.Refusal is { } no) return no;
            var (space, occurrences) = answers.Value;
            var taken = occurrences.Where(one => one.WhyNot is not null).ToList();
            if (taken.Count == occurrences.Count) return SpaceRefusals.NoneFree;
            if (taken.Count > 0) return SpaceRefusals.NotAllFree(taken.Count, taken[0].Date);

            var series = new BookingSeries(asked.Dates, calendar.Now);
            db.Add(series);
            await db.SaveChangesAsync(inner);
            var booked = await WriteDownAsync(space, first, times.Value, series, by, inner);
            return occurrences.Select((one, i) => one with { Booking = booked[i] }).ToList();
        }, stop);
    }

    /// <summary>The requests that approving this one would decline, because they want the space at an overlapping time; in order of asking.</summary>
    public async Task<IReadOnlyList<Booking>> RivalsOfAsync(long bookingId, CancellationToken stop = default) =>
        await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == bookingId, stop) is { } booking
            ? await RivalsOf(booking).AsNoTracking().ToListAsync(stop)
            : [];

    /// <summary>
    /// Says yes to a request, after looking at everything again. Where that declines rivals, the approver has to have seen the
    /// warning (DOMAIN.md rule 7).
    /// </summary>
    /// <param name="bookingId">The request.</param>
    /// <param name="declineRivals">Whether the approver knows that rivals are declined by this.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<Booking>> ApproveAsync(long bookingId, bool declineRivals, Actor by, CancellationToken stop = default) =>
        WithBookingAsync(bookingId, null, async (booking, inner) =>
        {
            if (booking.Status != BookingStatus.Requested) return SpaceRefusals.AlreadyAnswered;
            if (calendar.Now >= booking.StartsAt) return SpaceRefusals.InThePast;
            var wishes = booking.Equipment.Select(one => new EquipmentWish(one.EquipmentId, one.Count)).ToList();
            var branch = await calendar.OfAsync(db, booking.Space.BranchId, inner);
            if (await rules.WhyNotThenAsync(booking.Space, booking.When, branch, booking.Heads, wishes, booking, inner) is { } no) return no;
            var rivals = await RivalsOf(booking).Include(one => one.Space).ToListAsync(inner);
            if (rivals.Count > 0 && !declineRivals) return SpaceRefusals.RivalsWait(rivals.Count);

            var now = calendar.Now;
            booking.Confirm(now);
            db.Occupy(booking.SpaceId, booking.Held, booking.Subject);
            db.Audit(by, "booking.approved", booking.Subject, now, after: new { Rivals = rivals.Select(one => one.Id) });
            await TellAsync(booking, "spaces.approved", inner);
            await RemindAsync(booking, inner);
            foreach (var rival in rivals)
            {
                rival.Decline(null, now);
                db.Audit(by, "booking.declined", rival.Subject, now, after: new { Rival = booking.Id });
                await TellAsync(rival, "spaces.declined", inner);
            }

            return null;
        }, stop);

    /// <summary>Says no to a request, with a reason.</summary>
    public Task<Outcome<Booking>> DeclineAsync(long bookingId, string reason, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(reason, "reason", Booking.ReasonLimit, required: true) is { } refusal) return Task.FromResult<Outcome<Booking>>(refusal);

        return WithBookingAsync(bookingId, null, async (booking, inner) =>
        {
            if (booking.Status != BookingStatus.Requested) return SpaceRefusals.AlreadyAnswered;

            booking.Decline(InputText.Tidy(reason), calendar.Now);
            db.Audit(by, "booking.declined", booking.Subject, calendar.Now, after: new { booking.Reason });
            await TellAsync(booking, "spaces.declined", inner);
            return null;
        }, stop);
    }

    /// <summary>
    /// Moves a booking to another time or space; everything is asked as for a new one. Where staff approve, an organiser's move is
    /// a request again. The calendar file gets a higher SEQUENCE.
    /// </summary>
    public Task<Outcome<Booking>> MoveAsync(
        long bookingId, long spaceId, DateTime startsAt, DateTime endsAt, string? reason, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(reason, "reason", Booking.ReasonLimit) is { } refusal) return Task.FromResult<Outcome<Booking>>(refusal);
        if (Interval.Between(startsAt, endsAt) is not { } when) return Task.FromResult<Outcome<Booking>>(SpaceRefusals.EndsBeforeStart);

        return WithBookingAsync(bookingId, by, async (booking, inner) =>
        {
            if (WhyNotChange(booking) is { } over) return over;
            if (await SpaceAsync(spaceId, inner) is not { } space) return SpaceRefusals.UnknownSpace(spaceId);
            if (await WhyNotMoveAsync(booking, space, when, by, inner) is { } no) return no;

            await MoveAsync(booking, space, when, InputText.Tidy(reason), by, inner);
            return null;
        }, stop);
    }

    /// <summary>
    /// Moves within the write of a closure, which is the library's doing: neither notice nor limits count, and a request stays the
    /// request that it was.
    /// </summary>
    internal async Task<Refusal?> MoveByClosureAsync(Booking booking, Interval to, BranchCalendar branch, string? reason, Actor by, CancellationToken stop)
    {
        if (to.Start < calendar.Now) return SpaceRefusals.InThePast;
        var wishes = booking.Equipment.Select(one => new EquipmentWish(one.EquipmentId, one.Count)).ToList();
        if (await rules.WhyNotThenAsync(booking.Space, to, branch, booking.Heads, wishes, booking, stop) is { } no) return no;

        await MoveAsync(booking, booking.Space, to, reason, by, stop, byClosure: true);
        await db.SaveChangesAsync(stop);
        return null;
    }

    private async Task MoveAsync(Booking booking, Space space, Interval when, string? reason, Actor by, CancellationToken stop, bool byClosure = false)
    {
        var before = new { booking.SpaceId, booking.StartsAt, booking.EndsAt };
        await db.VacateAsync(booking.Subject, stop);
        booking.Move(space, when, reason, calendar.Now, byClosure);
        if (booking.Status == BookingStatus.Requested || (space.Kind.NeedsApproval && by.Kind != ActorKind.Staff && !byClosure)) booking.Request(calendar.Now);
        else db.Occupy(space.Id, booking.Held, booking.Subject);
        db.Audit(by, "booking.moved", booking.Subject, calendar.Now, before, new { booking.SpaceId, booking.StartsAt, booking.EndsAt });
        await UntellAsync(booking, stop);
        await TellAsync(booking, "spaces.moved", stop);
        if (booking.HoldsSpace) await RemindAsync(booking, stop);
    }

    /// <summary>Cancels a booking or a request; the space is free at once.</summary>
    public Task<Outcome<Booking>> CancelAsync(long bookingId, string? reason, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(reason, "reason", Booking.ReasonLimit) is { } refusal) return Task.FromResult<Outcome<Booking>>(refusal);

        return WithBookingAsync(bookingId, by, async (booking, inner) =>
        {
            if (WhyNotChange(booking) is { } over) return over;
            await CancelAsync(booking, InputText.Tidy(reason), by, inner);
            return null;
        }, stop);
    }

    /// <summary>Cancels what is left of a recurring request.</summary>
    /// <param name="bookingId">Any of its occurrences.</param>
    /// <param name="reason">Why; at most 500 characters.</param>
    /// <param name="by">Who cancels.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<Booking>> CancelSeriesAsync(long bookingId, string? reason, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(reason, "reason", Booking.ReasonLimit) is { } refusal) return Task.FromResult<Outcome<Booking>>(refusal);

        return WithBookingAsync(bookingId, by, async (booking, inner) =>
        {
            var open = booking.SeriesId is { } seriesId
                ? await db.Bookings.Include(one => one.Space.Kind).Where(one => one.SeriesId == seriesId).OrderBy(one => one.StartsAt).ToListAsync(inner)
                : [booking];
            open.RemoveAll(one => WhyNotChange(one) is not null);
            if (open.Count == 0) return SpaceRefusals.NoLongerOpen;

            foreach (var one in open) await CancelAsync(one, InputText.Tidy(reason), by, inner);
            return null;
        }, stop);
    }

    /// <summary>Cancels within the caller's write, for closures too.</summary>
    internal async Task CancelAsync(Booking booking, string? reason, Actor by, CancellationToken stop)
    {
        booking.Cancel(reason, calendar.Now);
        await db.VacateAsync(booking.Subject, stop);
        db.Audit(by, "booking.cancelled", booking.Subject, calendar.Now, after: new { reason });
        await UntellAsync(booking, stop);
        await TellAsync(booking, "spaces.cancelled", stop);
        await db.SaveChangesAsync(stop);
    }

    /// <summary>They are there. Within the check-in window of the kind.</summary>
    public Task<Outcome<Booking>> CheckInAsync(long bookingId, Actor by, CancellationToken stop = default) =>
        WithBookingAsync(bookingId, by, (booking, _) =>
        {
            var no = booking.CheckIn(calendar.Now);
            if (no is null && by.Kind == ActorKind.Staff) db.Audit(by, "booking.checked_in", booking.Subject, calendar.Now);
            return Task.FromResult(no);
        }, stop);

    /// <summary>
    /// Releases the spaces that nobody claimed; what is left of the time can be booked by others. For a job: idempotent, and
    /// bounded, so it is called again until it answers 0.
    /// </summary>
    /// <returns>How many were released.</returns>
    public Task<int> ReleaseNoShowsAsync(int most = 200, CancellationToken stop = default) => db.WriteInTurnAsync(Turn.Spaces, 0, async inner =>
    {
        var now = calendar.Now;
        var absent = await db.Bookings.Include(one => one.Space.Kind)
            .Where(one => one.Status == BookingStatus.Confirmed && one.CheckInClosesAt <= now)
            .OrderBy(one => one.CheckInClosesAt).Take(most).ToListAsync(inner);
        foreach (var booking in absent)
        {
            booking.StayAway(now);
            await db.VacateAsync(booking.Subject, inner);
            await TellAsync(booking, "spaces.released", inner);
            if (booking.Space.Kind.StrikesNoShows && booking.MovedByClosureAt is null && booking.MemberId is { } memberId)
                await absences.GiveAsync(memberId, booking.Subject, booking.Culture, booking.Space.LocalName, booking.StartsAt, inner);
        }

        await db.SaveChangesAsync(inner);
        return absent.Count;
    }, stop);

    /// <summary>Ends the requests that nobody answered in time, and tells the organisers. For a job: idempotent and bounded.</summary>
    /// <returns>How many lapsed.</returns>
    public Task<int> LapseRequestsAsync(int most = 200, CancellationToken stop = default) => db.WriteInTurnAsync(Turn.Spaces, 0, async inner =>
    {
        var now = calendar.Now;
        var late = await db.Bookings.Include(one => one.Space)
            .Where(one => one.Status == BookingStatus.Requested && one.AnswerBy <= now).OrderBy(one => one.AnswerBy).Take(most).ToListAsync(inner);
        foreach (var booking in late)
        {
            booking.Lapse(now);
            await TellAsync(booking, "spaces.lapsed", inner);
        }

        await db.SaveChangesAsync(inner);
        return late.Count;
    }, stop);

    private Outcome<IReadOnlyList<Interval>> OccurrencesOf(RecurringBookingRequest asked, Actor by)
    {
        if (asked.First.Check(by) is { } refusal) return refusal;
        if (Interval.Between(asked.First.StartsAt, asked.First.EndsAt) is not { } first) return SpaceRefusals.EndsBeforeStart;

        var dates = asked.Dates.Dates(calendar.Today.AddDays(MostDaysAheadForStaff)).AsEnumerable();
        if (asked.Chosen is { } chosen) dates = dates.Intersect(chosen);
        var wanted = dates.ToList();
        if (wanted.Count == 0) return SpaceRefusals.NoDates;
        if (wanted.Count > MostOccurrences) return SpaceRefusals.TooManyDates(MostOccurrences);

        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(first.Start, calendar.Zone));
        return wanted.Select(date => calendar.InstantOf(date, time)).Select(start => new Interval(start, start + first.Duration)).ToList();
    }

    /// <summary>
    /// What the same organiser has of the same request, in order: a form that is sent twice makes one booking. Whose it is is asked
    /// again, lest somebody else's booking be shown to whoever types its particulars.
    /// </summary>
    private async Task<List<Booking>> AlreadyAsync(BookingRequest asked, IReadOnlyList<Interval> times, Actor by, CancellationToken stop)
    {
        var (key, starts, minutes) = (KeyOf(asked, by), times.Select(when => when.Start).ToList(), times[0].Duration);
        var open = await db.Bookings.Include(one => one.Space.Kind).Include(one => one.Equipment)
            .Where(one => one.OrganiserKey == key && one.SpaceId == asked.SpaceId && one.Title == asked.Title && one.OrganiserName == asked.OrganiserName && starts.Contains(one.StartsAt)
                && (one.Status == BookingStatus.Requested || one.Status == BookingStatus.Confirmed))
            .OrderBy(one => one.StartsAt).Take(MostOccurrences).ToListAsync(stop);
        open.RemoveAll(one => one.When.Duration != minutes);
        return open.Count > 0 && await rules.WhyNotOrganiserAsync(open[0].Space, asked, by, stop) is not null ? [] : open;
    }

    private async Task<Outcome<(Space Space, IReadOnlyList<OccurrenceAnswer> Occurrences)>> AnswerAsync(
        BookingRequest asked, IReadOnlyList<Interval> times, Actor by, CancellationToken stop)
    {
        if (await SpaceAsync(asked.SpaceId, stop) is not { } space) return SpaceRefusals.UnknownSpace(asked.SpaceId);
        if (await rules.WhyNotOrganiserAsync(space, asked, by, stop) is { } notTheirs) return notTheirs;

        var branch = await calendar.OfAsync(db, space.BranchId, stop);
        var (answers, free) = (new List<OccurrenceAnswer>(), new List<DateTime>());
        foreach (var when in times)
        {
            var whyNot = await rules.WhyNotSoOftenAsync(space, when, KeyOf(asked, by), free, null, by, stop)
                ?? await rules.WhyNotThenAsync(space, when, branch, asked.Heads, asked.Equipment, null, stop);
            if (whyNot is null) free.Add(when.Start);
            answers.Add(new OccurrenceAnswer(calendar.DateOf(when.Start), when.Start, when.End, whyNot, null));
        }

        return (space, answers);
    }

    private async Task<List<Booking>> WriteDownAsync(
        Space space, BookingRequest asked, IReadOnlyList<Interval> times, BookingSeries? series, Actor by, CancellationToken stop)
    {
        var now = calendar.Now;
        var waits = space.Kind.NeedsApproval && by.Kind != ActorKind.Staff;
        var bookings = times.Select(when => new Booking(space, when, asked, KeyOf(asked, by), now)).ToList();
        foreach (var booking in bookings)
        {
            if (series is not null) booking.JoinSeries(series);
            if (waits) booking.Request(now);
            else booking.Confirm(now);
        }

        db.AddRange(bookings);
        await db.SaveChangesAsync(stop);
        foreach (var booking in bookings)
        {
            if (!waits) db.Occupy(space.Id, booking.Held, booking.Subject);
            if (by.Kind == ActorKind.Staff) db.Audit(by, "booking.made", booking.Subject, now, after: new { booking.StartsAt, booking.EndsAt });
            await TellAsync(booking, waits ? "spaces.requested" : "spaces.confirmed", stop);
            if (!waits) await RemindAsync(booking, stop);
        }

        await db.SaveChangesAsync(stop);
        return bookings;
    }

    private async Task<Refusal?> WhyNotMoveAsync(Booking booking, Space space, Interval when, Actor by, CancellationToken stop)
    {
        var asked = new BookingRequest { SpaceId = space.Id, StartsAt = when.Start, EndsAt = when.End, MemberId = booking.MemberId, Title = booking.Title };
        if (await rules.WhyNotOrganiserAsync(space, asked, by, stop) is { } notTheirs) return notTheirs;
        var branch = await calendar.OfAsync(db, space.BranchId, stop);
        var wishes = booking.Equipment.Select(one => new EquipmentWish(one.EquipmentId, one.Count)).ToList();
        return await rules.WhyNotSoOftenAsync(space, when, booking.OrganiserKey, [], booking, by, stop)
            ?? await rules.WhyNotThenAsync(space, when, branch, booking.Heads, wishes, booking, stop);
    }

    private Refusal? WhyNotChange(Booking booking) =>
        !booking.IsOpen || calendar.Now >= booking.StartsAt ? SpaceRefusals.NoLongerOpen : null;

    private IQueryable<Booking> RivalsOf(Booking booking) => db.Bookings
        .Where(one => one.SpaceId == booking.SpaceId && one.Status == BookingStatus.Requested && one.Id != booking.Id
            && one.HeldUntil > booking.HeldFrom && one.HeldFrom < booking.HeldUntil)
        .OrderBy(one => one.Id).Take(MostRivals);

    private Task<Space?> SpaceAsync(long spaceId, CancellationToken stop) =>
        db.Spaces.Include(one => one.Kind).SingleOrDefaultAsync(one => one.Id == spaceId && one.IsActive, stop);

    private static string KeyOf(BookingRequest asked, Actor by) => Booking.KeyOf(asked.MemberId, asked.Email, by.Id);

    private Task UntellAsync(Booking booking, CancellationToken stop) =>
        db.UntellAsync(booking.Subject, "the booking was moved or cancelled", calendar.Now, stop);

    private async Task RemindAsync(Booking booking, CancellationToken stop)
    {
        var when = booking.StartsAt.AddDays(-settings.ReminderDays);
        if (when > calendar.Now) await TellAsync(booking, "spaces.reminder", when, stop);
    }

    private Task TellAsync(Booking booking, string kind, CancellationToken stop) => TellAsync(booking, kind, calendar.Now, stop);

    private async Task TellAsync(Booking booking, string kind, DateTime when, CancellationToken stop)
    {
        if (!booking.CanBeTold) return;
        await db.TellAsync(booking.Subject, booking.Recipient, kind, when, new
        {
            booking.Title,
            booking.OrganiserName,
            Space = booking.Space.Name,
            SpaceEnglish = booking.Space.NameEnglish,
            booking.StartsAt,
            booking.EndsAt,
            booking.Heads,
            booking.Status,
            booking.Reason,
            FreeToCancel = booking.MovedByClosureAt is not null,
            booking.AnswerBy,
            booking.Uid,
            booking.Sequence,
        }, calendar.Now, stop);
    }

    private Task<Outcome<Booking>> WithBookingAsync(
        long bookingId, Actor? by, Func<Booking, CancellationToken, Task<Refusal?>> change, CancellationToken stop) =>
        db.WriteInTurnAsync<Outcome<Booking>>(Turn.Spaces, 0, async inner =>
        {
            var booking = await db.Bookings.Include(one => one.Space.Kind).Include(one => one.Equipment).SingleOrDefaultAsync(one => one.Id == bookingId, inner);
            if (booking is null || (by is not null && !await IsTheirsAsync(booking, by, inner))) return SpaceRefusals.UnknownBooking;
            if (await change(booking, inner) is { } no)
            {
                // What the model had begun must not be saved by whoever uses the context next.
                db.ChangeTracker.Clear();
                return no;
            }

            await db.SaveChangesAsync(inner);
            return booking;
        }, stop);

    private async Task<bool> IsTheirsAsync(Booking booking, Actor by, CancellationToken stop)
    {
        if (by.Kind != ActorKind.Member || booking.MemberId == by.MemberId) return true;
        return booking.MemberId is { } memberId
            && await db.Members.FindAsync([memberId], stop) is { } member && await guardians.MayActForAsync(by, member, stop);
    }

    private const int MostRivals = 200;
}
