using System.Globalization;
using Metro.Library.Calendar;
using Metro.Portal.Accounts;
using Metro.Scheduler.Jobs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Admin.Jobs;

/// <summary>What the portal does by itself: when it last did, what came of it, when it will again.</summary>
[Authorize(Roles = $"{Role.Administrator},{Role.Librarian}")]
[ResponseCache(NoStore = true)]
internal sealed class JobsModel(JobBoard board, LibraryCalendar calendar) : PageModel
{
    public IReadOnlyList<JobOnBoard> Jobs { get; private set; } = [];

    public IReadOnlyList<JobRun> Runs { get; private set; } = [];

    [TempData]
    public string? Told { get; set; }

    public bool MayChange => User.IsInRole(Role.Administrator);

    public async Task OnGetAsync(CancellationToken stop) => (Jobs, Runs) = (await board.AllAsync(stop), await board.RunsAsync(stop: stop));

    public async Task<IActionResult> OnPostRunAsync(string job, CancellationToken stop)
    {
        if (!MayChange) return Forbid();
        Told = await board.RunNowAsync(job, stop) ? JobsText.Get("Told.Run", NameOf(job)) : JobsText.Get("Told.NotHere");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostPauseAsync(string job, bool paused, CancellationToken stop)
    {
        if (!MayChange) return Forbid();
        if (!await board.PauseAsync(job, paused, stop)) return NotFound();
        Told = JobsText.Get(paused ? "Told.Paused" : "Told.Resumed", NameOf(job));
        return RedirectToPage();
    }

    public static string NameOf(string job) => JobsText.Get($"Job.{job}");

    /// <summary>What a run did, as "terkirim 17, ditunda 2"; what it did not count stays as the job wrote it.</summary>
    public static string Said(string remark) => string.Join(", ", remark.Split(", ").Select(part =>
        part.LastIndexOf(' ') is > 0 and var at && JobsText.Find($"Counted.{part[..at]}") is { } what ? what + part[at..] : part));

    /// <summary>An instant by the library's clock, with its weekday.</summary>
    public string When(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, calendar.Zone).ToString("ddd, d MMM yyyy, HH:mm:ss", CultureInfo.CurrentCulture);

    public static string HowLong(DateTime from, DateTime to) => (to - from) switch
    {
        { TotalSeconds: < 1 } => JobsText.Get("HowLong.Moment"),
        { TotalMinutes: < 2 } some => JobsText.Get("HowLong.Seconds", Math.Round(some.TotalSeconds)),
        var some => JobsText.Get("HowLong.Minutes", Math.Round(some.TotalMinutes)),
    };
}
