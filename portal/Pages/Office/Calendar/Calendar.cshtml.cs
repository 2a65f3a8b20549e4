using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Calendar;

/// <summary>The ordinary week of each branch, and the dated exceptions that are on or to come.</summary>
internal sealed class CalendarModel(LibraryDbContext db, LibraryCalendar calendar, Closures closures) : DeskPage
{
    public IReadOnlyList<CalendarException> Exceptions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var today = calendar.Today;
        Exceptions = await db.CalendarExceptions.AsNoTracking().Where(exception => exception.To >= today).OrderBy(exception => exception.From).ThenBy(exception => exception.Id).Take(200).ToListAsync(stop);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(long id, CancellationToken stop) =>
        await closures.WithdrawAsync(id, Staff, stop) is null ? Tell(CalendarDeskText.Get("Told.Withdrawn"), "/desk/calendar") : NotFound();

    /// <summary>Where an exception holds; null for the whole library.</summary>
    public LocalText? PlaceOf(CalendarException exception) => Branches.FirstOrDefault(branch => branch.Id == exception.BranchId)?.LocalName;
}
