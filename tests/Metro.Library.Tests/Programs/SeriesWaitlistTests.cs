using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

/// <summary>DOMAIN.md rule 6, for a course of three sessions of which one takes all or none.</summary>
public sealed class SeriesWaitlistTests
{
    [Fact]
    public async Task A_series_is_offered_only_when_every_session_has_room()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (program, sessions) = await ACourseAsync(library, 1, 1, 1);
        var (ani, budi) = (await EnrolAsync(library, program, "Ani"), await EnrolAsync(library, program, "Budi"));
        Assert.All(budi, one => Assert.Equal(RegistrationStatus.Waiting, one.Status));
        await using var desk = library.OpenDesk();

        await desk.The<ProgramPlanning>().ChangeCapacityAsync(sessions[0].Id, 2, TestLibrary.Librarian);
        await desk.The<ProgramPlanning>().ChangeCapacityAsync(sessions[1].Id, 2, TestLibrary.Librarian);
        Assert.All(await NowAsync(library, budi), one => Assert.Equal(RegistrationStatus.Waiting, one.Status));

        await desk.The<ProgramPlanning>().ChangeCapacityAsync(sessions[2].Id, 2, TestLibrary.Librarian);
        Assert.All(await NowAsync(library, budi), one => Assert.Equal(RegistrationStatus.Offered, one.Status));
        Assert.All(await NowAsync(library, ani), one => Assert.Equal(RegistrationStatus.Confirmed, one.Status));
        await AssertAddsUpAsync(library);
    }

    [Fact]
    public async Task Who_gives_up_a_series_passes_all_of_it_on_and_the_offer_is_told_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (program, _) = await ACourseAsync(library, 1, 5, 5);
        var (ani, budi) = (await EnrolAsync(library, program, "Ani"), await EnrolAsync(library, program, "Budi"));
        Assert.Equal([ProgramMessages.Waitlisted], await ToldAsync(library, budi));

        await using var desk = library.OpenDesk();
        Assert.True((await desk.The<SessionRegistrations>().CancelSeriesAsync(ani[1].TicketCode, Happenings.Visitor)).Succeeded);

        Assert.All(await NowAsync(library, budi), one => Assert.Equal(RegistrationStatus.Offered, one.Status));
        Assert.Equal([ProgramMessages.Waitlisted, ProgramMessages.Offered], await ToldAsync(library, budi));
        Assert.DoesNotContain(ProgramMessages.Offered, await ToldAsync(library, ani));
    }

    [Fact]
    public async Task One_ticket_accepts_the_whole_series()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (program, sessions) = await ACourseAsync(library, 1, 5, 5);
        var (ani, budi) = (await EnrolAsync(library, program, "Ani"), await EnrolAsync(library, program, "Budi"));
        await using var desk = library.OpenDesk();
        await desk.The<SessionRegistrations>().CancelSeriesAsync(ani[0].TicketCode, Happenings.Visitor);

        Assert.True((await library.AcceptAsync(budi[2])).Succeeded);

        Assert.All(await NowAsync(library, budi), one => Assert.Equal(RegistrationStatus.Confirmed, one.Status));
        foreach (var session in sessions) Assert.Equal(1, (await library.NowAsync(session)).SeatsTaken);
        Assert.Equal(ProgramRefusals.NothingOffered, (await library.AcceptAsync(budi[0])).Refusal);
    }

    [Fact]
    public async Task An_offered_series_lapses_as_a_whole_never_past_its_first_start_and_goes_to_the_next()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (program, sessions) = await ACourseAsync(library, 1, 5, 5);
        var (ani, budi, citra) = (await EnrolAsync(library, program, "Ani"), await EnrolAsync(library, program, "Budi"), await EnrolAsync(library, program, "Citra"));
        await using var desk = library.OpenDesk();
        library.Clock.MoveTo(new DateTimeOffset(sessions[0].StartsAt.AddHours(-50)));
        await desk.The<SessionRegistrations>().CancelSeriesAsync(ani[0].TicketCode, Happenings.Visitor);
        library.Clock.Advance(TimeSpan.FromHours(48));
        Assert.Equal(1, await library.ExpireOffersAsync());

        Assert.All(await NowAsync(library, budi), one => Assert.Equal(RegistrationStatus.Lapsed, one.Status));
        Assert.All(await NowAsync(library, citra), one => Assert.Equal((RegistrationStatus.Offered, sessions[0].StartsAt), (one.Status, one.OfferExpiresAt)));
        Assert.Equal(0, await library.ExpireOffersAsync());
        await AssertAddsUpAsync(library);
    }

    [Fact]
    public async Task When_the_one_full_session_is_cancelled_those_who_waited_are_offered_the_rest()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (program, sessions) = await ACourseAsync(library, 5, 1, 5);
        await EnrolAsync(library, program, "Ani");
        var budi = await EnrolAsync(library, program, "Budi");
        await using var desk = library.OpenDesk();

        await desk.The<ProgramPlanning>().CancelAsync(sessions[1].Id, "Pemateri sakit", TestLibrary.Librarian);

        Assert.Equal([RegistrationStatus.Offered, RegistrationStatus.Cancelled, RegistrationStatus.Offered], (await NowAsync(library, budi)).Select(one => one.Status));
        await AssertAddsUpAsync(library);
    }

    [Fact]
    public async Task A_group_waits_for_a_series_in_which_all_of_it_fits_and_lets_a_smaller_one_pass()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (program, _) = await ACourseAsync(library, 3, 9, 9);
        var ani = await EnrolAsync(library, program, "Ani");
        var two = await EnrolAsync(library, program, "Wati", companions: 1);
        var group = await EnrolAsync(library, program, "Budi", companions: 2);
        var one = await EnrolAsync(library, program, "Citra");
        await using var desk = library.OpenDesk();

        await desk.The<SessionRegistrations>().CancelSeriesAsync(ani[0].TicketCode, Happenings.Visitor);

        Assert.All(await NowAsync(library, two), each => Assert.Equal(RegistrationStatus.Confirmed, each.Status));
        Assert.All(await NowAsync(library, group), each => Assert.Equal(RegistrationStatus.Waiting, each.Status));
        Assert.All(await NowAsync(library, one), each => Assert.Equal(RegistrationStatus.Offered, each.Status));
    }

    [Fact]
    public async Task In_a_storm_of_enrolling_accepting_and_giving_up_a_series_stays_whole_and_seats_add_up()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (program, _) = await ACourseAsync(library, 4, 3, 5);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(person => Task.Run(async () =>
        {
            var random = new Random(person);
            var mine = new List<Registration>();
            for (var round = 0; round < 30; round++)
            {
                await using var desk = library.OpenDesk();
                var registrations = desk.The<SessionRegistrations>();
                switch (random.Next(4))
                {
                    case 0 or 1:
                        var enrolled = await registrations.EnrolAsync(program.Id, Happenings.AVisitor($"Orang{person}") with { Companions = random.Next(2) }, Happenings.Visitor);
                        if (enrolled.Succeeded) mine.AddRange(enrolled.Value);
                        break;
                    case 2 when mine.Count > 0:
                        await registrations.CancelSeriesAsync(mine[random.Next(mine.Count)].TicketCode, Happenings.Visitor);
                        break;
                    case 3 when mine.Count > 0:
                        await registrations.AcceptOfferAsync(mine[random.Next(mine.Count)].TicketCode, Happenings.Visitor);
                        break;
                }
            }
        })));

        await AssertAddsUpAsync(library);
        library.Clock.Advance(TimeSpan.FromHours(49));
        while (await library.ExpireOffersAsync() > 0) library.Clock.Advance(TimeSpan.FromHours(49));
        await AssertAddsUpAsync(library);
    }

    private static async Task<(LibraryProgram Program, IReadOnlyList<Session> Sessions)> ACourseAsync(TestLibrary library, params int[] seats)
    {
        var program = await library.AProgramAsync(Happenings.Workshop with { Enrolment = Enrolment.WholeSeries });
        var sessions = new List<Session>();
        for (var week = 0; week < seats.Length; week++) sessions.Add(await library.ASessionAsync(seats[week], inDays: 8 + (7 * week), programId: program.Id));
        return (program, sessions);
    }

    private static async Task<IReadOnlyList<Registration>> EnrolAsync(TestLibrary library, LibraryProgram program, string name, int companions = 0)
    {
        await using var desk = library.OpenDesk();
        return (await desk.The<SessionRegistrations>().EnrolAsync(program.Id, Happenings.AVisitor(name) with { Companions = companions }, Happenings.Visitor)).Value;
    }

    private static async Task<IReadOnlyList<Registration>> NowAsync(TestLibrary library, IReadOnlyList<Registration> series)
    {
        await using var db = library.NewContext();
        var ids = series.Select(one => one.Id).ToList();
        return await db.Registrations.Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ToListAsync();
    }

    private static async Task<List<string>> ToldAsync(TestLibrary library, IReadOnlyList<Registration> series)
    {
        var told = new List<string>();
        foreach (var one in series) told.AddRange(await library.ToldAsync(one.Subject));
        return told;
    }

    /// <summary>Each session's counts are those of its registrations, and nobody has a part of a series.</summary>
    private static async Task AssertAddsUpAsync(TestLibrary library)
    {
        await using var db = library.NewContext();
        var registrations = await db.Registrations.AsNoTracking().Include(one => one.Session).ToListAsync();
        foreach (var session in await db.Sessions.AsNoTracking().Where(one => one.Status == SessionStatus.Scheduled).ToListAsync())
        {
            var here = registrations.Where(one => one.SessionId == session.Id).ToList();
            Assert.InRange(session.SeatsTaken, 0, session.Capacity);
            Assert.Equal(session.SeatsTaken, here.Where(one => one.HoldsSeats).Sum(one => one.Seats));
            Assert.Equal(session.Waiting, here.Count(one => one.Status == RegistrationStatus.Waiting));
        }

        foreach (var enrolment in registrations.Where(one => one.Session.Status == SessionStatus.Scheduled).GroupBy(one => one.SeriesEnrolmentId))
        {
            Assert.Single(enrolment.Select(one => one.Status).Distinct());
            // Nobody waits for a series that is free.
            if (enrolment.First().Status == RegistrationStatus.Waiting) Assert.Contains(enrolment, one => one.Seats > one.Session.SeatsLeft);
        }
    }
}
