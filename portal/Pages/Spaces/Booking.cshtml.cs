using System.Globalization;
using System.Text;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Library.Time;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Spaces;

/// <summary>
/// One booking: how it stands, checking in, moving it, giving it up, alone or with what is left of its series. A member's is for the
/// member and the guardian alone; that of an organiser without a card is for whoever has the link from their letter.
/// </summary>
[AllowAnonymous]
[ResponseCache(NoStore = true)]
internal sealed class BookingModel(
    LibraryDbContext db, Bookings bookings, SpaceTimetable timetable, Household household, LibraryCalendar calendar, Dates dates, SiteChrome chrome) : PageModel
{
    private const int MostOccurrences = 100;

    /// <summary>The day to which it is moved.</summary>
    [BindProperty]
    public DateOnly? Date { get; set; }

    /// <summary>The time to which it is moved.</summary>
    [BindProperty]
    public TimeOnly? Time { get; set; }

    /// <summary>How many slots it lasts then.</summary>
    [BindProperty]
    public int Slots { get; set; }

    /// <summary>A free slot that was taken up instead, as its start.</summary>
    [BindProperty]
    public string? Instead { get; set; }

    /// <inheritdoc cref="AccountPage.Told"/>
    [TempData]
    public string? Told { get; set; }

    public Booking Booking { get; private set; } = null!;

    public Space Space => Booking.Space;

    public string Name => Space.LocalName.Explain(CultureInfo.CurrentUICulture);

    public ActingFor? Acting { get; private set; }

    /// <summary>What they have besides the space.</summary>
    public IReadOnlyList<(string Name, int Count)> Things { get; private set; } = [];

    /// <summary>All bookings of the same series in order; none where it is of none.</summary>
    public IReadOnlyList<Booking> Series { get; private set; } = [];

    /// <summary>What could be had instead of a time that is taken.</summary>
    public IReadOnlyList<FreeAlternative> NearestFree { get; private set; } = [];

    /// <summary>When slots of the space start on its days, by the library's clock.</summary>
    public IReadOnlyList<TimeOnly> Starts { get; private set; } = [];

    public bool IsOpen => Booking.IsOpen && calendar.Now < Booking.StartsAt;

    public bool CanCheckIn => Booking.Status == BookingStatus.Confirmed && Space.Kind.ChecksIn
        && calendar.Now >= Booking.StartsAt.AddMinutes(-Space.Kind.CheckInOpensMinutes) && calendar.Now < Booking.EndsAt;

    public int OpenInSeries => Series.Count(one => one.IsOpen && calendar.Now < one.StartsAt);

    /// <summary>Where a booking is, from the site's root.</summary>
    public static string AddressOf(string uid) => $"/spaces/bookings/{uid}";

    public async Task<IActionResult> OnGetAsync(string uid, CancellationToken stop)
    {
        if (await LoadAsync(uid, stop) is { } elsewhere) return elsewhere;

        var local = dates.Local(Booking.StartsAt);
        (Date, Time, Slots) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), (int)(Booking.When.Duration / Space.Slot));
        return Page();
    }

    /// <summary>The booking as a calendar file, with the UID and the SEQUENCE that its letters have.</summary>
    public async Task<IActionResult> OnGetCalendarAsync(string uid, CancellationToken stop)
    {
        if (await LoadAsync(uid, stop) is { } elsewhere) return elsewhere;

        var entry = new CalendarEvent
        {
            Uid = Booking.Uid, Sequence = Booking.Sequence, When = Booking.When, UpdatedAt = Booking.UpdatedAt, Summary = Booking.Title, Location = Name,
            Status = Booking.Status switch
            {
                BookingStatus.Requested => CalendarEventStatus.Tentative,
                BookingStatus.Confirmed or BookingStatus.CheckedIn => CalendarEventStatus.Confirmed,
                _ => CalendarEventStatus.Cancelled,
            },
        };
        return Content(CalendarFile.Write(CalendarMethod.Publish, [entry]), CalendarFile.MediaType, Encoding.UTF8);
    }

    public Task<IActionResult> OnPostCheckInAsync(string uid, CancellationToken stop) =>
        ChangeAsync(uid, by => bookings.CheckInAsync(Booking.Id, by, stop), "CheckedIn", stop);

    public Task<IActionResult> OnPostCancelAsync(string uid, CancellationToken stop) =>
        ChangeAsync(uid, by => bookings.CancelAsync(Booking.Id, null, by, stop), "Cancelled", stop);

    public Task<IActionResult> OnPostCancelSeriesAsync(string uid, CancellationToken stop) =>
        ChangeAsync(uid, by => bookings.CancelSeriesAsync(Booking.Id, null, by, stop), "Cancelled.Series", stop);

    public Task<IActionResult> OnPostMoveAsync(string uid, CancellationToken stop)
    {
        if (DateTime.TryParseExact(Instead, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            ModelState.Remove(nameof(Date));
            ModelState.Remove(nameof(Time));
            (Date, Time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        }

        if (Date is null) this.Fault(nameof(Date), FormText.Get("Missing"));
        if (Time is null) this.Fault(nameof(Time), FormText.Get("Missing"));
        return ChangeAsync(uid, by => MoveAsync(by, stop), "Moved", stop);
    }

    private async Task<Outcome<Booking>> MoveAsync(Actor by, CancellationToken stop)
    {
        if (Date < dates.Today.AddDays(-1) || Date > dates.Today.AddDays(Bookings.MostDaysAheadForStaff)) return SpaceRefusals.InThePast;

        var start = calendar.InstantOf(Date!.Value, Time!.Value);
        var end = start + (Space.Slot * Math.Clamp(Slots, 1, 96));
        var moved = await bookings.MoveAsync(Booking.Id, Space.Id, start, end, null, by, stop);
        if (moved.Refusal?.Code == "spaces.taken")
        {
            var wished = new BookingRequest { SpaceId = Space.Id, StartsAt = start, EndsAt = end, Title = Booking.Title, Heads = Booking.Heads };
            NearestFree = [.. (await timetable.InsteadOfAsync(wished, 20, stop)).Where(free => free.Space.Id == Space.Id).Take(6)];
        }

        return moved;
    }

    private async Task<IActionResult> ChangeAsync(string uid, Func<Actor, Task<Outcome<Booking>>> change, string told, CancellationToken stop)
    {
        if (await LoadAsync(uid, stop) is { } elsewhere) return elsewhere;
        if (!ModelState.IsValid) return this.Refused();

        var outcome = await change(Acting?.By ?? Actor.System("booking page"));
        if (outcome.Refusal is { } refusal)
        {
            await LoadAsync(uid, stop);
            return this.Refuse(refusal, ("spaces.taken", nameof(Time)), ("spaces.not_on_slots", nameof(Time)), ("spaces.too_long", nameof(Slots)), ("spaces.closed", nameof(Date)), ("spaces.too_far_ahead", nameof(Date)));
        }

        Told = BookingText.Get(told == "Moved" && outcome.Value.Status == BookingStatus.Requested ? "Moved.Requested" : told);
        return LocalRedirect(PortalChrome.InLanguage(AddressOf(uid)));
    }

    private async Task<IActionResult?> LoadAsync(string uid, CancellationToken stop)
    {
        chrome.Head.IsIndexed = false;
        if (await db.Bookings.AsNoTracking().WithUid(uid).Include(one => one.Space.Kind).Include(one => one.Equipment).SingleOrDefaultAsync(stop) is not { } found) return NotFound();
        if (found.MemberId is { } memberId)
        {
            if (await household.CallerAsync(User, stop) is not { } caller) return Challenge();
            if (await household.FindAsync(caller, memberId, stop) is not { } acting) return NotFound();
            Acting = acting;
        }
        else if (found.Email is null)
        {
            // The library's own, which the desk looks after.
            return NotFound();
        }

        Booking = found;
        var names = await db.Equipment.AsNoTracking().Where(one => one.BranchId == found.Space.BranchId).OrderBy(one => one.Id).Take(200).ToDictionaryAsync(one => one.Id, one => one.LocalName, stop);
        Things = [.. found.Equipment.Select(one => (names.TryGetValue(one.EquipmentId, out var name) ? name.Explain(CultureInfo.CurrentUICulture) : "", one.Count))];
        Series = found.SeriesId is { } series
            ? await db.Bookings.AsNoTracking().Where(one => one.SeriesId == series).OrderBy(one => one.StartsAt).Take(MostOccurrences).ToListAsync(stop)
            : [];
        if (IsOpen) Starts = await StartsAsync(stop);
        return null;
    }

    private async Task<IReadOnlyList<TimeOnly>> StartsAsync(CancellationToken stop)
    {
        var week = await timetable.BetweenAsync(Space.BranchId, dates.Today, dates.Today.AddDays(7), Space.Id, stop);
        return week.Succeeded ? [.. week.Value.SelectMany(day => day.Slots).Select(slot => TimeOnly.FromDateTime(dates.Local(slot.StartsAt))).Distinct().Order()] : [];
    }
}

/// <summary>How a booking stands, in a word.</summary>
internal static class BookingStanding
{
    public static Mark MarkOf(Booking booking) => new(BookingText.Get($"Status.{booking.Status}"), booking.Status switch
    {
        BookingStatus.Confirmed or BookingStatus.CheckedIn => Tone.Good,
        BookingStatus.Requested => Tone.Caution,
        BookingStatus.Declined or BookingStatus.NoShow or BookingStatus.Lapsed => Tone.Bad,
        _ => Tone.Plain,
    });
}
