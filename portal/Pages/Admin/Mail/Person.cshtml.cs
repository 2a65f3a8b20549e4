using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Admin.Mail;

/// <summary>What was written to one person (DOMAIN.md rule 14). Looking at a member's leaves an audit line.</summary>
internal sealed class PersonModel(SentMail mail, Subscriptions subscriptions, LibraryCalendar calendar) : MailPage(calendar)
{
    public IReadOnlyList<OutboxMessage> Messages { get; private set; } = [];

    public IReadOnlyList<MailTopic> Stopped { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public long? Member { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Email { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (Member is { } member) Messages = await mail.ToMemberAsync(member, Before, Staff, stop);
        else if (Email is { Length: > 0 and <= 254 } email) Messages = await mail.ToAddressAsync(email, stop);
        else return RedirectToPage("/Admin/Mail/Outbox");

        if (Messages.Count > 0) Stopped = await subscriptions.StoppedAsync(Messages[0].RecipientKey, stop);
        return Page();
    }
}
