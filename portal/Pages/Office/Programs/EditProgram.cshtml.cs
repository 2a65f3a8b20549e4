using Metro.Library;
using Metro.Library.Programs;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>What is said about a program is changed; its sessions keep their times and people.</summary>
internal sealed class EditProgramModel(LibraryDbContext db, ProgramPlanning planning) : ProgramForm
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await db.Programs.AsNoTracking().SingleOrDefaultAsync(program => program.Id == Id, stop) is not { } found) return NotFound();

        Show(DetailsOf(found));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await db.Programs.AnyAsync(program => program.Id == Id, stop)) return NotFound();
        if (!ModelState.IsValid) return this.Refused();

        return await planning.ChangeAsync(Id, Details, Staff, stop) is { } refusal
            ? this.Refuse(refusal, About)
            : Tell(ProgramDeskText.Get("Told.Changed"), $"/desk/programs/{Key(Id)}");
    }
}
