using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Visits;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>One school: whom to speak to, what is left of its quota, its visits, and what was changed.</summary>
internal sealed class SchoolModel(LibraryDbContext db, Schools schools, ClassVisits visits, LibraryCalendar calendar) : SchoolForm
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public School School { get; private set; } = null!;

    public SchoolYear Year { get; private set; } = null!;

    public (int Allowed, int Used) Quota { get; private set; }

    public IReadOnlyList<Visit> Visits { get; private set; } = [];

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        Show(School);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        return await schools.ChangeAsync(Id, Details, Staff, stop) is { } refusal
            ? this.Refuse(refusal, About)
            : Tell(VisitQueueText.Get("Told.SchoolChanged"), $"/desk/schools/{Key(Id)}");
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Schools.AsNoTracking().SingleOrDefaultAsync(school => school.Id == Id, stop) is not { } found) return false;

        (School, Year) = (found, SchoolYear.Of(calendar.Today));
        Quota = await visits.QuotaOfAsync(Id, Year, stop);
        Visits = await db.Visits.AsNoTracking().OfSchool(Id).Include(visit => visit.Offer).Take(50).ToListAsync(stop);
        History = await db.AuditLines.AsNoTracking().About(new Subject("school", Id)).Take(50).ToListAsync(stop);
        return true;
    }
}
