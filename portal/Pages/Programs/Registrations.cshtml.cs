using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.People;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Programs;

/// <summary>A member's registrations: offers that wait for an answer, what is to come, what was.</summary>
internal sealed class RegistrationsModel(LibraryDbContext db, WhatsOn whatsOn, LibraryCalendar calendar) : MemberPage
{
    private const int MostToCome = 100;
    private const int MostPast = 20;

    /// <summary>Those of sessions that are not over, offers first, then by date.</summary>
    public IReadOnlyList<(Registration Registration, string? Place)> ToCome { get; private set; } = [];

    /// <summary>The latest of those that are over, cancelled or lapsed.</summary>
    public IReadOnlyList<Registration> Past { get; private set; } = [];

    /// <summary>How many are before each that waits.</summary>
    public IReadOnlyDictionary<long, int> Ahead { get; private set; } = new Dictionary<long, int>();

    public async Task OnGetAsync(CancellationToken stop)
    {
        var (memberId, now) = (Member.Id, calendar.Now);
        var mine = db.Registrations.AsNoTracking().Where(one => one.MemberId == memberId).Include(one => one.Session.Program);
        var coming = await mine.Where(one => one.ActiveKey != null && one.Session.EndsAt > now)
            .OrderBy(one => one.Status != RegistrationStatus.Offered).ThenBy(one => one.Session.StartsAt).ThenBy(one => one.Id).Take(MostToCome).ToListAsync(stop);
        Past = await mine.Where(one => one.ActiveKey == null || one.Session.EndsAt <= now).OrderByDescending(one => one.Session.StartsAt).ThenByDescending(one => one.Id).Take(MostPast).ToListAsync(stop);

        var (placed, ahead) = (new List<(Registration, string?)>(), new Dictionary<long, int>());
        foreach (var one in coming)
        {
            placed.Add((one, await whatsOn.PlaceAsync(one.Session, stop)));
            if (one.Status == RegistrationStatus.Waiting) ahead[one.Id] = await db.Registrations.AheadOf(one).CountAsync(stop);
        }

        (ToCome, Ahead) = (placed, ahead);
    }
}
