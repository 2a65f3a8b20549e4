using Metro.Library;
using Metro.Library.Visits;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>The schools that visit, by name; found by NPSN or by a part of the name.</summary>
internal sealed class SchoolsModel(LibraryDbContext db, Schools schools) : DeskPage
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Sought { get; set; }

    public LongList<School> Found { get; private set; } = LongList<School>.Empty;

    public async Task OnGetAsync(CancellationToken stop)
    {
        var all = db.Schools.AsNoTracking();
        if (Sought?.Trim() is { Length: > 0 and <= 100 } words)
        {
            if (await schools.FindAsync(words, stop) is { } known) all = all.Where(school => school.Id == known.Id);
#pragma warning disable CA1304, CA1311, CA1862 // Said by the database, which folds without a culture.
            else all = all.Where(school => school.Name.ToLower().Contains(words.ToLower()));
#pragma warning restore CA1304, CA1311, CA1862
        }

        Found = await all.OrderBy(school => school.Name).ThenBy(school => school.Id).PartAsync(Request, stop);
    }
}
