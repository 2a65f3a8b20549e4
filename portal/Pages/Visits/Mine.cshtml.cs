using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Visits;
using Metro.Portal.People;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Visits;

/// <summary>The visits of the school for which somebody stands, and how many it can still ask for.</summary>
internal sealed class MineModel(LibraryDbContext db, Schools schools, ClassVisits visits, LibraryCalendar calendar) : MemberPage
{
    private const int MostListed = 100;

    /// <summary>The school; null where they stand for none that the library knows.</summary>
    public School? School { get; private set; }

    public VisitsLeft? Left { get; private set; }

    public IReadOnlyList<Visit> ToCome { get; private set; } = [];

    public IReadOnlyList<Visit> Past { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        School = await schools.OfAsync(Actor.Member(Member.Id, Member.Name), stop);
        if (School is null) return;

        var now = calendar.Now;
        Left = await visits.LeftAsync(School.Id, SchoolYear.Of(calendar.Today), stop);
        var all = await db.Visits.AsNoTracking().OfSchool(School.Id).Include(one => one.Offer).Take(MostListed).ToListAsync(stop);
        ToCome = [.. all.Where(one => one.HoldsSlot && one.EndsAt > now).OrderBy(one => one.StartsAt)];
        Past = [.. all.Except(ToCome)];
    }
}
