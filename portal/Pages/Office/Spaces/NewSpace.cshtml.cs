using Metro.Library;
using Metro.Library.Spaces;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>A space of the branch at which one works is written down; from then on it can be booked.</summary>
internal sealed class NewSpaceModel(LibraryDbContext db, SpacePlanning planning) : SpaceForm(db)
{
    public Task OnGetAsync(CancellationToken stop) => LoadKindsAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await LoadKindsAsync(stop);
        if (!ModelState.IsValid) return this.Refused();

        var made = await planning.CreateAsync(DetailsAt(Here.Id), Staff, stop);
        return made.Refusal is { } refusal ? this.Refuse(refusal, About) : Tell(SpaceDeskText.Get("Told.SpaceMade"), $"/desk/spaces/{Key(made.Value.Id)}");
    }
}
