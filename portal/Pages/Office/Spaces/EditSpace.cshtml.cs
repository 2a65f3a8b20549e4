using Metro.Library;
using Metro.Library.Spaces;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>One space is changed, taken out of use or put into use again, with what is to take place there in sight.</summary>
internal sealed class EditSpaceModel(LibraryDbContext db, SpacePlanning planning, SpaceDiary diary) : SpaceForm(db)
{
    /// <summary>How many of the uses to come the page lists.</summary>
    public const int MostShown = 50;

    private readonly LibraryDbContext db = db;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Whether whoever takes it out of use knows what is still to take place there.</summary>
    [BindProperty]
    public bool DespiteUses { get; set; }

    public Space Space { get; private set; } = null!;

    public IReadOnlyList<SpaceUse> ToCome { get; private set; } = [];

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        Show(Space);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        if (!ModelState.IsValid) return this.Refused();

        // A space does not change its branch: what was booked there counts on that branch's hours.
        return await planning.ChangeAsync(Id, DetailsAt(Space.BranchId), Staff, stop) is { } refusal
            ? this.Refuse(refusal, About)
            : Tell(SpaceDeskText.Get("Told.SpaceChanged"), $"/desk/spaces/{Key(Id)}/edit");
    }

    public async Task<IActionResult> OnPostTakeOutAsync(CancellationToken stop) =>
        await AfterAsync(await planning.TakeOutOfUseAsync(Id, DespiteUses, Staff, stop), "Told.OutOfUse", stop);

    public async Task<IActionResult> OnPostPutBackAsync(CancellationToken stop) =>
        await AfterAsync(await planning.PutIntoUseAsync(Id, Staff, stop), "Told.InUse", stop);

    private async Task<IActionResult> AfterAsync(Refusal? refusal, string told, CancellationToken stop)
    {
        if (refusal is null) return Tell(SpaceDeskText.Get(told), $"/desk/spaces/{Key(Id)}/edit");
        if (!await LoadAsync(stop)) return NotFound();

        Show(Space);
        return this.Refuse(refusal, ("spaces.still_used", nameof(DespiteUses)));
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Spaces.AsNoTracking().SingleOrDefaultAsync(space => space.Id == Id, stop) is not { } found) return false;

        Space = found;
        await LoadKindsAsync(stop);
        ToCome = await diary.ToComeAsync(found, stop);
        History = await db.AuditLines.AsNoTracking().About(new Subject("space", Id)).Take(50).ToListAsync(stop);
        return true;
    }
}
