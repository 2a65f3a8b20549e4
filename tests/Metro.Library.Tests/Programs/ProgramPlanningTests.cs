using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Tests.Spaces;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

/// <summary>The clock stands at Monday 5 January 2026.</summary>
public sealed class ProgramPlanningTests
{
    [Fact]
    public async Task A_moved_session_keeps_its_UID_raises_its_SEQUENCE_and_everybody_is_told_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        var (ani, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<ProgramPlanning>().MoveAsync(session.Id, session.StartsAt.AddDays(1), session.EndsAt.AddDays(1), null, "Pemadaman listrik", TestLibrary.Librarian));

        var now = await library.NowAsync(session);
        Assert.Equal((session.Uid, 1, "Pemadaman listrik"), (now.Uid, now.Sequence, now.Reason));
        Assert.Equal((RegistrationStatus.Confirmed, RegistrationStatus.Waiting), ((await library.NowAsync(ani)).Status, (await library.NowAsync(budi)).Status));
        Assert.Equal([ProgramMessages.Registered, ProgramMessages.SessionMoved, ProgramMessages.Reminder], await library.ToldAsync(ani.Subject));
        Assert.Equal([ProgramMessages.Waitlisted, ProgramMessages.SessionMoved], await library.ToldAsync(budi.Subject));
        var reminder = await desk.Db.OutboxMessages.SingleAsync(message => message.Kind == ProgramMessages.Reminder && message.State == OutboxState.Waiting);
        Assert.Equal(session.StartsAt.AddDays(1 - 2), reminder.ScheduledAt);
    }

    [Fact]
    public async Task Moving_a_session_forward_shortens_offers_to_the_new_start()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1, inDays: 3);
        var (ani, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
        await library.CancelAsync(ani);
        await using var desk = library.OpenDesk();

        await desk.The<ProgramPlanning>().MoveAsync(session.Id, session.StartsAt.AddDays(-2), session.EndsAt.AddDays(-2), null, null, TestLibrary.Librarian);

        Assert.Equal(session.StartsAt.AddDays(-2), (await library.NowAsync(budi)).OfferExpiresAt);
    }

    [Fact]
    public async Task A_cancelled_session_tells_everybody_frees_its_space_and_takes_no_more()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        var (ani, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<ProgramPlanning>().CancelAsync(session.Id, "Narasumber sakit", TestLibrary.Librarian));

        Assert.Equal([ProgramMessages.SessionCancelled], await library.ToldAsync(ani.Subject));
        Assert.Equal([ProgramMessages.SessionCancelled], await library.ToldAsync(budi.Subject));
        var now = await library.NowAsync(session);
        Assert.Equal((SessionStatus.Cancelled, 1, 0, 0), (now.Status, now.Sequence, now.SeatsTaken, now.Waiting));
        Assert.Equal(ProgramRefusals.SessionCancelled, (await library.RegisterAsync(session, Happenings.AVisitor("Citra"))).Refusal);
        Assert.Equal(ProgramRefusals.SessionCancelled, await desk.The<ProgramPlanning>().CancelAsync(session.Id, null, TestLibrary.Librarian));
    }

    [Fact]
    public async Task Storytelling_every_first_Saturday_leaves_out_closed_days_and_taken_rooms_and_says_so()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (program, room) = (await library.AProgramAsync(), await library.ARoomAsync());
        await using var desk = library.OpenDesk();
        var planning = desk.The<ProgramPlanning>();
        await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, new(2026, 3, 7), new(2026, 3, 7), "Nyepi"), TestLibrary.Librarian);
        var taken = library.Calendar.InstantOf(new(2026, 4, 4), new TimeOnly(9, 30));
        await planning.ScheduleAsync(program.Id, new SessionPlan(taken, taken.AddHours(1), SessionPlace.InSpace(room.Id), 5), TestLibrary.Librarian);

        var planned = (await planning.ScheduleAsync(program.Id, new RecurringPlan(
            new Recurrence(new(2026, 1, 5), RecurrenceRule.Parse("FREQ=MONTHLY;COUNT=4;BYDAY=1SA")), new TimeOnly(9, 0), 90, SessionPlace.InSpace(room.Id), 12)
        { OpensDaysBefore = 14, ClosesHoursBefore = 1 }, TestLibrary.Librarian)).Value;

        Assert.Equal(
            [(new DateOnly(2026, 2, 7), null), (new DateOnly(2026, 3, 7), "spaces.closed"), (new DateOnly(2026, 4, 4), "programs.space_taken"), (new DateOnly(2026, 5, 2), null)],
            planned.Select(one => (one.Date, one.WhyNot?.Code)));
        var may = await library.NowAsync(planned[3].Session!);
        Assert.Equal((may.StartsAt.AddDays(-14), may.StartsAt.AddHours(-1)), (may.RegistrationOpensAt, may.RegistrationClosesAt));
        Assert.Equal(new TimeOnly(2, 0), TimeOnly.FromDateTime(may.StartsAt));
        Assert.Equal(4, (await desk.Db.Sessions.Select(one => one.Uid).ToListAsync()).Distinct().Count() + 1);
    }

    [Fact]
    public async Task What_is_there_without_being_asked_for_is_kept_with_the_program()
    {
        await using var library = await TestLibrary.OpenAsync();
        var program = await library.AProgramAsync(Happenings.Workshop with { Accommodations = [AccommodationKind.SignLanguage, AccommodationKind.Wheelchair] });
        await using var desk = library.OpenDesk();

        Assert.Equal([AccommodationKind.SignLanguage, AccommodationKind.Wheelchair], (await desk.Db.Programs.SingleAsync(one => one.Id == program.Id)).Accommodations);
        Assert.Equal("input.unreadable", (await desk.The<ProgramPlanning>().ChangeAsync(program.Id, Happenings.Workshop with { Accommodations = [AccommodationKind.Braille, AccommodationKind.Braille] }, TestLibrary.Librarian))?.Code);
    }

    [Fact]
    public async Task Seats_left_are_read_from_the_session_itself()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (full, free) = (await library.ASessionAsync(1), await library.ASessionAsync(2));
        await library.SomebodyAsync(full, "Ani");
        await using var db = library.NewContext();

        var open = await db.Sessions.ForThePublic().ToCome(library.Calendar.Now).WithSeatsLeft().Touching(library.Calendar.Now, library.Calendar.Now.AddDays(30)).ToListAsync();

        Assert.Equal((free.Id, 2), (Assert.Single(open).Id, open[0].SeatsLeft));
    }

    [Fact]
    public async Task An_exhibition_of_the_longest_kind_is_to_come_until_its_last_minute()
    {
        await using var library = await TestLibrary.OpenAsync();
        var program = await library.AProgramAsync(Happenings.Workshop with { Kind = ProgramKind.Exhibition, ChecksIn = false });
        var starts = library.Calendar.Now.AddDays(2);
        await using var desk = library.OpenDesk();
        var plan = new SessionPlan(starts, starts.AddDays(ProgramPlanning.MostDays), SessionPlace.Elsewhere("Balai kota"), 500);
        var exhibition = (await desk.The<ProgramPlanning>().ScheduleAsync(program.Id, plan, TestLibrary.Librarian)).Value;

        Assert.Equal(exhibition.Id, (await desk.Db.Sessions.ToCome(plan.EndsAt.AddMinutes(-1)).SingleAsync()).Id);
        Assert.Empty(await desk.Db.Sessions.ToCome(plan.EndsAt).ToListAsync());
    }

    [Fact]
    public async Task Every_change_by_staff_leaves_an_audit_line()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(5);
        await using var desk = library.OpenDesk();
        var planning = desk.The<ProgramPlanning>();
        await planning.ChangeAsync(session.ProgramId, Happenings.Workshop with { Title = "Menulis puisi" }, TestLibrary.Librarian);
        await planning.ChangeCapacityAsync(session.Id, 6, TestLibrary.Librarian);
        await planning.MoveAsync(session.Id, session.StartsAt.AddDays(1), session.EndsAt.AddDays(1), null, null, TestLibrary.Librarian);
        await planning.CancelAsync(session.Id, null, TestLibrary.Librarian);
        await planning.WithdrawAsync(session.ProgramId, TestLibrary.Librarian);

        Assert.Equal(
            ["program.created", "program.published", "session.planned", "program.changed", "session.capacity_changed", "session.moved", "session.cancelled", "program.withdrawn"],
            await desk.Db.AuditLines.OrderBy(line => line.Id).Select(line => line.Action).ToListAsync());
    }

    [Fact]
    public async Task Bad_input_is_refused_and_changes_nothing()
    {
        await using var library = await TestLibrary.OpenAsync();
        var program = await library.AProgramAsync();
        await using var desk = library.OpenDesk();
        var planning = desk.The<ProgramPlanning>();
        var start = library.Calendar.Now.AddDays(3);
        var good = new SessionPlan(start, start.AddHours(1), SessionPlace.AtBranch(library.Main), 10);
        var in1066 = new DateTime(1066, 10, 14, 3, 0, 0, DateTimeKind.Utc);
        async Task<string?> Plan(SessionPlan plan) => (await planning.ScheduleAsync(program.Id, plan, TestLibrary.Librarian)).Refusal?.Code;
        async Task<string?> Create(ProgramDetails details) => (await planning.CreateAsync(details, TestLibrary.Librarian)).Refusal?.Code;

        Assert.Equal("programs.ends_before_start", await Plan(good with { EndsAt = start }));
        Assert.Equal("programs.ends_before_start", await Plan(good with { EndsAt = start.AddHours(-1) }));
        Assert.Equal("programs.in_the_past", await Plan(good with { StartsAt = in1066, EndsAt = in1066.AddHours(1) }));
        Assert.Equal("programs.too_far_ahead", await Plan(good with { StartsAt = start.AddYears(900), EndsAt = start.AddYears(900).AddHours(1) }));
        Assert.Equal("programs.too_long", await Plan(good with { EndsAt = start.AddDays(400) }));
        Assert.Equal("input.number_out_of_range", await Plan(good with { Capacity = -1 }));
        Assert.Equal("programs.window_crossed", await Plan(good with { RegistrationOpensAt = start, RegistrationClosesAt = start.AddDays(-1) }));
        Assert.Equal("programs.unknown_place", await Plan(good with { Place = SessionPlace.InSpace(-1) }));
        Assert.Equal("programs.unknown_place", await Plan(good with { Place = SessionPlace.AtBranch(-1) }));
        Assert.Equal("programs.not_an_address", await Plan(good with { Place = SessionPlace.Online("javascript:alert(1)") }));
        Assert.Equal("input.missing", await Plan(good with { Place = SessionPlace.Elsewhere("") }));
        Assert.Equal("input.too_long", await Plan(good with { Place = SessionPlace.Elsewhere(new string('a', 10_000_000)) }));
        Assert.Equal("input.not_a_name", await Create(Happenings.Workshop with { Title = "🎉" }));
        Assert.Equal("input.too_long", await Create(Happenings.Workshop with { Summary = new string('a', 10_000_000) }));
        Assert.Equal("programs.ages_crossed", await Create(Happenings.Workshop with { LeastAge = 12, GreatestAge = 6 }));
        Assert.Equal("input.number_out_of_range", await Create(Happenings.Workshop with { OfferHours = -48 }));
        Assert.Equal(ProgramRefusals.NoDates, (await planning.ScheduleAsync(program.Id, new RecurringPlan(
            new Recurrence(new(2026, 1, 5), RecurrenceRule.Parse("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31")), new TimeOnly(9, 0), 60, good.Place, 5), TestLibrary.Librarian)).Refusal);
        Assert.Equal(ProgramRefusals.UnknownSession(-1), await planning.CancelAsync(-1, null, TestLibrary.Librarian));
        Assert.Empty(await desk.Db.Sessions.ToListAsync());
    }

    [Fact]
    public async Task A_session_has_no_more_seats_than_its_space()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (program, room) = (await library.AProgramAsync(), await library.ARoomAsync());
        await using var desk = library.OpenDesk();
        var planning = desk.The<ProgramPlanning>();
        var plan = new SessionPlan(library.At(10), library.At(11), SessionPlace.InSpace(room.Id), 13);

        Assert.Equal(SpaceRefusals.TooManyHeads(12), (await planning.ScheduleAsync(program.Id, plan, TestLibrary.Librarian)).Refusal);
        var session = (await planning.ScheduleAsync(program.Id, plan with { Capacity = 12 }, TestLibrary.Librarian)).Value;
        Assert.Equal(SpaceRefusals.TooManyHeads(12), await planning.ChangeCapacityAsync(session.Id, 13, TestLibrary.Librarian));
    }
}
