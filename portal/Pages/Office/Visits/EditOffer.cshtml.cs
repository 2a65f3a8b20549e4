using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Visits;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>One offer to classes is changed, withdrawn or made once more, with the visits in sight that it has already.</summary>
internal sealed class EditOfferModel(LibraryDbContext db, Schools schools, LibraryCalendar calendar) : OfferForm(db)
{
    private readonly LibraryDbContext db = db;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Whether whoever withdraws it is sure.</summary>
    [BindProperty]
    public bool Sure { get; set; }

    public VisitOffer Offer { get; private set; } = null!;

    public LongList<Visit> ToCome { get; private set; } = LongList<Visit>.Empty;

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        Show(Offer);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        var details = DetailsAt(Offer.BranchId);
        if (!ModelState.IsValid) return this.Refused();

        return await schools.ChangeOfferAsync(Id, details, Staff, stop) is { } refusal
            ? RefuseOffer(refusal)
            : Tell(OffersText.Get("Told.Changed"), $"/desk/visits/offers/{Key(Id)}");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken stop)
    {
        if (Sure) return await AfterAsync(await schools.WithdrawOfferAsync(Id, Staff, stop), "Told.Withdrawn", stop);
        if (!await LoadAsync(stop)) return NotFound();

        Show(Offer);
        this.Fault(nameof(Sure), OffersText.Get("Withdraw.Unsure"));
        return this.Refused();
    }

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken stop) => await AfterAsync(await schools.ResumeOfferAsync(Id, Staff, stop), "Told.Resumed", stop);

    private async Task<IActionResult> AfterAsync(Refusal? refusal, string told, CancellationToken stop)
    {
        if (refusal is null) return Tell(OffersText.Get(told), $"/desk/visits/offers/{Key(Id)}");
        if (!await LoadAsync(stop)) return NotFound();

        Show(Offer);
        return RefuseOffer(refusal);
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.VisitOffers.AsNoTracking().Include(offer => offer.Times).SingleOrDefaultAsync(offer => offer.Id == Id, stop) is not { } found) return false;

        Offer = found;
        await LoadSpacesAsync(found.BranchId, stop);
        ToCome = await db.Visits.AsNoTracking().Include(visit => visit.School).Include(visit => visit.Offer).OfOfferToCome(Id, calendar.Now).PartAsync(Request, stop);
        History = await db.AuditLines.AsNoTracking().About(new Subject("visit_offer", Id)).Take(50).ToListAsync(stop);
        return true;
    }
}
