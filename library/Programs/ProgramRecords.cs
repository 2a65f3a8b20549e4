using Metro.Library.Calendar;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>What programs keep about a member: seats, consents, absences (DOMAIN.md rules 10 and 11).</summary>
internal sealed class ProgramRecords(LibraryCalendar calendar) : IMemberRecords
{
    public string Name => "registrations";

    /// <summary>A seat to come keeps nobody from leaving: it is given up with the rest.</summary>
    public Task<IReadOnlyList<Refusal>> OpenBusinessAsync(LibraryDbContext db, long memberId, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<object> ExportAsync(LibraryDbContext db, long memberId, CancellationToken stop) => new
    {
        Seats = await db.Registrations.AsNoTracking().OfMember(memberId).Select(one => new
        {
            one.Session.Program.Title, one.Session.StartsAt, one.Status, one.Seats, one.GroupName, one.Note, one.Age, one.CreatedAt, one.AttendedAt,
            Needs = one.Needs.Select(need => new { need.Kind, need.Note, need.Answer }).ToList(),
            Consents = one.Consents.Select(consent => new { consent.Purpose, consent.GuardianName, consent.Channel, consent.Wording, consent.GivenAt, consent.WithdrawnAt }).ToList(),
        }).ToListAsync(stop),
        Absences = await db.Strikes.AsNoTracking().Where(strike => strike.MemberId == memberId).OrderBy(strike => strike.Id)
            .Select(strike => new { strike.About, strike.GivenAt, strike.ExpiresAt, strike.LiftedAt, strike.Appeal, strike.AppealText, strike.AppealAnswer }).ToListAsync(stop),
    };

    public async Task EraseAsync(LibraryDbContext db, long memberId, CancellationToken stop)
    {
        var theirs = await db.Registrations.Include(one => one.Session.Program).Include(one => one.Needs).Include(one => one.Consents)
            .Where(one => one.MemberId == memberId).ToListAsync(stop);
        var given = theirs.Where(one => one.WhyNotCancel(calendar.Now) is null).ToList();
        foreach (var registration in given) registration.Cancel(calendar.Now);
        foreach (var registration in given) await db.OfferFreeSeatsAsync(registration.Session, calendar, stop);
        foreach (var registration in theirs)
        {
            await db.UntellAsync(registration.Subject, "the person was forgotten", calendar.Now, stop);
            registration.ForgetPerson();
        }

        foreach (var enrolment in await db.SeriesEnrolments.Where(one => one.MemberId == memberId).ToListAsync(stop)) enrolment.ForgetPerson();
        db.RemoveRange(await db.Strikes.Where(strike => strike.MemberId == memberId).ToListAsync(stop));
    }

    public async Task MoveAsync(LibraryDbContext db, long fromMemberId, long toMemberId, CancellationToken stop)
    {
        var kept = Registrant.KeyOf(toMemberId, null);
        foreach (var registration in await db.Registrations.Include(one => one.Session.Program).Where(one => one.MemberId == fromMemberId).ToListAsync(stop))
        {
            // Both records may hold a seat in the same session: one person needs one.
            var twice = registration.ActiveKey is not null
                && await db.Registrations.AnyAsync(one => one.SessionId == registration.SessionId && one.ActiveKey == kept, stop);
            if (twice && registration.WhyNotCancel(calendar.Now) is null)
            {
                registration.Cancel(calendar.Now);
                await db.OfferFreeSeatsAsync(registration.Session, calendar, stop);
            }

            registration.MoveTo(toMemberId, keepsKey: twice);
        }

        foreach (var enrolment in await db.SeriesEnrolments.Where(one => one.MemberId == fromMemberId).ToListAsync(stop)) enrolment.MoveTo(toMemberId);
        foreach (var strike in await db.Strikes.Where(one => one.MemberId == fromMemberId).ToListAsync(stop)) strike.MoveTo(toMemberId);
    }
}
