using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Metro.Library.Time;

/// <summary>
/// A first date, perhaps a rule, and the exceptions: the dates left out and the dates added (RFC 5545: DTSTART, RRULE,
/// EXDATE, RDATE, all as DATE values in the library's zone). Immutable; two that print alike are equal.
/// </summary>
public sealed record Recurrence
{
    /// <summary>The longest text that is read as a recurrence, in characters.</summary>
    public const int LongestText = 10_000;

    /// <summary>A recurrence; dates left out and added are sorted and counted once.</summary>
    /// <exception cref="ArgumentException">More exceptions than <see cref="RecurrenceRule.MostOccurrences"/>.</exception>
    public Recurrence(DateOnly first, RecurrenceRule? rule = null, IEnumerable<DateOnly>? excluded = null, IEnumerable<DateOnly>? added = null)
    {
        (First, Rule) = (first, rule);
        Excluded = [.. (excluded ?? []).Distinct().Order()];
        Added = [.. (added ?? []).Distinct().Order()];
        if (Excluded.Length > RecurrenceRule.MostOccurrences) throw new ArgumentException("Too many dates are left out.", nameof(excluded));
        if (Added.Length > RecurrenceRule.MostOccurrences) throw new ArgumentException("Too many dates are added.", nameof(added));
    }

    /// <summary>The date from which the rule counts. Without a rule it is itself the one occurrence.</summary>
    public DateOnly First { get; }

    /// <summary>The rule, or null for a single date and those added.</summary>
    public RecurrenceRule? Rule { get; }

    /// <summary>EXDATE: dates that the rule names and that do not happen.</summary>
    public ImmutableArray<DateOnly> Excluded { get; }

    /// <summary>RDATE: dates that happen besides the rule's. A date that is also left out does not happen.</summary>
    public ImmutableArray<DateOnly> Added { get; }

    /// <summary>
    /// The dates, each once, in order, none after <paramref name="last"/>; at most
    /// <see cref="RecurrenceRule.MostOccurrences"/>. COUNT counts the rule's dates before the exceptions are taken away, as
    /// RFC 5545 says.
    /// </summary>
    public IReadOnlyList<DateOnly> Dates(DateOnly? last = null)
    {
        var named = Rule is null ? [First] : Rule.DatesFrom(First, last);
        return [.. named.Concat(Added).Where(date => last is null || date <= last).Except(Excluded).Order().Take(RecurrenceRule.MostOccurrences)];
    }

    /// <summary>Reads what <see cref="ToString"/> prints; null when it is not that.</summary>
    public static Recurrence? Parse(string? text)
    {
        if (text is null || text.Length > LongestText) return null;
        DateOnly? first = null;
        RecurrenceRule? rule = null;
        ImmutableArray<DateOnly>? excluded = null, added = null;
        foreach (var line in text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) return null;
            var value = line[(colon + 1)..];
            var understood = line[..colon] switch
            {
                "DTSTART;VALUE=DATE" => first is null && (first = Time.Dates.Parse(value)) is not null,
                "RRULE" => rule is null && (rule = RecurrenceRule.Parse(value)) is not null,
                "EXDATE;VALUE=DATE" => excluded is null && (excluded = Time.Dates.ParseList(value)) is not null,
                "RDATE;VALUE=DATE" => added is null && (added = Time.Dates.ParseList(value)) is not null,
                _ => false,
            };
            if (!understood) return null;
        }

        return first is { } start ? new Recurrence(start, rule, excluded, added) : null;
    }

    /// <inheritdoc/>
    public bool Equals(Recurrence? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The lines DTSTART, RRULE, EXDATE and RDATE, those that apply, separated by line feeds.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("DTSTART;VALUE=DATE:").Append(Time.Dates.Print(First));
        if (Rule is not null) text.Append("\nRRULE:").Append(Rule);
        if (!Excluded.IsEmpty) text.Append("\nEXDATE;VALUE=DATE:").AppendJoin(',', Excluded.Select(Time.Dates.Print));
        if (!Added.IsEmpty) text.Append("\nRDATE;VALUE=DATE:").AppendJoin(',', Added.Select(Time.Dates.Print));
        return text.ToString();
    }
}

/// <summary>RFC 5545, 3.3.4: a DATE is eight digits.</summary>
internal static class Dates
{
    internal static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    internal static ImmutableArray<DateOnly>? ParseList(string text)
    {
        var dates = text.Split(',').Select(Parse).ToList();
        if (dates.Count > RecurrenceRule.MostOccurrences || dates.Contains(null)) return null;
        return [.. dates.Select(date => date!.Value)];
    }

    internal static string Print(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
