using Metro.Library;
using Metro.Library.Visits;
using Metro.Portal.People;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>What a branch offers to classes, what it no longer offers last.</summary>
internal sealed class OffersModel(LibraryDbContext db) : DeskPage
{
    private const int MostShown = 100;

    public IReadOnlyList<VisitOffer> Offers { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var here = Here.Id;
        Offers = await db.VisitOffers.AsNoTracking().Include(offer => offer.Times).Where(offer => offer.BranchId == here)
            .OrderByDescending(offer => offer.IsActive).ThenBy(offer => offer.Kind).ThenBy(offer => offer.Id).Take(MostShown).ToListAsync(stop);
    }
}
