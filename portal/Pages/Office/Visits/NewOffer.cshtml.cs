using Metro.Library;
using Metro.Library.Visits;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>Something new is offered to classes at the branch at which one works; schools see it at once.</summary>
internal sealed class NewOfferModel(LibraryDbContext db, Schools schools) : OfferForm(db)
{
    public Task OnGetAsync(CancellationToken stop)
    {
        Show(new VisitOfferDetails { Name = "", BranchId = Here.Id });
        return LoadSpacesAsync(Here.Id, stop);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await LoadSpacesAsync(Here.Id, stop);
        var details = DetailsAt(Here.Id);
        if (!ModelState.IsValid) return this.Refused();

        var made = await schools.OfferAsync(details, Staff, stop);
        return made.Refusal is { } refusal ? RefuseOffer(refusal) : Tell(OffersText.Get("Told.Made"), $"/desk/visits/offers/{Key(made.Value.Id)}");
    }
}
