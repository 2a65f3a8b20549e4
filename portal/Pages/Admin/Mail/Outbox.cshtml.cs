using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Metro.Scheduler.Delivery;
using Metro.Scheduler.Mailing;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Admin.Mail;

/// <summary>The outgoing mail by what became of it; what was given up can be sent once more.</summary>
internal sealed class OutboxModel(SentMail mail, OutgoingLetters letters, MailServerWatch watch, IMailTransport transport, LibraryCalendar calendar) : MailPage(calendar)
{
    public static readonly IReadOnlyList<OutboxState> States = [OutboxState.Failed, OutboxState.Waiting, OutboxState.Claimed, OutboxState.Sent, OutboxState.Cancelled];

    public IReadOnlyDictionary<OutboxState, int> Counts { get; private set; } = new Dictionary<OutboxState, int>();

    public IReadOnlyList<OutboxMessage> Messages { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public OutboxState State { get; set; } = OutboxState.Failed;

    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public DateTime? OldestDue { get; private set; }

    public string Destination => transport.Destination;

    public bool IsFolder => transport is MailFolder;

    public string? Trouble => watch.Trouble;

    public async Task OnGetAsync(CancellationToken stop)
    {
        Counts = await mail.CountsAsync(stop);
        OldestDue = await mail.OldestDueAsync(stop);
        Messages = await mail.InStateAsync(State, Before, 50, stop);
    }

    public async Task<IActionResult> OnPostResendAsync(long id, CancellationToken stop)
    {
        var refusal = await letters.ResendAsync(id, Staff, stop);
        Told = refusal?.Explain(System.Globalization.CultureInfo.CurrentUICulture) ?? MailText.Get("Told.Resent", 1);
        return RedirectToPage(new { State });
    }

    public async Task<IActionResult> OnPostResendAllAsync(CancellationToken stop)
    {
        Told = MailText.Get("Told.Resent", await letters.ResendAllAsync(Staff, stop));
        return RedirectToPage(new { State });
    }
}
