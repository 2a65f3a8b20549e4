using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Metro.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Accounts;

/// <summary>Something that comes next for a member: a session, a booking, a class visit.</summary>
/// <param name="Kind">Which of them, as the sentences name it.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Address">Where more is said.</param>
/// <param name="StartsAt">When it starts, in UTC.</param>
/// <param name="EndsAt">When it ends, in UTC.</param>
/// <param name="IsCertain">Whether somebody has still to agree.</param>
internal sealed record Appointment(string Kind, string Title, string Address, DateTime StartsAt, DateTime EndsAt, bool IsCertain);

/// <summary>Something that is kept for a member until they take it up.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Address">Where it is accepted.</param>
/// <param name="Until">Until when, in UTC.</param>
internal sealed record Offer(string Title, string Address, DateTime Until);

/// <summary>A person's own page: what has to be done next, what waits for them, what is owed; for who has no membership, what they can do here.</summary>
internal sealed class AccountModel(LibraryDbContext db, BorrowedCopies borrowed, FinesLedger ledger, LibraryCalendar calendar, Dates dates) : AccountPage
{
    private const int MostShown = 3;

    public IReadOnlyList<string> Roles { get; private set; } = [];

    public IReadOnlyList<BorrowedCopy> Loans { get; private set; } = [];

    /// <summary>The names of the titles that are borrowed or ready.</summary>
    public IReadOnlyDictionary<long, string> Titles { get; private set; } = new Dictionary<long, string>();

    public IReadOnlyList<Hold> Ready { get; private set; } = [];

    public IReadOnlyDictionary<long, string> Branches { get; private set; } = new Dictionary<long, string>();

    public int Waiting { get; private set; }

    public int DigitalLoans { get; private set; }

    public IReadOnlyList<Offer> Offers { get; private set; } = [];

    public IReadOnlyList<Appointment> Next { get; private set; } = [];

    public long Owed { get; private set; }

    /// <summary>The loans that are shown here: those that are due first.</summary>
    public IEnumerable<BorrowedCopy> FirstLoans => Loans.Take(MostShown);

    /// <summary>The last day of the membership where it is near or over; null otherwise.</summary>
    public DateOnly? MembershipEnds => Acting?.Member.MembershipEnd is { } end && end.DayNumber - dates.Today.DayNumber <= 30 ? end : null;

    public async Task OnGetAsync(CancellationToken stop)
    {
        Roles = For is null ? [.. Role.All.Where(User.IsInRole)] : [];
        if (Acting is not { Member: var member }) return;

        Loans = await borrowed.OfAsync(member.Id, stop);
        await LoadHoldsAsync(member, stop);
        await LoadOffersAsync(member, stop);
        await LoadNextAsync(member, stop);
        Owed = await ledger.TotalOwedByAsync(member.Id, stop);
    }

    private async Task LoadHoldsAsync(Member member, CancellationToken stop)
    {
        var holds = await db.Holds.AsNoTracking().Active().Where(hold => hold.MemberId == member.Id).ToListAsync(stop);
        Ready = [.. holds.Where(hold => hold.State == HoldState.Ready).OrderBy(hold => hold.PickupBy).ThenBy(hold => hold.Id)];
        Waiting = holds.Count - Ready.Count;
        DigitalLoans = await db.DigitalLoans.CountAsync(loan => loan.MemberId == member.Id && loan.EndedAt == null, stop);

        var titles = FirstLoans.Select(loan => loan.TitleId).Concat(Ready.Select(hold => hold.TitleId)).ToArray();
        Titles = await db.Titles.AsNoTracking().Where(title => titles.Contains(title.Id)).ToDictionaryAsync(title => title.Id, title => title.Name, stop);
        var branches = Ready.Select(hold => hold.PickupBranchId).Distinct().ToArray();
        Branches = (await db.Branches.AsNoTracking().Where(branch => branches.Contains(branch.Id)).ToListAsync(stop))
            .ToDictionary(branch => branch.Id, branch => branch.LocalName.Explain(CultureInfo.CurrentUICulture));
    }

    private async Task LoadOffersAsync(Member member, CancellationToken stop)
    {
        var now = calendar.Now;
        var seats = await db.Registrations.AsNoTracking().Include(one => one.Session.Program)
            .Where(one => one.MemberId == member.Id && one.Status == RegistrationStatus.Offered && one.OfferExpiresAt > now).OrderBy(one => one.OfferExpiresAt).Take(20).ToListAsync(stop);
        var books = await db.DigitalHolds.AsNoTracking().Include(one => one.Licence)
            .Where(one => one.MemberId == member.Id && one.Status == DigitalHoldStatus.Offered && one.OfferExpiresAt > now).OrderBy(one => one.OfferExpiresAt).Take(20).ToListAsync(stop);
        Offers = [..
            seats.Select(one => new Offer(one.Session.Program.LocalTitle.Explain(CultureInfo.CurrentUICulture), At("/account/registrations"), one.OfferExpiresAt!.Value))
                .Concat(books.Select(one => new Offer(one.Licence!.LocalTitle.Explain(CultureInfo.CurrentUICulture), At("/account/e-loans"), one.OfferExpiresAt!.Value)))
                .OrderBy(offer => offer.Until)];
    }

    private async Task LoadNextAsync(Member member, CancellationToken stop)
    {
        var (now, reader) = (calendar.Now, CultureInfo.CurrentUICulture);
        var sessions = await db.Registrations.AsNoTracking().Include(one => one.Session.Program)
            .Where(one => one.MemberId == member.Id && one.Status == RegistrationStatus.Confirmed && one.Session.EndsAt > now && one.Session.Status == SessionStatus.Scheduled)
            .OrderBy(one => one.Session.StartsAt).Take(MostShown).ToListAsync(stop);
        var bookings = await db.Bookings.AsNoTracking().Include(one => one.Space)
            .Where(one => one.MemberId == member.Id && one.EndsAt > now
                && (one.Status == BookingStatus.Requested || one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.CheckedIn))
            .OrderBy(one => one.StartsAt).Take(MostShown).ToListAsync(stop);
        var visits = member.Npsn is not { } npsn
            ? []
            : await db.Visits.AsNoTracking().Include(one => one.Offer)
                .Where(one => one.School.Npsn == npsn && one.EndsAt > now && (one.Status == VisitStatus.Requested || one.Status == VisitStatus.Approved))
                .OrderBy(one => one.StartsAt).Take(MostShown).ToListAsync(stop);
        Next = [..
            sessions.Select(one => new Appointment("Session", one.Session.Program.LocalTitle.Explain(reader), At("/account/registrations"), one.Session.StartsAt, one.Session.EndsAt, IsCertain: true))
                .Concat(bookings.Select(one => new Appointment("Booking", one.Space.LocalName.Explain(reader), At("/account/bookings"), one.StartsAt, one.EndsAt, one.Status != BookingStatus.Requested)))
                .Concat(visits.Select(one => new Appointment("Visit", one.Offer.LocalName.Explain(reader), At("/account/visits"), one.StartsAt, one.EndsAt, one.Status == VisitStatus.Approved)))
                .OrderBy(one => one.StartsAt).Take(MostShown)];
    }
}
