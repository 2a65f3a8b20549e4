using System.Text.Json.Nodes;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Hours;

/// <summary>When each place is open in an ordinary week, and on which days other hours hold.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Hours)]
internal sealed class HoursModel(LibraryDbContext db, LibraryCalendar calendar, Dates dates, SiteChrome chrome) : PageModel
{
    private const int MostBranches = 50;
    private const int MostExceptions = 100;

    public IReadOnlyList<(Branch Branch, BranchCalendar Hours)> Branches { get; private set; } = [];

    public IReadOnlyList<(CalendarException Exception, string? Branch)> Exceptions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var branches = await db.Branches.AsNoTracking().Where(branch => branch.IsActive).OrderBy(branch => branch.Kind != BranchKind.Main).ThenBy(branch => branch.Id).Take(MostBranches).ToListAsync(stop);
        var exceptions = await ComingExceptionsAsync(db, dates.Today, stop);
        Branches = [.. branches.Select(branch => (branch, new BranchCalendar(branch.Week, exceptions.Where(one => one.BranchId is null || one.BranchId == branch.Id), calendar.Zone)))];
        Exceptions = [.. exceptions.Select(one => (one, branches.Find(branch => branch.Id == one.BranchId)?.LocalName.Explain(System.Globalization.CultureInfo.CurrentUICulture)))];
        chrome.Head.Description = SiteText.Get("Hours.Lead");
        chrome.Head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/hours.ics"), "text/calendar", SiteText.Get("Hours.Calendar")));
        foreach (var (branch, hours) in Branches)
        {
            chrome.Head.Describe(new JsonObject
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "Library",
                ["name"] = branch.LocalName.Explain(System.Globalization.CultureInfo.CurrentUICulture),
                ["address"] = branch.Address ?? chrome.Address,
                ["openingHoursSpecification"] = HoursData.Of(hours, dates.Today),
            });
        }
    }

    /// <summary>The exceptions that are not over, the next first.</summary>
    public static Task<List<CalendarException>> ComingExceptionsAsync(LibraryDbContext db, DateOnly today, CancellationToken stop) =>
        db.CalendarExceptions.AsNoTracking().Where(one => one.To >= today).OrderBy(one => one.From).ThenBy(one => one.Id).Take(MostExceptions).ToListAsync(stop);
}
