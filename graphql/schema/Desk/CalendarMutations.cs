using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Schema.Callers;
using Metro.Portal.Schema.Hours;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>What the office may ask before it announces a closure.</summary>
[QueryType]
[Authorize(Permissions.ReadDesk)]
internal static class CalendarDeskQueries
{
    /// <summary>Whom a closure would touch, and what would become of it. Nothing is changed and nobody is told. For the desk.</summary>
    /// <param name="closure">What would be announced.</param>
    /// <param name="decisions">What staff have decided so far about single sessions, class visits and bookings.</param>
    [Cost(50)]
    [ListSize(AssumedSize = 50, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<AffectedByClosure>?> PreviewClosureAsync(
        NewClosure closure, Closures closures, CancellationToken stop, IReadOnlyList<ClosureDecision>? decisions = null) =>
        (await closures.PreviewAsync(closure.ToException().OrError(), ClosureDecision.Read(decisions).OrError(), stop)).OrError();
}

/// <summary>The ordinary week of each branch, and the days on which other hours hold.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class CalendarMutations
{
    /// <summary>
    /// Announces a closure or other hours. What it touches is moved, or cancelled where nothing else is free, and everybody whom
    /// that concerns is told; `previewClosure` says beforehand whom. Announced again, the same is refused and nobody is told twice.
    /// </summary>
    /// <param name="closure">Where, when, why.</param>
    /// <param name="decisions">What staff decided about single sessions, class visits and bookings instead of what is proposed.</param>
    [UseMutationConvention(PayloadFieldName = "touched")]
    public static async Task<FieldResult<IReadOnlyList<AffectedByClosure>, RefusalError>> AnnounceClosureAsync(
        NewClosure closure, Closures closures, Acting acting, CancellationToken stop, IReadOnlyList<ClosureDecision>? decisions = null)
    {
        var (exception, choices) = (closure.ToException(), ClosureDecision.Read(decisions));
        if ((exception.Refusal ?? choices.Refusal) is { } no) return new RefusalError(no);
        return (await closures.AnnounceAsync(exception.Value, await acting.AsStaffAsync(stop), choices.Value, stop)).Then(touched => touched);
    }

    /// <summary>Takes a closure back. Dates that it moved stay where they are: people have been told.</summary>
    /// <param name="closure">The closure.</param>
    [UseMutationConvention(PayloadFieldName = "isWithdrawn")]
    public static async Task<FieldResult<bool, RefusalError>> WithdrawClosureAsync(
        [ID<CalendarException>] long closure, Closures closures, Acting acting, CancellationToken stop) =>
        await (await closures.WithdrawAsync(closure, await acting.AsStaffAsync(stop), stop)).OrAsync(() => Task.FromResult(true));

    /// <summary>Changes the ordinary week of a branch. What has been agreed keeps its date: announce a closure for days on which people would stand before a shut door.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="week">The hours of each day; a day that is not named is closed.</param>
    public static async Task<FieldResult<Branch, RefusalError>> ChangeOpeningHoursAsync(
        [ID<Branch>] long branch, IReadOnlyList<WeekdayHours> week, BranchHours hours, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var read = WeekdayHours.Read(week);
        var refusal = read.Refusal ?? await hours.ChangeAsync(branch, read.Value, await acting.AsStaffAsync(stop), stop);
        return await refusal.OrAsync(() => db.Branches.AsNoTracking().SingleAsync(one => one.Id == branch, stop));
    }
}

/// <summary>A closure, or days of other hours, as staff announce it.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, included; the first unless told otherwise.</param>
/// <param name="Name">What people call it, in Indonesian; at most 200 characters.</param>
/// <param name="NameEnglish">The same in English.</param>
/// <param name="Branch">Where it holds; the whole library unless told otherwise.</param>
public sealed record NewClosure(DateOnly From, string Name, DateOnly? To = null, string? NameEnglish = null, [property: ID<Branch>] long? Branch = null)
{
    /// <summary>The hours that hold instead, weekday by weekday; closed on all days unless told otherwise.</summary>
    public IReadOnlyList<WeekdayHours>? Week { get; init; }

    internal Outcome<CalendarException> ToException()
    {
        var week = WeekdayHours.Read(Week ?? []);
        if (week.Refusal is { } unreadable) return unreadable;
        var to = To ?? From;
        return to < From
            ? CalendarRefusals.EndsBeforeItBegins(From, to)
            : CalendarException.OtherHours(Branch, From, to, week.Value, InputText.Tidy(Name) ?? "", InputText.Tidy(NameEnglish));
    }
}

/// <summary>What staff decide about one thing that a closure touches: a session, a class visit, or a booking.</summary>
/// <param name="Session">The session, where it is one.</param>
/// <param name="ClassVisit">The class visit, where it is one.</param>
/// <param name="Booking">The booking, where it is one.</param>
/// <param name="StartsAt">When it starts instead, as long as before; it is cancelled unless told.</param>
public sealed record ClosureDecision(
    [property: ID<Session>] long? Session = null, [property: ID<Visit>] long? ClassVisit = null, [property: ID<Booking>] long? Booking = null, DateTime? StartsAt = null)
{
    private const int MostDecisions = 1_000;

    internal static Outcome<IReadOnlyList<ClosureChoice>> Read(IReadOnlyList<ClosureDecision>? decisions)
    {
        var choices = new List<ClosureChoice>();
        if (InputText.CheckNumber(decisions?.Count ?? 0, "decisions", 0, MostDecisions) is { } tooMany) return tooMany;
        foreach (var one in decisions ?? [])
        {
            if (one.Subject is not { } subject) return InputRefusals.Missing("decisions");
            choices.Add(new ClosureChoice(subject, one.StartsAt?.ToUniversalTime()));
        }

        return choices;
    }

    private Subject? Subject => this switch
    {
        { Session: { } session } => new("session", session),
        { ClassVisit: { } visit } => new("visit", visit),
        { Booking: { } booking } => new("booking", booking),
        _ => null,
    };
}
