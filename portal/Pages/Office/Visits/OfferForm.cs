using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Visits;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>What is asked about an offer to classes, be it new or known.</summary>
internal abstract class OfferForm(LibraryDbContext db) : DeskPage
{
    private const int MostSpaces = 100;

    /// <summary>The languages in which visits are given.</summary>
    public static IReadOnlyList<string> AllLanguages { get; } = ["id", "en"];

    [BindProperty]
    public VisitKind Kind { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? NameEnglish { get; set; }

    [BindProperty]
    public int DurationMinutes { get; set; }

    [BindProperty]
    public int LeastChildren { get; set; }

    [BindProperty]
    public int MostChildren { get; set; }

    [BindProperty]
    public List<string> Languages { get; set; } = [];

    /// <summary>The space that it occupies; null where it needs none.</summary>
    [BindProperty]
    public long? Space { get; set; }

    /// <summary>Who leads it; null for the one team of the branch.</summary>
    [BindProperty]
    public string? Guides { get; set; }

    [BindProperty]
    public int NoticeDays { get; set; }

    [BindProperty]
    public int DaysAhead { get; set; }

    [BindProperty]
    public int CancelDays { get; set; }

    [BindProperty]
    public int AnswerDays { get; set; }

    /// <summary>The times of each day as typed.</summary>
    [BindProperty]
    public Dictionary<DayOfWeek, string?> Times { get; set; } = [];

    public IReadOnlyList<SelectListItem> Spaces { get; private set; } = [];

    public static IEnumerable<SelectListItem> Kinds => Enum.GetValues<VisitKind>().Select(kind => new SelectListItem(OffersText.Get($"Kind.{kind}"), kind.ToString()));

    /// <summary>The form once more, with a refusal beside its question; one about the times says itself of which day.</summary>
    protected PageResult RefuseOffer(Refusal refusal)
    {
        var times = refusal.Arguments.OfType<Weekday>().Select(weekday => $"Times[{weekday.Day}]").FirstOrDefault() ?? "";
        return this.Refuse(refusal, ("visits.space_elsewhere", nameof(Space)), ("spaces.too_many_heads", nameof(MostChildren)), ("visits.times_overlap", times), ("visits.not_on_quarter", times));
    }

    /// <summary>What was typed, for an offer of a branch; what could not be read is said in the form.</summary>
    protected VisitOfferDetails DetailsAt(long branchId)
    {
        if (Languages.Count == 0) this.Fault(nameof(Languages), FormText.Get("Missing"));
        return new()
        {
            Kind = Kind,
            Name = Name ?? "",
            NameEnglish = NameEnglish,
            DurationMinutes = DurationMinutes,
            LeastChildren = LeastChildren,
            MostChildren = MostChildren,
            Languages = Languages,
            BranchId = branchId,
            SpaceId = Space,
            Guides = string.IsNullOrWhiteSpace(Guides) ? null : Guides,
            NoticeDays = NoticeDays,
            DaysAhead = DaysAhead,
            CancelDays = CancelDays,
            AnswerDays = AnswerDays,
            Times = TypedTimes.Read(Times, day => this.Fault($"Times[{day}]", OffersText.Get("Times.Wrong"))),
        };
    }

    protected void Show(VisitOfferDetails offer)
    {
        (Kind, Name, NameEnglish, DurationMinutes, LeastChildren, MostChildren) = (offer.Kind, offer.Name, offer.NameEnglish, offer.DurationMinutes, offer.LeastChildren, offer.MostChildren);
        (Languages, Space, Guides) = ([.. offer.Languages], offer.SpaceId, offer.Guides);
        (NoticeDays, DaysAhead, CancelDays, AnswerDays) = (offer.NoticeDays, offer.DaysAhead, offer.CancelDays, offer.AnswerDays);
    }

    protected void Show(VisitOffer offer)
    {
        (Kind, Name, NameEnglish, DurationMinutes, LeastChildren, MostChildren) = (offer.Kind, offer.Name, offer.NameEnglish, offer.DurationMinutes, offer.LeastChildren, offer.MostChildren);
        (Languages, Space, Guides) = ([.. offer.Languages.Split(',')], offer.SpaceId, offer.IsLedByBranch ? null : offer.Guides);
        (NoticeDays, DaysAhead, CancelDays, AnswerDays) = (offer.NoticeDays, offer.DaysAhead, offer.CancelDays, offer.AnswerDays);
        Times = TypedTimes.Of(offer.Times);
    }

    protected async Task LoadSpacesAsync(long branchId, CancellationToken stop) => Spaces =
    [
        new SelectListItem(OffersText.Get("Space.None"), ""),
        .. (await db.Spaces.AsNoTracking().Where(space => space.BranchId == branchId && space.IsActive).OrderBy(space => space.Name).ThenBy(space => space.Id).Take(MostSpaces).ToListAsync(stop))
            .Select(space => new SelectListItem(OffersText.Get("Space.For", space.LocalName.Explain(CultureInfo.CurrentUICulture), space.Capacity), Key(space.Id))),
    ];
}
