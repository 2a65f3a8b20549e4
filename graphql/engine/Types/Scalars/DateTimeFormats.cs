using System.Globalization;
using System.Text.RegularExpressions;

namespace Metro.GraphQL.Types;

/// <summary>
/// The text of dates and times: RFC 3339 (with an offset, up to nine digits of a second read and seven written) and
/// its parts. Reading is strict; what .NET cannot tell apart (digits eight and nine of a second) is cut off.
/// </summary>
internal static partial class DateTimeFormats
{
    private const string WrittenTime = "HH:mm:ss.FFFFFFF";

    /// <summary>An instant with the offset it was given in.</summary>
    public static DateTimeOffset? ParseDateTime(string text)
    {
        var match = DateTimePattern().Match(text);
        if (!match.Success) return null;

        var offset = match.Groups["offset"].Value is "Z" or "z" ? "+00:00" : match.Groups["offset"].Value;
        return DateTimeOffset.TryParseExact(
            $"{match.Groups["date"].Value}T{Cut(match.Groups["time"].Value)}{offset}",
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var value)
            ? value
            : null;
    }

    public static string Format(DateTimeOffset value) => value.Offset == TimeSpan.Zero
        ? value.ToString($"yyyy-MM-dd'T'{WrittenTime}'Z'", CultureInfo.InvariantCulture)
        : value.ToString($"yyyy-MM-dd'T'{WrittenTime}zzz", CultureInfo.InvariantCulture);

    /// <summary>A <see cref="DateTime"/> as an instant: what is not said to be local is UTC.</summary>
    public static DateTimeOffset? FromDateTime(object value) => value is DateTime time
        ? time.Kind is DateTimeKind.Local ? new DateTimeOffset(time) : new DateTimeOffset(time.Ticks, TimeSpan.Zero)
        : null;

    public static DateTime? ParseLocalDateTime(string text)
    {
        var match = LocalDateTimePattern().Match(text);
        return match.Success && DateTime.TryParseExact(
            $"{match.Groups["date"].Value}T{Cut(match.Groups["time"].Value)}",
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var value)
            ? value
            : null;
    }

    public static string Format(DateTime value) =>
        value.ToString($"yyyy-MM-dd'T'{WrittenTime}", CultureInfo.InvariantCulture);

    public static DateOnly? ParseDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : null;

    public static string Format(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static TimeOnly? ParseTime(string text) =>
        TimePattern().IsMatch(text)
        && TimeOnly.TryParseExact(Cut(text), "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : null;

    public static string Format(TimeOnly value) => value.ToString(WrittenTime, CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 without years and months, whose length nobody knows: <c>P1DT2H30M</c>, <c>-PT0.5S</c>, <c>P2W</c>.</summary>
    public static TimeSpan? ParseDuration(string text)
    {
        var match = DurationPattern().Match(text);
        if (!match.Success) return null;

        var ticks = Part("weeks") * 7 * TimeSpan.TicksPerDay
            + Part("days") * TimeSpan.TicksPerDay
            + Part("hours") * TimeSpan.TicksPerHour
            + Part("minutes") * TimeSpan.TicksPerMinute
            + decimal.Truncate(Part("seconds") * TimeSpan.TicksPerSecond);
        if (match.Groups["sign"].Value == "-") ticks = -ticks;
        return ticks >= long.MinValue && ticks <= long.MaxValue ? TimeSpan.FromTicks((long)ticks) : null;

        decimal Part(string group) => match.Groups[group] is { Success: true } found
            ? decimal.Parse(found.ValueSpan, CultureInfo.InvariantCulture)
            : 0;
    }

    public static string Format(TimeSpan value) => System.Xml.XmlConvert.ToString(value);

    // .NET knows a second's first seven digits.
    private static string Cut(string time) => time.Length > 16 ? time[..16] : time;

    [GeneratedRegex(@"^(?<date>\d{4}-\d{2}-\d{2})[Tt](?<time>\d{2}:\d{2}:\d{2}(\.\d{1,9})?)(?<offset>[Zz]|[+-]\d{2}:\d{2})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex DateTimePattern();

    [GeneratedRegex(@"^(?<date>\d{4}-\d{2}-\d{2})[Tt](?<time>\d{2}:\d{2}:\d{2}(\.\d{1,9})?)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LocalDateTimePattern();

    [GeneratedRegex(@"^\d{2}:\d{2}:\d{2}(\.\d{1,9})?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TimePattern();

    // Digits are bounded so that no sum leaves decimal's range.
    [GeneratedRegex(@"^(?<sign>-)?P(?=.)((?<weeks>\d{1,9})W)?((?<days>\d{1,9})D)?(T(?=.)((?<hours>\d{1,12})H)?((?<minutes>\d{1,12})M)?((?<seconds>\d{1,12}(\.\d{1,9})?)S)?)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex DurationPattern();
}
