using Metro.Library;
using Metro.Library.Spaces;
using Metro.Portal.Accounts;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>The rules of one kind of space: for whom, how often, how far ahead, with whose yes.</summary>
[Authorize(Roles = Role.Administrator)]
internal sealed class SpaceKindModel(LibraryDbContext db, SpacePlanning planning) : SpaceKindForm
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public SpaceKind Kind { get; private set; } = null!;

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        Show(DetailsOf(Kind));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        if (!ModelState.IsValid) return this.Refused();

        return await planning.ChangeKindAsync(Id, Typed, Staff, stop) is { } refusal ? this.Refuse(refusal) : Tell(PoliciesText.Get("Told.Space"), "/desk/policies");
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Set<SpaceKind>().AsNoTracking().SingleOrDefaultAsync(kind => kind.Id == Id, stop) is not { } found) return false;

        Kind = found;
        History = await db.AuditLines.AsNoTracking().About(new Subject("space_kind", Id)).Take(50).ToListAsync(stop);
        return true;
    }
}
