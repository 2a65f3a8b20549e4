using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Spaces;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>The library's terms on one page: what is lent to whom for how long, which limits spaces have, what the settings say.</summary>
[Authorize(Roles = Role.Administrator)]
internal sealed class PoliciesModel(LibraryDbContext db, TermsTable table, LibraryCalendar calendar, LibrarySettings settings) : DeskPage
{
    private BranchCalendar hours = null!;

    /// <summary>Every row that holds: those of the table, and the defaults that none of them replaces.</summary>
    public IReadOnlyList<LoanTerms> Terms { get; private set; } = [];

    public IReadOnlyList<SpaceKind> SpaceKinds { get; private set; } = [];

    /// <summary>What the configuration decides, with the name of each setting.</summary>
    public IReadOnlyList<(string Name, object Value, string Setting)> Settings =>
    [
        ("VisitsPerSchoolYear", settings.VisitsPerSchoolYear, "Library__VisitsPerSchoolYear"),
        ("MostStrikes", settings.MostStrikes, "Library__MostStrikes"),
        ("StrikeDays", settings.StrikeDays, "Library__StrikeDays"),
        ("MostOwed", TermsInWords.Rupiah(settings.Circulation.MostOwed), "Library__Circulation__MostOwed"),
        ("MembershipDays", settings.Members.MembershipDays, "Library__Members__MembershipDays"),
        ("MostDigitalLoans", settings.MostDigitalLoans, "Library__MostDigitalLoans"),
    ];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Terms = await table.InForceAsync(stop);
        SpaceKinds = await db.Set<SpaceKind>().AsNoTracking().OrderBy(kind => kind.Name).ThenBy(kind => kind.Id).Take(100).ToListAsync(stop);
        hours = await calendar.OfAsync(db, Here.Id, stop);
    }

    public IEnumerable<string> ExamplesOf(LoanTerms terms) => TermsInWords.ExamplesOf(terms, calendar.Today, hours);
}
