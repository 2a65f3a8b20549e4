using System.Globalization;
using Metro.Library.Calendar;
using Metro.Portal.Pages;
using Metro.Theme;

namespace Metro.Portal.Web;

/// <summary>
/// Says dates and times by the library's clock and in the language of the current request. Every date says its weekday.
/// Instants are in UTC. Safe for several threads.
/// </summary>
internal sealed class Dates(LibraryCalendar calendar)
{
    private static CultureInfo Reader => CultureInfo.CurrentCulture;

    /// <summary>The date by the library's clock.</summary>
    public DateOnly Today => calendar.Today;

    /// <summary>"Selasa, 24 November 2026".</summary>
    public string Day(DateOnly date) => date.ToString("dddd, d MMMM yyyy", Reader);

    /// <summary>"Sel, 24 Nov": for tables and cards; the year where it is not this one.</summary>
    public string ShortDay(DateOnly date) => date.ToString(date.Year == Today.Year ? "ddd, d MMM" : "ddd, d MMM yyyy", Reader);

    /// <summary>"hari ini", "besok", otherwise the short day.</summary>
    public string NearDay(DateOnly date) => (date.DayNumber - Today.DayNumber) switch
    {
        0 => SiteText.Get("Day.Today"),
        1 => SiteText.Get("Day.Tomorrow"),
        _ => ShortDay(date),
    };

    /// <inheritdoc cref="Day(DateOnly)"/>
    public string Day(DateTime instant) => Day(DateOf(instant));

    /// <inheritdoc cref="ShortDay(DateOnly)"/>
    public string ShortDay(DateTime instant) => ShortDay(DateOf(instant));

    /// <summary>"09.00", or "09:00" in English.</summary>
    public string Time(TimeOnly time) => time.ToString("HH:mm", Reader);

    /// <inheritdoc cref="Time(TimeOnly)"/>
    public string Time(DateTime instant) => Time(TimeOnly.FromDateTime(Local(instant)));

    /// <summary>"Selasa, 24 November 2026, 09.00–11.00 WIB"; both days where it goes on past midnight.</summary>
    public string Span(DateTime from, DateTime until) => DateOf(from) == DateOf(until.AddTicks(-1))
        ? $"{Day(from)}, {Times(from, until)}"
        : $"{Day(from)}, {Time(from)} – {Day(until)}, {Time(until)} {ZoneName}";

    /// <summary>"Sel, 24 Nov, 09.00–11.00 WIB": the span for cards.</summary>
    public string ShortSpan(DateTime from, DateTime until) => DateOf(from) == DateOf(until.AddTicks(-1))
        ? $"{ShortDay(from)}, {Times(from, until)}"
        : $"{ShortDay(from)}, {Time(from)} – {ShortDay(until)}, {Time(until)} {ZoneName}";

    /// <summary>"09.00–11.00 WIB".</summary>
    public string Times(DateTime from, DateTime until) => $"{Time(from)}–{Time(until)} {ZoneName}";

    /// <summary>"1 Desember – 5 Desember 2026", with weekdays; one day alone where it is one.</summary>
    public string Days(DateOnly from, DateOnly to) => from == to ? Day(from) : $"{Day(from)} – {Day(to)}";

    /// <summary>"Senin".</summary>
    public string Weekday(DayOfWeek day)
    {
        var name = Reader.DateTimeFormat.GetDayName(day);
        return char.ToUpper(name[0], Reader) + name[1..];
    }

    /// <summary>"08.00–12.00, 13.00–16.00", or the word for a closed day.</summary>
    public string Hours(OpeningHours hours) => hours.IsClosed
        ? SiteText.Get("Hours.Closed")
        : string.Join(", ", hours.Intervals.Select(interval => $"{Time(interval.Opens)}–{Time(interval.Closes)}"));

    /// <summary>A leaf of the calendar for a card.</summary>
    public DateLeaf Leaf(DateOnly date) => new(Machine(date), date.ToString("ddd", Reader), date.ToString("%d", Reader), date.ToString("MMM", Reader));

    /// <inheritdoc cref="Leaf(DateOnly)"/>
    public DateLeaf Leaf(DateTime instant) => Leaf(DateOf(instant));

    /// <summary>The date by the library's clock at an instant.</summary>
    public DateOnly DateOf(DateTime instant) => calendar.DateOf(instant);

    /// <summary>An instant by the library's clock.</summary>
    public DateTime Local(DateTime instant) => TimeZoneInfo.ConvertTimeFromUtc(instant, calendar.Zone);

    /// <summary><c>2026-11-24</c>, for <c>datetime</c> attributes and feeds.</summary>
    public string Machine(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-24T09:00:00+07:00</c>: the instant with the library's offset.</summary>
    public string Machine(DateTime instant) =>
        new DateTimeOffset(Local(instant), calendar.Zone.GetUtcOffset(instant)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>What people call the library's zone: WIB, WITA or WIT in Indonesia, elsewhere its offset.</summary>
    private string ZoneName => calendar.Zone.BaseUtcOffset.TotalHours switch
    {
        7 => "WIB",
        8 => "WITA",
        9 => "WIT",
        var hours => string.Create(CultureInfo.InvariantCulture, $"UTC{hours:+0.##;-0.##;+0}"),
    };
}
