using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Portal.People;
using Metro.Portal.Schema.Callers;
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
/// Registering for a session, or for all of a series: a member for themselves or a child, a group, or somebody without a card where
/// the program is open to everybody. Where no seat is left the same form asks for a place on the waitlist.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Visitors)]
[ResponseCache(NoStore = true)]
internal sealed class RegisterModel(
    LibraryDbContext db, SessionRegistrations registrations, Household household, WhatsOn whatsOn, LibraryCalendar calendar, LibrarySettings settings, SiteChrome chrome) : PageModel
{
    /// <summary>Which version of the words of consent stands on the page; it changes with them.</summary>
    public const string ConsentWording = "2026-11";

    /// <summary>The key of the child who takes part; null for oneself.</summary>
    [BindProperty(SupportsGet = true, Name = "for")]
    public long? For { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public DateOnly? BirthDate { get; set; }

    [BindProperty]
    public int Companions { get; set; }

    /// <summary>What the group is called; empty where nobody comes as one.</summary>
    [BindProperty]
    public string? Group { get; set; }

    [BindProperty]
    public int? GroupSize { get; set; }

    [BindProperty]
    public IReadOnlyList<AccommodationKind> Needs { get; set; } = [];

    [BindProperty]
    public string? NeedNote { get; set; }

    [BindProperty]
    public string? Guardian { get; set; }

    [BindProperty]
    public string? GuardianContact { get; set; }

    /// <summary>The guardian's yes to taking part.</summary>
    [BindProperty]
    public bool Participation { get; set; }

    /// <summary>The guardian's yes to pictures; it can be left out.</summary>
    [BindProperty]
    public bool Photographs { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    /// <summary>Whether they were shown that there is no seat and want to wait.</summary>
    [BindProperty]
    public bool Wait { get; set; }

    /// <summary>Whether the form was opened by somebody who was signed in: without a session it is kept for them until they are again.</summary>
    [BindProperty]
    public bool WasSignedIn { get; set; }

    /// <inheritdoc cref="AccountPage.Told"/>
    [TempData]
    public string? Told { get; set; }

    public Happening Happening { get; private set; } = null!;

    public LibraryProgram Program => Happening.Program!;

    /// <summary>What is registered for: one session, or all of a series that are to come.</summary>
    public IReadOnlyList<(Session Session, string? Place)> Sessions { get; private set; } = [];

    public bool IsSeries => Program.Enrolment == Enrolment.WholeSeries;

    /// <summary>Who is signed in; null for a visitor.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>Who takes part; null for somebody without a card.</summary>
    public ActingFor? Acting { get; private set; }

    public IReadOnlyList<Member> Wards { get; private set; } = [];

    /// <summary>Why nobody can register now; null when they can.</summary>
    public string? WhyClosed { get; private set; }

    /// <summary>The ticket that they have already; null where they have none.</summary>
    public string? Ticket { get; private set; }

    /// <summary>Whether somebody without a card is asked to become a member first.</summary>
    public bool NeedsCard => Acting is null && !Program.OpenToNonMembers;

    /// <summary>Whether a guardian is asked for consent here: for a child of theirs, or for a visitor who may be under age.</summary>
    public bool AsksConsent { get; private set; }

    /// <summary>Whether a member under age registers alone: that needs a consent which their guardian has given once for all.</summary>
    public bool IsMinorAlone { get; private set; }

    /// <summary>The fewest seats that are left in any of the sessions.</summary>
    public int SeatsLeft => Sessions.Min(one => one.Session.SeatsLeft);

    /// <summary>The place in the queue that one would get.</summary>
    public int NextInQueue => Sessions.Max(one => one.Session.Waiting) + 1;

    private Session First => Sessions[0].Session;

    /// <summary>The page of an address that leads to a ticket, in the reader's language.</summary>
    public string Address(long? ward) => PortalChrome.InLanguage(AddressOf(Program, IsSeries ? null : First)) + (ward is { } id ? string.Create(CultureInfo.InvariantCulture, $"?for={id}") : "");

    /// <summary>Where one registers, from the site's root.</summary>
    public static string AddressOf(LibraryProgram program, Session? session) => session is null
        ? string.Create(CultureInfo.InvariantCulture, $"/programs/{program.Id}/register")
        : string.Create(CultureInfo.InvariantCulture, $"/programs/{program.Id}/register/{session.Id}");

    public async Task<IActionResult> OnGetAsync(long id, long? session, CancellationToken stop)
    {
        if (await LoadAsync(id, session, stop) is { } elsewhere) return elsewhere;

        if (Acting is { IsSelf: false } && await HouseholdMemberAsync(stop) is { } guardian) GuardianContact = guardian.Phone ?? guardian.Email;
        Wait = SeatsLeft <= 0;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, long? session, CancellationToken stop)
    {
        if (WasSignedIn && User.Identity?.IsAuthenticated != true) return Challenge();
        if (await LoadAsync(id, session, stop) is { } elsewhere) return elsewhere;
        if (NeedsCard) return this.Refuse(ProgramRefusals.MembersOnly);
        if (Needs.Contains(AccommodationKind.Other) && string.IsNullOrWhiteSpace(NeedNote)) this.Fault(nameof(NeedNote), FormText.Get("Missing"));
        if (!ModelState.IsValid) return this.Refused();

        var by = Acting?.By ?? Actor.System("registration page");
        var asked = await RequestAsync(stop);
        var outcome = IsSeries
            ? (await registrations.EnrolAsync(Program.Id, asked, by, stop)).Select(all => all[0])
            : await registrations.RegisterAsync(First.Id, asked, by, stop);
        if (Acting is null) return await AnswerVisitorAsync(outcome, asked, () => LoadAsync(id, session, stop));
        if (outcome.Refusal is not { } refusal) return Done(outcome.Value.TicketCode, outcome.Value.Status);
        if (refusal.Equals(ProgramRefusals.AlreadyRegistered) && await KnownAsync(asked, stop) is { } known) return Done(known.TicketCode, known.Status);

        await LoadAsync(id, session, stop);
        return Explain(refusal);
    }

    /// <summary>
    /// Somebody without a card gets their ticket by mail only, so a stranger who types another's address learns nothing. Whether the
    /// address is registered already makes no difference to the answer: it says what everybody can see, that there is a seat or none.
    /// </summary>
    private async Task<IActionResult> AnswerVisitorAsync(Outcome<Registration> outcome, RegistrationRequest asked, Func<Task> reload)
    {
        var full = Sessions.Select(one => one.Session).FirstOrDefault(one => one.SeatsLeft < asked.Seats);
        var isKnown = outcome.Refusal is { } no && no.Equals(ProgramRefusals.AlreadyRegistered);
        if (isKnown && full is not null && !Wait) return Explain(IsSeries ? ProgramRefusals.SeriesFull(calendar.DateOf(full.StartsAt)) : ProgramRefusals.Full(full.SeatsLeft));
        if (isKnown && full is not null && Sessions.Any(one => one.Session.Waiting >= SessionRegistrations.MostWaiting)) return Explain(ProgramRefusals.WaitlistFull);
        if (isKnown || outcome.Succeeded)
        {
            Told = RegistrationText.Get(full is null ? "Done.Visitor" : "Done.Visitor.Waits", asked.Email!);
            return LocalRedirect(Address(null));
        }

        await reload();
        return Explain(outcome.Refusal!);
    }

    /// <summary>To the ticket.</summary>
    private LocalRedirectResult Done(string ticket, RegistrationStatus status)
    {
        Told = RegistrationText.Get(status is not RegistrationStatus.Waiting ? "Done" : "Done.Waits");
        return LocalRedirect(PortalChrome.InLanguage(TicketModel.AddressOf(ticket)));
    }

    private PageResult Explain(Refusal refusal)
    {
        var isFull = refusal.Code is "programs.full" or "programs.series_full";
        if (!isFull)
        {
            return this.Refuse(
                refusal,
                ("programs.too_many_companions", nameof(Companions)), ("programs.more_than_all_seats", Group is null ? nameof(Companions) : nameof(GroupSize)),
                ("programs.no_groups", nameof(GroupSize)), ("programs.group_too_large", nameof(GroupSize)), ("programs.consent_needed", AsksConsent ? nameof(Participation) : ""),
                ("programs.too_young", Acting is null ? nameof(BirthDate) : ""), ("programs.too_old", Acting is null ? nameof(BirthDate) : ""));
        }

        // The same form, with everything in it, now asks for the waitlist.
        ModelState.Remove(nameof(Wait));
        Wait = true;
        this.Fault("", $"{refusal.Explain(CultureInfo.CurrentUICulture)} {RegistrationText.Get("Full.Kept", NextInQueue)}");
        return this.Refused();
    }

    private async Task<RegistrationRequest> RequestAsync(CancellationToken stop)
    {
        var isGroup = !string.IsNullOrWhiteSpace(Group) || GroupSize > 0;
        return new RegistrationRequest
        {
            MemberId = Acting?.Member.Id,
            Name = Acting is null ? Name : null,
            Email = Acting is null ? Email : null,
            BirthDate = Acting is null ? BirthDate : null,
            Companions = isGroup ? 0 : Companions,
            GroupName = isGroup ? Group : null,
            GroupSize = isGroup ? Math.Max(1, GroupSize ?? 0) : 0,
            Needs = [.. Needs.Distinct().Select((kind, place) => new AccommodationWish(kind, kind == AccommodationKind.Other || (place == 0 && !Needs.Contains(AccommodationKind.Other)) ? NeedNote : null))],
            Consents = [.. await ConsentsAsync(stop)],
            Note = Note,
            Culture = ContentCards.Culture,
            WaitIfFull = Wait,
        };
    }

    private async Task<IEnumerable<GuardianConsentGiven>> ConsentsAsync(CancellationToken stop)
    {
        if (!AsksConsent || (!Participation && !Photographs)) return [];

        var name = Acting is null ? Guardian ?? "" : (await HouseholdMemberAsync(stop))?.Name ?? Caller!.Name;
        GuardianConsentGiven Given(GuardianConsentPurpose purpose) => new(purpose, name, GuardianContact ?? "", ConsentChannel.Portal, ConsentWording);
        return [.. Participation ? [Given(GuardianConsentPurpose.Participation)] : (GuardianConsentGiven[])[], .. Photographs ? [Given(GuardianConsentPurpose.Photographs)] : (GuardianConsentGiven[])[]];
    }

    /// <summary>The record of whoever is signed in, who may be somebody else than who takes part.</summary>
    private Task<Member?> HouseholdMemberAsync(CancellationToken stop)
    {
        var memberId = Caller?.MemberId;
        return db.Members.AsNoTracking().FirstOrDefaultAsync(member => member.Id == memberId, stop);
    }

    private async Task<Registration?> KnownAsync(RegistrationRequest asked, CancellationToken stop)
    {
        var (memberId, email, sessions) = (asked.MemberId, asked.Email?.Trim().ToLowerInvariant(), Sessions.Select(one => one.Session.Id).ToList());
        return await db.Registrations.AsNoTracking().ThatCount()
            .Where(one => sessions.Contains(one.SessionId) && (memberId != null ? one.MemberId == memberId : one.Email == email))
            .OrderBy(one => one.Session.StartsAt).FirstOrDefaultAsync(stop);
    }

    private async Task<IActionResult?> LoadAsync(long id, long? sessionId, CancellationToken stop)
    {
        if (await whatsOn.ProgramAsync(id, stop) is not { Sessions.Count: > 0 } happening) return NotFound();

        Happening = happening;
        if (IsSeries && sessionId is not null) return LocalRedirect(PortalChrome.InLanguage(AddressOf(Program, null)));
        var sessions = happening.Sessions.Where(one => IsSeries ? one.Status == SessionStatus.Scheduled : one.Id == sessionId).ToList();
        if (sessions.Count == 0) return sessionId is null ? LocalRedirect(PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/programs/{id}"))) : NotFound();

        var placed = new List<(Session, string?)>();
        foreach (var one in sessions) placed.Add((one, await whatsOn.PlaceAsync(one, stop)));
        (Sessions, WhyClosed) = (placed, sessions.Select(one => one.WhyClosed(calendar)).FirstOrDefault(closed => closed is not null)?.Explain(CultureInfo.CurrentUICulture));
        chrome.Head.IsIndexed = false;
        return await WhoAsync(stop);
    }

    private async Task<IActionResult?> WhoAsync(CancellationToken stop)
    {
        Caller = await household.CallerAsync(User, stop);
        if (Caller is null) return For is null ? AsVisitor() : Challenge();
        Acting = await household.FindAsync(Caller, For, stop);
        if (Acting is null) return For is null ? AsVisitor() : NotFound();

        Wards = await household.WardsAsync(Caller, stop);
        var isMinor = Program.NeedsGuardianConsent && Acting.Member.IsMinorOn(calendar.DateOf(First.StartsAt), settings.Members.AgeOfMajority);
        (AsksConsent, IsMinorAlone) = (isMinor && !Acting.IsSelf, isMinor && Acting.IsSelf);
        Ticket = (await KnownAsync(new RegistrationRequest { MemberId = Acting.Member.Id }, stop))?.TicketCode;
        return null;
    }

    private NotFoundResult? AsVisitor()
    {
        AsksConsent = Program.OpenToNonMembers && Program.NeedsGuardianConsent;
        return null;
    }
}
