using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Visits;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>Which class visits a list shows.</summary>
internal enum VisitList
{
    /// <summary>Requests that wait for an answer.</summary>
    Waiting,

    /// <summary>Approved ones that are still to come.</summary>
    Coming,

    /// <summary>Approved ones whose time has come: did the class come, and how many?</summary>
    ToCount,

    /// <summary>All the others.</summary>
    Over,
}

/// <summary>The queue of class visits: what waits for an answer, the most urgent first, with what speaks for and against.</summary>
internal sealed class VisitsModel(LibraryDbContext db, VisitReview review, LibraryCalendar calendar) : DeskPage
{
    /// <summary>Which list is open.</summary>
    [BindProperty(SupportsGet = true)]
    public VisitList Show { get; set; }

    public LongList<Visit> Visits { get; private set; } = LongList<Visit>.Empty;

    /// <summary>What there is to consider, for requests that wait.</summary>
    public IReadOnlyDictionary<long, VisitConsiderations> Considered { get; private set; } = new Dictionary<long, VisitConsiderations>();

    /// <summary>How many visits the lists have that ask for work.</summary>
    public IReadOnlyDictionary<VisitList, int> Counts { get; private set; } = new Dictionary<VisitList, int>();

    public async Task OnGetAsync(CancellationToken stop)
    {
        var now = calendar.Now;
        Counts = new Dictionary<VisitList, int>
        {
            [VisitList.Waiting] = await Of(VisitList.Waiting, now).Take(1000).CountAsync(stop),
            [VisitList.ToCount] = await Of(VisitList.ToCount, now).Take(1000).CountAsync(stop),
        };
        Visits = await Of(Show, now).PartAsync(Request, stop);
        if (Show == VisitList.Waiting) Considered = await review.OfAsync([.. Visits.Rows], stop);
    }

    private IQueryable<Visit> Of(VisitList list, DateTime now)
    {
        var visits = db.Visits.AsNoTracking().Include(visit => visit.School).Include(visit => visit.Offer.Times);
        return list switch
        {
            VisitList.Waiting => visits.AwaitingAnswer(),
            VisitList.Coming => visits.ComingBetween(now, DateTime.MaxValue),
            VisitList.ToCount => visits.Where(visit => visit.Status == VisitStatus.Approved && visit.StartsAt < now).OrderByDescending(visit => visit.StartsAt).ThenBy(visit => visit.Id),
            _ => visits.Where(visit => visit.Status != VisitStatus.Requested && visit.Status != VisitStatus.Approved).OrderByDescending(visit => visit.StartsAt).ThenBy(visit => visit.Id),
        };
    }
}
