using System.Globalization;
using Metro.Library;
using Metro.Library.Attendance;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>A seat of a member at a session.</summary>
internal sealed record SeatLine(long SessionId, string Program, DateTime StartsAt, int Seats, RegistrationStatus Status);

/// <summary>A booking of a member.</summary>
internal sealed record BookingLine(long Id, string Space, DateTime StartsAt, DateTime EndsAt, BookingStatus Status);

/// <summary>Where a member takes part: seats, spaces, and what came of staying away.</summary>
internal sealed class TakingModel(LibraryDbContext db, Absences absences) : MemberFilePage
{
    private const int Rows = 50;

    /// <summary>Seats, the latest first.</summary>
    public IReadOnlyList<SeatLine> Seats { get; private set; } = [];

    /// <summary>Spaces, the latest first.</summary>
    public IReadOnlyList<BookingLine> Bookings { get; private set; } = [];

    /// <summary>Strikes, the latest first.</summary>
    public IReadOnlyList<Strike> Strikes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        Seats = await db.Registrations.AsNoTracking().OfMember(Id)
            .Select(one => new SeatLine(one.SessionId, english && one.Session.Program.TitleEnglish != null ? one.Session.Program.TitleEnglish : one.Session.Program.Title, one.Session.StartsAt, one.Seats, one.Status))
            .Take(Rows).ToListAsync(stop);
        Bookings = await (
            from booking in db.Bookings.AsNoTracking().OfMember(Id)
            join space in db.Spaces on booking.SpaceId equals space.Id
            orderby booking.StartsAt descending
            select new BookingLine(booking.Id, english && space.NameEnglish != null ? space.NameEnglish : space.Name, booking.StartsAt, booking.EndsAt, booking.Status)).Take(Rows).ToListAsync(stop);
        Strikes = await db.Strikes.AsNoTracking().Where(one => one.MemberId == Id).OrderByDescending(one => one.Id).Take(Rows).ToListAsync(stop);
    }

    public async Task<IActionResult> OnPostDecideAsync(long strike, bool lift, string? answer, CancellationToken stop) =>
        await db.Strikes.AnyAsync(one => one.Id == strike && one.MemberId == Id, stop)
            ? After(await absences.DecideAsync(strike, lift, answer ?? "", Staff, stop), "Done.Appeal", "/programs")
            : NotFound();
}
