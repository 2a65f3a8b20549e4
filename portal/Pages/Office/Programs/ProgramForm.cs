using Metro.Library.Programs;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>What is asked about a program, be it new or known.</summary>
internal abstract class ProgramForm : DeskPage
{
    [BindProperty]
    public ProgramKind Kind { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? TitleEnglish { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public string? SummaryEnglish { get; set; }

    /// <summary>The code under which editors present it.</summary>
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public List<AccommodationKind> Accommodations { get; set; } = [];

    [BindProperty]
    public int? LeastAge { get; set; }

    [BindProperty]
    public int? GreatestAge { get; set; }

    [BindProperty]
    public bool NeedsGuardianConsent { get; set; }

    [BindProperty]
    public int Companions { get; set; }

    [BindProperty]
    public int GroupSize { get; set; }

    [BindProperty]
    public bool OpenToNonMembers { get; set; }

    [BindProperty]
    public Enrolment Enrolment { get; set; }

    [BindProperty]
    public int OfferHours { get; set; } = 48;

    [BindProperty]
    public bool ChecksIn { get; set; }

    [BindProperty]
    public int CheckInOpensMinutes { get; set; } = 60;

    [BindProperty]
    public int CheckInClosesMinutes { get; set; } = 15;

    [BindProperty]
    public bool StrikesNoShows { get; set; }

    public static IEnumerable<SelectListItem> Kinds => Enum.GetValues<ProgramKind>().Select(kind => new SelectListItem(ProgramDeskText.Get($"Kind.{kind}"), kind.ToString()));

    public static IEnumerable<SelectListItem> Enrolments => Enum.GetValues<Enrolment>().Select(one => new SelectListItem(ProgramDeskText.Get($"Enrolment.{one}"), one.ToString()));

    /// <summary>To which question a refusal belongs that does not say so itself.</summary>
    protected static (string Code, string Field)[] About { get; } = [("programs.ages_crossed", nameof(GreatestAge))];

    protected ProgramDetails Details => new()
    {
        Kind = Kind,
        Title = Title ?? "",
        TitleEnglish = TitleEnglish,
        Summary = Summary,
        SummaryEnglish = SummaryEnglish,
        ContentKey = Code,
        Accommodations = Accommodations,
        LeastAge = LeastAge,
        GreatestAge = GreatestAge,
        NeedsGuardianConsent = NeedsGuardianConsent,
        MostCompanions = Companions,
        LargestGroup = GroupSize,
        OpenToNonMembers = OpenToNonMembers,
        Enrolment = Enrolment,
        OfferHours = OfferHours,
        ChecksIn = ChecksIn,
        CheckInOpensMinutes = CheckInOpensMinutes,
        CheckInClosesMinutes = CheckInClosesMinutes,
        StrikesNoShows = StrikesNoShows,
    };

    protected void Show(ProgramDetails details)
    {
        (Kind, Title, TitleEnglish, Summary, SummaryEnglish, Code) = (details.Kind, details.Title, details.TitleEnglish, details.Summary, details.SummaryEnglish, details.ContentKey);
        (Accommodations, LeastAge, GreatestAge, NeedsGuardianConsent) = ([.. details.Accommodations], details.LeastAge, details.GreatestAge, details.NeedsGuardianConsent);
        (Companions, GroupSize, OpenToNonMembers, Enrolment, OfferHours) = (details.MostCompanions, details.LargestGroup, details.OpenToNonMembers, details.Enrolment, details.OfferHours);
        (ChecksIn, CheckInOpensMinutes, CheckInClosesMinutes, StrikesNoShows) = (details.ChecksIn, details.CheckInOpensMinutes, details.CheckInClosesMinutes, details.StrikesNoShows);
    }

    protected static ProgramDetails DetailsOf(LibraryProgram program) => new()
    {
        Kind = program.Kind,
        Title = program.Title,
        TitleEnglish = program.TitleEnglish,
        Summary = program.Summary,
        SummaryEnglish = program.SummaryEnglish,
        ContentKey = program.ContentKey,
        Accommodations = program.Accommodations,
        LeastAge = program.LeastAge,
        GreatestAge = program.GreatestAge,
        NeedsGuardianConsent = program.NeedsGuardianConsent,
        MostCompanions = program.MostCompanions,
        LargestGroup = program.LargestGroup,
        OpenToNonMembers = program.OpenToNonMembers,
        Enrolment = program.Enrolment,
        OfferHours = program.OfferHours,
        ChecksIn = program.ChecksIn,
        CheckInOpensMinutes = program.CheckInOpensMinutes,
        CheckInClosesMinutes = program.CheckInClosesMinutes,
        StrikesNoShows = program.StrikesNoShows,
    };
}
