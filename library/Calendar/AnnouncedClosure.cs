using Metro.Library.Time;

namespace Metro.Library.Calendar;

/// <summary>What staff decide about one session, visit or booking that a closure touches, instead of what is proposed.</summary>
/// <param name="Subject">The session, visit or booking.</param>
/// <param name="StartsAt">When it starts instead, in UTC, as long as before; null to cancel it.</param>
public sealed record ClosureChoice(Subject Subject, DateTime? StartsAt);

/// <summary>An exception that is being announced, and what staff have decided about single things that it touches.</summary>
/// <param name="Exception">The exception, saved within the transaction of the announcement.</param>
/// <param name="Choices">What staff decided; about everything else the library's own proposal holds.</param>
public sealed record AnnouncedClosure(CalendarException Exception, IReadOnlyList<ClosureChoice> Choices)
{
    /// <summary>How many days ahead another place is looked for, before something is cancelled.</summary>
    internal const int SearchDays = 28;

    /// <summary>
    /// Settles one thing: moves it to where staff said, or to the first of the places that takes it, or cancels it. A time that
    /// staff chose and that cannot be had refuses the whole announcement, so that nobody is sent elsewhere by surprise.
    /// </summary>
    /// <param name="touched">What the closure touches.</param>
    /// <param name="use">From its start to its end so far.</param>
    /// <param name="places">Where it could go, the best first.</param>
    /// <param name="move">Moves it and tells its people, or says why it cannot go there and changes nothing.</param>
    /// <param name="cancel">Cancels it and tells its people.</param>
    /// <param name="calendar">Turns instants into dates.</param>
    internal async Task<Outcome<AffectedByClosure>> SettleAsync(
        AffectedByClosure touched, Interval use, IEnumerable<Interval> places, Func<Interval, Task<Refusal?>> move, Func<Task> cancel, LibraryCalendar calendar)
    {
        touched = touched with { StartsAt = use.Start };
        var choice = Choices.FirstOrDefault(one => one.Subject == touched.Subject);
        if (choice is { StartsAt: { } chosen })
        {
            var place = new Interval(chosen, chosen + use.Duration);
            return await move(place) is { } no ? CalendarRefusals.CannotMoveThere(touched.What, calendar.DateOf(chosen), no) : Moved(place);
        }

        if (choice is null)
        {
            foreach (var place in places)
                if (await move(place) is null) return Moved(place);
        }

        await cancel();
        return touched;

        AffectedByClosure Moved(Interval to) => touched with { To = calendar.DateOf(to.Start), MovesTo = to.Start };
    }
}
