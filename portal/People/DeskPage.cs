using System.Globalization;
using System.Security.Claims;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.Schema.Callers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.People;

/// <summary>A page on which librarians work: who does it, and at which branch. What they do is written down with their name.</summary>
[Authorize(Policy = Permissions.WriteDesk)]
[ResponseCache(NoStore = true)]
internal abstract class DeskPage : PageModel
{
    /// <summary>What was just done, said once on the page that follows.</summary>
    [TempData]
    public string? Told { get; set; }

    /// <summary>Who works here.</summary>
    public Actor Staff { get; private set; } = null!;

    /// <summary>The branch at which they stand.</summary>
    public Branch Here { get; private set; } = null!;

    /// <summary>Every branch that is in use, the main one first.</summary>
    public IReadOnlyList<Branch> Branches { get; private set; } = [];

    /// <inheritdoc />
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Staff = Actor.Staff(User.FindFirstValue(ClaimTypes.NameIdentifier)!, User.FindFirstValue("name") ?? User.Identity!.Name!);
        Branches = await HttpContext.RequestServices.GetRequiredService<DeskBranch>().AllAsync(HttpContext.RequestAborted);
        if (Branches.Count == 0)
        {
            // Nothing can be lent or taken in anywhere.
            context.Result = NotFound();
            return;
        }

        Here = DeskBranch.Chosen(Request, Branches);
        await next();
    }

    /// <summary>Goes to another page, which says what was done.</summary>
    protected IActionResult Tell(string told, string path)
    {
        Told = told;
        return LocalRedirect(Url.Content("~" + path));
    }

    /// <summary>A key as it stands in an address.</summary>
    protected static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);
}
