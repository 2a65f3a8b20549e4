using Metro.Library.Spaces;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>What is asked about a kind of space, be it new or known.</summary>
internal abstract class SpaceKindForm : DeskPage
{
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

    protected SpaceKindDetails Typed => new()
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

    protected void Show(SpaceKindDetails kind)
    {
        (Name, NameEnglish, Audience, NeedsApproval) = (kind.Name, kind.NameEnglish, kind.Audience, kind.NeedsApproval);
        (MostPerWeek, MostPerMonth, DaysAhead, NoticeHours, AnswerHours) = (kind.MostPerWeek, kind.MostPerMonth, kind.DaysAhead, kind.NoticeHours, kind.AnswerHours);
        (ChecksIn, CheckInOpensMinutes, CheckInClosesMinutes, StrikesNoShows) = (kind.ChecksIn, kind.CheckInOpensMinutes, kind.CheckInClosesMinutes, kind.StrikesNoShows);
    }
}
