using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.People;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>A week of a space: who has it, who wants it, and what is still free to be booked.</summary>
internal sealed class WeekModel(LibraryDbContext db, LibraryCalendar calendar, SpaceDiary diary, SpaceTimetable timetable, Dates dates) : DeskPage
{
    private IReadOnlyDictionary<DateOnly, SpaceDay> slots = new Dictionary<DateOnly, SpaceDay>();
    private IReadOnlyList<SpaceUse> uses = [];
    private BranchCalendar hours = null!;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public Space Space { get; private set; } = null!;

    public DateOnly Monday { get; private set; }

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, 7).Select(Monday.AddDays);

    public async Task<IActionResult> OnGetAsync([FromQuery] string? week, CancellationToken stop)
    {
        if (await db.Spaces.AsNoTracking().Include(space => space.Kind).SingleOrDefaultAsync(space => space.Id == Id, stop) is not { } found) return NotFound();

        Space = found;
        var (first, last) = (calendar.Today.AddYears(-5), calendar.Today.AddDays(Bookings.MostDaysAheadForStaff));
        var day = DateOnly.TryParseExact(week, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked >= first && asked <= last ? asked : calendar.Today;
        Monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        hours = await calendar.OfAsync(db, found.BranchId, stop);
        uses = await diary.BetweenAsync(found, Monday, Monday.AddDays(6), stop);
        var days = await timetable.BetweenAsync(found.BranchId, Monday, Monday.AddDays(6), Id, stop);
        if (days.Succeeded) slots = days.Value.ToDictionary(one => one.Date);
        return Page();
    }

    /// <summary>What takes place on a day, or is wanted for it.</summary>
    public IEnumerable<SpaceUse> UsesOn(DateOnly day) => uses.Where(use => dates.DateOf(use.StartsAt) <= day && dates.DateOf(use.EndsAt.AddTicks(-1)) >= day);

    /// <summary>What can still be booked on a day, at an inactive space nothing.</summary>
    public IEnumerable<SpaceSlot> FreeOn(DateOnly day) => slots.TryGetValue(day, out var one) ? one.Slots.Where(slot => slot.IsFree) : [];

    public OpeningHours HoursOn(DateOnly day) => hours.HoursOn(day);

    public string WeekOf(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{Url.Content("~/desk/spaces")}/{Id}?week={day:yyyy-MM-dd}");

    public string BookAt(SpaceSlot slot) => string.Create(CultureInfo.InvariantCulture, $"{Url.Content("~/desk/bookings/new")}?space={Id}&date={dates.DateOf(slot.StartsAt):yyyy-MM-dd}&from={dates.Local(slot.StartsAt):HH':'mm}");
}
