using System.Globalization;
using Metro.Library;
using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Policies;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Metro.Theme;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Attendance;

/// <summary>A member's absences: which count, until when, what they mean; and saying why one is unjust.</summary>
internal sealed class AttendanceModel(LibraryDbContext db, Absences absences, LibraryCalendar calendar, LimitsInForce limits) : MemberPage
{
    private const int MostListed = 50;

    /// <summary>The absence that an appeal is about.</summary>
    [BindProperty]
    public long Strike { get; set; }

    /// <summary>Why it is unjust.</summary>
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>The absences, the latest first, with what was missed.</summary>
    public IReadOnlyList<(Strike Strike, string What, DateTime? StartsAt)> Strikes { get; private set; } = [];

    /// <summary>How many count now.</summary>
    public int Counting { get; private set; }

    /// <summary>With how many at once registration is closed for a while.</summary>
    public int Most { get; private set; }

    public bool CanAppeal(Strike strike) => strike is { Appeal: AppealStatus.None, LiftedAt: null } && strike.ExpiresAt > calendar.Now;

    public Mark MarkOf(Strike strike) => strike switch
    {
        { LiftedAt: not null } => new(AttendanceText.Get("Lifted"), Tone.Good),
        { Appeal: AppealStatus.Pending } => new(AttendanceText.Get("Pending"), Tone.Caution),
        { ExpiresAt: var expires } when expires <= calendar.Now => new(AttendanceText.Get("Expired")),
        _ => new(AttendanceText.Get("Counts"), Tone.Bad),
    };

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        if (!Strikes.Any(one => one.Strike.Id == Strike)) return NotFound();
        if (string.IsNullOrWhiteSpace(Text)) this.Fault(nameof(Text), FormText.Get("Missing"));
        if (!ModelState.IsValid) return this.Refused();
        return await absences.AppealAsync(Strike, Text!, By, stop) is { } refusal
            ? this.Refuse(refusal, ("input.too_long", nameof(Text)))
            : Tell(AttendanceText.Get("Appealed"), "/account/attendance");
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var memberId = Member.Id;
        Most = (await limits.GetAsync(stop)).MostStrikes;
        Counting = await absences.CountingAgainst(memberId).CountAsync(stop);
        var strikes = await db.Strikes.AsNoTracking().Where(one => one.MemberId == memberId).OrderByDescending(one => one.GivenAt).ThenByDescending(one => one.Id).Take(MostListed).ToListAsync(stop);
        var (registrations, bookings) = (KeysOf("registration"), KeysOf("booking"));
        var missed = (await db.Registrations.AsNoTracking().Where(one => registrations.Contains(one.Id)).Include(one => one.Session.Program).ToListAsync(stop))
            .Select(one => (About: one.Subject.ToString(), What: one.Session.Program.LocalTitle, one.Session.StartsAt))
            .Concat((await db.Bookings.AsNoTracking().Where(one => bookings.Contains(one.Id)).Include(one => one.Space).ToListAsync(stop))
                .Select(one => (About: one.Subject.ToString(), What: one.Space.LocalName, one.StartsAt)))
            .ToDictionary(one => one.About, StringComparer.Ordinal);
        Strikes = [.. strikes.Select(one => missed.TryGetValue(one.About, out var what)
            ? (one, what.What.Explain(CultureInfo.CurrentUICulture), (DateTime?)what.StartsAt)
            : (one, AttendanceText.Get("Forgotten"), null))];

        List<long> KeysOf(string kind) => [.. strikes.Where(one => one.About.StartsWith(kind + ":", StringComparison.Ordinal)).Select(one => long.Parse(one.About.AsSpan(kind.Length + 1), CultureInfo.InvariantCulture))];
    }
}
