using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>What cataloguers do with a copy reaches the queue: a new, mended or found copy is offered, a vanished one is replaced.</summary>
internal sealed class CirculatingCopies(HoldQueue queue) : ICopyListener
{
    public async Task<Refusal?> ShelvedAsync(LibraryDbContext db, Copy copy, CancellationToken stop)
    {
        if (await IsLentAsync(db, copy, stop)) return CirculationRefusals.LentToAnother(copy.Barcode);
        await db.SaveChangesAsync(stop);
        // One that is claimed already is where it is expected, or has to be sent on.
        if (await queue.ActiveHoldOfAsync(copy, stop) is not null) await queue.RouteAsync(copy, copy.CurrentBranchId, stop);
        else await queue.OfferFromShelfAsync(copy, stop);
        return null;
    }

    public async Task<Refusal?> GoneAsync(LibraryDbContext db, Copy copy, CancellationToken stop)
    {
        if (await IsLentAsync(db, copy, stop)) return CirculationRefusals.LentToAnother(copy.Barcode);
        await db.SaveChangesAsync(stop);
        await queue.LoseCopyAsync(copy, stop);
        return null;
    }

    private static Task<bool> IsLentAsync(LibraryDbContext db, Copy copy, CancellationToken stop) =>
        db.Loans.Open().AnyAsync(loan => loan.CopyId == copy.Id, stop);
}
