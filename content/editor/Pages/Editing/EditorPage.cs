using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>
/// A page of the editor: for people who may see the list of content, and kept by no cache. What each may do with an
/// item is asked of the store, by every act anew.
/// </summary>
[Authorize]
internal abstract class EditorPage : PageModel
{
    /// <summary>Who is at work.</summary>
    public ContentUser Person => SignedInUser.Of(User);

    /// <summary>What came of the act before, shown once.</summary>
    [TempData]
    public string? Notice { get; set; }

    /// <summary>Why the act before was refused, shown once.</summary>
    [TempData]
    public string? Trouble { get; set; }

    /// <summary>Why what was posted is refused: shown on the same page, with what was typed still in it.</summary>
    public string? Refused { get; protected set; }

    protected static CultureInfo Reader => CultureInfo.CurrentUICulture;

    public bool Has(string permission) => ContentRoles.PermissionsOf(Person.Roles).Contains(permission);

    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Response.Headers.CacheControl = "private, no-store";
        if (!Has(ContentPermissions.ListContent)) context.Result = Forbid();
    }

    /// <summary>An address of the editor, in the reader's language.</summary>
    public string At(string path) => Url.Content("~/admin/content" + path);

    protected IActionResult Go(string path) => LocalRedirect(At(path));

    /// <summary>Tells of a done act, or why it was refused, on the page that follows.</summary>
    protected IActionResult Tell(Refusal? refusal, string done, string next)
    {
        if (refusal is null) Notice = EditorTexts.Get(done);
        else if (refusal == Refusal.NotFound) return NotFound();
        else if (refusal == Refusal.Forbidden) return Forbid();
        else Trouble = SentenceOf(refusal);
        return Go(next);
    }

    /// <summary>The same page again, with the reason and what was typed.</summary>
    protected PageResult Again(Refusal refusal)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Refused = SentenceOf(refusal);
        return Page();
    }

    /// <summary>The sentence of a refusal, with what is to be mended first.</summary>
    protected static string SentenceOf(Refusal refusal) => refusal.Faults.FirstOrDefault(fault => fault.Severity == FaultSeverity.Error) is { } first
        ? $"{refusal.Sentence(Reader)} {first.Sentence(Reader)}"
        : refusal.Sentence(Reader);
}
