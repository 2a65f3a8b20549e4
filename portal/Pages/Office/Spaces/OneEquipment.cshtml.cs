using Metro.Library;
using Metro.Library.Spaces;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>One thing is named or counted anew, with the bookings in sight to which it is promised.</summary>
internal sealed class OneEquipmentModel(LibraryDbContext db, SpacePlanning planning, SpaceDiary diary) : DeskPage
{
    /// <summary>How many of the bookings the page lists.</summary>
    public const int MostShown = 50;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? NameEnglish { get; set; }

    [BindProperty]
    public int Total { get; set; }

    /// <summary>Whether whoever counts knows that more are promised than there will be.</summary>
    [BindProperty]
    public bool DespitePromises { get; set; }

    public Equipment Thing { get; private set; } = null!;

    public EquipmentPromises Promises { get; private set; } = null!;

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        (Name, NameEnglish, Total) = (Thing.Name, Thing.NameEnglish, Thing.Total);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        if (!ModelState.IsValid) return this.Refused();

        return await planning.ChangeEquipmentAsync(Id, new LocalText(Name ?? "", NameEnglish), Total, DespitePromises, Staff, stop) is { } refusal
            ? this.Refuse(refusal, ("spaces.promised_already", nameof(DespitePromises)))
            : Tell(SpaceDeskText.Get("Told.EquipmentChanged"), $"/desk/spaces/equipment/{Key(Id)}");
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Equipment.AsNoTracking().SingleOrDefaultAsync(thing => thing.Id == Id, stop) is not { } found) return false;

        Thing = found;
        Promises = await diary.PromisesOfAsync(Id, stop);
        History = await db.AuditLines.AsNoTracking().About(new Subject("equipment", Id)).Take(50).ToListAsync(stop);
        return true;
    }
}
