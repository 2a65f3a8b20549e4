using System.Globalization;
using Metro.Library.Circulation;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>The slip about today's visit of a member to the branch, to be printed or sent by mail.</summary>
internal sealed class ReceiptModel(Receipts receipts) : DeskPage
{
    /// <summary>What stands on it.</summary>
    public Receipt Receipt { get; private set; } = null!;

    /// <summary>Whether it can be sent: the member has an address and lets the library write to it.</summary>
    public bool CanBeSent { get; private set; }

    /// <summary>Whose it is.</summary>
    [BindProperty(SupportsGet = true)]
    public long Member { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var outcome = await receipts.OfTodayAsync(Member, Here.Id, Staff, stop);
        if (outcome.Refusal is not null) return NotFound();

        Receipt = outcome.Value;
        CanBeSent = await receipts.CanBeSentAsync(Member, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var refusal = await receipts.SendAsync(Member, Here.Id, Staff, stop);
        return Tell(refusal?.Explain(CultureInfo.CurrentUICulture) ?? CounterText.Get("Receipt.Sent"), $"/desk/receipts/{Key(Member)}");
    }
}
