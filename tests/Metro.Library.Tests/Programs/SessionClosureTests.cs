using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Tests.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

/// <summary>DOMAIN.md rule 1, for sessions on a day that is closed after they were planned: Tuesday 13 January 2026, ten to twelve.</summary>
public sealed class SessionClosureTests
{
    [Fact]
    public async Task A_session_on_a_day_closed_late_is_listed_moved_to_the_same_time_of_the_next_open_day_and_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (session, later) = (await library.ASessionAsync(5, inDays: 8), await library.ASessionAsync(5, inDays: 10));
        var ani = await library.SomebodyAsync(session, "Ani");
        var online = await library.AProgramAsync();
        await using var desk = library.OpenDesk();
        var elsewhere = (await desk.The<ProgramPlanning>().ScheduleAsync(online.Id, new SessionPlan(session.StartsAt, session.EndsAt, SessionPlace.Online("https://rapat.example.id/x"), 5), TestLibrary.Librarian)).Value;
        var closures = desk.The<Closures>();

        var listed = Assert.Single((await closures.PreviewAsync(On(library, session))).Value);
        Assert.Equal((session.Subject, session.StartsAt, session.StartsAt.AddDays(1)), (listed.Subject, listed.StartsAt, listed.MovesTo));
        Assert.Equal(library.Calendar.DateOf(session.StartsAt).AddDays(1), listed.To);
        Assert.Equal(session.StartsAt, (await library.NowAsync(session)).StartsAt);
        Assert.Empty(await desk.Db.CalendarExceptions.ToListAsync());
        Assert.DoesNotContain(ProgramMessages.SessionMoved, await library.ToldAsync(ani.Subject));

        Assert.Equal([listed], (await closures.AnnounceAsync(On(library, session), TestLibrary.Librarian)).Value);
        var moved = await library.NowAsync(session);
        Assert.Equal((session.StartsAt.AddDays(1), session.EndsAt.AddDays(1), "Cuti bersama"), (moved.StartsAt, moved.EndsAt, moved.Reason));
        Assert.Equal((session.Uid, 1), (moved.Uid, moved.Sequence));
        Assert.Equal(RegistrationStatus.Confirmed, (await library.NowAsync(ani)).Status);
        Assert.Contains(ProgramMessages.SessionMoved, await library.ToldAsync(ani.Subject));
        Assert.All([await library.NowAsync(later), await library.NowAsync(elsewhere)], one => Assert.Equal(0, one.Sequence));
        Assert.Equal(["session.moved"], await desk.Db.AuditLines.Where(line => line.Subject == session.Subject.ToString() && line.ActorName == "Ibu Ratna" && line.Action != "session.planned").Select(line => line.Action).ToListAsync());
    }

    [Fact]
    public async Task It_passes_over_days_on_which_its_space_is_taken_or_the_program_has_another_session()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var program = await library.AProgramAsync();
        var session = await InSpaceAsync(library, program, room, inDays: 8);
        await InSpaceAsync(library, program, await library.ARoomAsync(kindId: room.KindId), inDays: 9);
        await library.BookAsync(library.Asking(room, 11, 12, inDays: 10), TestLibrary.Librarian);
        await using var desk = library.OpenDesk();

        await desk.The<Closures>().AnnounceAsync(On(library, session), TestLibrary.Librarian);

        // On Friday the doors are shut from half past eleven: Saturday is the next day that takes it.
        Assert.Equal(session.StartsAt.AddDays(4), (await library.NowAsync(session)).StartsAt);
        Assert.Equal("spaces.taken", (await library.BookAsync(library.Asking(room, 10, 11, inDays: 12))).Refusal?.Code);
    }

    [Fact]
    public async Task Two_sessions_of_one_closed_day_are_never_sent_to_one_place()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var (first, second) = (await InSpaceAsync(library, await library.AProgramAsync(), room, inDays: 8, hour: 10), await InSpaceAsync(library, await library.AProgramAsync(), room, inDays: 8, hour: 13));
        await using var desk = library.OpenDesk();
        // The first is sent by staff to where the second would have gone by itself.
        var choice = new ClosureChoice(first.Subject, second.StartsAt.AddDays(1));

        var preview = (await desk.The<Closures>().PreviewAsync(On(library, first), [choice])).Value;

        Assert.Equal([second.StartsAt.AddDays(1), second.StartsAt.AddDays(2)], preview.Select(one => one.MovesTo!.Value));
        Assert.Equal(preview, (await desk.The<Closures>().AnnounceAsync(On(library, first), TestLibrary.Librarian, [choice])).Value);
    }

    [Fact]
    public async Task Where_no_place_is_found_it_is_cancelled_and_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(5, inDays: 8);
        var ani = await library.SomebodyAsync(session, "Ani");
        var day = library.Calendar.DateOf(session.StartsAt);
        await using var desk = library.OpenDesk();

        var affected = (await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, day, day.AddDays(60), "Renovasi"), TestLibrary.Librarian)).Value;

        Assert.Null(Assert.Single(affected).To);
        Assert.Equal((SessionStatus.Cancelled, "Renovasi"), ((await library.NowAsync(session)).Status, (await library.NowAsync(session)).Reason));
        Assert.Equal([ProgramMessages.SessionCancelled], await library.ToldAsync(ani.Subject));
    }

    [Fact]
    public async Task Staff_choose_for_each_whether_it_is_moved_where_they_say_or_cancelled()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (moved, cancelled, left) = (await library.ASessionAsync(5), await library.ASessionAsync(5), await library.ASessionAsync(5));
        await using var desk = library.OpenDesk();
        var closures = desk.The<Closures>();

        await closures.AnnounceAsync(On(library, moved), TestLibrary.Librarian, [new(moved.Subject, moved.StartsAt.AddDays(7)), new(cancelled.Subject, null)]);

        Assert.Equal(moved.StartsAt.AddDays(7), (await library.NowAsync(moved)).StartsAt);
        Assert.Equal(SessionStatus.Cancelled, (await library.NowAsync(cancelled)).Status);
        Assert.Equal(left.StartsAt.AddDays(1), (await library.NowAsync(left)).StartsAt);
    }

    [Fact]
    public async Task A_time_that_staff_choose_and_that_cannot_be_had_refuses_the_whole_and_says_why()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (session, other) = (await library.ASessionAsync(5), await library.ASessionAsync(5));
        await using var desk = library.OpenDesk();
        var closures = desk.The<Closures>();

        foreach (var when in new[] { session.StartsAt.AddHours(1), session.StartsAt.AddDays(-60), session.StartsAt.AddYears(10) })
        {
            var refusal = (await closures.AnnounceAsync(On(library, session), TestLibrary.Librarian, [new(session.Subject, when)])).Refusal;
            Assert.Equal("calendar.cannot_move_there", refusal?.Code);
            Assert.Contains("Lokakarya menulis", refusal!.Explain(System.Globalization.CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
        }

        Assert.All([await library.NowAsync(session), await library.NowAsync(other)], one => Assert.Equal(0, one.Sequence));
        Assert.Empty(await desk.Db.CalendarExceptions.ToListAsync());
    }

    [Fact]
    public async Task Who_does_not_like_the_new_time_cancels_freely_and_who_stays_away_gets_no_strike()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(9);
        var (siti, budi, dewi) = (await library.AMemberAsync("Siti", 1), await library.AMemberAsync("Budi", 2), await library.AMemberAsync("Dewi", 3));
        var leaves = (await RegisterAsync(library, session, siti)).Value;
        var absent = (await RegisterAsync(library, session, budi)).Value;
        await using var desk = library.OpenDesk();
        await desk.The<Closures>().AnnounceAsync(On(library, session), TestLibrary.Librarian);
        library.Clock.Advance(TimeSpan.FromMinutes(1));
        var knew = (await RegisterAsync(library, session, dewi)).Value;

        Assert.True((await library.CancelAsync(leaves, Actor.Member(siti.Id, siti.Name))).Succeeded);
        library.Clock.MoveTo(new DateTimeOffset((await library.NowAsync(session)).EndsAt));
        Assert.Equal(1, await library.ReleaseNoShowsAsync());

        Assert.All([await library.NowAsync(absent), await library.NowAsync(knew)], one => Assert.Equal(RegistrationStatus.NoShow, one.Status));
        Assert.Equal([dewi.Id], await desk.Db.Strikes.Select(strike => strike.MemberId).ToListAsync());
    }

    [Fact]
    public async Task One_moved_session_of_a_series_is_given_up_by_itself_and_the_others_are_kept()
    {
        await using var library = await TestLibrary.OpenAsync();
        var program = await library.AProgramAsync(Happenings.Workshop with { Enrolment = Enrolment.WholeSeries });
        var (first, second) = (await library.ASessionAsync(2, inDays: 8, programId: program.Id), await library.ASessionAsync(2, inDays: 15, programId: program.Id));
        await using var desk = library.OpenDesk();
        var anis = (await desk.The<SessionRegistrations>().EnrolAsync(program.Id, Happenings.AVisitor("Ani"), Happenings.Visitor)).Value;
        await desk.The<Closures>().AnnounceAsync(On(library, first), TestLibrary.Librarian);

        Assert.True((await library.CancelAsync(anis[0])).Succeeded);
        Assert.Equal(ProgramRefusals.PartOfSeries, (await library.CancelAsync(anis[1])).Refusal);

        Assert.Equal((0, 1), ((await library.NowAsync(first)).SeatsTaken, (await library.NowAsync(second)).SeatsTaken));
    }

    [Fact]
    public async Task A_closure_announced_in_a_storm_of_bookings_and_registrations_gives_nothing_twice()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var sessions = new List<Session>();
        for (var hour = 8; hour < 14; hour += 2) sessions.Add(await InSpaceAsync(library, await library.AProgramAsync(), room, inDays: 2, hour: hour));
        var closed = library.Calendar.Today.AddDays(2);

        var storm = Enumerable.Range(0, 6).Select(person => Task.Run(async () =>
        {
            var random = new Random(person);
            for (var round = 0; round < 40; round++)
            {
                var hour = random.Next(8, 15);
                await library.BookAsync(library.Asking(room, hour, hour + 1, $"Grup{person}", random.Next(2, 8)), TestLibrary.Librarian);
                await library.RegisterAsync(sessions[random.Next(sessions.Count)], Happenings.AVisitor($"Orang{person}x{round}"));
            }
        })).ToList();
        var announced = Task.Run(async () =>
        {
            await using var desk = library.OpenDesk();
            return await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, closed, closed, "Cuti bersama"), TestLibrary.Librarian);
        });
        await Task.WhenAll([.. storm, announced]);

        Assert.True((await announced).Succeeded);
        await library.AssertNoDoubleBookingAsync();
        await using var db = library.NewContext();
        var (from, until) = (library.Calendar.StartOf(closed), library.Calendar.EndOf(closed));
        Assert.False(await db.Bookings.AnyAsync(one => one.StartsAt >= from && one.StartsAt < until && (one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.Requested)));
        Assert.False(await db.Sessions.AnyAsync(one => one.StartsAt >= from && one.StartsAt < until && one.Status == SessionStatus.Scheduled));
        var holders = (await db.Set<OccupiedQuarter>().Select(one => one.Holder).Distinct().ToListAsync()).Where(one => one.StartsWith("session:", StringComparison.Ordinal));
        Assert.Equal(await db.Sessions.CountAsync(one => one.Status == SessionStatus.Scheduled), holders.Count());
    }

    private static CalendarException On(TestLibrary library, Session session) =>
        CalendarException.Closure(null, library.Calendar.DateOf(session.StartsAt), library.Calendar.DateOf(session.StartsAt), "Cuti bersama", "Joint leave");

    private static Task<Outcome<Registration>> RegisterAsync(TestLibrary library, Session session, Member member) =>
        library.RegisterAsync(session, new RegistrationRequest { MemberId = member.Id }, Actor.Member(member.Id, member.Name));

    private static async Task<Session> InSpaceAsync(TestLibrary library, LibraryProgram program, Space room, int inDays, int hour = 10)
    {
        await using var desk = library.OpenDesk();
        return (await desk.The<ProgramPlanning>().ScheduleAsync(program.Id,
            new SessionPlan(library.At(hour, inDays), library.At(hour + 2, inDays), SessionPlace.InSpace(room.Id), 5), TestLibrary.Librarian)).Value;
    }
}
