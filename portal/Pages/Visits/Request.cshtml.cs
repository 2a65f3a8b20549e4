using System.Globalization;
using System.Text;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Time;
using Metro.Library.Visits;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Visits;

/// <summary>
/// One class visit as the school sees it: how it stands, the reply letter, another time, giving it up. It opens for whoever has the
/// link from the school's letters: schools write with several people, and not all of them have an account.
/// </summary>
[AllowAnonymous]
[ResponseCache(NoStore = true)]
internal sealed class RequestModel(
    LibraryDbContext db, ClassVisits visits, VisitSlots slots, Schools schools, Household household, LibraryCalendar calendar, Dates dates, SiteChrome chrome) : PageModel
{
    /// <summary>The slot to which it is moved, as date and time by the library's clock.</summary>
    [BindProperty]
    public string? Slot { get; set; }

    /// <summary>Why it is moved or cancelled.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <inheritdoc cref="AccountPage.Told"/>
    [TempData]
    public string? Told { get; set; }

    public Visit Visit { get; private set; } = null!;

    public string Name => Visit.Offer.LocalName.Explain(CultureInfo.CurrentUICulture);

    /// <summary>Whether somebody is signed in who stands for the school.</summary>
    public bool IsOfSchool { get; private set; }

    public IReadOnlyList<VisitSlot> Free { get; private set; } = [];

    public IEnumerable<SelectListItem> Slots => Free.Select(slot => new SelectListItem($"{dates.Day(slot.Date)}, {dates.Times(slot.StartsAt, slot.EndsAt)}", AskModel.Choice(slot)));

    public bool IsOpen => Visit.HoldsSlot && calendar.Now < Visit.StartsAt;

    /// <summary>The last day on which giving it up gives the school its visit back.</summary>
    public DateOnly CancelBy => dates.DateOf(Visit.StartsAt).AddDays(-Visit.Offer.CancelDays);

    /// <summary>Where a visit is, from the site's root.</summary>
    public static string AddressOf(string uid) => $"/visits/requests/{uid}";

    public async Task<IActionResult> OnGetAsync(string uid, CancellationToken stop) => await LoadAsync(uid, stop) ? Page() : NotFound();

    /// <summary>The visit as a calendar file, with the UID and the SEQUENCE that its letters have.</summary>
    public async Task<IActionResult> OnGetCalendarAsync(string uid, CancellationToken stop)
    {
        if (!await LoadAsync(uid, stop)) return NotFound();

        var entry = new CalendarEvent
        {
            Uid = Visit.Uid, Sequence = Visit.Sequence, When = Visit.When, UpdatedAt = Visit.UpdatedAt, Summary = Name, Location = chrome.SiteName,
            Status = Visit.Status switch
            {
                VisitStatus.Requested => CalendarEventStatus.Tentative,
                VisitStatus.Approved or VisitStatus.Visited => CalendarEventStatus.Confirmed,
                _ => CalendarEventStatus.Cancelled,
            },
        };
        return Content(CalendarFile.Write(CalendarMethod.Publish, [entry]), CalendarFile.MediaType, Encoding.UTF8);
    }

    public async Task<IActionResult> OnPostMoveAsync(string uid, CancellationToken stop)
    {
        if (!await LoadAsync(uid, stop)) return NotFound();
        if (!DateTime.TryParseExact(Slot, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            this.Fault(nameof(Slot), FormText.Get("Missing"));
            return this.Refused();
        }

        return await AnswerAsync(await visits.MoveAsync(Visit.Id, DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), Reason, await ByAsync(stop), stop), "Moved", stop);
    }

    public async Task<IActionResult> OnPostCancelAsync(string uid, CancellationToken stop)
    {
        if (!await LoadAsync(uid, stop)) return NotFound();

        var hadQuota = Visit.QuotaYear is not null;
        var outcome = await visits.CancelAsync(Visit.Id, Reason, CancelledBy.School, await ByAsync(stop), stop);
        return await AnswerAsync(outcome, hadQuota && outcome.Succeeded ? outcome.Value.QuotaYear is null ? "Cancelled.Returned" : "Cancelled.Kept" : "Cancelled", stop);
    }

    private async Task<IActionResult> AnswerAsync(Outcome<Visit> outcome, string told, CancellationToken stop)
    {
        if (outcome.Refusal is { } refusal)
        {
            await LoadAsync(Visit.Uid, stop);
            return this.Refuse(
                refusal,
                ("visits.slot_taken", nameof(Slot)), ("visits.no_such_slot", nameof(Slot)), ("visits.too_short_notice", nameof(Slot)), ("visits.too_far_ahead", nameof(Slot)));
        }

        Told = VisitRequestText.Get(told);
        return LocalRedirect(PortalChrome.InLanguage(AddressOf(outcome.Value.Uid)));
    }

    private async Task<Actor> ByAsync(CancellationToken stop) =>
        IsOfSchool ? (await household.CallerAsync(User, stop))!.AsMember! : Actor.System("visit page");

    private async Task<bool> LoadAsync(string uid, CancellationToken stop)
    {
        chrome.Head.IsIndexed = false;
        if (await db.Visits.AsNoTracking().WithUid(uid).Include(one => one.School).Include(one => one.Offer).SingleOrDefaultAsync(stop) is not { } found) return false;

        Visit = found;
        IsOfSchool = await household.CallerAsync(User, stop) is { AsMember: { } member } && (await schools.OfAsync(member, stop))?.Id == found.SchoolId;
        if (!IsOpen) return true;

        var from = dates.DateOf(found.StartsAt).AddDays(-VisitSlots.MostDays / 2);
        var span = await slots.BetweenAsync(found.OfferId, from, from.AddDays(VisitSlots.MostDays - 1), stop);
        Free = span.Succeeded ? [.. span.Value.Where(slot => slot.IsFree)] : [];
        return true;
    }
}

/// <summary>How a visit stands, in a word.</summary>
internal static class VisitStanding
{
    public static Mark MarkOf(Visit visit) => new(VisitRequestText.Get($"Status.{visit.Status}"), visit.Status switch
    {
        VisitStatus.Approved or VisitStatus.Visited => Tone.Good,
        VisitStatus.Requested => Tone.Caution,
        VisitStatus.Declined or VisitStatus.Lapsed or VisitStatus.NoShow => Tone.Bad,
        _ => Tone.Plain,
    });
}
