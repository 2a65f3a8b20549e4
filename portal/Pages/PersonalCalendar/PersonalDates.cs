using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Time;
using Metro.Library.Visits;
using Metro.Portal.Pages.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.PersonalCalendar;

/// <summary>
/// A member's dates as entries of a calendar, in the language of the request: what is due, what waits to be picked up, sessions,
/// bookings, class visits. Sessions, bookings and visits have the UID that they have in mails, so that a calendar which got the
/// invitation already keeps one entry (DOMAIN.md rule 14). Not thread-safe: one per request.
/// </summary>
internal sealed class PersonalDates(LibraryDbContext db, LibraryCalendar calendar, WhatsOn whatsOn)
{
    /// <summary>For how many days what is over stays in the calendar.</summary>
    private const int DaysBack = 30;

    private const int MostOfEach = 200;

    private static CultureInfo Reader => CultureInfo.CurrentUICulture;

    /// <summary>The entries.</summary>
    /// <param name="member">Whose dates.</param>
    /// <param name="site">The address of the site in the reader's language, to which entries lead back.</param>
    /// <param name="stop">Ends the reading.</param>
    public async Task<IReadOnlyList<CalendarEvent>> OfAsync(Member member, Uri site, CancellationToken stop)
    {
        var events = new List<CalendarEvent>();
        events.AddRange(await LoansAsync(member.Id, site, stop));
        events.AddRange(await PickupsAsync(member.Id, site, stop));
        events.AddRange(await DigitalLoansAsync(member.Id, site, stop));
        events.AddRange(await SessionsAsync(member.Id, site, stop));
        events.AddRange(await BookingsAsync(member.Id, site, stop));
        if (member.Npsn is { } npsn) events.AddRange(await VisitsAsync(npsn, site, stop));
        return events;
    }

    private DateTime Since => calendar.Now.AddDays(-DaysBack);

    private async Task<IEnumerable<CalendarEvent>> LoansAsync(long memberId, Uri site, CancellationToken stop)
    {
        var loans = await (
            from loan in db.Loans.AsNoTracking().Open().Of(memberId)
            where loan.State == LoanState.Out
            join title in db.Titles on loan.TitleId equals title.Id
            join branch in db.Branches on loan.BranchId equals branch.Id
            orderby loan.DueOn, loan.Id
            select new { Loan = loan, Title = title.Name, Branch = branch }).Take(MostOfEach).ToListAsync(stop);
        return loans.Select(row => new CalendarEvent
        {
            Uid = Uid("loan", row.Loan.Id, site),
            Sequence = row.Loan.Renewals,
            Days = (row.Loan.DueOn, row.Loan.DueOn),
            UpdatedAt = row.Loan.RenewedOn is { } renewed ? calendar.StartOf(renewed) : row.Loan.LentAt,
            Summary = PersonalCalendarText.Get("Due", row.Title),
            Location = row.Branch.LocalName.Explain(Reader),
            Url = Page(site, "/account/loans"),
        });
    }

    private async Task<IEnumerable<CalendarEvent>> PickupsAsync(long memberId, Uri site, CancellationToken stop)
    {
        var holds = await (
            from hold in db.Holds.AsNoTracking()
            where hold.MemberId == memberId && hold.State == HoldState.Ready
            join title in db.Titles on hold.TitleId equals title.Id
            join branch in db.Branches on hold.PickupBranchId equals branch.Id
            orderby hold.PickupBy, hold.Id
            select new { Hold = hold, Title = title.Name, Branch = branch }).Take(MostOfEach).ToListAsync(stop);
        return holds.Select(row => new CalendarEvent
        {
            Uid = Uid("hold", row.Hold.Id, site),
            Days = (row.Hold.PickupBy!.Value, row.Hold.PickupBy.Value),
            UpdatedAt = row.Hold.ReadyAt!.Value,
            Summary = PersonalCalendarText.Get("PickUp", row.Title),
            Location = row.Branch.LocalName.Explain(Reader),
            Url = Page(site, "/account/holds"),
        });
    }

    private async Task<IEnumerable<CalendarEvent>> DigitalLoansAsync(long memberId, Uri site, CancellationToken stop)
    {
        var loans = await db.DigitalLoans.AsNoTracking().Include(loan => loan.Licence).Where(loan => loan.MemberId == memberId && loan.EndedAt == null)
            .OrderBy(loan => loan.DueAt).Take(MostOfEach).ToListAsync(stop);
        return loans.Select(loan => (Loan: loan, Last: calendar.DateOf(loan.DueAt.AddTicks(-1)))).Select(one => new CalendarEvent
        {
            Uid = Uid("e-loan", one.Loan.Id, site),
            Days = (one.Last, one.Last),
            UpdatedAt = one.Loan.LentAt,
            Summary = PersonalCalendarText.Get("Ends", one.Loan.Licence.LocalTitle.Explain(Reader)),
            Url = Page(site, "/account/e-loans"),
        });
    }

    private async Task<IEnumerable<CalendarEvent>> SessionsAsync(long memberId, Uri site, CancellationToken stop)
    {
        var since = Since;
        var registrations = await db.Registrations.AsNoTracking().Include(one => one.Session.Program)
            .Where(one => one.MemberId == memberId && one.Session.EndsAt > since && (one.Status == RegistrationStatus.Confirmed || one.Status == RegistrationStatus.Attended))
            .OrderBy(one => one.Session.StartsAt).ThenBy(one => one.Id).Take(MostOfEach).ToListAsync(stop);
        var events = new List<CalendarEvent>(registrations.Count);
        foreach (var session in registrations.Select(one => one.Session).DistinctBy(session => session.Id))
            events.Add(new CalendarEvent
            {
                Uid = session.Uid,
                Sequence = session.Sequence,
                When = session.When,
                UpdatedAt = session.UpdatedAt,
                Summary = session.Program.LocalTitle.Explain(Reader),
                Location = await whatsOn.PlaceAsync(session, stop),
                Url = Page(site, "/account/registrations"),
                Status = session.Status == SessionStatus.Cancelled ? CalendarEventStatus.Cancelled : CalendarEventStatus.Confirmed,
            });
        return events;
    }

    private async Task<IEnumerable<CalendarEvent>> BookingsAsync(long memberId, Uri site, CancellationToken stop)
    {
        var since = Since;
        var bookings = await db.Bookings.AsNoTracking().Include(one => one.Space)
            .Where(one => one.MemberId == memberId && one.EndsAt > since && (one.Status == BookingStatus.Requested || one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.CheckedIn))
            .OrderBy(one => one.StartsAt).ThenBy(one => one.Id).Take(MostOfEach).ToListAsync(stop);
        return bookings.Select(one => new CalendarEvent
        {
            Uid = one.Uid,
            Sequence = one.Sequence,
            When = Interval.Between(one.StartsAt, one.EndsAt),
            UpdatedAt = one.UpdatedAt,
            Summary = one.Title,
            Location = one.Space.LocalName.Explain(Reader),
            Url = Page(site, "/account/bookings"),
            Status = one.Status == BookingStatus.Requested ? CalendarEventStatus.Tentative : CalendarEventStatus.Confirmed,
        });
    }

    private async Task<IEnumerable<CalendarEvent>> VisitsAsync(string npsn, Uri site, CancellationToken stop)
    {
        var since = Since;
        var visits = await db.Visits.AsNoTracking().Include(one => one.Offer)
            .Where(one => one.School.Npsn == npsn && one.EndsAt > since && (one.Status == VisitStatus.Requested || one.Status == VisitStatus.Approved || one.Status == VisitStatus.Visited))
            .OrderBy(one => one.StartsAt).ThenBy(one => one.Id).Take(MostOfEach).ToListAsync(stop);
        return visits.Select(one => new CalendarEvent
        {
            Uid = one.Uid,
            Sequence = one.Sequence,
            When = Interval.Between(one.StartsAt, one.EndsAt),
            UpdatedAt = one.UpdatedAt,
            Summary = one.Offer.LocalName.Explain(Reader),
            Description = one.ClassName,
            Url = Page(site, "/account/visits"),
            Status = one.Status == VisitStatus.Requested ? CalendarEventStatus.Tentative : CalendarEventStatus.Confirmed,
        });
    }

    private static string Uid(string kind, long id, Uri site) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{id}@{site.Host}");

    private static Uri Page(Uri site, string path) => new(site.AbsoluteUri.TrimEnd('/') + path);
}
