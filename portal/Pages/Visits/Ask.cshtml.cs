using System.Globalization;
using Metro.Library;
using Metro.Library.Visits;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Metro.Theme;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Visits;

/// <summary>
/// A teacher asks for a visit: from the free slots, with what is left of the school's visits said before. Heads are counted and
/// pupils never named (DOMAIN.md rule 9). Where a slot is gone, the nearest free ones are offered with everything that was typed.
/// </summary>
internal sealed class AskModel(LibraryDbContext db, ClassVisits visits, VisitSlots slots, Schools schools, Dates dates, SiteChrome chrome) : AccountPage
{
    /// <summary>The slot, as date and time by the library's clock: <c>2026-01-20T09:00</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Slot { get; set; }

    /// <summary>A free slot that was taken up instead.</summary>
    [BindProperty]
    public string? Instead { get; set; }

    [BindProperty]
    public int? Children { get; set; }

    [BindProperty]
    public int? Adults { get; set; }

    /// <summary>Which class, such as 5B.</summary>
    [BindProperty]
    public string? Class { get; set; }

    [BindProperty]
    public string Language { get; set; } = "id";

    [BindProperty]
    public string? Needs { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public VisitOffer Offer { get; private set; } = null!;

    public string Name => Offer.LocalName.Explain(CultureInfo.CurrentUICulture);

    /// <summary>The school for which the signed-in person stands; null where the library knows none.</summary>
    public School? School { get; private set; }

    /// <summary>What is left in each school year of which there are slots.</summary>
    public IReadOnlyList<VisitsLeft> Left { get; private set; } = [];

    public IReadOnlyList<VisitSlot> Free { get; private set; } = [];

    public IReadOnlyList<VisitSlot> NearestFree { get; private set; } = [];

    public IEnumerable<SelectListItem> Slots => Free.Select(slot => new SelectListItem(Words(slot), Choice(slot)));

    public IEnumerable<SelectListItem> Languages => Offer.Languages.Split(',').Select(language => new SelectListItem(VisitsText.Get($"Language.{language}"), language));

    public static string Choice(VisitSlot slot) => string.Create(CultureInfo.InvariantCulture, $"{slot.Date:yyyy-MM-dd}T{slot.Time:HH:mm}");

    /// <summary>Where a slot is asked for, from the site's root.</summary>
    public static string AddressOf(long offer, VisitSlot? slot) => string.Create(CultureInfo.InvariantCulture, $"/visits/{offer}/request{(slot is null ? "" : "?slot=" + Choice(slot))}");

    public string Words(VisitSlot slot) => $"{dates.Day(slot.Date)}, {dates.Times(slot.StartsAt, slot.EndsAt)}";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop) => await LoadAsync(id, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken stop)
    {
        if (Instead is { Length: > 0 } instead)
        {
            ModelState.Remove(nameof(Slot));
            Slot = instead;
        }

        if (!await LoadAsync(id, stop)) return NotFound();
        if (School is null) return this.Refused();
        if (When is null) this.Fault(nameof(Slot), FormText.Get("Missing"));
        if (Children is null && ModelState[nameof(Children)]?.Errors is not { Count: > 0 }) this.Fault(nameof(Children), FormText.Get("Missing"));
        if (Adults is null && ModelState[nameof(Adults)]?.Errors is not { Count: > 0 }) this.Fault(nameof(Adults), FormText.Get("Missing"));
        if (!ModelState.IsValid) return this.Refused();

        var (date, time) = When!.Value;
        var asked = new VisitRequest
        {
            SchoolId = School.Id, OfferId = Offer.Id, Date = date, Time = time, Children = Children!.Value, Adults = Adults!.Value,
            ClassName = Class, Language = Language, Needs = Needs, Note = Note,
        };
        var outcome = await visits.RequestAsync(asked, Caller.AsMember!, stop);
        if (outcome.Refusal is not { } refusal)
            return Tell(VisitRequestText.Get("Done", dates.Day(outcome.Value.AnswerBy ?? outcome.Value.StartsAt)), RequestModel.AddressOf(outcome.Value.Uid));

        if (refusal.Code is "visits.slot_taken" or "visits.no_such_slot" or "visits.too_short_notice") NearestFree = await slots.NearestFreeAsync(Offer.Id, date, 6, stop);
        return this.Refuse(
            refusal,
            ("visits.slot_taken", nameof(Slot)), ("visits.no_such_slot", nameof(Slot)), ("visits.too_short_notice", nameof(Slot)), ("visits.too_far_ahead", nameof(Slot)),
            ("visits.too_few_adults", nameof(Adults)), ("visits.heads_out_of_range", nameof(Children)), ("visits.not_in_language", nameof(Language)));
    }

    private (DateOnly Date, TimeOnly Time)? When =>
        DateTime.TryParseExact(Slot, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)) : null;

    private async Task<bool> LoadAsync(long id, CancellationToken stop)
    {
        if (await db.VisitOffers.AsNoTracking().SingleOrDefaultAsync(offer => offer.Id == id && offer.IsActive, stop) is not { } found) return false;

        (Offer, chrome.Head.IsIndexed) = (found, false);
        School = Caller.AsMember is { } self ? await schools.OfAsync(self, stop) : null;
        // Half of what one question covers lies before the wished day, so that its neighbours are there to be chosen.
        var first = dates.Today.AddDays(found.NoticeDays);
        var from = When is { } when && when.Date > first.AddDays(VisitSlots.MostDays / 2) && when.Date <= dates.Today.AddDays(found.DaysAhead) ? when.Date.AddDays(-VisitSlots.MostDays / 2) : first;
        var span = await slots.BetweenAsync(id, from, from.AddDays(VisitSlots.MostDays - 1), stop);
        Free = span.Succeeded ? [.. span.Value.Where(slot => slot.IsFree)] : [];
        if (School is null) return true;

        var left = new List<VisitsLeft>();
        foreach (var year in Free.Select(slot => SchoolYear.Of(slot.Date)).DefaultIfEmpty(SchoolYear.Of(first)).Distinct()) left.Add(await visits.LeftAsync(School.Id, year, stop));
        Left = left;
        return true;
    }
}
