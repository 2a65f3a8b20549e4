using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Metro.Library.Time;

/// <summary>How often a <see cref="RecurrenceRule"/> repeats (RFC 5545, 3.3.10, FREQ).</summary>
public enum Frequency
{
    /// <summary>Every so many days.</summary>
    Daily,

    /// <summary>On weekdays of every so many weeks; weeks start on Monday.</summary>
    Weekly,

    /// <summary>On days of every so many months.</summary>
    Monthly,
}

/// <summary>
/// A weekday in a rule, perhaps only a certain one of its month: <c>MO</c>, <c>1FR</c> (the first Friday), <c>-1SU</c> (the
/// last Sunday). RFC 5545, 3.3.10, weekdaynum.
/// </summary>
/// <param name="Day">The day of the week.</param>
/// <param name="Ordinal">Null for every such day; 1 to 5 from the start of the month, -1 to -5 from its end.</param>
public sealed record RuleDay(DayOfWeek Day, int? Ordinal = null)
{
    /// <summary>The RFC's two letters, Sunday first, as <see cref="DayOfWeek"/> counts.</summary>
    private static readonly string[] Letters = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    internal static RuleDay? Parse(string text)
    {
        if (text.Length < 2) return null;
        var day = Array.IndexOf(Letters, text[^2..]);
        if (day < 0) return null;
        if (text.Length == 2) return new RuleDay((DayOfWeek)day);
        return RecurrenceRule.Number(text[..^2], -5, 5) is { } ordinal and not 0 ? new RuleDay((DayOfWeek)day, ordinal) : null;
    }

    internal bool Includes(DateOnly date)
    {
        if (date.DayOfWeek != Day) return false;
        var fromEnd = (DateTime.DaysInMonth(date.Year, date.Month) - date.Day) / 7;
        return Ordinal is null || Ordinal == ((date.Day - 1) / 7) + 1 || Ordinal == -fromEnd - 1;
    }

    /// <summary>As the RFC writes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ordinal}{Letters[(int)Day]}");
}

/// <summary>
/// When something comes again: the part of an RFC 5545 RRULE that libraries use. FREQ is DAILY, WEEKLY or MONTHLY, with
/// INTERVAL, COUNT or UNTIL (a date), BYDAY (with ordinals when monthly) and BYMONTHDAY; WKST is Monday. It speaks of
/// dates in the library's zone; the time of day is kept by whoever uses it. Immutable; two rules that print alike are
/// equal.
/// </summary>
public sealed record RecurrenceRule
{
    /// <summary>The most occurrences that any rule yields, and the highest COUNT.</summary>
    public const int MostOccurrences = 400;

    /// <summary>The highest INTERVAL.</summary>
    public const int LongestInterval = 99;

    /// <summary>The longest text that is read as a rule, in characters.</summary>
    public const int LongestText = 300;

    /// <summary>How far a rule is followed from its first date, in years.</summary>
    private const int LongestReach = 10;

    private RecurrenceRule(
        Frequency frequency, int interval, int? count, DateOnly? until,
        ImmutableArray<RuleDay> byDay, ImmutableArray<int> byMonthDay)
    {
        (Frequency, Interval, Count, Until) = (frequency, interval, count, until);
        ByDay = [.. byDay.Distinct().OrderBy(day => ((int)day.Day + 6) % 7).ThenBy(day => day.Ordinal)];
        ByMonthDay = [.. byMonthDay.Distinct().Order()];
    }

    /// <summary>Days, weeks or months.</summary>
    public Frequency Frequency { get; }

    /// <summary>Every how many of them; 1 to 99.</summary>
    public int Interval { get; }

    /// <summary>How many occurrences at most, or null; never together with <see cref="Until"/>.</summary>
    public int? Count { get; }

    /// <summary>The last date that may be an occurrence, or null.</summary>
    public DateOnly? Until { get; }

    /// <summary>The weekdays; empty means the weekday or day of the month of the first date.</summary>
    public ImmutableArray<RuleDay> ByDay { get; }

    /// <summary>Days of the month, 1 to 31 or -1 (the last) to -31; empty means any.</summary>
    public ImmutableArray<int> ByMonthDay { get; }

    /// <summary>A rule from its parts, or null when they contradict each other or leave the subset.</summary>
    public static RecurrenceRule? Of(
        Frequency frequency, int interval = 1, int? count = null, DateOnly? until = null,
        IEnumerable<RuleDay>? byDay = null, IEnumerable<int>? byMonthDay = null)
    {
        var rule = new RecurrenceRule(frequency, interval, count, until, [.. byDay ?? []], [.. byMonthDay ?? []]);
        return rule.MakesSense() ? rule : null;
    }

    /// <summary>
    /// Reads what follows <c>RRULE:</c>. Null when the text is not a rule of the subset: an unknown part, a part given twice,
    /// COUNT together with UNTIL, a number out of bounds.
    /// </summary>
    public static RecurrenceRule? Parse(string? text)
    {
        if (text is null || text.Length is 0 or > LongestText) return null;
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.ToUpperInvariant().Split(';'))
        {
            if (part.Split('=') is not [var name, { Length: > 0 } value] || !parts.TryAdd(name, value)) return null;
        }

        return Read(parts);
    }

    private static RecurrenceRule? Read(Dictionary<string, string> parts)
    {
        Frequency? frequency = null;
        var interval = 1;
        int? count = null;
        DateOnly? until = null;
        RuleDay?[] byDay = [];
        int?[] byMonthDay = [];
        foreach (var (name, value) in parts)
        {
            var understood = name switch
            {
                "FREQ" => (frequency = FrequencyOf(value)) is not null,
                "INTERVAL" => Number(value, 1, LongestInterval) is { } number && (interval = number) > 0,
                "COUNT" => (count = Number(value, 1, MostOccurrences)) is not null,
                "UNTIL" => (until = Dates.Parse(value)) is not null,
                "BYDAY" => (byDay = [.. value.Split(',').Select(RuleDay.Parse)]).All(day => day is not null),
                "BYMONTHDAY" => (byMonthDay = [.. value.Split(',').Select(day => Number(day, -31, 31))]).All(day => day is not null),
                "WKST" => value == "MO",
                _ => false,
            };
            if (!understood) return null;
        }

        return frequency is { } known ? Of(known, interval, count, until, byDay!, byMonthDay.Select(day => day!.Value)) : null;
    }

    private static Frequency? FrequencyOf(string value) => value switch
    {
        "DAILY" => Frequency.Daily,
        "WEEKLY" => Frequency.Weekly,
        "MONTHLY" => Frequency.Monthly,
        _ => null,
    };

    internal static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most ? number : null;

    private bool MakesSense() =>
        Interval is >= 1 and <= LongestInterval
        && Count is null or (>= 1 and <= MostOccurrences)
        && (Count is null || Until is null)
        && ByMonthDay.All(day => day is not 0 and >= -31 and <= 31)
        && ByDay.All(day => day.Ordinal is null || (Frequency == Frequency.Monthly && day.Ordinal is not 0 and >= -5 and <= 5))
        && (Frequency != Frequency.Weekly || ByMonthDay.IsEmpty); // RFC 5545: BYMONTHDAY is never part of a weekly rule

    /// <summary>
    /// The dates of the rule on or after <paramref name="first"/>, in order. The first date itself counts only when the
    /// rule names it. Ends with COUNT, UNTIL, <paramref name="last"/>, <see cref="MostOccurrences"/> or ten years, whichever
    /// comes first: no rule is endless.
    /// </summary>
    public IEnumerable<DateOnly> DatesFrom(DateOnly first, DateOnly? last = null)
    {
        var end = first.Year > DateOnly.MaxValue.Year - LongestReach ? DateOnly.MaxValue : first.AddYears(LongestReach);
        if (Until < end) end = Until.Value;
        if (last < end) end = last.Value;
        return Candidates(first, end).Take(Count ?? MostOccurrences);
    }

    private IEnumerable<DateOnly> Candidates(DateOnly first, DateOnly end)
    {
        for (var date = first; date <= end; date = date.AddDays(1))
        {
            if (PeriodIsIn(first, date) && Names(first, date)) yield return date;
            if (date == DateOnly.MaxValue) yield break;
        }
    }

    private bool PeriodIsIn(DateOnly first, DateOnly date) => Frequency switch
    {
        Frequency.Daily => (date.DayNumber - first.DayNumber) % Interval == 0,
        Frequency.Weekly => (Monday(date) - Monday(first)) / 7 % Interval == 0,
        _ => ((date.Year * 12) + date.Month - (first.Year * 12) - first.Month) % Interval == 0,
    };

    private bool Names(DateOnly first, DateOnly date)
    {
        if (ByDay.IsEmpty && ByMonthDay.IsEmpty)
        {
            return Frequency switch
            {
                Frequency.Daily => true,
                Frequency.Weekly => date.DayOfWeek == first.DayOfWeek,
                _ => date.Day == first.Day,
            };
        }

        return (ByDay.IsEmpty || ByDay.Any(day => day.Includes(date)))
            && (ByMonthDay.IsEmpty || ByMonthDay.Any(day => day == date.Day || day == date.Day - DateTime.DaysInMonth(date.Year, date.Month) - 1));
    }

    private static int Monday(DateOnly date) => date.DayNumber - (((int)date.DayOfWeek + 6) % 7);

    /// <inheritdoc/>
    public bool Equals(RecurrenceRule? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The rule as RFC 5545 writes it, after <c>RRULE:</c>, always in the same order of parts.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("FREQ=").Append(Frequency.ToString().ToUpperInvariant());
        if (Interval != 1) text.Append(CultureInfo.InvariantCulture, $";INTERVAL={Interval}");
        if (Count is { } count) text.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        if (Until is { } until) text.Append(";UNTIL=").Append(Dates.Print(until));
        if (!ByDay.IsEmpty) text.Append(";BYDAY=").AppendJoin(',', ByDay);
        if (!ByMonthDay.IsEmpty) text.Append(";BYMONTHDAY=").AppendJoin(',', ByMonthDay);
        return text.ToString();
    }
}
