using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>When and where a session is: the questions that planning and moving one have in common.</summary>
internal abstract class SessionForm(LibraryDbContext db, LibraryCalendar calendar) : DeskPage
{
    private const string SpacePrefix = "space:";
    private const string BranchPrefix = "branch:";

    [BindProperty]
    public DateOnly? Date { get; set; }

    [BindProperty]
    public TimeOnly? From { get; set; }

    [BindProperty]
    public int Minutes { get; set; } = 120;

    /// <summary>A space, a branch, somewhere else or the internet: <c>space:3</c>, <c>branch:1</c>, <c>elsewhere</c>, <c>online</c>.</summary>
    [BindProperty]
    public string? Place { get; set; }

    /// <summary>The place in words, or the address on the internet.</summary>
    [BindProperty]
    public string? Where { get; set; }

    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];

    /// <summary>To which question a refusal belongs that does not say so itself.</summary>
    protected static (string Code, string Field)[] AboutTime { get; } =
    [
        ("programs.space_taken", nameof(From)), ("programs.unknown_place", nameof(Place)), ("programs.clashes_with_session", nameof(From)), ("spaces.too_many_heads", "Capacity"),
        ("programs.not_an_address", nameof(Where)), ("programs.in_the_past", nameof(Date)), ("programs.too_far_ahead", nameof(Date)),
        ("programs.ends_before_start", nameof(Minutes)), ("programs.too_long", nameof(Minutes)),
    ];

    /// <summary>From start to end, in UTC; null where a question was not answered, which is then said.</summary>
    protected (DateTime Starts, DateTime Ends)? WhenAsked()
    {
        foreach (var (name, value) in ((string, object?)[])[(nameof(Date), Date), (nameof(From), From)])
            if (value is null && ModelState[name]?.Errors.Count is not > 0) this.Fault(name, FormText.Get("Missing"));
        if (Minutes is < 1 or > 14_400) this.Fault(nameof(Minutes), ProgramDeskText.Get("Minutes.Wrong"));
        if (!ModelState.IsValid) return null;

        var starts = calendar.InstantOf(Date!.Value, From!.Value);
        return (starts, starts.AddMinutes(Minutes));
    }

    /// <summary>The place that was chosen; null where none was, which is then said.</summary>
    protected SessionPlace? PlaceAsked()
    {
        var place = Place switch
        {
            "elsewhere" => SessionPlace.Elsewhere(Where ?? ""),
            "online" => SessionPlace.Online(Where ?? ""),
            not null when KeyAfter(SpacePrefix) is { } space => SessionPlace.InSpace(space),
            not null when KeyAfter(BranchPrefix) is { } branch => SessionPlace.AtBranch(branch, string.IsNullOrWhiteSpace(Where) ? null : Where.Trim()),
            _ => null,
        };
        if (place is null) this.Fault(nameof(Place), FormText.Get("Missing"));
        return place;

        long? KeyAfter(string prefix) =>
            Place!.StartsWith(prefix, StringComparison.Ordinal) && long.TryParse(Place.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;
    }

    protected void ShowPlace(Session session) => (Place, Where) = session.PlaceKind switch
    {
        PlaceKind.Space => (SpacePrefix + Key(session.SpaceId!.Value), null),
        PlaceKind.Branch => (BranchPrefix + Key(session.BranchId!.Value), session.PlaceWords),
        PlaceKind.Online => ("online", session.PlaceWords),
        _ => ("elsewhere", session.PlaceWords),
    };

    protected async Task LoadPlacesAsync(CancellationToken stop)
    {
        var spaces = await db.Spaces.AsNoTracking().Where(space => space.IsActive).OrderBy(space => space.BranchId).ThenBy(space => space.Name).Take(200).ToListAsync(stop);
        Places =
        [
            .. Branches.SelectMany(branch => spaces.Where(space => space.BranchId == branch.Id)
                .Select(space => new SelectListItem($"{Named(space.LocalName)} ({ProgramDeskText.Get("Place.Capacity", space.Capacity)}), {Named(branch.LocalName)}", SpacePrefix + Key(space.Id)))
                .Append(new SelectListItem(ProgramDeskText.Get("Place.Branch", Named(branch.LocalName)), BranchPrefix + Key(branch.Id)))),
            new SelectListItem(ProgramDeskText.Get("Place.Elsewhere"), "elsewhere"),
            new SelectListItem(ProgramDeskText.Get("Place.Online"), "online"),
        ];
    }

    /// <summary>Where a session is, in words.</summary>
    protected async Task<string> WordsForAsync(Session session, CancellationToken stop)
    {
        if (session.SpaceId is { } spaceId && await db.Spaces.AsNoTracking().SingleOrDefaultAsync(space => space.Id == spaceId, stop) is { } space) return Named(space.LocalName);

        var branch = Branches.FirstOrDefault(one => one.Id == session.BranchId);
        return (branch, session.PlaceWords) switch
        {
            ({ } at, { } words) => $"{Named(at.LocalName)}, {words}",
            ({ } at, null) => Named(at.LocalName),
            (null, var words) => words ?? "–",
        };
    }

    private static string Named(LocalText name) => name.Explain(CultureInfo.CurrentUICulture);
}
