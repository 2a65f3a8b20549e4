using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Calendar;

/// <summary>A closure or other hours are announced: first it is shown whom that touches, then it is done and they are told.</summary>
internal sealed class AnnounceModel(LibraryDbContext db, Closures closures, Dates dates) : DeskPage
{
    /// <summary>How many things of a kind are listed one by one; the rest is counted.</summary>
    public const int MostListed = 200;

    /// <summary>Where; null for the whole library.</summary>
    [BindProperty]
    public long? Branch { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? To { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? NameEnglish { get; set; }

    /// <summary>Whether it is other hours and not a closure.</summary>
    [BindProperty]
    public bool OpenAtTimes { get; set; }

    [BindProperty(Name = "Week")]
    public Dictionary<DayOfWeek, string?> Week { get; set; } = [];

    /// <summary>The sessions, visits and bookings that are cancelled rather than moved, in their written form.</summary>
    [BindProperty]
    public List<string> Cancelled { get; set; } = [];

    /// <summary>Whom it touches; null until that was looked at.</summary>
    public IReadOnlyList<AffectedByClosure>? Affected { get; private set; }

    /// <summary>The names of members whom it touches, by their keys.</summary>
    public IReadOnlyDictionary<long, string> Members { get; private set; } = new Dictionary<long, string>();

    public IEnumerable<SelectListItem> Places =>
        Branches.Select(branch => new SelectListItem(branch.LocalName.Explain(CultureInfo.CurrentUICulture), Key(branch.Id))).Prepend(new SelectListItem(CalendarDeskText.Get("Everywhere"), ""));

    public void OnGet() => Week = TypedWeek.Of(Here.Week)!;

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Asked() is not { } exception) return this.Refused();

        var touched = await closures.PreviewAsync(exception, Choices, stop);
        if (touched.Refusal is { } refusal) return Refuse(refusal);

        Affected = touched.Value;
        var members = Affected.Select(one => one.MemberId).OfType<long>().Distinct().Take(1000).ToList();
        Members = await db.Members.AsNoTracking().Where(member => members.Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => member.Name, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostAnnounceAsync(CancellationToken stop)
    {
        if (Asked() is not { } exception) return this.Refused();

        var touched = await closures.AnnounceAsync(exception, Staff, Choices, stop);
        return touched.Refusal switch
        {
            null => Tell(CalendarDeskText.Get("Told.Announced", exception.Name, touched.Value.Count), "/desk/calendar"),
            // Pressed twice, it is announced once.
            { Code: "calendar.already_announced" } => Tell(CalendarDeskText.Get("Told.Known", exception.Name), "/desk/calendar"),
            { } refusal => Refuse(refusal),
        };
    }

    /// <summary>Whether staff can choose what becomes of it: loans and holds only move.</summary>
    public static bool IsChosen(AffectedByClosure one) => one.StartsAt is not null;

    /// <summary>From when to when, in words.</summary>
    public string ChangeOf(AffectedByClosure one) => one switch
    {
        { StartsAt: { } starts, MovesTo: { } moves } => $"{dates.Day(starts)}, {dates.Time(starts)} → {dates.Day(moves)}, {dates.Time(moves)}",
        { StartsAt: { } starts } => $"{dates.Day(starts)}, {dates.Time(starts)} → {CalendarDeskText.Get("Affected.Cancelled")}",
        { To: { } to } => $"{dates.Day(one.From)} → {dates.Day(to)}",
        _ => $"{dates.Day(one.From)} → {CalendarDeskText.Get("Affected.Cancelled")}",
    };

    private IReadOnlyList<ClosureChoice> Choices => [.. Cancelled.Take(1000).Select(Read).OfType<Subject>().Select(subject => new ClosureChoice(subject, null))];

    private static Subject? Read(string written) =>
        written.Split(':') is [var kind, var id] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? new Subject(kind, key) : null;

    private IActionResult Refuse(Refusal refusal) =>
        this.Refuse(refusal, ("calendar.too_long", nameof(To)), ("calendar.unknown_branch", nameof(Branch)), ("input.date_out_of_range", nameof(From)));

    /// <summary>What was asked for; null where a question is open, which is then said.</summary>
    private CalendarException? Asked()
    {
        foreach (var (field, value) in ((string, DateOnly?)[])[(nameof(From), From), (nameof(To), To)])
            if (value is null && ModelState[field]?.Errors.Count is not > 0) this.Fault(field, FormText.Get("Missing"));
        if (string.IsNullOrWhiteSpace(Name)) this.Fault(nameof(Name), FormText.Get("Missing"));
        if (To < From) this.Fault(nameof(To), CalendarRefusals.EndsBeforeItBegins(From!.Value, To!.Value).Explain(CultureInfo.CurrentUICulture));
        var week = OpenAtTimes ? TypedWeek.Read(Week, day => this.Fault($"Week[{day}]", CalendarDeskText.Get("Week.Wrong"))) : WeeklyHours.Closed;
        return ModelState.IsValid ? CalendarException.OtherHours(Branch, From!.Value, To!.Value, week, Name!.Trim(), string.IsNullOrWhiteSpace(NameEnglish) ? null : NameEnglish.Trim()) : null;
    }
}
