using System.Globalization;
using Metro.Library.Members;
using Metro.Portal.Schema.Callers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.People;

/// <summary>
/// A page of somebody's account, be they a member or not. With <c>?for=</c> it is that of a child whose guardian they are;
/// somebody else's key is not found.
/// </summary>
[Authorize]
[ResponseCache(NoStore = true)]
internal abstract class AccountPage : PageModel
{
    /// <summary>The key of the child for whom the page is opened; null for oneself.</summary>
    [BindProperty(SupportsGet = true, Name = "for")]
    public long? For { get; set; }

    /// <summary>What was just done, said once on the page that follows.</summary>
    [TempData]
    public string? Told { get; set; }

    /// <summary>Who is signed in.</summary>
    public Caller Caller { get; private set; } = null!;

    /// <summary>For whom the page is open; null where the account belongs to no member.</summary>
    public ActingFor? Acting { get; private set; }

    /// <summary>The children for whom the signed-in person decides.</summary>
    public IReadOnlyList<Member> Wards { get; private set; } = [];

    /// <inheritdoc />
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var (household, stop) = (HttpContext.RequestServices.GetRequiredService<Household>(), HttpContext.RequestAborted);
        if (await household.CallerAsync(User, stop) is not { } caller)
        {
            context.Result = Challenge();
            return;
        }

        Caller = caller;
        // A letter that guardian and child got alike names the child: for the child these are its own pages.
        if (For == caller.MemberId) For = null;
        Acting = await household.FindAsync(caller, For, stop);
        if (Acting is null && For is not null) context.Result = NotFound();
        else if (WhyNot() is { } elsewhere) context.Result = elsewhere;
        else
        {
            Wards = await household.WardsAsync(caller, stop);
            await next();
        }
    }

    /// <summary>An address of the account in the reader's language that stays with the child for whom the page is open.</summary>
    /// <param name="path">From the site's root, such as <c>/account/loans</c>; may have a query.</param>
    public string At(string path)
    {
        var address = Url.Content("~" + path);
        return For is not { } ward ? address : string.Create(CultureInfo.InvariantCulture, $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}for={ward}");
    }

    /// <summary>Where somebody goes for whom the page is not; null where it is for them.</summary>
    protected virtual IActionResult? WhyNot() => null;

    /// <summary>Goes to another page, which says what was done.</summary>
    protected IActionResult Tell(string told, string path)
    {
        Told = told;
        return LocalRedirect(At(path));
    }
}
