using Metro.Library.Visits;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>The letter with which a school was answered, to be printed and signed.</summary>
internal sealed class LetterModel(VisitReplyLetters letters) : DeskPage
{
    public VisitReplyLetter Letter { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop)
    {
        var letter = await letters.OfAsync(id, stop);
        if (!letter.Succeeded) return NotFound();

        Letter = letter.Value;
        return Page();
    }
}
