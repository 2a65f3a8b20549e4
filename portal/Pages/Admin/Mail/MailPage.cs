using System.Globalization;
using System.Security.Claims;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Admin.Mail;

/// <summary>Messages as a page lists them.</summary>
/// <param name="Page">The page, which tells the time.</param>
/// <param name="Messages">What it lists.</param>
internal sealed record MessageList(MailPage Page, IReadOnlyList<OutboxMessage> Messages);

/// <summary>What the pages of the outgoing mail have in common.</summary>
[Authorize(Roles = $"{Role.Administrator},{Role.Librarian}")]
[ResponseCache(NoStore = true)]
internal abstract class MailPage(LibraryCalendar calendar) : PageModel
{
    [TempData]
    public string? Told { get; set; }

    protected Actor Staff => Actor.Staff(User.FindFirstValue(ClaimTypes.NameIdentifier)!, User.Identity?.Name ?? "");

    /// <summary>An instant by the library's clock, with its weekday.</summary>
    public string When(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, calendar.Zone).ToString("ddd, d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>A letter's HTML as a document of its own: without scripts, without anything loaded, apart from the portal.</summary>
    protected ContentResult Document(string html)
    {
        // Mails need inline styles, which the portal's pages never have; so the document may do nothing else.
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
        return Content(html, "text/html; charset=utf-8");
    }
}
