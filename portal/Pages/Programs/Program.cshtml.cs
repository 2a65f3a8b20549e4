using System.Globalization;
using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Content.Editor;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Programs;

/// <summary>A program: what editors write about it, its sessions with the seats that are left, who may come, and how to take part.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Programs | Matters.Spaces)]
internal sealed class ProgramModel(
    WhatsOn whatsOn, MediaLibrary media, ContentReader reader, ContentTypes types, ContentSettings settings, LibraryCalendar calendar, Dates dates, SiteChrome chrome) : PageModel
{
    public Happening Happening { get; private set; } = null!;

    public LibraryProgram Program => Happening.Program!;

    /// <summary>What editors write about it; null where they have not.</summary>
    public ShownContent? Shown { get; private set; }

    public IReadOnlyList<(Session Session, string? Place, string? WhyClosed)> Sessions { get; private set; } = [];

    public IReadOnlyList<string> Conditions { get; private set; } = [];

    public bool IsSeries => Program.Enrolment == Enrolment.WholeSeries;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop)
    {
        if (await whatsOn.ProgramAsync(id, stop) is not { } happening) return NotFound();

        Happening = happening;
        if (happening.Content is { } item) Shown = await ShownContent.LoadAsync(item, reader, media, types, settings, stop);
        var sessions = new List<(Session, string?, string?)>();
        foreach (var session in happening.Sessions)
            sessions.Add((session, await whatsOn.PlaceAsync(session, stop), session.Status == SessionStatus.Cancelled ? null : session.WhyClosed(calendar)?.Explain(CultureInfo.CurrentUICulture)));
        Sessions = sessions;
        Conditions = [.. ConditionsOf(Program)];
        Describe();
        return Page();
    }

    private static IEnumerable<string> ConditionsOf(LibraryProgram program)
    {
        yield return program switch
        {
            { LeastAge: { } least, GreatestAge: { } greatest } => ProgramsText.Get("For.Between", least, greatest),
            { LeastAge: { } least } => ProgramsText.Get("For.From", least),
            { GreatestAge: { } greatest } => ProgramsText.Get("For.Until", greatest),
            _ => ProgramsText.Get("For.All"),
        };
        yield return ProgramsText.Get(program.OpenToNonMembers ? "For.Everybody" : "For.Members");
        if (program.NeedsGuardianConsent) yield return ProgramsText.Get("For.Minors");
        if (program.MostCompanions > 0) yield return ProgramsText.Get("For.Companions", program.MostCompanions);
        if (program.LargestGroup > 0) yield return ProgramsText.Get("For.Groups", program.LargestGroup);
        foreach (var kind in program.Accommodations) yield return ProgramsText.Get("Access.There", ProgramsText.Get($"Access.{kind}"));
    }

    private void Describe()
    {
        var head = chrome.Head;
        var here = PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/programs/{Program.Id}"));
        var picture = Shown?.Pictures.Count > 0 ? Shown.Pictures[0] : null;
        head.Description = Happening.Summary;
        head.Canonical = here;
        if (picture is not null) (head.Picture, head.PictureAlt) = ($"/media/{picture.Asset.Path}", picture.Alt);
        head.Feeds.Add(new FeedLink(here + ".ics", "text/calendar", Happening.Title));
        foreach (var (session, place, _) in Sessions.Take(20)) head.Describe(EventOf(session, place, chrome.Origin + here, picture is null ? null : $"{chrome.Origin}/media/{picture.Asset.Path}"));
    }

    /// <summary>A session in the words of schema.org.</summary>
    private JsonObject EventOf(Session session, string? place, string address, string? picture)
    {
        var document = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = Program.Kind switch
            {
                ProgramKind.Exhibition => "ExhibitionEvent",
                ProgramKind.ReadingProgram => "LiteraryEvent",
                ProgramKind.Workshop or ProgramKind.Seminar => "EducationEvent",
                _ => "Event",
            },
            ["@id"] = $"{address}#{session.Uid}",
            ["url"] = address,
            ["name"] = Happening.Title,
            ["startDate"] = dates.Machine(session.StartsAt),
            ["endDate"] = dates.Machine(session.EndsAt),
            ["eventStatus"] = "https://schema.org/" + (session.Status == SessionStatus.Cancelled ? "EventCancelled" : session.Sequence > 0 ? "EventRescheduled" : "EventScheduled"),
            ["eventAttendanceMode"] = "https://schema.org/" + (session.PlaceKind == PlaceKind.Online ? "OnlineEventAttendanceMode" : "OfflineEventAttendanceMode"),
            ["isAccessibleForFree"] = true,
            ["maximumAttendeeCapacity"] = session.Capacity,
            ["remainingAttendeeCapacity"] = session.SeatsLeft,
            ["location"] = session.PlaceKind == PlaceKind.Online
                ? new JsonObject { ["@type"] = "VirtualLocation", ["url"] = address }
                : new JsonObject { ["@type"] = "Place", ["name"] = place ?? chrome.SiteName, ["address"] = chrome.Address },
            ["organizer"] = new JsonObject { ["@type"] = "Library", ["name"] = chrome.SiteName, ["url"] = chrome.Origin },
            ["offers"] = new JsonObject
            {
                ["@type"] = "Offer",
                ["price"] = 0,
                ["priceCurrency"] = "IDR",
                ["availability"] = "https://schema.org/" + (session.SeatsLeft > 0 ? "InStock" : "SoldOut"),
                ["url"] = address,
            },
        };
        if (Happening.Summary is { Length: > 0 } summary) document["description"] = summary;
        if (picture is not null) document["image"] = picture;
        return document;
    }
}
