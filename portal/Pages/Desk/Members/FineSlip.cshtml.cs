using Metro.Library.Circulation;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>One payment of a member's fine, or one part of it that was let go, printed for them.</summary>
internal sealed class FineSlipModel(Receipts receipts) : MemberFilePage
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
            ({ } payment, null) => await receipts.OfPaymentAsync(Id, payment, Staff, stop),
            (null, { } waiver) => await receipts.OfWaiverAsync(Id, waiver, Staff, stop),
            _ => CirculationRefusals.NoSuchFine,
        };
        if (!slip.Succeeded) return NotFound();

        Slip = slip.Value;
        return Page();
    }
}
