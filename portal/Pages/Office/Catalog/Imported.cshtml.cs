using Metro.Library.Marc;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>An uploaded file: how far it is, what would happen, and in the end what did. Loads itself again while it is under way.</summary>
internal sealed class ImportedModel(MarcUploads uploads) : DeskPage
{
    /// <summary>How many remarks of a kind are shown.</summary>
    public const int MostShown = 50;

    private const int SecondsUntilAgain = 2;

    /// <summary>The file; null where this process knows nothing of it.</summary>
    public MarcUpload? Upload { get; private set; }

    public bool HasSomethingToDo => Upload?.Report is { Totals: var totals } && totals.New + totals.Changed + totals.Copies > 0;

    public IActionResult OnGet(string key)
    {
        if (uploads.Find(key) is not { } found)
        {
            // On several nodes, the other one may be at work: the page says what to do instead of that there is nothing.
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        Upload = found;
        // Works without scripts, and asks nothing of the page's policy.
        if (found.IsRunning) Response.Headers["Refresh"] = $"{SecondsUntilAgain}";
        return Page();
    }

    public IActionResult OnPost(string key)
    {
        if (uploads.Find(key) is not { } found) return NotFound();

        Upload = found;
        // Pressed twice, the second press finds it under way.
        if (found.IsRunning || !found.IsDryRun || uploads.Import(found, Staff)) return LocalRedirect(Url.Content($"~/desk/catalog/import/{found.Key}"));

        this.Fault("", CataloguingText.Get("Import.Busy"));
        return this.Refused();
    }

    /// <summary>The counts of a report with their names, in the order in which people ask.</summary>
    public static IEnumerable<(string Name, long Count)> CountsOf(MarcImportProgress totals) =>
    [
        ("Import.Total", totals.Records), ("Import.New", totals.New), ("Import.Changed", totals.Changed), ("Import.Unchanged", totals.Unchanged),
        ("Import.Refused", totals.Refused), ("Import.Copies", totals.Copies),
    ];
}
