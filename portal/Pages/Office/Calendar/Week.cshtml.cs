using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Calendar;

/// <summary>The ordinary week of one branch is changed.</summary>
internal sealed class WeekModel(LibraryDbContext db, BranchHours hours) : DeskPage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The hours of each day as typed.</summary>
    [BindProperty(Name = "Week")]
    public Dictionary<DayOfWeek, string?> Week { get; set; } = [];

    public Branch Branch { get; private set; } = null!;

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        Week = TypedWeek.Of(Branch.Week)!;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        var week = TypedWeek.Read(Week, day => this.Fault($"Week[{day}]", CalendarDeskText.Get("Week.Wrong")));
        if (!ModelState.IsValid) return this.Refused();

        return await hours.ChangeAsync(Id, week, Staff, stop) is { } refusal ? this.Refuse(refusal) : Tell(CalendarDeskText.Get("Told.Week"), "/desk/calendar");
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (Branches.FirstOrDefault(branch => branch.Id == Id) is not { } found) return false;

        Branch = found;
        History = await db.AuditLines.AsNoTracking().About(new Subject("branch", Id)).Take(50).ToListAsync(stop);
        return true;
    }
}
