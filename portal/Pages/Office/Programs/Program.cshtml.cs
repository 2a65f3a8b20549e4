using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Library.Time;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>One program: who sees it, its sessions, and one or many more to be planned.</summary>
internal sealed class ProgramModel(LibraryDbContext db, ProgramPlanning planning, LibraryCalendar calendar) : SessionForm(db, calendar)
{
    private const int MostSessions = 200;

    private readonly LibraryDbContext db = db;
    private readonly LibraryCalendar calendar = calendar;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public int Capacity { get; set; } = 20;

    /// <summary>How many days before a session its registration opens; null for at once.</summary>
    [BindProperty]
    public int? OpensDaysBefore { get; set; }

    /// <summary>How many hours before a session its registration closes; null for at the start.</summary>
    [BindProperty]
    public int? ClosesHoursBefore { get; set; }

    /// <summary>How many weeks lie between two sessions; null for a single one.</summary>
    [BindProperty]
    public int? EveryWeeks { get; set; }

    /// <summary>How many sessions there are in all.</summary>
    [BindProperty]
    public int? Times { get; set; }

    [BindProperty]
    public bool ClosedDaysToo { get; set; }

    /// <summary>What became of the dates of a series that could not all be planned; told once.</summary>
    [TempData]
    public string? LeftOut { get; set; }

    public LibraryProgram Program { get; private set; } = null!;

    public IReadOnlyList<Session> ToCome { get; private set; } = [];

    public IReadOnlyList<Session> Past { get; private set; } = [];

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public static IEnumerable<SelectListItem> Rhythms =>
    [
        new(ProgramDeskText.Get("Rhythm.Once"), ""), new(ProgramDeskText.Get("Rhythm.1"), "1"), new(ProgramDeskText.Get("Rhythm.2"), "2"), new(ProgramDeskText.Get("Rhythm.4"), "4"),
    ];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        (Place, Date) = ($"branch:{Key(Here.Id)}", null);
        return await LoadAsync(stop) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken stop) => await BecomeAsync(await planning.PublishAsync(Id, Staff, stop), "Told.Published", stop);

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken stop) => await BecomeAsync(await planning.WithdrawAsync(Id, Staff, stop), "Told.Withdrawn", stop);

    public async Task<IActionResult> OnPostPlanAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        var (when, place) = (WhenAsked(), PlaceAsked());
        if (EveryWeeks is not null && Times is not (>= 2 and <= 60)) this.Fault(nameof(Times), ProgramDeskText.Get("Times.Wrong"));
        if (when is not var (starts, ends) || place is null || !ModelState.IsValid) return this.Refused();
        if (EveryWeeks is { } weeks) return await PlanSeriesAsync(weeks, place, stop);

        var planned = await planning.ScheduleAsync(Id, new SessionPlan(starts, ends, place, Capacity, starts.AddDaysOrNull(-OpensDaysBefore), starts.AddHoursOrNull(-ClosesHoursBefore)), Staff, stop);
        return planned.Refusal is { } refusal
            ? this.Refuse(refusal, [.. AboutTime, ("programs.window_crossed", nameof(ClosesHoursBefore))])
            : Tell(ProgramDeskText.Get("Told.Planned"), $"/desk/sessions/{Key(planned.Value.Id)}");
    }

    private async Task<IActionResult> PlanSeriesAsync(int weeks, SessionPlace place, CancellationToken stop)
    {
        if (RecurrenceRule.Of(Frequency.Weekly, Math.Clamp(weeks, 1, 52), Times) is not { } rule) return BadRequest();

        var plan = new RecurringPlan(new Recurrence(Date!.Value, rule), From!.Value, Minutes, place, Capacity)
        {
            OpensDaysBefore = OpensDaysBefore, ClosesHoursBefore = ClosesHoursBefore, LeaveOutClosedDays = !ClosedDaysToo,
        };
        var planned = await planning.ScheduleAsync(Id, plan, Staff, stop);
        if (planned.Refusal is { } refusal) return this.Refuse(refusal, AboutTime);

        var reasons = planned.Value.Where(date => date.WhyNot is not null).Select(date => $"{date.Date.ToString("ddd, d MMM yyyy", CultureInfo.CurrentCulture)}: {date.WhyNot!.Explain(CultureInfo.CurrentUICulture)}").ToList();
        if (reasons.Count > 0) LeftOut = string.Join('\n', reasons);
        return Tell(ProgramDeskText.Get("Told.Series", planned.Value.Count - reasons.Count, planned.Value.Count), $"/desk/programs/{Key(Id)}");
    }

    private async Task<IActionResult> BecomeAsync(Refusal? refusal, string told, CancellationToken stop)
    {
        if (refusal is null) return Tell(ProgramDeskText.Get(told), $"/desk/programs/{Key(Id)}");
        return await LoadAsync(stop) ? this.Refuse(refusal) : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Programs.AsNoTracking().SingleOrDefaultAsync(program => program.Id == Id, stop) is not { } found) return false;

        (Program, var now) = (found, calendar.Now);
        var sessions = db.Sessions.AsNoTracking().Where(session => session.ProgramId == Id);
        ToCome = await sessions.Where(session => session.EndsAt > now).OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Take(MostSessions).ToListAsync(stop);
        Past = await sessions.Where(session => session.EndsAt <= now).OrderByDescending(session => session.StartsAt).ThenBy(session => session.Id).Take(20).ToListAsync(stop);
        History = await db.AuditLines.AsNoTracking().About(new Subject("program", Id)).Take(50).ToListAsync(stop);
        await LoadPlacesAsync(stop);
        return true;
    }
}

/// <summary>Windows of registration count from the start of a session, where they are limited at all.</summary>
internal static class RegistrationWindow
{
    public static DateTime? AddDaysOrNull(this DateTime start, int? days) => days is { } some ? start.AddDays(some) : null;

    public static DateTime? AddHoursOrNull(this DateTime start, int? hours) => hours is { } some ? start.AddHours(some) : null;
}
