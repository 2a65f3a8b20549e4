using Metro.Portal.People;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk;

/// <summary>Somebody of the staff says at which branch they work; the device remembers it.</summary>
internal sealed class BranchModel : DeskPage
{
    public IActionResult OnGet() => LocalRedirect(Url.Content("~/desk"));

    public IActionResult OnPost(long branch, string? returnTo)
    {
        if (Branches.FirstOrDefault(one => one.Id == branch) is not { } chosen) return NotFound();

        DeskBranch.Choose(HttpContext, chosen);
        return LocalRedirect(LocalAddress.Or(returnTo, Url.Content("~/desk")));
    }
}
