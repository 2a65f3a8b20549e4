using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Spaces;
using Metro.Library.Time;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Members;

/// <summary>Booking spaces.</summary>
[MutationType]
[Authorize(Permissions.WriteOwn)]
internal static class BookingMutations
{
    /// <summary>Books a free slot at once, or asks for it where staff approve. The same asked again is answered with the booking that there is.</summary>
    /// <param name="wish">What is wanted, and when.</param>
    /// <param name="member">Who organises; oneself unless told otherwise.</param>
    [Error<RefusalError>]
    [Error<SpaceTaken>]
    public static async Task<FieldResult<Booking>> BookSpaceAsync(
        SpaceWish wish, Bookings bookings, SpaceTimetable timetable, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new FieldResult<Booking>(new RefusalError(no));
        var asked = wish.ToRequest(who.Value.MemberId);
        var outcome = await bookings.BookAsync(asked, who.Value.By, stop);
        return outcome.Refusal is { } refusal ? await SpaceTaken.OrAsync(refusal, asked, timetable, stop) : await OfIdAsync(db, outcome.Value.Id, stop);
    }

    /// <summary>
    /// Books or asks for every occurrence of a recurring wish, or for chosen ones. If one cannot be had, none is booked;
    /// `previewRecurringBooking` says which.
    /// </summary>
    /// <param name="wish">What is wanted, and when for the first time.</param>
    /// <param name="recurrence">When it comes again, as RFC 5545 writes it after `RRULE:`, such as `FREQ=WEEKLY;COUNT=8`.</param>
    /// <param name="dates">Only these of its dates; all unless told otherwise.</param>
    /// <param name="member">Who organises; oneself unless told otherwise.</param>
    [UseMutationConvention(PayloadFieldName = "occurrences")]
    public static async Task<FieldResult<IReadOnlyList<BookingOccurrence>, RefusalError>> BookSpaceRepeatedlyAsync(
        SpaceWish wish, string recurrence, Bookings bookings, LibraryCalendar calendar, Acting acting, CancellationToken stop,
        IReadOnlyList<DateOnly>? dates = null, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        if (wish.Repeated(recurrence, dates, calendar, who.Value.MemberId) is not { } asked) return new RefusalError(SpaceRefusals.NoDates);
        return (await bookings.BookAsync(asked, who.Value.By, stop)).Then<IReadOnlyList<OccurrenceAnswer>, IReadOnlyList<BookingOccurrence>>(BookingOccurrence.Of);
    }

    /// <summary>Moves a booking to another time or space; everything is asked as for a new one.</summary>
    /// <param name="booking">The booking.</param>
    /// <param name="startsAt">When it starts.</param>
    /// <param name="endsAt">When it ends.</param>
    /// <param name="space">The space; the same unless told otherwise.</param>
    /// <param name="reason">Why; at most 500 characters.</param>
    [Error<RefusalError>]
    [Error<SpaceTaken>]
    public static async Task<FieldResult<Booking>> MoveBookingAsync(
        [ID<Booking>] long booking, DateTime startsAt, DateTime endsAt, Bookings bookings, SpaceTimetable timetable, LibraryDbContext db, Acting acting, CancellationToken stop,
        [ID<Space>] long? space = null, string? reason = null)
    {
        var by = await acting.AsAnyoneAsync(stop);
        if (by.Refusal is { } no) return new FieldResult<Booking>(new RefusalError(no));
        var known = await db.Bookings.Where(one => one.Id == booking).Select(one => new { one.SpaceId, one.Heads }).FirstOrDefaultAsync(stop);
        var wished = new BookingRequest { SpaceId = space ?? known?.SpaceId ?? 0, StartsAt = startsAt.ToUniversalTime(), EndsAt = endsAt.ToUniversalTime(), Title = "", Heads = known?.Heads ?? 1 };
        var outcome = await bookings.MoveAsync(booking, wished.SpaceId, wished.StartsAt, wished.EndsAt, reason, by.Value, stop);
        return outcome.Refusal is { } refusal ? await SpaceTaken.OrAsync(refusal, wished, timetable, stop) : await OfIdAsync(db, outcome.Value.Id, stop);
    }

    /// <summary>Cancels a booking or a request; the space is free at once.</summary>
    /// <param name="booking">The booking.</param>
    /// <param name="reason">Why; at most 500 characters.</param>
    public static Task<FieldResult<Booking, RefusalError>> CancelBookingAsync(
        [ID<Booking>] long booking, Bookings bookings, LibraryDbContext db, Acting acting, CancellationToken stop, string? reason = null) =>
        ChangeAsync(by => bookings.CancelAsync(booking, reason, by, stop), db, acting, stop);

    /// <summary>Cancels what is left of a recurring request.</summary>
    /// <param name="booking">Any of its occurrences.</param>
    /// <param name="reason">Why; at most 500 characters.</param>
    public static Task<FieldResult<Booking, RefusalError>> CancelBookingSeriesAsync(
        [ID<Booking>] long booking, Bookings bookings, LibraryDbContext db, Acting acting, CancellationToken stop, string? reason = null) =>
        ChangeAsync(by => bookings.CancelSeriesAsync(booking, reason, by, stop), db, acting, stop);

    /// <summary>Says that the people of a booking are there, within the check-in window.</summary>
    /// <param name="booking">The booking.</param>
    public static Task<FieldResult<Booking, RefusalError>> CheckInToBookingAsync(
        [ID<Booking>] long booking, Bookings bookings, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(by => bookings.CheckInAsync(booking, by, stop), db, acting, stop);

    internal static Task<Booking> OfIdAsync(LibraryDbContext db, long id, CancellationToken stop) =>
        db.Bookings.AsNoTracking().Include(one => one.Equipment).SingleAsync(one => one.Id == id, stop);

    private static async Task<FieldResult<Booking, RefusalError>> ChangeAsync(
        Func<Actor, Task<Outcome<Booking>>> change, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var by = await acting.AsAnyoneAsync(stop);
        return by.Refusal is { } no ? new RefusalError(no) : await (await change(by.Value)).ThenAsync(one => OfIdAsync(db, one.Id, stop));
    }
}

/// <summary>Somebody else has the space then, and what could be had instead.</summary>
[ObjectType]
public sealed class SpaceTaken : IMutationError
{
    private SpaceTaken(Refusal refusal, IReadOnlyList<FreeAlternative> nearestFree) => (Message, Code, NearestFree) = (refusal.In(null), refusal.Code, nearestFree);

    /// <inheritdoc cref="IMutationError.Message"/>
    public string Message { get; }

    /// <inheritdoc cref="IMutationError.Code"/>
    public string Code { get; }

    /// <summary>The same length, nearest in time first; none where nothing is free within a week.</summary>
    [ListSize(AssumedSize = 5, RequireOneSlicingArgument = false)]
    public IReadOnlyList<FreeAlternative> NearestFree { get; }

    internal static async Task<FieldResult<Booking>> OrAsync(Refusal refusal, BookingRequest wished, SpaceTimetable timetable, CancellationToken stop) => refusal.Code == "spaces.taken"
        ? new FieldResult<Booking>(new SpaceTaken(refusal, await timetable.InsteadOfAsync(wished, 5, stop)))
        : new FieldResult<Booking>(new RefusalError(refusal));
}

/// <summary>What can be asked before booking.</summary>
[QueryType]
internal static class BookingQueries
{
    /// <summary>What the library would answer about each occurrence of a recurring wish now. Nothing is booked.</summary>
    /// <param name="wish">What is wanted, and when for the first time.</param>
    /// <param name="recurrence">When it comes again, as RFC 5545 writes it after `RRULE:`, such as `FREQ=WEEKLY;COUNT=8`.</param>
    [Authorize(Permissions.ReadOwn)]
    [ListSize(AssumedSize = 60, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<BookingOccurrence>?> PreviewRecurringBookingAsync(
        SpaceWish wish, string recurrence, Bookings bookings, LibraryCalendar calendar, Acting acting, CancellationToken stop)
    {
        var who = (await acting.ForAsync(null, stop)).OrError();
        var asked = wish.Repeated(recurrence, null, calendar, who.MemberId) ?? throw SpaceRefusals.NoDates.ToError();
        return BookingOccurrence.Of((await bookings.PreviewAsync(asked, who.By, stop)).OrError());
    }

    /// <summary>What could be had instead of a wish that cannot be fulfilled: the same length, nearest in time first.</summary>
    /// <param name="wish">What is wanted, and when.</param>
    /// <param name="first">How many alternatives, up to 20.</param>
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 5, AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static Task<IReadOnlyList<FreeAlternative>> GetBookingAlternativesAsync(SpaceWish wish, SpaceTimetable timetable, CancellationToken stop, int first = 5) =>
        timetable.InsteadOfAsync(wish.ToRequest(null), first, stop);
}

/// <summary>What somebody wants of a space.</summary>
/// <param name="Space">The space.</param>
/// <param name="StartsAt">When it starts: on the edge of a slot.</param>
/// <param name="EndsAt">When it ends: a whole number of slots later.</param>
/// <param name="Title">What it is for; at most 200 characters.</param>
/// <param name="Heads">How many people are expected.</param>
public sealed record SpaceWish([property: ID<Space>] long Space, DateTime StartsAt, DateTime EndsAt, string Title, int Heads = 1)
{
    /// <summary>What is wanted besides; at most ten things.</summary>
    public IReadOnlyList<EquipmentCount>? Equipment { get; init; }

    /// <summary>What one writes to the library; at most 1,000 characters.</summary>
    public string? Note { get; init; }

    internal BookingRequest ToRequest(long? memberId) => new()
    {
        SpaceId = Space,
        StartsAt = StartsAt.ToUniversalTime(),
        EndsAt = EndsAt.ToUniversalTime(),
        MemberId = memberId,
        Title = Title,
        Heads = Heads,
        Equipment = [.. (Equipment ?? []).Select(one => new EquipmentWish(one.Equipment, one.Count))],
        Note = Note,
        Culture = Language.OfRequest.Code,
    };

    internal RecurringBookingRequest? Repeated(string recurrence, IReadOnlyList<DateOnly>? chosen, LibraryCalendar calendar, long? memberId) =>
        RecurrenceRule.Parse(recurrence) is { } rule
            ? new(ToRequest(memberId), new Recurrence(calendar.DateOf(StartsAt.ToUniversalTime()), rule), chosen)
            : null;
}

/// <summary>How many of a thing somebody would like.</summary>
/// <param name="Equipment">The thing.</param>
/// <param name="Count">How many.</param>
public sealed record EquipmentCount([property: ID<Equipment>] long Equipment, int Count);

/// <summary>What the library answers about one occurrence.</summary>
/// <param name="Date">Its day, by the library's clock.</param>
/// <param name="StartsAt">When it starts.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="Refusal">Why it cannot be had; null when it can.</param>
/// <param name="Booking">The booking; null while nothing is booked.</param>
public sealed record BookingOccurrence(DateOnly Date, DateTime StartsAt, DateTime EndsAt, RefusalError? Refusal, Booking? Booking)
{
    internal static IReadOnlyList<BookingOccurrence> Of(IReadOnlyList<OccurrenceAnswer> answers) => [.. answers.Select(one =>
        new BookingOccurrence(one.Date, one.StartsAt, one.EndsAt, one.WhyNot is { } why ? new RefusalError(why) : null, one.Booking))];
}
