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

/// <summary>A space is booked on somebody's behalf, or for the library itself.</summary>
internal sealed class NewBookingModel(LibraryDbContext db, Bookings bookings, LibraryCalendar calendar, SpaceTimetable timetable, Dates dates) : DeskPage
{
    private const int MostThings = 10;

    [BindProperty(SupportsGet = true)]
    public long? Space { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Date { get; set; }

    [BindProperty(SupportsGet = true)]
    public TimeOnly? From { get; set; }

    [BindProperty]
    public int Slots { get; set; } = 1;

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public int Heads { get; set; } = 10;

    /// <summary>The number or barcode of the card of the member who organises; empty for somebody who is none.</summary>
    [BindProperty]
    public string? Card { get; set; }

    [BindProperty]
    public string? Organiser { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    /// <summary>How many of each thing, by its key. The name is said, or a form without things would be read as one of things.</summary>
    [BindProperty(Name = "Things")]
    public Dictionary<long, int> Things { get; set; } = [];

    public IReadOnlyList<SelectListItem> Spaces { get; private set; } = [];

    public IReadOnlyList<Equipment> Equipment { get; private set; } = [];

    public IReadOnlyList<FreeAlternative> Alternatives { get; private set; } = [];

    public int SlotMinutes { get; private set; } = 60;

    public async Task OnGetAsync(CancellationToken stop)
    {
        Date ??= dates.Today;
        await LoadAsync(stop);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        foreach (var (name, value) in ((string, object?)[])[(nameof(Space), Space), (nameof(Date), Date), (nameof(From), From)])
            if (value is null && ModelState[name]?.Errors.Count is not > 0) this.Fault(name, FormText.Get("Missing"));
        if (Slots is < 1 or > 96) this.Fault(nameof(Slots), SpaceDeskText.Get("Slots.Wrong"));
        var memberId = await MemberAsync(stop);
        if (!ModelState.IsValid) return this.Refused();

        var starts = calendar.InstantOf(Date!.Value, From!.Value);
        var wished = new BookingRequest
        {
            SpaceId = Space!.Value, StartsAt = starts, EndsAt = starts.AddMinutes(Slots * SlotMinutes), Title = Title ?? "", Heads = Heads,
            MemberId = memberId, OrganiserName = Organiser, Email = Email, Note = Note,
            Equipment = [.. Things.Where(thing => thing.Value > 0).Take(MostThings).Select(thing => new EquipmentWish(thing.Key, thing.Value))],
        };
        var booked = await bookings.BookAsync(wished, Staff, stop);
        if (booked.Refusal is not { } refusal) return Tell(SpaceDeskText.Get("Told.Booked"), $"/desk/bookings/{Key(booked.Value.Id)}");

        if (refusal.Code is "spaces.taken" or "spaces.closed" or "spaces.not_on_slots") Alternatives = await timetable.InsteadOfAsync(wished, stop: stop);
        return this.Refuse(refusal,
            ("spaces.taken", nameof(From)), ("spaces.closed", nameof(Date)), ("spaces.not_on_slots", nameof(From)), ("spaces.in_the_past", nameof(Date)), ("spaces.too_far_ahead", nameof(Date)),
            ("spaces.too_long", nameof(Slots)), ("spaces.too_many_heads", nameof(Heads)), ("spaces.unknown_space", nameof(Space)), ("spaces.not_for_you", nameof(Card)));
    }

    private async Task<long?> MemberAsync(CancellationToken stop)
    {
        if (Card?.Trim() is not { Length: > 0 } card) return null;

        var member = await db.Members.AsNoTracking().Where(one => one.CardNumber == card || one.Barcode == card).Select(one => (long?)one.Id).FirstOrDefaultAsync(stop);
        if (member is null) this.Fault(nameof(Card), SpaceDeskText.Get("Card.Unknown"));
        return member;
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var here = Here.Id;
        var spaces = await db.Spaces.AsNoTracking().Where(space => (space.BranchId == here || space.Id == Space) && space.IsActive).OrderBy(space => space.Name).ThenBy(space => space.Id)
            .Take(SpaceTimetable.MostSpaces).ToListAsync(stop);
        Spaces = [.. spaces.Select(space => new SelectListItem(space.LocalName.Explain(CultureInfo.CurrentUICulture), Key(space.Id), space.Id == Space))];
        var chosen = spaces.FirstOrDefault(space => space.Id == Space) ?? spaces.FirstOrDefault();
        SlotMinutes = chosen?.SlotMinutes ?? SlotMinutes;
        var branch = chosen?.BranchId ?? here;
        Equipment = await db.Equipment.AsNoTracking().Where(one => one.BranchId == branch).OrderBy(one => one.Name).Take(50).ToListAsync(stop);
    }
}
