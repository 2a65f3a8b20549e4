using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Programs;

/// <summary>
/// One registration: the ticket to be shown or printed, the place in the queue, the offer with its deadline, and how to change or
/// give it up. A member's is for the member and the guardian alone; that of somebody without a card is for whoever has the code,
/// which stood in their letter and which nobody guesses.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Search)]
[ResponseCache(NoStore = true)]
internal sealed class TicketModel(
    LibraryDbContext db, SessionRegistrations registrations, Household household, WhatsOn whatsOn, LibraryCalendar calendar, SiteChrome chrome) : PageModel
{
    /// <summary>How many people come in all.</summary>
    [BindProperty]
    public int People { get; set; }

    /// <inheritdoc cref="AccountPage.Told"/>
    [TempData]
    public string? Told { get; set; }

    public Registration Registration { get; private set; } = null!;

    public Session Session => Registration.Session;

    public LibraryProgram Program => Session.Program;

    public string Title => Program.LocalTitle.Explain(CultureInfo.CurrentUICulture);

    public string? Place { get; private set; }

    /// <summary>Whose it is, where it is somebody's with a card.</summary>
    public ActingFor? Acting { get; private set; }

    /// <summary>How many are before it in the queue.</summary>
    public int Ahead { get; private set; }

    /// <summary>The registrations of the same series in order; only this one where it is of no series.</summary>
    public IReadOnlyList<Registration> Series { get; private set; } = [];

    public bool IsSeries => Registration.SeriesEnrolmentId is not null;

    public string Code => TicketCode.Display(Registration.TicketCode);

    /// <summary>The most people who can come with it.</summary>
    public int MostPeople => Registration.GroupName is null ? 1 + Program.MostCompanions : Program.LargestGroup;

    public bool CanCancel => Registration.Status is RegistrationStatus.Waiting or RegistrationStatus.Offered or RegistrationStatus.Confirmed && calendar.Now < Session.StartsAt;

    public bool CanResize => CanCancel && !IsSeries && MostPeople > 1 && Registration.Status is not RegistrationStatus.Offered;

    /// <summary>Where a ticket is, from the site's root.</summary>
    public static string AddressOf(string code) => $"/tickets/{TicketCode.Display(code)}";

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken stop)
    {
        if (await LoadAsync(code, stop) is { } elsewhere) return elsewhere;

        People = Registration.Seats;
        return Page();
    }

    public Task<IActionResult> OnPostAcceptAsync(string code, CancellationToken stop) =>
        ChangeAsync(code, by => registrations.AcceptOfferAsync(code, by, stop), "Accepted", stop);

    public Task<IActionResult> OnPostCancelAsync(string code, CancellationToken stop) =>
        ChangeAsync(code, by => registrations.CancelAsync(code, by, stop), "Cancelled", stop);

    public Task<IActionResult> OnPostCancelSeriesAsync(string code, CancellationToken stop) =>
        ChangeAsync(code, by => registrations.CancelSeriesAsync(code, by, stop), "Cancelled.Series", stop);

    public Task<IActionResult> OnPostResizeAsync(string code, CancellationToken stop) =>
        ChangeAsync(code, by => registrations.ResizeAsync(code, People, by, stop), "Resized", stop);

    public Task<IActionResult> OnPostWithdrawAsync(string code, GuardianConsentPurpose purpose, CancellationToken stop) =>
        ChangeAsync(code, by => registrations.WithdrawConsentAsync(code, purpose, by, stop), "Withdrawn", stop);

    private async Task<IActionResult> ChangeAsync(string code, Func<Actor, Task<Outcome<Registration>>> change, string told, CancellationToken stop)
    {
        if (await LoadAsync(code, stop) is { } elsewhere) return elsewhere;
        if (!ModelState.IsValid) return this.Refused();

        var outcome = await change(Acting?.By ?? Actor.System("ticket page"));
        if (outcome.Refusal is { } refusal)
        {
            await LoadAsync(code, stop);
            return this.Refuse(
                refusal,
                ("programs.full", Request.Form.ContainsKey(nameof(People)) ? nameof(People) : ""), ("programs.too_many_companions", nameof(People)),
                ("programs.group_too_large", nameof(People)), ("programs.more_than_all_seats", nameof(People)));
        }

        Told = RegistrationText.Get(told);
        return LocalRedirect(PortalChrome.InLanguage(AddressOf(outcome.Value.TicketCode)));
    }

    private async Task<IActionResult?> LoadAsync(string typed, CancellationToken stop)
    {
        chrome.Head.IsIndexed = false;
        if (TicketCode.Normalise(typed) is not { } code || await FindAsync(code, stop) is not { } found) return NotFound();
        if (found.MemberId is { } memberId)
        {
            if (await household.CallerAsync(User, stop) is not { } caller) return Challenge();
            if (await household.FindAsync(caller, memberId, stop) is not { } acting) return NotFound();
            Acting = acting;
        }

        Registration = found;
        Place = await whatsOn.PlaceAsync(found.Session, stop);
        Ahead = found.Status == RegistrationStatus.Waiting ? await db.Registrations.AheadOf(found).CountAsync(stop) : 0;
        Series = found.SeriesEnrolmentId is { } series
            ? await db.Registrations.AsNoTracking().Include(one => one.Session).Where(one => one.SeriesEnrolmentId == series)
                .OrderBy(one => one.Session.StartsAt).Take(SessionRegistrations.MostSessionsInSeries).ToListAsync(stop)
            : [found];
        return null;
    }

    private Task<Registration?> FindAsync(string code, CancellationToken stop) => db.Registrations.AsNoTracking()
        .Include(one => one.Session.Program).Include(one => one.Needs).Include(one => one.Consents).SingleOrDefaultAsync(one => one.TicketCode == code, stop);
}

/// <summary>How a registration stands, in a word.</summary>
internal static class Standing
{
    public static Mark MarkOf(Registration registration) => new(RegistrationText.Get($"Status.{registration.Status}"), registration.Status switch
    {
        RegistrationStatus.Confirmed or RegistrationStatus.Attended => Tone.Good,
        RegistrationStatus.Waiting or RegistrationStatus.Offered => Tone.Caution,
        RegistrationStatus.NoShow => Tone.Bad,
        _ => Tone.Plain,
    });
}
