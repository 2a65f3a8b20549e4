using Metro.Library.Input;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Calendar;

/// <summary>Something that a change of the calendar moves or cancels.</summary>
/// <param name="Subject">The loan, hold, session, visit or booking.</param>
/// <param name="What">What it is called: the book's or the program's title.</param>
/// <param name="MemberId">The member whom it concerns; null where it is nobody's or not a member's.</param>
/// <param name="From">The date that no longer works.</param>
/// <param name="To">The date to which it moves; null where it is cancelled.</param>
public sealed record AffectedByClosure(Subject Subject, string What, long? MemberId, DateOnly From, DateOnly? To)
{
    /// <summary>When it started so far, in UTC; null for a loan or a hold, which have a date and no time.</summary>
    public DateTime? StartsAt { get; init; }

    /// <summary>When it starts instead, in UTC; null where it is cancelled or has no time.</summary>
    public DateTime? MovesTo { get; init; }
}

/// <summary>
/// An area with dates of its own takes part when a closure is announced late. A boundary: the calendar
/// knows none of the areas.
/// </summary>
public interface IClosureListener
{
    /// <summary>
    /// Moves or cancels what the exception touches and writes to the people in the outbox, within the
    /// caller's transaction.
    /// </summary>
    /// <param name="db">The library, with the transaction of the announcement.</param>
    /// <param name="closure">The exception, which is in the database already, and what staff chose.</param>
    /// <param name="by">Who announces it.</param>
    /// <param name="stop">Ends the work; the transaction is then undone.</param>
    /// <returns>What was moved or cancelled, or why a choice of the staff cannot be followed; everything is then undone.</returns>
    Task<Outcome<IReadOnlyList<AffectedByClosure>>> ApplyAsync(LibraryDbContext db, AnnouncedClosure closure, Actor by, CancellationToken stop);
}

/// <summary>Announces dated exceptions, also late ones: everything affected is listed, moved and told (DOMAIN.md rule 1).</summary>
public sealed class Closures(LibraryDbContext db, LibraryCalendar calendar, IEnumerable<IClosureListener> listeners)
{
    /// <summary>The most days that one exception covers.</summary>
    public const int MostDays = 400;

    /// <summary>
    /// What an announcement would move, and to when, and what it would cancel. It is found by announcing and undoing that, so
    /// that two things are never proposed one place; nothing is changed and nobody is told.
    /// </summary>
    /// <param name="announced">The exception.</param>
    /// <param name="choices">What staff have decided so far; null for nothing.</param>
    /// <param name="stop">Ends the search.</param>
    public Task<Outcome<IReadOnlyList<AffectedByClosure>>> PreviewAsync(
        CalendarException announced, IReadOnlyList<ClosureChoice>? choices = null, CancellationToken stop = default) =>
        db.RehearseAsync(inner => ApplyAsync(announced, choices ?? [], Actor.System("closure-preview"), inner), stop);

    /// <summary>
    /// Saves the exception, moves or cancels what it affects and writes to the people, all at once. What can be moved is moved:
    /// loans and holds to the next open day, sessions, visits and bookings to the next time that takes them. Whoever does not like
    /// the new time cancels freely: no strike, and a school's visit comes back.
    /// </summary>
    /// <param name="announced">The exception.</param>
    /// <param name="by">Who announces it.</param>
    /// <param name="choices">
    /// What staff decided about single sessions, visits and bookings after the preview; null for nothing. A choice about something
    /// that is not touched any more has no effect; one that cannot be followed refuses the whole.
    /// </param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>What was moved or cancelled; refused where the same was announced before.</returns>
    public Task<Outcome<IReadOnlyList<AffectedByClosure>>> AnnounceAsync(
        CalendarException announced, Actor by, IReadOnlyList<ClosureChoice>? choices = null, CancellationToken stop = default) =>
        db.WriteInTurnAsync(Turn.Spaces, 0, inner => ApplyAsync(announced, choices ?? [], by, inner), stop);

    private async Task<Outcome<IReadOnlyList<AffectedByClosure>>> ApplyAsync(
        CalendarException announced, IReadOnlyList<ClosureChoice> choices, Actor by, CancellationToken stop)
    {
        if (await CheckAsync(announced, stop) is { } refusal) return refusal;

        var saved = CalendarException.OtherHours(announced.BranchId, announced.From, announced.To, announced.Week, announced.Name, announced.NameEnglish);
        db.Add(saved);
        await db.SaveChangesAsync(stop);

        var (closure, affected) = (new AnnouncedClosure(saved, choices), new List<AffectedByClosure>());
        foreach (var listener in listeners)
        {
            var touched = await listener.ApplyAsync(db, closure, by, stop);
            if (touched.Refusal is { } no) return no;
            affected.AddRange(touched.Value);
        }

        db.Audit(by, "calendar.announced", new Subject("calendar", saved.Id), calendar.Now,
            after: new { saved.BranchId, saved.From, saved.To, Week = saved.Week.ToString(), saved.Name, Affected = affected.Count });
        await db.SaveChangesAsync(stop);
        return affected;
    }

    /// <summary>Takes an exception back. Dates that it moved stay where they are: people have been told.</summary>
    public Task<Refusal?> WithdrawAsync(long exceptionId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var exception = await db.CalendarExceptions.FindAsync([exceptionId], inner);
            if (exception is null) return CalendarRefusals.UnknownException(exceptionId);

            db.Remove(exception);
            db.Audit(by, "calendar.withdrawn", new Subject("calendar", exceptionId), calendar.Now,
                before: new { exception.BranchId, exception.From, exception.To, Week = exception.Week.ToString(), exception.Name });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    private async Task<Refusal?> CheckAsync(CalendarException announced, CancellationToken stop)
    {
        if (announced.Days > MostDays) return CalendarRefusals.TooLong(MostDays);
        if (InputText.CheckName(announced.Name, "name", 200) is { } name) return name;
        if (InputText.Check(announced.NameEnglish, "name", 200) is { } english) return english;
        if (InputText.CheckDate(announced.From, "date", calendar.Today.AddYears(-2), calendar.Today.AddYears(5)) is { } date) return date;
        if (announced.BranchId is { } branch && !await db.Branches.AnyAsync(one => one.Id == branch, stop))
            return CalendarRefusals.UnknownBranch(branch.ToString(System.Globalization.CultureInfo.InvariantCulture));

        // Sent twice, it is announced once.
        var (place, from, to, named) = (announced.BranchId, announced.From, announced.To, announced.Name);
        return await db.CalendarExceptions.AnyAsync(one => one.BranchId == place && one.From == from && one.To == to && one.Name == named, stop)
            ? CalendarRefusals.AlreadyAnnounced(named, from, to)
            : null;
    }
}
