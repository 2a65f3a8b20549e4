using Metro.Library.Circulation;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Lending;

/// <summary>One payment of a fine, or one part of it that was let go, to be printed and kept.</summary>
internal sealed class FineSlipModel(Receipts receipts) : MemberPage
{
    public FineSlip Slip { get; private set; } = null!;

    /// <summary>The key of the payment; null for a part that was let go.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Payment { get; set; }

    /// <summary>The key of the part that was let go; null for a payment.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Waiver { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var slip = (Payment, Waiver) switch
        {
            ({ } payment, null) => await receipts.OfPaymentAsync(Member.Id, payment, By, stop),
            (null, { } waiver) => await receipts.OfWaiverAsync(Member.Id, waiver, By, stop),
            _ => CirculationRefusals.NoSuchFine,
        };
        if (!slip.Succeeded) return NotFound();

        Slip = slip.Value;
        return Page();
    }
}
