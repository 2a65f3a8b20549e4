using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Portal.People;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.PhoneLoans;

/// <summary>The screens of a branch at which members borrow and return with their telephones: their addresses, and a new key when one got out.</summary>
internal sealed class PointModel(PresencePoints points) : DeskPage
{
    /// <summary>The addresses of the branch's screens.</summary>
    public IReadOnlyList<(PointPurpose Purpose, string Address)> Screens { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => Screens =
    [
        (PointPurpose.Borrow, PortalChrome.InLanguage("/point/" + await points.ScreenOfAsync(Here.Id, PointPurpose.Borrow, stop))),
        (PointPurpose.Return, PortalChrome.InLanguage("/point/" + await points.ScreenOfAsync(Here.Id, PointPurpose.Return, stop))),
    ];

    public async Task<IActionResult> OnPostRenewAsync(CancellationToken stop)
    {
        await points.RenewKeyAsync(Staff, stop);
        return Tell(PhoneText.Get("Point.Renewed"), "/desk/point");
    }
}

/// <summary>
/// What a screen shows: a code that changes, and the same as a picture to photograph. Nobody is signed in at a screen that stands
/// where everybody can touch it; its address is its key. It asks for the next code by itself, without script.
/// </summary>
[AllowAnonymous]
[ResponseCache(NoStore = true)]
internal sealed class ScreenModel(LibraryDbContext db, PresencePoints points, LibraryCalendar calendar) : PageModel
{
    public PointPurpose Purpose { get; private set; }

    public PresenceCode Shown { get; private set; } = null!;

    public string BranchName { get; private set; } = "";

    /// <summary>What the picture says.</summary>
    public string Address { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string screen, CancellationToken stop)
    {
        if (await points.FindScreenAsync(screen, stop) is not var (branchId, purpose)) return NotFound();
        if (await db.Branches.AsNoTracking().FirstOrDefaultAsync(branch => branch.Id == branchId && branch.IsActive, stop) is not { } here) return NotFound();

        (Purpose, Shown, BranchName) = (purpose, await points.ShowAsync(branchId, purpose, stop), here.LocalName.Explain(CultureInfo.CurrentUICulture));
        var path = purpose == PointPurpose.Borrow ? "/account/borrow" : "/account/return";
        Address = $"{Request.Scheme}://{Request.Host}{path}{QueryString.Create("code", Shown.Code.Replace(" ", "", StringComparison.Ordinal))}";
        Response.Headers.Append("Refresh", Math.Max(1, (int)Math.Ceiling((Shown.ChangesAt - calendar.Now).TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        Response.Headers.Append("X-Robots-Tag", "noindex, nofollow");
        return Page();
    }
}
