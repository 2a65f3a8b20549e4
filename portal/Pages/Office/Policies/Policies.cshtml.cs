using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Policies;
using Metro.Library.Spaces;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>The library's terms on one page: what is lent to whom for how long, which limits spaces have and which hold for everybody.</summary>
[Authorize(Roles = Role.Administrator)]
internal sealed class PoliciesModel(LibraryDbContext db, TermsTable table, LimitsInForce limits, LibraryCalendar calendar) : DeskPage
{
    private BranchCalendar hours = null!;

    /// <summary>Every row that holds: those of the table, and the defaults that none of them replaces.</summary>
    public IReadOnlyList<LoanTerms> Terms { get; private set; } = [];

    public IReadOnlyList<SpaceKind> SpaceKinds { get; private set; } = [];

    /// <summary>What holds for everybody alike.</summary>
    public IReadOnlyList<(string Name, object Value)> Limits { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Terms = await table.InForceAsync(stop);
        SpaceKinds = await db.Set<SpaceKind>().AsNoTracking().OrderBy(kind => kind.Name).ThenBy(kind => kind.Id).Take(100).ToListAsync(stop);
        var house = await limits.GetAsync(stop);
        Limits =
        [
            (nameof(house.VisitsPerSchoolYear), house.VisitsPerSchoolYear), (nameof(house.MostStrikes), house.MostStrikes), (nameof(house.StrikeDays), house.StrikeDays),
            (nameof(house.MostOwed), TermsInWords.Rupiah(house.MostOwed)), (nameof(house.MembershipDays), house.MembershipDays),
            (nameof(house.MostDigitalLoans), house.MostDigitalLoans),
        ];
        hours = await calendar.OfAsync(db, Here.Id, stop);
    }

    public IEnumerable<string> ExamplesOf(LoanTerms terms) => TermsInWords.ExamplesOf(terms, calendar.Today, hours);
}
