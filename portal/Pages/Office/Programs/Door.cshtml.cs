using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>At the door: a ticket is scanned, the answer is large, and the next one can be scanned at once.</summary>
internal sealed class DoorModel(LibraryDbContext db, CheckIns checkIns, LibraryCalendar calendar) : DeskPage
{
    [BindProperty]
    public string? Ticket { get; set; }

    /// <summary>Who came in just now, shown once.</summary>
    [TempData]
    public string? Came { get; set; }

    /// <summary>Whoever came in, with their session.</summary>
    public Registration? Guest { get; private set; }

    public string? GuestName { get; private set; }

    /// <summary>Why somebody cannot come in.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>What is on now or soon, with how many have come.</summary>
    public IReadOnlyList<(Session Session, int Came)> Sessions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        if (long.TryParse(Came, NumberStyles.None, CultureInfo.InvariantCulture, out var came)) await ShowAsync(came, stop);
        await LoadAsync(stop);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var outcome = await checkIns.CheckInAsync(Ticket ?? "", Staff, stop);
        if (outcome.Refusal is not { } refusal)
        {
            Came = Key(outcome.Value.Id);
            return LocalRedirect(Url.Content("~/desk/door"));
        }

        WhyNot = refusal.Explain(CultureInfo.CurrentUICulture);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(stop);
        return Page();
    }

    private async Task ShowAsync(long registrationId, CancellationToken stop)
    {
        Guest = await db.Registrations.AsNoTracking().Include(one => one.Session.Program).Include(one => one.Needs).SingleOrDefaultAsync(one => one.Id == registrationId, stop);
        GuestName = Guest?.MemberId is { } memberId ? await db.Members.AsNoTracking().Where(member => member.Id == memberId).Select(member => member.Name).SingleOrDefaultAsync(stop) : Guest?.Name;
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var now = calendar.Now;
        var soon = now.AddHours(12);
        var sessions = await db.Sessions.AsNoTracking().Include(session => session.Program).Where(session => session.StartsAt < soon).ToCome(now).Take(20).ToListAsync(stop);
        var keys = sessions.Select(session => session.Id).ToList();
        var came = await db.Registrations.AsNoTracking().Where(one => keys.Contains(one.SessionId) && one.Status == RegistrationStatus.Attended)
            .GroupBy(one => one.SessionId).Select(group => new { group.Key, Seats = group.Sum(one => one.Seats) }).ToDictionaryAsync(group => group.Key, group => group.Seats, stop);
        Sessions = [.. sessions.Select(session => (session, came.GetValueOrDefault(session.Id)))];
    }
}
