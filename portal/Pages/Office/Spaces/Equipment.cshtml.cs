using Metro.Library;
using Metro.Library.Spaces;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>What a branch lends with its spaces, counted; more is added here.</summary>
internal sealed class EquipmentModel(LibraryDbContext db, SpacePlanning planning) : DeskPage
{
    private const int MostShown = 200;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? NameEnglish { get; set; }

    [BindProperty]
    public int Total { get; set; } = 1;

    public IReadOnlyList<Equipment> Things { get; private set; } = [];

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        if (!ModelState.IsValid) return this.Refused();

        var added = await planning.AddEquipmentAsync(Here.Id, new LocalText(Name ?? "", NameEnglish), Total, Staff, stop);
        return added.Refusal is { } refusal ? this.Refuse(refusal) : Tell(SpaceDeskText.Get("Told.EquipmentAdded"), "/desk/spaces/equipment");
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var here = Here.Id;
        Things = await db.Equipment.AsNoTracking().Where(thing => thing.BranchId == here).OrderBy(thing => thing.Name).ThenBy(thing => thing.Id).Take(MostShown).ToListAsync(stop);
    }
}
