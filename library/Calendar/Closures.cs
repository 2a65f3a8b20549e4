using Metro.Library.Input;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Calendar;

/// <summary>Something that a change of the calendar moves or cancels.</summary>
/// <param name="Subject">The loan, hold, session, visit or booking.</param>
/// <param name="What">What it is called: the book's or the program's title.</param>
/// <param name="MemberId">The member whom it concerns; null where it is nobody's or not a member's.</param>
/// <param name="From">The date that no longer works.</param>
/// <param name="To">The date to which it moves; null where it is cancelled or left for staff to decide.</param>
public sealed record AffectedByClosure(Subject Subject, string What, long? MemberId, DateOnly From, DateOnly? To);

/// <summary>
/// An area with dates of its own takes part when a closure is announced late. A boundary: the calendar
/// knows none of the areas.
/// </summary>
public interface IClosureListener
{
    /// <summary>What the exception would touch if it were announced now; changes nothing.</summary>
    /// <param name="db">The library.</param>
    /// <param name="announced">The exception, perhaps not saved yet.</param>
    /// <param name="stop">Ends the search.</param>
    Task<IReadOnlyList<AffectedByClosure>> AffectedByAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop);

    /// <summary>
    /// Moves or cancels what the exception touches and writes to the people in the outbox, within the
    /// caller's transaction. The exception is in the database already.
    /// </summary>
    /// <param name="db">The library, with the transaction of the announcement.</param>
    /// <param name="announced">The exception.</param>
    /// <param name="by">Who announced it.</param>
    /// <param name="stop">Ends the work; the transaction is then undone.</param>
    Task<IReadOnlyList<AffectedByClosure>> ApplyAsync(LibraryDbContext db, CalendarException announced, Actor by, CancellationToken stop);
}

/// <summary>Announces dated exceptions, also late ones: everything affected is listed, moved and told (DOMAIN.md rule 1).</summary>
public sealed class Closures(LibraryDbContext db, LibraryCalendar calendar, IEnumerable<IClosureListener> listeners)
{
    /// <summary>The most days that one exception covers.</summary>
    public const int MostDays = 400;

    /// <summary>What an announcement would move; changes nothing.</summary>
    public async Task<Outcome<IReadOnlyList<AffectedByClosure>>> PreviewAsync(CalendarException announced, CancellationToken stop = default)
    {
        if (await CheckAsync(announced, stop) is { } refusal) return refusal;

        var affected = new List<AffectedByClosure>();
        foreach (var listener in listeners) affected.AddRange(await listener.AffectedByAsync(db, announced, stop));
        return affected;
    }

    /// <summary>Saves the exception, moves what it affects and writes to the people, all at once.</summary>
    /// <returns>What was moved or cancelled.</returns>
    public Task<Outcome<IReadOnlyList<AffectedByClosure>>> AnnounceAsync(CalendarException announced, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<IReadOnlyList<AffectedByClosure>>>(async inner =>
        {
            if (await CheckAsync(announced, inner) is { } refusal) return refusal;

            var saved = CalendarException.OtherHours(announced.BranchId, announced.From, announced.To, announced.Week, announced.Name, announced.NameEnglish);
            db.Add(saved);
            await db.SaveChangesAsync(inner);

            var affected = new List<AffectedByClosure>();
            foreach (var listener in listeners) affected.AddRange(await listener.ApplyAsync(db, saved, by, inner));
            db.Audit(by, "calendar.announced", new Subject("calendar", saved.Id), calendar.Now,
                after: new { saved.BranchId, saved.From, saved.To, Week = saved.Week.ToString(), saved.Name, Affected = affected.Count });
            await db.SaveChangesAsync(inner);
            return affected;
        }, stop);

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
        return null;
    }
}
