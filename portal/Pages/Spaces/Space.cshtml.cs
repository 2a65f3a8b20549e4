using System.Globalization;
using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Content.Editor;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Session = Metro.Library.Programs.Session;

namespace Metro.Portal.Pages.Spaces;

/// <summary>A space: what it is, by which rules it is booked, when it is free in a week, and what programs are held in it.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Spaces | Matters.Programs | Matters.Visits)]
internal sealed class SpaceModel(
    LibraryDbContext db, SpaceTimetable timetable, LibraryCalendar calendar, ContentReader reader, MediaLibrary media, ContentTypes types, ContentSettings settings,
    Dates dates, SiteChrome chrome) : PageModel
{
    private const int MostSessions = 5;

    public Space Space { get; private set; } = null!;

    public Branch Branch { get; private set; } = null!;

    public string Name => Space.LocalName.Explain(CultureInfo.CurrentUICulture);

    /// <summary>What editors write about it; null where they have not.</summary>
    public ShownContent? Shown { get; private set; }

    /// <summary>The seven days of the week that is shown, from Monday.</summary>
    public IReadOnlyList<SpaceDay> Days { get; private set; } = [];

    /// <summary>The times at which slots of the week begin, by the library's clock, in order: the rows.</summary>
    public IReadOnlyList<TimeOnly> Times { get; private set; } = [];

    /// <summary>The day that is shown where there is room for one only.</summary>
    public DateOnly Chosen { get; private set; }

    public DateOnly Monday { get; private set; }

    public string? Previous { get; private set; }

    public string? Next { get; private set; }

    public SpaceSlot? NextFree { get; private set; }

    public IReadOnlyList<string> Rules { get; private set; } = [];

    public IReadOnlyList<(string Name, int Total)> Equipment { get; private set; } = [];

    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    public bool IsBookable => Space.Kind.Audience != SpaceAudience.Staff;

    public async Task<IActionResult> OnGetAsync(long id, [FromQuery] string? date, CancellationToken stop)
    {
        if (await db.Spaces.AsNoTracking().Include(space => space.Kind).SingleOrDefaultAsync(space => space.Id == id && space.IsActive, stop) is not { } found) return NotFound();

        Space = found;
        Branch = await db.Branches.AsNoTracking().SingleAsync(branch => branch.Id == found.BranchId, stop);
        Rules = [.. RulesOf(found)];
        await ShowWeekAsync(date, stop);
        var equipment = await db.Equipment.AsNoTracking().Where(one => one.BranchId == found.BranchId && one.Total > 0).OrderBy(one => one.Name).Take(50).ToListAsync(stop);
        Equipment = [.. equipment.Select(one => (one.LocalName.Explain(CultureInfo.CurrentUICulture), one.Total))];
        Sessions = await db.Sessions.AsNoTracking().ForThePublic().ToCome(calendar.Now).Where(session => session.SpaceId == id).Include(session => session.Program).Take(MostSessions).ToListAsync(stop);
        if (found.ContentKey is { } key
            && (await reader.ListAsync(new ContentQuery(ContentCards.Culture, "SpacePage") { Where = [new FieldCondition("SpaceCode", FieldComparison.Equal, key)], PageSize = 1 }, stop)).Items.FirstOrDefault() is { } about)
            Shown = await ShownContent.LoadAsync(about.Item, reader, media, types, settings, stop);
        Describe();
        return Page();
    }

    public SpaceSlot? SlotAt(SpaceDay day, TimeOnly time) => day.Slots.FirstOrDefault(slot => TimeOnly.FromDateTime(dates.Local(slot.StartsAt)) == time);

    public string AddressOf(DateOnly date) =>
        PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/spaces/{Space.Id}?date={date:yyyy-MM-dd}"));

    private async Task ShowWeekAsync(string? asked, CancellationToken stop)
    {
        var (today, latest) = (dates.Today, dates.Today.AddDays(Space.Kind.DaysAhead));
        Chosen = DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date >= today && date <= latest ? date : today;
        // On the last days of a week that is closed by now, the next one is what people want.
        Monday = MondayOf(Chosen);
        Days = await DaysAsync(Monday, stop);
        if (asked is null && !Days.Any(day => day.Slots.Any(slot => slot.StartsAt >= calendar.Now)) && Monday.AddDays(7) <= latest)
        {
            Monday = Monday.AddDays(7);
            Chosen = Monday;
            Days = await DaysAsync(Monday, stop);
        }

        Times = [.. Days.SelectMany(day => day.Slots).Select(slot => TimeOnly.FromDateTime(dates.Local(slot.StartsAt))).Distinct().Order()];
        Previous = Monday > today ? AddressOf(Monday.AddDays(-7) < today ? today : Monday.AddDays(-7)) : null;
        Next = Monday.AddDays(7) <= latest ? AddressOf(Monday.AddDays(7)) : null;
        NextFree = Days.SelectMany(day => day.Slots).FirstOrDefault(slot => slot.IsFree && slot.StartsAt >= calendar.Now.AddHours(Space.Kind.NoticeHours));
    }

    /// <summary>Seven days; those that are past have no slots.</summary>
    private async Task<IReadOnlyList<SpaceDay>> DaysAsync(DateOnly monday, CancellationToken stop)
    {
        var days = await timetable.BetweenAsync(Space.BranchId, monday, monday.AddDays(6), Space.Id, stop);
        var known = days.Succeeded ? days.Value.ToDictionary(day => day.Date) : [];
        return [.. Enumerable.Range(0, 7).Select(day => monday.AddDays(day)).Select(day => known.GetValueOrDefault(day) ?? new SpaceDay(Space, day, []))];
    }

    private static IEnumerable<string> RulesOf(Space space)
    {
        var kind = space.Kind;
        yield return SpacesText.Get("People", space.Capacity);
        yield return SpacesText.Get($"For.{kind.Audience}");
        if (kind.Audience == SpaceAudience.Staff) yield break;
        yield return SpacesText.Get("Slots", space.SlotMinutes, space.SlotMinutes * space.MostSlots);
        yield return kind.NeedsApproval ? SpacesText.Get("Approval", kind.AnswerHours) : SpacesText.Get("AtOnce");
        yield return SpacesText.Get("Ahead", kind.DaysAhead);
        if (kind.NoticeHours > 0) yield return SpacesText.Get("Notice", kind.NoticeHours);
        if (kind.MostPerWeek is { } perWeek) yield return SpacesText.Get("PerWeek", perWeek);
        if (kind.MostPerMonth is { } perMonth) yield return SpacesText.Get("PerMonth", perMonth);
        if (kind.ChecksIn) yield return SpacesText.Get("CheckIn", kind.CheckInClosesMinutes);
    }

    private void Describe()
    {
        var head = chrome.Head;
        var here = PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/spaces/{Space.Id}"));
        head.Description = Shown?.Summary is { Length: > 0 } summary ? summary : string.Join(". ", Rules.Take(3));
        head.Canonical = here;
        head.Next = Next;
        if (Shown?.Pictures.Count > 0) (head.Picture, head.PictureAlt) = ($"/media/{Shown.Pictures[0].Asset.Path}", Shown.Pictures[0].Alt);
        head.Describe(new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "MeetingRoom",
            ["@id"] = chrome.Origin + here,
            ["url"] = chrome.Origin + here,
            ["name"] = Name,
            ["description"] = head.Description,
            ["maximumAttendeeCapacity"] = Space.Capacity,
            ["isAccessibleForFree"] = true,
            ["address"] = Branch.Address ?? chrome.Address,
            ["containedInPlace"] = new JsonObject { ["@type"] = "Library", ["name"] = Branch.LocalName.Explain(CultureInfo.CurrentUICulture) },
        });
    }

    private static DateOnly MondayOf(DateOnly date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
}
