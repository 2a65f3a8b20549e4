namespace Metro.Library.Calendar;

/// <summary>Why the calendar says no.</summary>
public static class CalendarRefusals
{
    /// <summary>No branch has this key or code.</summary>
    public static Refusal UnknownBranch(string branch) => new("calendar.unknown_branch", branch);

    /// <summary>The last day lies before the first.</summary>
    public static Refusal EndsBeforeItBegins(DateOnly from, DateOnly to) => new("calendar.ends_before_it_begins", from, to);

    /// <summary>The exception covers more days than one may.</summary>
    public static Refusal TooLong(int mostDays) => new("calendar.too_long", mostDays);

    /// <summary>No exception has this key.</summary>
    public static Refusal UnknownException(long id) => new("calendar.unknown_exception", id);

    /// <summary>The same was announced before, for the same place and days: nobody is told twice.</summary>
    public static Refusal AlreadyAnnounced(string name, DateOnly from, DateOnly to) => new("calendar.already_announced", name, from, to);

    /// <summary>The text does not say opening hours.</summary>
    public static Refusal UnreadableHours(string text) => new("calendar.unreadable_hours", text);

    /// <summary>What a closure touches cannot go where staff want it to.</summary>
    public static Refusal CannotMoveThere(string what, DateOnly to, Refusal because) => new("calendar.cannot_move_there", what, to, because);
}
