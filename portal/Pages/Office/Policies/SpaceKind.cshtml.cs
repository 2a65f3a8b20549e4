using Metro.Library;
using Metro.Library.Spaces;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>The rules of one kind of space: for whom, how often, how far ahead, with whose yes.</summary>
[Authorize(Roles = Role.Administrator)]
internal sealed class SpaceKindModel(LibraryDbContext db, SpacePlanning planning) : DeskPage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? NameEnglish { get; set; }

    [BindProperty]
    public SpaceAudience Audience { get; set; }

    [BindProperty]
    public bool NeedsApproval { get; set; }

    [BindProperty]
    public int? MostPerWeek { get; set; }

    [BindProperty]
    public int? MostPerMonth { get; set; }

    [BindProperty]
    public int DaysAhead { get; set; }

    [BindProperty]
    public int NoticeHours { get; set; }

    [BindProperty]
    public int AnswerHours { get; set; }

    [BindProperty]
    public bool ChecksIn { get; set; }

    [BindProperty]
    public int CheckInOpensMinutes { get; set; }

    [BindProperty]
    public int CheckInClosesMinutes { get; set; }

    [BindProperty]
    public bool StrikesNoShows { get; set; }

    public SpaceKind Kind { get; private set; } = null!;

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public static IEnumerable<SelectListItem> Audiences => Enum.GetValues<SpaceAudience>().Select(audience => new SelectListItem(PoliciesText.Get($"Audience.{audience}"), audience.ToString()));

    /// <summary>Each rule as a sentence.</summary>
    public static IEnumerable<string> SentencesOf(SpaceKindDetails details)
    {
        yield return PoliciesText.Get("Space.Who", PoliciesText.Get($"Audience.{details.Audience}"), details.DaysAhead, details.NoticeHours);
        yield return PoliciesText.Get(details.NeedsApproval ? "Space.Approval" : "Space.AtOnce", details.AnswerHours);
        if (details.MostPerWeek is { } week) yield return PoliciesText.Get("Space.PerWeek", week);
        if (details.MostPerMonth is { } month) yield return PoliciesText.Get("Space.PerMonth", month);
        if (details.ChecksIn) yield return PoliciesText.Get("Space.CheckIn", details.CheckInOpensMinutes, details.CheckInClosesMinutes);
    }

    public static SpaceKindDetails DetailsOf(SpaceKind kind) => new()
    {
        Name = kind.Name,
        NameEnglish = kind.NameEnglish,
        Audience = kind.Audience,
        NeedsApproval = kind.NeedsApproval,
        MostPerWeek = kind.MostPerWeek,
        MostPerMonth = kind.MostPerMonth,
        DaysAhead = kind.DaysAhead,
        NoticeHours = kind.NoticeHours,
        AnswerHours = kind.AnswerHours,
        ChecksIn = kind.ChecksIn,
        CheckInOpensMinutes = kind.CheckInOpensMinutes,
        CheckInClosesMinutes = kind.CheckInClosesMinutes,
        StrikesNoShows = kind.StrikesNoShows,
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        (Name, NameEnglish, Audience, NeedsApproval) = (Kind.Name, Kind.NameEnglish, Kind.Audience, Kind.NeedsApproval);
        (MostPerWeek, MostPerMonth, DaysAhead, NoticeHours, AnswerHours) = (Kind.MostPerWeek, Kind.MostPerMonth, Kind.DaysAhead, Kind.NoticeHours, Kind.AnswerHours);
        (ChecksIn, CheckInOpensMinutes, CheckInClosesMinutes, StrikesNoShows) = (Kind.ChecksIn, Kind.CheckInOpensMinutes, Kind.CheckInClosesMinutes, Kind.StrikesNoShows);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        if (!ModelState.IsValid) return this.Refused();

        return await planning.ChangeKindAsync(Id, Typed, Staff, stop) is { } refusal ? this.Refuse(refusal) : Tell(PoliciesText.Get("Told.Space"), "/desk/policies");
    }

    private SpaceKindDetails Typed => new()
    {
        Name = Name ?? "",
        NameEnglish = NameEnglish,
        Audience = Audience,
        NeedsApproval = NeedsApproval,
        MostPerWeek = MostPerWeek,
        MostPerMonth = MostPerMonth,
        DaysAhead = DaysAhead,
        NoticeHours = NoticeHours,
        AnswerHours = AnswerHours,
        ChecksIn = ChecksIn,
        CheckInOpensMinutes = CheckInOpensMinutes,
        CheckInClosesMinutes = CheckInClosesMinutes,
        StrikesNoShows = StrikesNoShows,
    };

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Set<SpaceKind>().AsNoTracking().SingleOrDefaultAsync(kind => kind.Id == Id, stop) is not { } found) return false;

        Kind = found;
        History = await db.AuditLines.AsNoTracking().About(new Subject("space_kind", Id)).Take(50).ToListAsync(stop);
        return true;
    }
}
