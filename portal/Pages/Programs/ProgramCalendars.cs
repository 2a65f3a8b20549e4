using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Library.Time;
using Metro.Portal.Feeds;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;

namespace Metro.Portal.Pages.Programs;

/// <summary>
/// Programs as calendar files: one session, one program, everything. An entry keeps the session's UID and counts its SEQUENCE up,
/// so that calendars which follow move their entry; what is cancelled stays in the file and says so (DOMAIN.md rule 14).
/// </summary>
internal static class ProgramCalendars
{
    /// <summary>How many days ahead the calendar of everything goes.</summary>
    private const int DaysAhead = 180;

    private const int MostEntries = 50;

    private const string AtomType = "application/atom+xml";

    public static void MapProgramCalendars(this WebApplication app)
    {
        app.MapGet("/programs.ics", EverythingAsync).AllowAnonymous().KeptForVisitors(Matters.Programs | Matters.Spaces);
        app.MapGet("/programs/{id:long:min(1)}.ics", ProgramAsync).AllowAnonymous().KeptForVisitors(Matters.Programs | Matters.Spaces);
        app.MapGet("/programs/sessions/{uid:length(36)}.ics", SessionAsync).AllowAnonymous();
        app.MapGet("/programs.atom", FeedAsync).AllowAnonymous().KeptForVisitors(Matters.Programs | Matters.Spaces);
    }

    /// <summary>What is to come, what comes next first; an entry changes when its next session does.</summary>
    private static async Task<IResult> FeedAsync(WhatsOn whatsOn, LibrarySettings library, LibraryCalendar calendar, Dates dates, HttpContext context, CancellationToken stop)
    {
        var coming = (await whatsOn.ToComeAsync(dates, stop)).Take(MostEntries).ToList();
        var name = ContentCards.Culture == "en" ? library.NameEnglish : library.Name;
        var address = Address(context, "/programs.atom").AbsoluteUri;
        using var feed = new AtomFeed(address, $"{ProgramsText.Get("Title.programs")} – {name}", coming.Select(ChangedAt).DefaultIfEmpty(calendar.Now).Max(), name);
        feed.Link("self", address, AtomType);
        feed.Link("alternate", Address(context, "/programs").AbsoluteUri, "text/html");
        foreach (var one in coming)
        {
            var page = $"{context.Request.Scheme}://{context.Request.Host}{one.Address}";
            feed.Entry(page, one.Title, ChangedAt(one), () =>
            {
                feed.Link("alternate", page, "text/html");
                feed.Category(SiteText.Get($"Kind.{one.Kind}"));
                var days = one.Days(dates)!.Value;
                var when = one.Sessions.Count > 0 ? dates.Span(one.Sessions[0].StartsAt, one.Sessions[0].EndsAt) : dates.Days(days.First, days.Last);
                feed.Summary(one.Summary is { Length: > 0 } summary ? $"{when}. {summary}" : when);
            });
        }

        return feed.Answer(AtomType);
    }

    private static DateTime ChangedAt(Happening one) => one.Sessions.Count > 0 ? one.Sessions[0].UpdatedAt : one.Content!.ModifiedUtc;

    private static async Task<IResult> EverythingAsync(WhatsOn whatsOn, LibraryCalendar calendar, LibrarySettings library, Dates dates, HttpContext context, CancellationToken stop)
    {
        var (sessions, others) = await whatsOn.BetweenAsync(calendar.Today.AddDays(-7), calendar.Today.AddDays(DaysAhead), dates, stop);
        var events = new List<CalendarEvent>();
        foreach (var session in sessions) events.Add(await EventAsync(session, whatsOn, context, stop));
        events.AddRange(others.Select(one => EventOf(one, dates, context)));
        var name = ContentCards.Culture == "en" ? library.NameEnglish : library.Name;
        return File(CalendarFile.Write(CalendarMethod.Publish, events, $"{ProgramsText.Get("Title.programs")} – {name}", TimeSpan.FromHours(6)));
    }

    private static async Task<IResult> ProgramAsync(long id, WhatsOn whatsOn, Dates dates, HttpContext context, CancellationToken stop)
    {
        if (await whatsOn.ProgramAsync(id, stop) is not { } happening) return Results.NotFound();

        var events = new List<CalendarEvent>();
        foreach (var session in happening.Sessions) events.Add(await EventAsync(session, whatsOn, context, stop));
        if (events.Count == 0 && happening.Content is not null && happening.Days(dates) is not null) events.Add(EventOf(happening, dates, context));
        return File(CalendarFile.Write(CalendarMethod.Publish, events, happening.Title, TimeSpan.FromHours(6)));
    }

    private static async Task<IResult> SessionAsync(string uid, WhatsOn whatsOn, HttpContext context, CancellationToken stop) =>
        await whatsOn.SessionAsync(uid, stop) is { } session
            ? File(CalendarFile.Write(CalendarMethod.Publish, [await EventAsync(session, whatsOn, context, stop)]))
            : Results.NotFound();

    private static async Task<CalendarEvent> EventAsync(Session session, WhatsOn whatsOn, HttpContext context, CancellationToken stop) => new()
    {
        Uid = session.Uid,
        Sequence = session.Sequence,
        When = session.When,
        UpdatedAt = session.UpdatedAt,
        Summary = session.Program.LocalTitle.Explain(CultureInfo.CurrentUICulture),
        Description = new LocalText(session.Program.Summary ?? "", session.Program.SummaryEnglish).Explain(CultureInfo.CurrentUICulture),
        Location = await whatsOn.PlaceAsync(session, stop),
        Url = Address(context, string.Create(CultureInfo.InvariantCulture, $"/programs/{session.ProgramId}")),
        Status = session.Status == SessionStatus.Cancelled ? CalendarEventStatus.Cancelled : CalendarEventStatus.Confirmed,
        Categories = [SiteText.Get($"Kind.{session.Program.Kind}")],
    };

    /// <summary>What editors announce without sessions: its days, or its hours where they say them.</summary>
    private static CalendarEvent EventOf(Happening one, Dates dates, HttpContext context)
    {
        var starts = one.Content!.Instant("StartsAt");
        return new CalendarEvent
        {
            Uid = $"{one.Content.ItemId}@{context.Request.Host.Host}",
            When = starts is { } from && Interval.Between(from, one.Content.Instant("EndsAt") ?? from.AddHours(1)) is { } when ? when : null,
            Days = starts is null ? one.Days(dates) : null,
            UpdatedAt = one.Content.ModifiedUtc,
            Summary = one.Title,
            Description = one.Summary,
            Location = one.Content.Text("Place"),
            Url = new Uri($"{context.Request.Scheme}://{context.Request.Host}{one.Address}"),
            Categories = [SiteText.Get($"Kind.{one.Kind}")],
        };
    }

    private static Uri Address(HttpContext context, string path) => new($"{context.Request.Scheme}://{context.Request.Host}{PortalChrome.InLanguage(path)}");

    private static IResult File(string calendar) => FeedAnswer.Of(calendar, $"{CalendarFile.MediaType}; charset=utf-8");
}
