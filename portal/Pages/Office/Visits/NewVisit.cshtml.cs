using System.Globalization;
using Metro.Library;
using Metro.Library.Visits;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>A visit that a school asks for by telephone or at the desk: first what for, then when and who.</summary>
internal sealed class NewVisitModel(LibraryDbContext db, Schools schools, ClassVisits visits, VisitSlots slots, Dates dates) : DeskPage
{
    private const string SlotFormat = "yyyy-MM-dd'T'HH:mm";

    [BindProperty(SupportsGet = true)]
    public long? Offer { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Npsn { get; set; }

    [BindProperty]
    public string? Slot { get; set; }

    [BindProperty]
    public int? Children { get; set; }

    [BindProperty]
    public int? Adults { get; set; }

    [BindProperty]
    public string? Class { get; set; }

    [BindProperty]
    public string Language { get; set; } = "id";

    [BindProperty]
    public string? Needs { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public IReadOnlyList<SelectListItem> Offers { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Slots { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Languages { get; private set; } = [];

    public VisitOffer? Chosen { get; private set; }

    /// <summary>The school that asks; null until its NPSN is known.</summary>
    public School? School { get; private set; }

    /// <summary>What it can still ask for in this school year and the next; staff may agree on more.</summary>
    public IReadOnlyList<VisitsLeft> Left { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => await LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        if (Chosen is null) return NotFound();

        if (School is null) this.Fault(nameof(Npsn), VisitQueueText.Get("New.Npsn.Unknown"));
        if (!DateTime.TryParseExact(Slot, SlotFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var slot)) this.Fault(nameof(Slot), VisitQueueText.Get("Slot.Missing"));
        foreach (var (name, number) in ((string, int?)[])[(nameof(Children), Children), (nameof(Adults), Adults)])
            if (number is null && ModelState[name]?.Errors.Count is not > 0) this.Fault(name, FormText.Get("Missing"));
        if (!ModelState.IsValid) return this.Refused();

        var asked = await visits.RequestAsync(
            new VisitRequest
            {
                SchoolId = School!.Id, OfferId = Chosen.Id, Date = DateOnly.FromDateTime(slot), Time = TimeOnly.FromDateTime(slot),
                Children = Children!.Value, Adults = Adults!.Value, ClassName = Class, Language = Language, Needs = Needs, Note = Note,
            },
            Staff, stop);
        return asked.Refusal is { } refusal
            ? this.Refuse(refusal, ("visits.slot_taken", nameof(Slot)), ("visits.no_such_slot", nameof(Slot)), ("visits.heads_out_of_range", nameof(Children)), ("visits.too_few_adults", nameof(Adults)))
            : Tell(VisitQueueText.Get("Told.Requested"), $"/desk/visits/{Key(asked.Value.Id)}");
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var offers = await db.VisitOffers.AsNoTracking().Where(offer => offer.IsActive).OrderBy(offer => offer.Kind).ThenBy(offer => offer.Id).Take(100).ToListAsync(stop);
        Chosen = offers.FirstOrDefault(offer => offer.Id == Offer);
        Offers = [.. offers.Select(offer => new SelectListItem(offer.LocalName.Explain(CultureInfo.CurrentUICulture), Key(offer.Id), offer.Id == Offer))];
        if (await schools.FindAsync(Npsn, stop) is { } school)
        {
            var year = SchoolYear.Of(dates.Today);
            (School, Left) = (school, [await visits.LeftAsync(school.Id, year, stop), await visits.LeftAsync(school.Id, new SchoolYear(year.FirstYear + 1), stop)]);
        }

        if (Chosen is null) return;

        Languages = [.. Chosen.Languages.Split(',').Select(language => new SelectListItem(VisitQueueText.Get(language == "en" ? "Language.en" : "Language.id"), language))];
        var free = await slots.BetweenAsync(Chosen.Id, dates.Today, dates.Today.AddDays(VisitSlots.MostDays - 1), byStaff: true, stop);
        Slots = free.Succeeded
            ? [.. free.Value.Where(slot => slot.IsFree).Select(slot => new SelectListItem($"{dates.Day(slot.Date)}, {dates.Times(slot.StartsAt, slot.EndsAt)}", slot.Date.ToDateTime(slot.Time).ToString(SlotFormat, CultureInfo.InvariantCulture)))]
            : [];
    }
}
