namespace Metro.Library.Attendance;

/// <summary>Why the library says no because of absences, or about them.</summary>
public static class AttendanceRefusals
{
    /// <summary>The member has as many strikes as the library bears, until the given date.</summary>
    public static Refusal TooManyStrikes(int strikes, DateOnly until) => new("attendance.too_many_strikes", strikes, until);

    /// <summary>No strike has this key, or it is another member's.</summary>
    public static Refusal UnknownStrike(long id) => new("attendance.unknown_strike", id);

    /// <summary>An appeal has been made already.</summary>
    public static Refusal AlreadyAppealed { get; } = new("attendance.already_appealed");

    /// <summary>The strike has expired or was lifted.</summary>
    public static Refusal StrikeOver { get; } = new("attendance.strike_over");

    /// <summary>There is no open appeal to decide.</summary>
    public static Refusal NoAppeal { get; } = new("attendance.no_appeal");
}
