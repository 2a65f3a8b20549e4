using System.Globalization;

namespace Metro.Library.Calendar;

/// <summary>
/// When one branch is open: its weekly pattern and the dated exceptions that win over it (DOMAIN.md
/// rule 1). Immutable, free of the database, and safe for several threads.
/// </summary>
/// <param name="week">The weekly pattern.</param>
/// <param name="exceptions">The branch's and the library's exceptions, in any order.</param>
/// <param name="zone">The zone in which the dates are.</param>
public sealed class BranchCalendar(WeeklyHours week, IEnumerable<CalendarException> exceptions, TimeZoneInfo zone)
{
    /// <summary>How far a search for an open day goes. A branch closed for longer has no hours to speak of.</summary>
    public const int SearchDays = 366;

    private readonly CalendarException[] exceptions =
    [
        .. exceptions.OrderByDescending(exception => exception.BranchId.HasValue)
            .ThenBy(exception => exception.Days)
            .ThenByDescending(exception => exception.Id == 0 ? long.MaxValue : exception.Id),
    ];

    /// <summary>The hours of a day.</summary>
    public OpeningHours HoursOn(DateOnly date) => (ExceptionOn(date)?.Week ?? week)[date.DayOfWeek];

    /// <summary>The exception that decides about a day; null where the weekly pattern does.</summary>
    public CalendarException? ExceptionOn(DateOnly date) => Array.Find(exceptions, exception => exception.Covers(date));

    /// <summary>Whether the doors open at all on this day.</summary>
    public bool IsOpenOn(DateOnly date) => !HoursOn(date).IsClosed;

    /// <summary>Whether the branch is open at this instant.</summary>
    /// <param name="instant">In UTC.</param>
    public bool IsOpenAt(DateTime instant)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(instant, zone);
        return HoursOn(DateOnly.FromDateTime(local)).Contains(TimeOnly.FromDateTime(local));
    }

    /// <summary>The hours of a day as instants in UTC, in order, half-open.</summary>
    public IReadOnlyList<(DateTime Opens, DateTime Closes)> OpeningsOn(DateOnly date) =>
        [.. HoursOn(date).Intervals.Select(interval => (InstantOf(date, interval.Opens), InstantOf(date, interval.Closes)))];

    /// <summary>The first open day that is not before <paramref name="date"/>; null when there is none within <see cref="SearchDays"/>.</summary>
    public DateOnly? OpenDayOnOrAfter(DateOnly date) => FirstOpenDay(date, step: 1);

    /// <summary>The last open day that is not after <paramref name="date"/>; null when there is none within <see cref="SearchDays"/>.</summary>
    public DateOnly? OpenDayOnOrBefore(DateOnly date) => FirstOpenDay(date, step: -1);

    /// <summary>How many open days there are after <paramref name="after"/> up to and including <paramref name="through"/>.</summary>
    public int OpenDaysBetween(DateOnly after, DateOnly through)
    {
        var open = 0;
        for (var date = after.AddDays(1); date <= through; date = date.AddDays(1))
            if (IsOpenOn(date)) open++;
        return open;
    }

    /// <summary>
    /// The last of <paramref name="days"/> open days after <paramref name="start"/>: a deadline that closed
    /// days do not shorten. Where the branch does not open that often within <see cref="SearchDays"/>,
    /// the plain calendar decides.
    /// </summary>
    public DateOnly AfterOpenDays(DateOnly start, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var date = start;
        for (var left = days; left > 0;)
        {
            date = date.AddDays(1);
            if (date.DayNumber - start.DayNumber > SearchDays + days) return start.AddDays(days);
            if (IsOpenOn(date)) left--;
        }

        return date;
    }

    /// <summary>
    /// When something lent on <paramref name="from"/> for <paramref name="days"/> calendar days is due. A closed
    /// day moves it to the next open day; if that passes the end of the membership, to the last open
    /// day before the end, but never before <paramref name="from"/>.
    /// </summary>
    /// <param name="from">The day of the loan or renewal.</param>
    /// <param name="days">At least 0.</param>
    /// <param name="membershipEnd">The last day of the membership; null where none ends it.</param>
    public DueDate DueAfter(DateOnly from, int days, DateOnly? membershipEnd = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var asked = from.AddDays(days);
        return OnOpenDay(asked, from, membershipEnd);
    }

    /// <summary>Where a date moves that must be an open day: forward, or back to within the membership.</summary>
    /// <param name="asked">The wished date.</param>
    /// <param name="earliest">The date before which it must not move.</param>
    /// <param name="membershipEnd">The last day of the membership; null where none ends it.</param>
    public DueDate OnOpenDay(DateOnly asked, DateOnly earliest, DateOnly? membershipEnd = null)
    {
        var closed = new List<ClosedDay>();
        var date = asked;
        while (!IsOpenOn(date) && date.DayNumber - asked.DayNumber < SearchDays)
        {
            closed.Add(new ClosedDay(date, ExceptionOn(date)?.LocalName));
            date = date.AddDays(1);
        }

        // A branch without hours, such as one being moved, moves no date.
        if (closed.Count >= SearchDays) (date, closed) = (asked, []);
        if (membershipEnd is not { } end || date <= end) return new DueDate(date, asked, closed, null);

        var last = OpenDayOnOrBefore(end) ?? end;
        return new DueDate(last < earliest ? earliest : last, asked, asked <= end ? closed : [], end);
    }

    /// <summary>The same calendar with one more exception: to ask "what if" before it is announced.</summary>
    public BranchCalendar With(CalendarException exception) => new(week, exceptions.Append(exception), zone);

    /// <summary>The same calendar without one of its exceptions: how it was before that was announced.</summary>
    public BranchCalendar Without(long exceptionId) => new(week, exceptions.Where(exception => exception.Id != exceptionId), zone);

    private DateOnly? FirstOpenDay(DateOnly date, int step)
    {
        for (var i = 0; i < SearchDays; i++, date = date.AddDays(step))
            if (IsOpenOn(date)) return date;
        return null;
    }

    private DateTime InstantOf(DateOnly date, TimeOnly time) =>
        TimeZoneInfo.ConvertTimeToUtc(date.ToDateTime(time), zone);
}

/// <summary>A day on which a branch is closed, and why.</summary>
/// <param name="Date">The day.</param>
/// <param name="Reason">The exception's name; null where the weekly pattern closes it.</param>
public sealed record ClosedDay(DateOnly Date, LocalText? Reason) : IExplained
{
    /// <summary>"Sunday is closed", or "Thursday 24 December is closed (Joint leave)".</summary>
    public string Explain(CultureInfo culture) => Reason is null
        ? Sentences.Of("calendar.weekday_closed", "Explanations", culture, Date)
        : Sentences.Of("calendar.day_closed", "Explanations", culture, Date, Reason);
}

/// <summary>A date that explains itself: which it is, which it would have been, and what moved it.</summary>
/// <param name="Date">The date that holds.</param>
/// <param name="Asked">The date before anything moved it.</param>
/// <param name="ClosedDays">The closed days that moved it, in order; none when it was not moved forward.</param>
/// <param name="MembershipEnd">The end of the membership where that brought it forward; otherwise null.</param>
public sealed record DueDate(DateOnly Date, DateOnly Asked, IReadOnlyList<ClosedDay> ClosedDays, DateOnly? MembershipEnd) : IExplained
{
    /// <summary>"due Monday 24 November 2026: Sunday is closed".</summary>
    public string Explain(CultureInfo culture)
    {
        var reasons = ClosedDays.Select(day => day.Explain(culture));
        if (MembershipEnd is { } end) reasons = reasons.Append(Sentences.Of("calendar.membership_ends", "Explanations", culture, end));
        var why = string.Join(", ", reasons);
        return why.Length == 0
            ? Sentences.Of("calendar.due", "Explanations", culture, Date)
            : Sentences.Of("calendar.due_because", "Explanations", culture, Date, why);
    }
}
