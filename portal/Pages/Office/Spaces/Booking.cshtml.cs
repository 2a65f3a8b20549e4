using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>One booking or request: answered with its rivals in sight, checked in, moved, cancelled.</summary>
internal sealed class BookingModel(LibraryDbContext db, Bookings bookings, LibraryCalendar calendar, SpaceTimetable timetable, Dates dates) : DeskPage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Whether the approver knows that rivals are declined by this.</summary>
    [BindProperty]
    public bool DeclineRivals { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public long? Space { get; set; }

    [BindProperty]
    public DateOnly? Date { get; set; }

    [BindProperty]
    public TimeOnly? From { get; set; }

    [BindProperty]
    public string? MoveReason { get; set; }

    [BindProperty]
    public string? CancelReason { get; set; }

    /// <summary>Whether what is left of a recurring request is cancelled with it.</summary>
    [BindProperty]
    public bool WholeSeries { get; set; }

    public Booking Booking { get; private set; } = null!;

    /// <summary>Who organises, in words.</summary>
    public string Organiser { get; private set; } = "";

    public IReadOnlyList<Booking> Rivals { get; private set; } = [];

    public IReadOnlyList<(string Name, int Count)> Equipment { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Spaces { get; private set; } = [];

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    /// <summary>What could be had instead of a time that is taken.</summary>
    public IReadOnlyList<FreeAlternative> Alternatives { get; private set; } = [];

    public bool CanChange => Booking.IsOpen && calendar.Now < Booking.StartsAt;

    public bool CanCheckIn => Booking.Status == BookingStatus.Confirmed && Booking.CheckInClosesAt is { } closes && calendar.Now < closes
        && calendar.Now >= Booking.StartsAt.AddMinutes(-Booking.Space.Kind.CheckInOpensMinutes);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        (Space, Date, From) = (Booking.SpaceId, dates.DateOf(Booking.StartsAt), TimeOnly.FromDateTime(dates.Local(Booking.StartsAt)));
        return Page();
    }

    public async Task<IActionResult> OnPostApproveAsync(CancellationToken stop) =>
        await AfterAsync(await bookings.ApproveAsync(Id, DeclineRivals, Staff, stop), "Told.Approved", stop, ("spaces.rivals_wait", nameof(DeclineRivals)));

    public async Task<IActionResult> OnPostDeclineAsync(CancellationToken stop) =>
        await AfterAsync(await bookings.DeclineAsync(Id, Reason ?? "", Staff, stop), "Told.Declined", stop,
            ("input.missing", nameof(Reason)), ("input.too_long", nameof(Reason)), ("input.unreadable", nameof(Reason)));

    public async Task<IActionResult> OnPostCheckInAsync(CancellationToken stop) =>
        await AfterAsync(await bookings.CheckInAsync(Id, Staff, stop), "Told.CheckedIn", stop);

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken stop) =>
        await AfterAsync(
            WholeSeries ? await bookings.CancelSeriesAsync(Id, CancelReason, Staff, stop) : await bookings.CancelAsync(Id, CancelReason, Staff, stop),
            "Told.Cancelled", stop, ("input.too_long", nameof(CancelReason)), ("input.unreadable", nameof(CancelReason)));

    public async Task<IActionResult> OnPostMoveAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        if (Date is not { } date || From is not { } from || Space is not { } space)
        {
            foreach (var (name, value) in ((string, object?)[])[(nameof(Date), Date), (nameof(From), From), (nameof(Space), Space)])
                if (value is null && ModelState[name]?.Errors.Count is not > 0) this.Fault(name, FormText.Get("Missing"));
            return this.Refused();
        }

        var starts = calendar.InstantOf(date, from);
        var wished = new BookingRequest { SpaceId = space, StartsAt = starts, EndsAt = starts + Booking.When.Duration, Title = Booking.Title, Heads = Booking.Heads };
        var moved = await bookings.MoveAsync(Id, space, wished.StartsAt, wished.EndsAt, MoveReason, Staff, stop);
        if (moved.Refusal is { Code: "spaces.taken" or "spaces.closed" or "spaces.not_on_slots" }) Alternatives = await timetable.InsteadOfAsync(wished, stop: stop);
        return await AfterAsync(moved, "Told.Moved", stop,
            ("spaces.taken", nameof(From)), ("spaces.closed", nameof(Date)), ("spaces.not_on_slots", nameof(From)), ("spaces.in_the_past", nameof(Date)), ("spaces.too_far_ahead", nameof(Date)),
            ("spaces.unknown_space", nameof(Space)), ("input.too_long", nameof(MoveReason)), ("input.unreadable", nameof(MoveReason)));
    }

    private async Task<IActionResult> AfterAsync(Outcome<Booking> outcome, string told, CancellationToken stop, params (string Code, string Field)[] about)
    {
        if (outcome.Refusal is not { } refusal) return Tell(SpaceDeskText.Get(told), $"/desk/bookings/{Key(Id)}");
        return await LoadAsync(stop) ? this.Refuse(refusal, about) : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        var found = await db.Bookings.AsNoTracking().Include(booking => booking.Space.Kind).Include(booking => booking.Equipment).SingleOrDefaultAsync(booking => booking.Id == Id, stop);
        if (found is null) return false;

        Booking = found;
        var member = found.MemberId is { } memberId ? await db.Members.AsNoTracking().Where(one => one.Id == memberId).Select(one => one.Name).SingleOrDefaultAsync(stop) : null;
        Organiser = (found.OrganiserName, member) switch
        {
            ({ } name, { } person) => $"{name} ({person})",
            var (name, person) => name ?? person ?? SpaceDeskText.Get("Organiser.Forgotten"),
        };
        if (found.Status == BookingStatus.Requested) Rivals = await bookings.RivalsOfAsync(Id, stop);
        var things = found.Equipment.Select(one => one.EquipmentId).ToList();
        var names = await db.Equipment.AsNoTracking().Where(one => things.Contains(one.Id)).ToDictionaryAsync(one => one.Id, stop);
        Equipment = [.. found.Equipment.Where(one => names.ContainsKey(one.EquipmentId)).Select(one => (names[one.EquipmentId].LocalName.Explain(CultureInfo.CurrentUICulture), one.Count))];
        var branch = found.Space.BranchId;
        Spaces = [.. (await db.Spaces.AsNoTracking().Where(space => space.BranchId == branch && space.IsActive).OrderBy(space => space.Name).Take(SpaceTimetable.MostSpaces).ToListAsync(stop))
            .Select(space => new SelectListItem(space.LocalName.Explain(CultureInfo.CurrentUICulture), Key(space.Id)))];
        History = await db.AuditLines.AsNoTracking().About(found.Subject).Take(50).ToListAsync(stop);
        return true;
    }
}
