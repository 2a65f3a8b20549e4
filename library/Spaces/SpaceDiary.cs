using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Spaces;

/// <summary>One use of a space, or a request for one, as staff see it.</summary>
/// <param name="Subject">The booking, session or visit.</param>
/// <param name="Title">What it is for.</param>
/// <param name="Organiser">Who it is for; null where it is the library's own.</param>
/// <param name="StartsAt">When it starts, in UTC.</param>
/// <param name="EndsAt">When it ends, in UTC.</param>
/// <param name="HeldFrom">When setting up begins, in UTC.</param>
/// <param name="HeldUntil">When cleaning ends, in UTC.</param>
/// <param name="Booking">How the booking stands; null for sessions and visits.</param>
/// <param name="Rivals">How many other requests want the space at an overlapping time; only for requests.</param>
public sealed record SpaceUse(
    Subject Subject, LocalText Title, string? Organiser, DateTime StartsAt, DateTime EndsAt, DateTime HeldFrom, DateTime HeldUntil, BookingStatus? Booking, int Rivals = 0)
{
    /// <summary>Whether it is only asked for: it keeps nobody out.</summary>
    public bool IsRequest => Booking == BookingStatus.Requested;
}

/// <summary>Who has a space and who wants it: bookings, sessions and class visits on one page. Not thread-safe: one per request.</summary>
public sealed class SpaceDiary(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>The most days that one question covers.</summary>
    public const int MostDays = 31;

    /// <summary>The most bookings, sessions and visits, each, that one question answers with.</summary>
    public const int MostUses = 1000;

    /// <summary>The uses of a space that touch the days from one to another, both included, in order of their start; at most <see cref="MostDays"/> days.</summary>
    public async Task<IReadOnlyList<SpaceUse>> BetweenAsync(Space space, DateOnly from, DateOnly to, CancellationToken stop = default)
    {
        if (to.DayNumber - from.DayNumber >= MostDays) to = from.AddDays(MostDays - 1);
        return await ReadAsync(space, calendar.StartOf(from), calendar.EndOf(to), stop);
    }

    /// <summary>What takes place in a space from now on, or is wanted for it, in order of its start; at most <see cref="MostUses"/>.</summary>
    public async Task<IReadOnlyList<SpaceUse>> ToComeAsync(Space space, CancellationToken stop = default)
    {
        var now = calendar.Now;
        var uses = await ReadAsync(space, now, calendar.EndOf(calendar.Today.AddDays(Bookings.MostDaysAheadForStaff)), stop);
        return [.. uses.Where(use => use.EndsAt > now && use.Booking != BookingStatus.NoShow)];
    }

    /// <summary>Who was promised some of a thing from now on.</summary>
    public Task<EquipmentPromises> PromisesOfAsync(long equipmentId, CancellationToken stop = default) => EquipmentPromises.OfAsync(db, equipmentId, calendar.Now, stop);

    private async Task<IReadOnlyList<SpaceUse>> ReadAsync(Space space, DateTime start, DateTime end, CancellationToken stop)
    {
        var id = space.Id;
        var bookings = await db.Bookings.AsNoTracking()
            .Where(booking => booking.SpaceId == id && booking.HeldUntil > start && booking.HeldFrom < end
                && (booking.Status == BookingStatus.Requested || booking.Status == BookingStatus.Confirmed || booking.Status == BookingStatus.CheckedIn || booking.Status == BookingStatus.NoShow))
            .OrderBy(booking => booking.StartsAt).ThenBy(booking => booking.Id).Take(MostUses).ToListAsync(stop);
        var names = await NamesAsync(bookings, stop);
        var sessions = await db.Sessions.AsNoTracking().Include(session => session.Program)
            .Where(session => session.SpaceId == id && session.Status == SessionStatus.Scheduled && session.EndsAt > start && session.StartsAt < end)
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Take(MostUses).ToListAsync(stop);
        var visits = await db.Visits.AsNoTracking().Include(visit => visit.School).Include(visit => visit.Offer)
            .Where(visit => visit.Offer.SpaceId == id && (visit.Status == VisitStatus.Requested || visit.Status == VisitStatus.Approved || visit.Status == VisitStatus.Visited)
                && visit.EndsAt > start && visit.StartsAt < end)
            .OrderBy(visit => visit.StartsAt).ThenBy(visit => visit.Id).Take(MostUses).ToListAsync(stop);

        return
        [
            .. bookings.Select(booking => new SpaceUse(
                    booking.Subject, new LocalText(booking.Title), booking.OrganiserName ?? names.GetValueOrDefault(booking.MemberId ?? 0),
                    booking.StartsAt, booking.EndsAt, booking.HeldFrom, booking.HeldUntil, booking.Status, booking.Status == BookingStatus.Requested
                        ? bookings.Count(rival => rival.Id != booking.Id && rival.Status == BookingStatus.Requested && rival.HeldFrom < booking.HeldUntil && rival.HeldUntil > booking.HeldFrom)
                        : 0))
                .Concat(sessions.Select(session => Held(space, session.Subject, session.Program.LocalTitle, null, session.When)))
                .Concat(visits.Select(visit => Held(space, visit.Subject, visit.Offer.LocalName, visit.School.Name, visit.When)))
                .OrderBy(use => use.StartsAt).ThenBy(use => use.EndsAt).ThenBy(use => use.Subject.ToString(), StringComparer.Ordinal),
        ];
    }

    private static SpaceUse Held(Space space, Subject subject, LocalText title, string? organiser, Time.Interval when)
    {
        var held = space.Held(when);
        return new SpaceUse(subject, title, organiser, when.Start, when.End, held.Start, held.End, null);
    }

    private async Task<Dictionary<long, string>> NamesAsync(List<Booking> bookings, CancellationToken stop)
    {
        var ids = bookings.Select(booking => booking.MemberId).OfType<long>().Distinct().ToList();
        return await db.Members.AsNoTracking().Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => member.Name, stop);
    }
}
