using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Programs;

/// <summary>One thing on one day of the calendar.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Address">Its page.</param>
/// <param name="Time">When, by the library's clock; null for all day.</param>
/// <param name="Place">Where; null where that is not said.</param>
/// <param name="Mark">Its seats, or that it is cancelled; null for nothing.</param>
/// <param name="IsCancelled">Whether it does not take place.</param>
internal sealed record CalendarEntry(string Title, string Address, string? Time, string? Place, Mark? Mark, bool IsCancelled);

/// <summary>A month of programs: a table with a cell for each day, and below it the same as a list by day.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Programs | Matters.Spaces)]
internal sealed class ProgramCalendarModel(WhatsOn whatsOn, LibraryCalendar calendar, Dates dates, SiteChrome chrome) : PageModel
{
    /// <summary>How far the calendar goes back and forth, in months.</summary>
    private const int MostMonths = 18;

    public DateOnly Month { get; private set; }

    /// <summary>The weeks of the month, Monday first; days of other months are null.</summary>
    public IReadOnlyList<IReadOnlyList<DateOnly?>> Weeks { get; private set; } = [];

    public IReadOnlyDictionary<DateOnly, IReadOnlyList<CalendarEntry>> Entries { get; private set; } = new Dictionary<DateOnly, IReadOnlyList<CalendarEntry>>();

    /// <summary>What lasts for days, such as exhibitions, with its days.</summary>
    public IReadOnlyList<(CalendarEntry Entry, string Days)> Lasting { get; private set; } = [];

    public string? Previous { get; private set; }

    public string? Next { get; private set; }

    public string MonthName => Month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    public static IReadOnlyList<DayOfWeek> Weekdays { get; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public async Task OnGetAsync([FromQuery] string? month, CancellationToken stop)
    {
        var current = new DateOnly(dates.Today.Year, dates.Today.Month, 1);
        Month = DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked)
            && asked >= current.AddMonths(-MostMonths) && asked <= current.AddMonths(MostMonths) ? asked : current;
        var last = Month.AddMonths(1).AddDays(-1);
        Weeks = [.. WeeksOf(Month, last)];
        Previous = Month > current.AddMonths(-MostMonths) ? Address(Month.AddMonths(-1)) : null;
        Next = Month < current.AddMonths(MostMonths) ? Address(Month.AddMonths(1)) : null;

        var (sessions, others) = await whatsOn.BetweenAsync(Month, last, dates, stop);
        var days = new SortedDictionary<DateOnly, List<CalendarEntry>>();
        var lasting = new List<(CalendarEntry, string)>();
        foreach (var session in sessions)
        {
            var (first, end) = (dates.DateOf(session.StartsAt), dates.DateOf(session.EndsAt.AddTicks(-1)));
            var entry = new CalendarEntry(
                session.Program.LocalTitle.Explain(CultureInfo.CurrentUICulture), PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/programs/{session.ProgramId}")),
                first == end ? dates.Times(session.StartsAt, session.EndsAt) : null, await whatsOn.PlaceAsync(session, stop), session.EndsAt > calendar.Now || session.Status == SessionStatus.Cancelled ? Seats.MarkOf(session) : null, session.Status == SessionStatus.Cancelled);
            Add(entry, first, end);
        }

        foreach (var one in others)
        {
            var (first, end) = one.Days(dates)!.Value;
            var time = one.Content?.Instant("StartsAt") is { } starts && first == end ? dates.Times(starts, one.Content.Instant("EndsAt") ?? starts.AddHours(1)) : null;
            Add(new CalendarEntry(one.Title, one.Address!, time, one.Content?.Text("Place") is { Length: > 0 } place ? place : null, null, false), first, end);
        }

        Entries = days.ToDictionary(day => day.Key, day => (IReadOnlyList<CalendarEntry>)day.Value);
        Lasting = lasting;
        var head = chrome.Head;
        head.Description = ProgramsText.Get("Calendar.Lead", MonthName);
        head.IsIndexed = Month >= current;
        head.Next = Next;
        head.Canonical = Month == current ? PortalChrome.InLanguage("/programs/calendar") : Address(Month);
        head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/programs.ics"), "text/calendar", ProgramsText.Get("Title.programs")));

        void Add(CalendarEntry entry, DateOnly first, DateOnly end)
        {
            if (first != end)
            {
                lasting.Add((entry, $"{dates.ShortDay(first)} – {dates.ShortDay(end)}"));
                return;
            }

            if (first < Month || first > last) return;
            if (!days.TryGetValue(first, out var list)) days[first] = list = [];
            list.Add(entry);
        }
    }

    private static string Address(DateOnly month) => PortalChrome.InLanguage("/programs/calendar") + "?month=" + month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static IEnumerable<IReadOnlyList<DateOnly?>> WeeksOf(DateOnly first, DateOnly last)
    {
        for (var monday = first.AddDays(-(((int)first.DayOfWeek + 6) % 7)); monday <= last; monday = monday.AddDays(7))
            yield return [.. Enumerable.Range(0, 7).Select(day => monday.AddDays(day)).Select(day => day < first || day > last ? (DateOnly?)null : day)];
    }
}
