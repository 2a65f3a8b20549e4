using System.Globalization;

namespace Metro.Library.Calendar;

/// <summary>A stretch of a day during which a branch is open: from <paramref name="Opens"/>, up to but not including <paramref name="Closes"/>.</summary>
/// <param name="Opens">The first minute, by the library's clock.</param>
/// <param name="Closes">The first minute after, later than <paramref name="Opens"/>.</param>
public readonly record struct OpeningInterval(TimeOnly Opens, TimeOnly Closes);

/// <summary>The hours of one day: none, one or several intervals in order that do not touch. Immutable.</summary>
public sealed class OpeningHours : IEquatable<OpeningHours>
{
    private readonly OpeningInterval[] intervals;

    private OpeningHours(OpeningInterval[] intervals) => this.intervals = intervals;

    /// <summary>A day on which the doors stay shut.</summary>
    public static OpeningHours Closed { get; } = new([]);

    /// <summary>The intervals in order; none on a closed day.</summary>
    public IReadOnlyList<OpeningInterval> Intervals => intervals;

    /// <summary>Whether the doors stay shut all day.</summary>
    public bool IsClosed => intervals.Length == 0;

    /// <summary>Whether the branch is open at this minute.</summary>
    public bool Contains(TimeOnly time) => Array.Exists(intervals, interval => interval.Opens <= time && time < interval.Closes);

    /// <summary>Reads <c>08:00-12:00,13:00-16:00</c>; an empty text is a closed day.</summary>
    /// <exception cref="FormatException">Not such a text, or intervals that end before they begin, overlap or stand out of order.</exception>
    public static OpeningHours Parse(string text) =>
        TryParse(text, out var hours) ? hours : throw new FormatException($"'{text}' is not a list of opening hours such as 08:00-12:00,13:00-16:00.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string? text, out OpeningHours hours)
    {
        hours = Closed;
        if (string.IsNullOrWhiteSpace(text)) return true;

        var read = new List<OpeningInterval>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            if (dash < 0
                || !TimeOnly.TryParseExact(part[..dash], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var opens)
                || !TimeOnly.TryParseExact(part[(dash + 1)..], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var closes)
                || closes <= opens
                || (read.Count > 0 && opens <= read[^1].Closes))
                return false;
            read.Add(new OpeningInterval(opens, closes));
        }

        hours = new OpeningHours([.. read]);
        return true;
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join(',', intervals.Select(interval =>
        string.Create(CultureInfo.InvariantCulture, $"{interval.Opens:HH\\:mm}-{interval.Closes:HH\\:mm}")));

    /// <summary>The same intervals.</summary>
    public bool Equals(OpeningHours? other) => other is not null && intervals.AsSpan().SequenceEqual(other.intervals);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as OpeningHours);

    /// <inheritdoc />
    public override int GetHashCode() => intervals.Length == 0 ? 0 : HashCode.Combine(intervals.Length, intervals[0]);
}

/// <summary>The hours of each day of a week. Immutable.</summary>
public sealed class WeeklyHours : IEquatable<WeeklyHours>
{
    private readonly OpeningHours[] days;

    private WeeklyHours(OpeningHours[] days) => this.days = days;

    /// <summary>Never open.</summary>
    public static WeeklyHours Closed { get; } = EveryDay(OpeningHours.Closed);

    /// <summary>The hours of one weekday.</summary>
    public OpeningHours this[DayOfWeek day] => days[(int)day];

    /// <summary>The same hours on all seven days.</summary>
    public static WeeklyHours EveryDay(OpeningHours hours) => new([.. Enumerable.Repeat(hours, 7)]);

    /// <summary>The same week with other hours on one day.</summary>
    public WeeklyHours With(DayOfWeek day, OpeningHours hours)
    {
        var changed = days.ToArray();
        changed[(int)day] = hours;
        return new WeeklyHours(changed);
    }

    /// <summary>Reads <c>mon 08:00-16:00; fri 08:00-11:30,13:30-16:00</c>: days that are not named are closed.</summary>
    /// <exception cref="FormatException">An unknown or repeated day, or hours that <see cref="OpeningHours.Parse"/> refuses.</exception>
    public static WeeklyHours Parse(string text) =>
        TryParse(text, out var hours) ? hours : throw new FormatException($"'{text}' is not a week of opening hours such as 'mon 08:00-16:00; fri 08:00-11:30'.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string? text, out WeeklyHours hours)
    {
        hours = Closed;
        var week = Enumerable.Repeat(OpeningHours.Closed, 7).ToArray();
        var named = new HashSet<int>();
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var day = Array.IndexOf(DayNames, part.Length >= 3 ? part[..3] : part);
            if (day < 0 || !named.Add(day) || !OpeningHours.TryParse(part[3..], out week[day])) return false;
        }

        hours = new WeeklyHours(week);
        return true;
    }

    /// <summary>The form that <see cref="Parse"/> reads, Monday first.</summary>
    public override string ToString() => string.Join("; ", Enumerable.Range(1, 7).Select(day => day % 7)
        .Where(day => !days[day].IsClosed).Select(day => $"{DayNames[day]} {days[day]}"));

    /// <summary>The same hours on every day.</summary>
    public bool Equals(WeeklyHours? other) => other is not null && days.AsSpan().SequenceEqual(other.days);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as WeeklyHours);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
}
