using Metro.Library.Spaces;
using Metro.Portal.Accounts;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>A kind of space is made: the rules by which its spaces are booked.</summary>
[Authorize(Roles = Role.Administrator)]
internal sealed class NewSpaceKindModel(SpacePlanning planning) : SpaceKindForm
{
    public void OnGet() => Show(new SpaceKindDetails { Name = "" });

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Refused();

        var made = await planning.CreateKindAsync(Typed, Staff, stop);
        return made.Refusal is { } refusal ? this.Refuse(refusal) : Tell(PoliciesText.Get("Told.SpaceMade"), "/desk/policies");
    }
}
