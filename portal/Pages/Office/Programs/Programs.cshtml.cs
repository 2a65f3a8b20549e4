using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>All programs, drafts too; the next session of each, and how full it is.</summary>
internal sealed class ProgramsModel(LibraryDbContext db, LibraryCalendar calendar) : DeskPage
{
    [BindProperty(SupportsGet = true)]
    public ProgramStatus? Status { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Sought { get; set; }

    public LongList<LibraryProgram> Programs { get; private set; } = LongList<LibraryProgram>.Empty;

    /// <summary>The next session of each program that has one, by the program's key.</summary>
    public IReadOnlyDictionary<long, Session> Next { get; private set; } = new Dictionary<long, Session>();

    /// <summary>What is on today, at whatever branch.</summary>
    public IReadOnlyList<Session> Today { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var programs = db.Programs.AsNoTracking();
        if (Status is { } status) programs = programs.Where(program => program.Status == status);
#pragma warning disable CA1304, CA1311, CA1862 // Said by the database, which folds without a culture.
        if (Sought?.Trim() is { Length: > 0 and <= 100 } words)
            programs = programs.Where(program => program.Title.ToLower().Contains(words.ToLower()) || (program.TitleEnglish != null && program.TitleEnglish.ToLower().Contains(words.ToLower())));
#pragma warning restore CA1304, CA1311, CA1862
        Programs = await programs.OrderByDescending(program => program.Id).PartAsync(Request, stop);

        var (keys, now) = (Programs.Rows.Select(program => program.Id).ToList(), calendar.Now);
        var next = await db.Sessions.AsNoTracking()
            .Where(session => keys.Contains(session.ProgramId) && session.Status == SessionStatus.Scheduled && session.EndsAt > now)
            .GroupBy(session => session.ProgramId).Select(sessions => sessions.OrderBy(session => session.StartsAt).ThenBy(session => session.Id).First()).ToListAsync(stop);
        Next = next.ToDictionary(session => session.ProgramId);
        Today = await db.Sessions.AsNoTracking().Include(session => session.Program)
            .Where(session => session.Status == SessionStatus.Scheduled).Touching(calendar.StartOf(calendar.Today), calendar.EndOf(calendar.Today))
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Take(50).ToListAsync(stop);
    }
}
