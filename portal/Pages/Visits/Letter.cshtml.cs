using Metro.Library;
using Metro.Library.Visits;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Visits;

/// <summary>The letter that answered a school, to be printed on one sheet: for whoever has the link from the school's letters.</summary>
[AllowAnonymous]
[ResponseCache(NoStore = true)]
internal sealed class LetterModel(LibraryDbContext db, VisitReplyLetters replies, SiteChrome chrome) : PageModel
{
    public string Uid { get; private set; } = "";

    public VisitReplyLetter Letter { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string uid, CancellationToken stop)
    {
        var id = await db.Visits.WithUid(uid).Select(one => (long?)one.Id).SingleOrDefaultAsync(stop);
        if (id is null || await replies.OfAsync(id.Value, stop) is not { Succeeded: true, Value: var letter }) return NotFound();

        (Uid, Letter, chrome.Head.IsIndexed) = (uid, letter, false);
        return Page();
    }
}
