using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Spaces;
using Metro.Library.Time;
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

namespace Metro.Portal.Pages.Spaces;

/// <summary>
/// Booking a slot that was chosen in the timetable, for oneself or for a child, once or week by week. Of a repeated booking every date is shown as free or
/// taken before anything is sent; where a slot is gone, the nearest free ones are offered with everything that was typed.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Visitors)]
[ResponseCache(NoStore = true)]
internal sealed class BookModel(
    LibraryDbContext db, Bookings bookings, SpaceTimetable timetable, Household household, LibraryCalendar calendar, Dates dates, SiteChrome chrome) : PageModel
{
    /// <summary>The most weeks that one form asks for.</summary>
    public const int MostTimes = 26;

    private const int MostThings = 50;

    /// <summary>The key of the child for whom it is booked; null for oneself.</summary>
    [BindProperty(SupportsGet = true, Name = "for")]
    public long? For { get; set; }

    /// <summary>The day, by the library's clock.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Date { get; set; }

    /// <summary>When it starts, by the library's clock.</summary>
    [BindProperty(SupportsGet = true)]
    public TimeOnly? Time { get; set; }

    /// <summary>How many slots it lasts.</summary>
    [BindProperty]
    public int Slots { get; set; } = 1;

    /// <summary>What it is for.</summary>
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public int Heads { get; set; } = 1;

    /// <summary>Who organises, where nobody with a card does.</summary>
    [BindProperty]
    public string? Organiser { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    /// <summary>Every how many weeks it comes again; 0 for once.</summary>
    [BindProperty]
    public int Every { get; set; }

    /// <summary>How often in all, where it comes again.</summary>
    [BindProperty]
    public int Times { get; set; } = 4;

    /// <summary>The dates that were ticked.</summary>
    [BindProperty]
    public IReadOnlyList<DateOnly> Chosen { get; set; } = [];

    /// <summary>For which pattern the dates were shown; another pattern is shown first.</summary>
    [BindProperty]
    public string? Shown { get; set; }

    /// <summary>A free slot that was taken up instead: the key of its space, and its start.</summary>
    [BindProperty]
    public string? Instead { get; set; }

    /// <summary>Whether the form was opened by somebody who was signed in: without a session it is kept for them until they are again.</summary>
    [BindProperty]
    public bool WasSignedIn { get; set; }

    /// <inheritdoc cref="AccountPage.Told"/>
    [TempData]
    public string? Told { get; set; }

    public Space Space { get; private set; } = null!;

    public string Name => Space.LocalName.Explain(CultureInfo.CurrentUICulture);

    public Caller? Caller { get; private set; }

    public ActingFor? Acting { get; private set; }

    /// <summary>The children for whom the signed-in person can book as well.</summary>
    public IReadOnlyList<Member> Wards { get; private set; } = [];

    public DateTime StartsAt { get; private set; }

    /// <summary>How long it can last from the chosen start: numbers of slots, and when it would end.</summary>
    public IReadOnlyList<(int Slots, DateTime EndsAt)> Lengths { get; private set; } = [];

    public IReadOnlyList<Equipment> Equipment { get; private set; } = [];

    /// <summary>What the library would answer about each date; empty where it does not come again, or nobody has asked yet.</summary>
    public IReadOnlyList<OccurrenceAnswer> Occurrences { get; private set; } = [];

    /// <summary>What could be had instead of a slot that is gone.</summary>
    public IReadOnlyList<FreeAlternative> NearestFree { get; private set; } = [];

    /// <summary>Why whoever looks cannot book it; null when they can.</summary>
    public string? NotFor { get; private set; }

    public string Pattern => string.Create(CultureInfo.InvariantCulture, $"{Space.Id} {StartsAt:O} {Slots} {Every} {Times}");

    public bool ShowsDates => Occurrences.Count > 0;

    /// <summary>Where a slot is booked, from the site's root.</summary>
    public static string AddressOf(long space, DateTime local) => string.Create(CultureInfo.InvariantCulture, $"/spaces/{space}/book?date={local:yyyy-MM-dd}&time={local:HH:mm}");

    /// <summary>Where the same slot is booked for oneself, or for a child.</summary>
    public string AddressFor(long? ward) =>
        PortalChrome.InLanguage(AddressOf(Space.Id, dates.Local(StartsAt))) + (ward is { } child ? string.Create(CultureInfo.InvariantCulture, $"&for={child}") : "");

    /// <summary>A free slot as a button says it to the server.</summary>
    public string Choice(FreeAlternative free) => string.Create(CultureInfo.InvariantCulture, $"{free.Space.Id} {dates.Local(free.StartsAt):yyyy-MM-ddTHH:mm}");

    /// <summary>The name of the question how many of a thing are wanted.</summary>
    public static string NameOf(Equipment thing) => string.Create(CultureInfo.InvariantCulture, $"thing-{thing.Id}");

    /// <summary>What was answered to it; null where nobody has been asked yet.</summary>
    public string? Typed(Equipment thing) => Request.HasFormContentType ? Request.Form[NameOf(thing)].FirstOrDefault()?.Trim() : null;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop) =>
        await LoadAsync(id, stop) is { } elsewhere ? elsewhere : Page();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken stop)
    {
        if (WasSignedIn && User.Identity?.IsAuthenticated != true) return Challenge();
        if (TakeInstead() is { } other) id = other;
        if (await LoadAsync(id, stop) is { } elsewhere) return elsewhere;
        var things = Things();
        if (NotFor is not null || !ModelState.IsValid) return this.Refused();

        var (asked, by) = (Wish(things), Acting?.By ?? Actor.System("booking page"));
        if (Every == 0) return await DoneAsync(await bookings.BookAsync(asked, by, stop), asked, stop);

        var weekly = RecurrenceRule.Parse(string.Create(CultureInfo.InvariantCulture, $"FREQ=WEEKLY;INTERVAL={Math.Clamp(Every, 1, 4)};COUNT={Math.Clamp(Times, 2, MostTimes)}"))!;
        var repeated = new RecurringBookingRequest(asked, new Recurrence(Date!.Value, weekly));
        if (Shown != Pattern) return await ShowDatesAsync(repeated, by, everyFree: true, stop) ?? Page();
        if (Chosen.Count == 0) return await WithDatesAsync(SpaceRefusals.NoDates, repeated, by, stop);

        var outcome = await bookings.BookAsync(repeated with { Chosen = Chosen }, by, stop);
        return outcome.Refusal is { Code: "spaces.not_all_free" or "spaces.none_free" } gone
            ? await WithDatesAsync(gone, repeated, by, stop)
            : await DoneAsync(outcome.Select(all => all[0].Booking!), asked, stop);
    }

    private async Task<IActionResult> DoneAsync(Outcome<Booking> outcome, BookingRequest asked, CancellationToken stop)
    {
        if (outcome.Refusal is { } refusal) return await ExplainAsync(refusal, asked, stop);

        var booking = outcome.Value;
        Told = BookingText.Get(booking.Status == BookingStatus.Requested ? "Done.Requested" : "Done", dates.Span(booking.StartsAt, booking.EndsAt));
        return LocalRedirect(PortalChrome.InLanguage(BookingModel.AddressOf(booking.Uid)));
    }

    private async Task<PageResult> ExplainAsync(Refusal refusal, BookingRequest asked, CancellationToken stop)
    {
        if (refusal.Code is "spaces.taken" or "spaces.closed" or "spaces.in_the_past" or "spaces.too_short_notice") NearestFree = await timetable.InsteadOfAsync(asked, 6, stop);
        return this.Refuse(refusal, ("spaces.too_many_heads", nameof(Heads)), ("spaces.too_long", nameof(Slots)));
    }

    /// <summary>Shows every date as free or taken; what is wrong with the whole instead, where something is.</summary>
    private async Task<IActionResult?> ShowDatesAsync(RecurringBookingRequest repeated, Actor by, bool everyFree, CancellationToken stop)
    {
        var preview = await bookings.PreviewAsync(repeated, by, stop);
        if (preview.Refusal is { } refusal) return await ExplainAsync(refusal, repeated.First, stop);

        Occurrences = preview.Value;
        if (everyFree) Chosen = [.. Occurrences.Where(one => one.WhyNot is null).Select(one => one.Date)];
        ModelState.Remove(nameof(Shown));
        Shown = Pattern;
        return null;
    }

    private async Task<IActionResult> WithDatesAsync(Refusal refusal, RecurringBookingRequest repeated, Actor by, CancellationToken stop)
    {
        if (await ShowDatesAsync(repeated, by, everyFree: false, stop) is { } wrong) return wrong;
        return this.Refuse(refusal);
    }

    /// <summary>Puts a free slot that was offered in the place of the one that is gone.</summary>
    /// <returns>The key of its space; null where none was taken up.</returns>
    private long? TakeInstead()
    {
        if (Instead?.Split(' ') is not [var space, var start] || !long.TryParse(space, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !DateTime.TryParseExact(start, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;

        ModelState.Remove(nameof(Date));
        ModelState.Remove(nameof(Time));
        (Date, Time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        return id;
    }

    /// <summary>How many of which thing are wanted; a binder would take every answer of the form for one.</summary>
    private List<EquipmentWish> Things()
    {
        var wishes = new List<EquipmentWish>();
        foreach (var thing in Equipment)
        {
            var name = NameOf(thing);
            if (Typed(thing) is not { Length: > 0 } typed) continue;
            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) this.Fault(name, FormText.Get("NotANumber"));
            else if (count > 0) wishes.Add(new EquipmentWish(thing.Id, count));
        }

        return wishes;
    }

    private BookingRequest Wish(IReadOnlyList<EquipmentWish> things) => new()
    {
        SpaceId = Space.Id,
        StartsAt = StartsAt,
        EndsAt = StartsAt + (Space.Slot * Math.Clamp(Slots, 1, 96)),
        MemberId = Acting?.Member.Id,
        OrganiserName = Acting?.Member.Name ?? Organiser,
        Email = Acting is null ? Email : null,
        Title = Title ?? "",
        Heads = Heads,
        Equipment = things,
        Note = Note,
        Culture = ContentCards.Culture,
    };

    private async Task<IActionResult?> LoadAsync(long id, CancellationToken stop)
    {
        if (await db.Spaces.AsNoTracking().Include(one => one.Kind).SingleOrDefaultAsync(one => one.Id == id && one.IsActive && one.Kind.Audience != SpaceAudience.Staff, stop) is not { } space) return NotFound();
        if (Date is not { } date || Time is not { } time || date < dates.Today.AddDays(-1) || date > dates.Today.AddDays(Bookings.MostDaysAheadForStaff))
            return LocalRedirect(PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/spaces/{id}")));

        (Space, StartsAt) = (space, calendar.InstantOf(date, time));
        chrome.Head.IsIndexed = false;
        Equipment = await db.Equipment.AsNoTracking().Where(one => one.BranchId == space.BranchId && one.Total > 0).OrderBy(one => one.Name).Take(MostThings).ToListAsync(stop);
        Lengths = await LengthsAsync(date, stop);
        Caller = await household.CallerAsync(User, stop);
        if (Caller is null && For is not null) return Challenge();
        Acting = Caller is null ? null : await household.FindAsync(Caller, For, stop);
        if (Acting is null && For is not null) return NotFound();
        Wards = Caller is null ? [] : await household.WardsAsync(Caller, stop);
        NotFor = (space.Kind.Audience, Acting?.Member) switch
        {
            (SpaceAudience.Everybody, _) => null,
            (_, null) => BookingText.Get("Card"),
            (SpaceAudience.Organisations, { IsPerson: true }) => BookingText.Get("Group"),
            _ => null,
        };
        return null;
    }

    /// <summary>One slot at least, and as many more as follow free and without a break.</summary>
    private async Task<IReadOnlyList<(int, DateTime)>> LengthsAsync(DateOnly date, CancellationToken stop)
    {
        var day = await timetable.BetweenAsync(Space.BranchId, date, date, Space.Id, stop);
        var free = day.Succeeded ? day.Value.SelectMany(one => one.Slots).Where(slot => slot.IsFree).Select(slot => slot.StartsAt).ToHashSet() : [];
        var follow = Enumerable.Range(1, Space.MostSlots - 1).TakeWhile(slots => free.Contains(StartsAt + (Space.Slot * slots))).Count();
        // What was chosen stays to be seen, also when it has just been taken.
        return [.. Enumerable.Range(1, Space.MostSlots).Where(slots => slots <= 1 + follow || slots == Slots).Select(slots => (slots, StartsAt + (Space.Slot * slots)))];
    }
}
