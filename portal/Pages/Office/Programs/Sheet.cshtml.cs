using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>The list of a session on paper: a line for each seat's signature, and what to look out for.</summary>
internal sealed class SheetModel(LibraryDbContext db, LibraryCalendar calendar, SessionRoster roster) : SessionForm(db, calendar)
{
    /// <summary>Empty lines for people who come without having registered.</summary>
    public const int EmptyLines = 5;

    private readonly LibraryDbContext db = db;

    public Session Session { get; private set; } = null!;

    public string PlaceWords { get; private set; } = "";

    public IReadOnlyList<RosterRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop)
    {
        if (await db.Sessions.AsNoTracking().Include(session => session.Program).SingleOrDefaultAsync(session => session.Id == id, stop) is not { } found) return NotFound();

        Session = found;
        PlaceWords = await WordsForAsync(found, stop);
        Rows = [.. (await roster.OfAsync(id, Staff, stop)).Where(row => row.Registration.Status != RegistrationStatus.Waiting)];
        return Page();
    }
}
