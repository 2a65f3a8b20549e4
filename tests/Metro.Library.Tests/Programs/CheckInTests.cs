using Metro.Library.Attendance;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Tests.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

/// <summary>DOMAIN.md rule 8.</summary>
public sealed class CheckInTests
{
    [Fact]
    public async Task A_ticket_lets_in_once_within_the_check_in_window()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(2);
        var ani = await library.SomebodyAsync(session, "Ani");

        library.Clock.MoveTo(new DateTimeOffset(session.StartsAt.AddMinutes(-61)));
        Assert.Equal(ProgramRefusals.CheckInNotOpen, (await library.CheckInAsync(ani)).Refusal);
        library.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RegistrationStatus.Attended, (await library.CheckInAsync(ani)).Value.Status);
        Assert.Equal(ProgramRefusals.AlreadyCheckedIn, (await library.CheckInAsync(ani)).Refusal);
        Assert.Equal(1, (await library.NowAsync(session)).SeatsTaken);
    }

    [Fact]
    public async Task A_mistyped_ticket_is_noticed_and_a_cancelled_one_does_not_let_in()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(2);
        var ani = await library.SomebodyAsync(session, "Ani");
        await library.CancelAsync(ani);
        library.Clock.MoveTo(new DateTimeOffset(session.StartsAt));
        await using var desk = library.OpenDesk();
        var wrong = ani.TicketCode[..^1] + (ani.TicketCode[^1] == 'A' ? 'B' : 'A');

        Assert.Equal(ProgramRefusals.NotATicket, (await desk.The<CheckIns>().CheckInAsync(wrong, TestLibrary.Librarian)).Refusal);
        Assert.Equal(ProgramRefusals.UnknownRegistration, (await desk.The<CheckIns>().CheckInAsync(TicketCode.New(), TestLibrary.Librarian)).Refusal);
        Assert.Equal(ProgramRefusals.AlreadyCancelled, (await library.CheckInAsync(ani)).Refusal);
    }

    [Fact]
    public async Task The_list_at_the_door_says_who_comes_what_they_need_and_who_has_read_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var session = await library.ASessionAsync(2);
        var sitis = (await library.RegisterAsync(session, new RegistrationRequest { MemberId = siti.Id, Needs = [new AccommodationWish(AccommodationKind.Wheelchair)] }, TestLibrary.Librarian)).Value;
        var budi = await library.SomebodyAsync(session, "Budi");
        await library.CancelAsync(await library.SomebodyAsync(session, "Citra"));
        await using var desk = library.OpenDesk();

        var list = await desk.The<CheckIns>().ListAsync(session.Id, null, 10, TestLibrary.Librarian);

        Assert.Equal([(sitis.Id, "Siti Rahayu"), (budi.Id, "Budi")], list.Select(row => (row.RegistrationId, row.Name)));
        Assert.Equal([AccommodationKind.Wheelchair], list[0].Needs);
        Assert.All(list, row => Assert.False(row.GuardianAllowsPhotographs));
        Assert.Equal(budi.Id, Assert.Single(await desk.The<CheckIns>().ListAsync(session.Id, sitis.Id, 10, TestLibrary.Librarian)).RegistrationId);
        Assert.Equal(
            ["registration.made", "session.registrants_viewed", "session.registrants_viewed"],
            await desk.Db.AuditLines.Where(line => line.Action.StartsWith("registration.") || line.Action == "session.registrants_viewed").OrderBy(line => line.Id).Select(line => line.Action).ToListAsync());
    }

    [Fact]
    public async Task Unclaimed_seats_go_to_those_who_wait_at_the_door_while_that_is_useful()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(1);
        var (ani, budi, citra) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"), await library.SomebodyAsync(session, "Citra"));

        library.Clock.MoveTo(new DateTimeOffset(session.StartsAt.AddMinutes(10)));
        Assert.Equal("programs.full", (await library.CheckInAsync(budi)).Refusal?.Code);
        Assert.Equal(0, await library.ReleaseNoShowsAsync());
        library.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await library.ReleaseNoShowsAsync());
        Assert.Equal(0, await library.ReleaseNoShowsAsync());

        Assert.Equal(RegistrationStatus.NoShow, (await library.NowAsync(ani)).Status);
        Assert.True((await library.CheckInAsync(budi)).Succeeded);
        Assert.Equal("programs.full", (await library.CheckInAsync(citra)).Refusal?.Code);
        library.Clock.MoveTo(new DateTimeOffset(session.EndsAt));
        Assert.Equal(ProgramRefusals.SessionOver, (await library.CheckInAsync(citra)).Refusal);
    }

    [Fact]
    public async Task A_check_in_that_closes_before_the_start_offers_the_seats_down_the_queue()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(1, Happenings.Workshop with { CheckInClosesMinutes = -30 });
        var (_, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));

        library.Clock.MoveTo(new DateTimeOffset(session.StartsAt.AddMinutes(-30)));
        await library.ReleaseNoShowsAsync();

        var offered = await library.NowAsync(budi);
        Assert.Equal((RegistrationStatus.Offered, session.StartsAt), (offered.Status, offered.OfferExpiresAt));
    }

    [Fact]
    public async Task Where_nobody_checks_in_nobody_is_absent()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(1, Happenings.Workshop with { ChecksIn = false });
        var ani = await library.SomebodyAsync(session, "Ani");

        library.Clock.MoveTo(new DateTimeOffset(session.EndsAt));

        Assert.Equal(0, await library.ReleaseNoShowsAsync());
        Assert.Equal(RegistrationStatus.Confirmed, (await library.NowAsync(ani)).Status);
    }

    [Fact]
    public async Task Staying_away_earns_a_strike_and_three_at_once_keep_from_registering_until_one_expires()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        foreach (var _ in Enumerable.Range(0, 3)) await StayAwayAsync(library, siti);
        var session = await library.ASessionAsync(5);
        var asked = new RegistrationRequest { MemberId = siti.Id };

        Assert.Equal("attendance.too_many_strikes", (await library.RegisterAsync(session, asked, Actor.Member(siti.Id, siti.Name))).Refusal?.Code);
        Assert.True((await library.RegisterAsync(await library.ASessionAsync(5), asked, TestLibrary.Librarian)).Succeeded);

        library.Clock.Advance(TimeSpan.FromDays(80));
        Assert.True((await library.RegisterAsync(await library.ASessionAsync(5, inDays: 30), asked, Actor.Member(siti.Id, siti.Name))).Succeeded);
    }

    [Fact]
    public async Task A_strike_can_be_appealed_does_not_count_meanwhile_and_is_lifted_by_staff()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi) = (await library.JoinAsync(People.Siti), await library.JoinAsync(People.Budi));
        foreach (var _ in Enumerable.Range(0, 3)) await StayAwayAsync(library, siti);
        await using var desk = library.OpenDesk();
        var absences = desk.The<Absences>();
        var (strike, asSiti) = (await desk.Db.Strikes.AsNoTracking().FirstAsync(), Actor.Member(siti.Id, siti.Name));
        Assert.Equal(3, await absences.CountingAgainst(siti.Id).CountAsync());

        Assert.Equal(AttendanceRefusals.UnknownStrike(strike.Id), await absences.AppealAsync(strike.Id, "Bukan saya", Actor.Member(budi.Id, budi.Name)));
        Assert.Null(await absences.AppealAsync(strike.Id, "Saya di rumah sakit", asSiti));
        Assert.Equal(AttendanceRefusals.AlreadyAppealed, await absences.AppealAsync(strike.Id, "Sekali lagi", asSiti));
        Assert.Equal(2, await absences.CountingAgainst(siti.Id).CountAsync());
        Assert.Null(await absences.DecideAsync(strike.Id, lift: false, "Tidak ada bukti", TestLibrary.Librarian));
        Assert.Equal(3, await absences.CountingAgainst(siti.Id).CountAsync());

        var other = await desk.Db.Strikes.AsNoTracking().OrderBy(one => one.Id).LastAsync();
        await absences.AppealAsync(other.Id, "Surat dokter terlampir", asSiti);
        Assert.Null(await absences.DecideAsync(other.Id, lift: true, "Diterima", TestLibrary.Librarian));
        Assert.Equal(2, await absences.CountingAgainst(siti.Id).CountAsync());
        Assert.Equal(["attendance.appeal_decided"], await library.ToldAsync(other.Subject));
        Assert.Equal("input.too_long", (await absences.AppealAsync(other.Id, new string('a', 10_000_000), asSiti))?.Code);
    }

    [Fact]
    public async Task A_guardian_appeals_for_a_child_and_a_stranger_for_nobody()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (guardian, stranger) = (await library.JoinAsync(People.Siti), await library.JoinAsync(People.Budi));
        var child = await library.JoinAsync(People.Ani with { Guardian = new("Siti Rahayu", "ibu", Phone: "0812 3456 7890", MemberId: guardian.Id) });
        await StayAwayAsync(library, child);
        await using var desk = library.OpenDesk();
        var absences = desk.The<Absences>();
        var strike = await absences.CountingAgainst(child.Id).SingleAsync();

        Assert.Equal(AttendanceRefusals.UnknownStrike(strike.Id), await absences.AppealAsync(strike.Id, "Dia sakit.", Actor.Member(stranger.Id, stranger.Name)));
        Assert.Null(await absences.AppealAsync(strike.Id, "Dia sakit.", Actor.Member(guardian.Id, guardian.Name)));
        Assert.Equal(0, await absences.CountingAgainst(child.Id).CountAsync());
    }

    [Fact]
    public async Task A_late_comer_who_still_finds_a_seat_loses_the_strike()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var registration = await StayAwayAsync(library, siti);

        Assert.True((await library.CheckInAsync(registration)).Succeeded);

        await using var desk = library.OpenDesk();
        Assert.Empty(await desk.The<Absences>().CountingAgainst(siti.Id).ToListAsync());
        Assert.DoesNotContain("attendance.strike_given", await library.ToldAsync(registration.Subject));
    }

    [Fact]
    public async Task What_the_library_itself_cancels_strikes_nobody()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var session = await library.ASessionAsync(5);
        await library.RegisterAsync(session, new RegistrationRequest { MemberId = siti.Id }, Actor.Member(siti.Id, siti.Name));
        await using var desk = library.OpenDesk();
        await desk.The<ProgramPlanning>().CancelAsync(session.Id, "Banjir", TestLibrary.Librarian);

        library.Clock.MoveTo(new DateTimeOffset(session.EndsAt));
        await library.ReleaseNoShowsAsync();

        Assert.Empty(await desk.Db.Strikes.ToListAsync());
    }

    /// <summary>Registers, does not come, and the seat is released; afterwards it is a quarter of an hour past the start.</summary>
    private static async Task<Registration> StayAwayAsync(TestLibrary library, Member member)
    {
        var session = await library.ASessionAsync(5, inDays: 8);
        var registration = (await library.RegisterAsync(session, new RegistrationRequest { MemberId = member.Id }, Actor.Member(member.Id, member.Name))).Value;
        library.Clock.MoveTo(new DateTimeOffset(session.StartsAt.AddMinutes(15)));
        Assert.Equal(1, await library.ReleaseNoShowsAsync());
        return registration;
    }
}
