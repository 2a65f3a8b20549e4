using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Tests.Members;
using Metro.Library.Tests.Programs;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Spaces;

/// <summary>DOMAIN.md rules 7 and 8.</summary>
public sealed class BookingTests
{
    [Fact]
    public async Task A_free_slot_is_booked_at_once_confirmed_and_reminded_of()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();

        var booking = (await library.BookAsync(library.Asking(room, 10, 12, inDays: 3))).Value;

        Assert.Equal(BookingStatus.Confirmed, booking.Status);
        Assert.Equal(["spaces.confirmed", "spaces.reminder"], await library.ToldAsync(booking.Subject));
    }

    [Fact]
    public async Task Intervals_are_half_open_so_one_can_follow_the_other()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        await library.BookAsync(library.Asking(room, 10, 12));

        Assert.True((await library.BookAsync(library.Asking(room, 12, 13, "Pramuka"))).Succeeded);
        Assert.True((await library.BookAsync(library.Asking(room, 9, 10, "Posyandu"))).Succeeded);
        Assert.Equal(SpaceRefusals.Taken(room.LocalName), (await library.BookAsync(library.Asking(room, 11, 13, "Karang"))).Refusal);
    }

    [Fact]
    public async Task Set_up_and_cleaning_keep_others_out_too()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(room: details => details with { SetUpMinutes = 30, CleaningMinutes = 15 });
        await library.BookAsync(library.Asking(room, 10, 11));

        Assert.Equal("spaces.taken", (await library.BookAsync(library.Asking(room, 11, 12, "Pramuka"))).Refusal?.Code);
        Assert.Equal("spaces.taken", (await library.BookAsync(library.Asking(room, 9, 10, "Pramuka"))).Refusal?.Code);
        Assert.True((await library.BookAsync(library.Asking(room, 12, 13, "Pramuka"))).Succeeded);
    }

    [Fact]
    public async Task The_database_itself_refuses_to_give_a_quarter_of_an_hour_twice()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var booking = (await library.BookAsync(library.Asking(room, 10, 11))).Value;
        await using var db = library.NewContext();

        db.Add(new OccupiedQuarter(room.Id, booking.StartsAt, new Subject("booking", 999)));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task A_session_in_a_space_keeps_bookings_out_and_the_other_way_round()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var program = await library.AProgramAsync();
        await using var desk = library.OpenDesk();
        var planning = desk.The<ProgramPlanning>();
        var session = (await planning.ScheduleAsync(program.Id, new SessionPlan(library.At(10), library.At(12), SessionPlace.InSpace(room.Id), 10), TestLibrary.Librarian)).Value;

        Assert.Equal("spaces.taken", (await library.BookAsync(library.Asking(room, 11, 12))).Refusal?.Code);
        await library.BookAsync(library.Asking(room, 13, 14));
        Assert.Equal("programs.space_taken", (await planning.ScheduleAsync(program.Id, new SessionPlan(library.At(12.5), library.At(13.5), SessionPlace.InSpace(room.Id), 10), TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("programs.space_taken", (await planning.MoveAsync(session.Id, library.At(12.5), library.At(13.5), null, null, TestLibrary.Librarian))?.Code);
        Assert.Null(await planning.MoveAsync(session.Id, library.At(11), library.At(13), null, null, TestLibrary.Librarian));
        Assert.True((await library.BookAsync(library.Asking(room, 10, 11, "Pramuka"))).Succeeded);
        Assert.Null(await planning.CancelAsync(session.Id, null, TestLibrary.Librarian));
        Assert.True((await library.BookAsync(library.Asking(room, 11, 12, "Karang"))).Succeeded);
    }

    [Fact]
    public async Task A_space_is_open_when_its_branch_is_and_booked_in_whole_slots()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(room: details => details with { MostSlots = 2 });

        Assert.Equal("spaces.closed", (await library.BookAsync(library.Asking(room, 15, 17))).Refusal?.Code);
        Assert.Equal("spaces.closed", (await library.BookAsync(library.Asking(room, 10, 11, inDays: 6))).Refusal?.Code);
        Assert.Equal("spaces.closed", (await library.BookAsync(library.Asking(room, 11, 14, inDays: 4))).Refusal?.Code);
        Assert.Equal(SpaceRefusals.NotOnSlots(60), (await library.BookAsync(library.Asking(room, 10.5, 11.5))).Refusal);
        Assert.Equal(SpaceRefusals.NotOnSlots(60), (await library.BookAsync(library.Asking(room, 10, 11.25))).Refusal);
        Assert.Equal(SpaceRefusals.TooLong(120), (await library.BookAsync(library.Asking(room, 10, 13))).Refusal);
        Assert.True((await library.BookAsync(library.Asking(room, 13.5, 14.5, inDays: 4))).Succeeded);
    }

    [Fact]
    public async Task Equipment_is_a_counted_pool_over_time()
    {
        await using var library = await TestLibrary.OpenAsync();
        var kind = await library.ARoomAsync();
        var (first, second, third) = (kind, await library.ARoomAsync(kindId: kind.KindId), await library.ARoomAsync(kindId: kind.KindId));
        var projectors = await library.EquipmentAsync("Proyektor", 2);
        BookingRequest With(BookingRequest asked, int count) => asked with { Equipment = [new EquipmentWish(projectors.Id, count)] };

        Assert.True((await library.BookAsync(With(library.Asking(first, 10, 11, "A"), 1))).Succeeded);
        Assert.True((await library.BookAsync(With(library.Asking(first, 11, 12, "B"), 1))).Succeeded);
        Assert.True((await library.BookAsync(With(library.Asking(second, 10, 12, "C"), 1))).Succeeded);

        Assert.Equal(SpaceRefusals.NotEnoughEquipment(projectors.LocalName, 0), (await library.BookAsync(With(library.Asking(third, 10, 12, "D"), 1))).Refusal);
        Assert.True((await library.BookAsync(With(library.Asking(third, 12, 13, "D"), 2))).Succeeded);
        Assert.Equal("spaces.unknown_equipment", (await library.BookAsync(library.Asking(third, 14, 15, "D") with { Equipment = [new EquipmentWish(-1, 1)] })).Refusal?.Code);
    }

    [Fact]
    public async Task An_organiser_has_so_many_bookings_in_a_week_and_so_many_in_a_month()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { MostPerWeek = 2, MostPerMonth = 3 });
        foreach (var day in (int[])[1, 2]) Assert.True((await library.BookAsync(library.Asking(room, 10, 11, inDays: day))).Succeeded);

        Assert.Equal(SpaceRefusals.WeekIsFull(2), (await library.BookAsync(library.Asking(room, 10, 11, inDays: 3))).Refusal);
        Assert.True((await library.BookAsync(library.Asking(room, 10, 11, "Pramuka", inDays: 3))).Succeeded);
        Assert.True((await library.BookAsync(library.Asking(room, 10, 11, inDays: 7))).Succeeded);
        Assert.Equal(SpaceRefusals.MonthIsFull(3), (await library.BookAsync(library.Asking(room, 10, 11, inDays: 15))).Refusal);
        Assert.True((await library.BookAsync(library.Asking(room, 10, 11, inDays: 28))).Succeeded);
    }

    [Fact]
    public async Task Who_may_book_is_a_matter_of_the_kind()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, school) = (await library.JoinAsync(People.Siti), await library.JoinAsync(People.ASchool));
        var members = await library.ARoomAsync(kind => kind with { Audience = SpaceAudience.Members });
        var organisations = await library.ARoomAsync(kind => kind with { Audience = SpaceAudience.Organisations });
        var staff = await library.ARoomAsync(kind => kind with { Audience = SpaceAudience.Staff });
        var asSiti = Actor.Member(siti.Id, siti.Name);
        BookingRequest Sitis(Space room) => library.Asking(room, 10, 11) with { MemberId = siti.Id, Email = null };

        Assert.Equal(SpaceRefusals.NotForYou, (await library.BookAsync(library.Asking(members, 10, 11))).Refusal);
        Assert.True((await library.BookAsync(Sitis(members), asSiti)).Succeeded);
        Assert.Equal(SpaceRefusals.NotForYou, (await library.BookAsync(Sitis(organisations), asSiti)).Refusal);
        Assert.True((await library.BookAsync(library.Asking(organisations, 10, 11) with { MemberId = school.Id }, Actor.Member(school.Id, school.Name))).Succeeded);
        Assert.Equal(SpaceRefusals.NotForYou, (await library.BookAsync(Sitis(staff), asSiti)).Refusal);
        Assert.True((await library.BookAsync(library.Asking(staff, 10, 11), TestLibrary.Librarian)).Succeeded);
    }

    [Fact]
    public async Task Approving_one_request_warns_about_the_rivals_that_it_rejects()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { NeedsApproval = true });
        var (chosen, rival, other) = ((await library.BookAsync(library.Asking(room, 10, 12))).Value,
            (await library.BookAsync(library.Asking(room, 11, 13, "Pramuka"))).Value, (await library.BookAsync(library.Asking(room, 12, 13, "Karang"))).Value);
        Assert.Equal(BookingStatus.Requested, chosen.Status);

        Assert.Equal([rival.Id], (await library.WithBookingsAsync(bookings => bookings.RivalsOfAsync(chosen.Id))).Select(one => one.Id));
        Assert.Equal(SpaceRefusals.RivalsWait(1), (await library.WithBookingsAsync(bookings => bookings.ApproveAsync(chosen.Id, false, TestLibrary.Librarian))).Refusal);
        Assert.True((await library.WithBookingsAsync(bookings => bookings.ApproveAsync(chosen.Id, true, TestLibrary.Librarian))).Succeeded);

        Assert.Equal(
            [BookingStatus.Confirmed, BookingStatus.Declined, BookingStatus.Requested],
            [(await library.NowAsync(chosen)).Status, (await library.NowAsync(rival)).Status, (await library.NowAsync(other)).Status]);
        Assert.Equal(["spaces.requested", "spaces.declined"], await library.ToldAsync(rival.Subject));
        await library.AssertNoDoubleBookingAsync();
    }

    [Fact]
    public async Task What_was_free_when_it_was_asked_for_is_looked_at_again_when_it_is_approved()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { NeedsApproval = true });
        var request = (await library.BookAsync(library.Asking(room, 10, 12))).Value;
        Assert.True((await library.BookAsync(library.Asking(room, 11, 12, "Dinas"), TestLibrary.Librarian)).Succeeded);

        Assert.Equal("spaces.taken", (await library.WithBookingsAsync(bookings => bookings.ApproveAsync(request.Id, true, TestLibrary.Librarian))).Refusal?.Code);
        Assert.Equal(BookingStatus.Requested, (await library.NowAsync(request)).Status);
    }

    [Fact]
    public async Task A_request_that_nobody_answers_lapses_and_the_organiser_is_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { NeedsApproval = true, AnswerHours = 24 });
        var request = (await library.BookAsync(library.Asking(room, 10, 12, inDays: 3))).Value;

        Assert.Equal(0, await library.WithBookingsAsync(bookings => bookings.LapseRequestsAsync()));
        library.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(1, await library.WithBookingsAsync(bookings => bookings.LapseRequestsAsync()));
        Assert.Equal(0, await library.WithBookingsAsync(bookings => bookings.LapseRequestsAsync()));

        Assert.Equal(BookingStatus.Lapsed, (await library.NowAsync(request)).Status);
        Assert.Equal(["spaces.requested", "spaces.lapsed"], await library.ToldAsync(request.Subject));
    }

    [Fact]
    public async Task Every_occurrence_of_a_recurrence_is_checked_and_not_only_the_first()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        await library.BookAsync(library.Asking(room, 10, 11, "Pramuka", inDays: 15));
        var weekly = new RecurringBookingRequest(library.Asking(room, 10, 12), new Recurrence(library.Calendar.Today.AddDays(1), RecurrenceRule.Parse("FREQ=WEEKLY;COUNT=4")));

        var preview = (await library.WithBookingsAsync(bookings => bookings.PreviewAsync(weekly, Rooms.Visitor))).Value;
        Assert.Equal([null, null, "spaces.taken", null], preview.Select(one => one.WhyNot?.Code));
        Assert.Equal(SpaceRefusals.NotAllFree(1, new DateOnly(2026, 1, 20)), (await library.WithBookingsAsync(bookings => bookings.BookAsync(weekly, Rooms.Visitor))).Refusal);
        await using var db = library.NewContext();
        Assert.Equal(1, await db.Bookings.CountAsync());

        var chosen = weekly with { Chosen = [.. preview.Where(one => one.WhyNot is null).Select(one => one.Date)] };
        var booked = (await library.WithBookingsAsync(bookings => bookings.BookAsync(chosen, Rooms.Visitor))).Value;
        Assert.Equal([new(2026, 1, 6), new(2026, 1, 13), new(2026, 1, 27)], booked.Select(one => one.Date));
        Assert.All(booked, one => Assert.Equal(BookingStatus.Confirmed, one.Booking!.Status));
        Assert.Single(booked.Select(one => one.Booking!.SeriesId).Distinct());
        await library.AssertNoDoubleBookingAsync();
    }

    [Fact]
    public async Task Limits_count_the_occurrences_of_the_same_request()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { MostPerWeek = 2 });
        var daily = new RecurringBookingRequest(library.Asking(room, 10, 11), new Recurrence(library.Calendar.Today.AddDays(1), RecurrenceRule.Parse("FREQ=DAILY;COUNT=4")));

        var preview = (await library.WithBookingsAsync(bookings => bookings.PreviewAsync(daily, Rooms.Visitor))).Value;

        Assert.Equal([null, null, "spaces.week_is_full", "spaces.week_is_full"], preview.Select(one => one.WhyNot?.Code));
    }

    [Fact]
    public async Task A_series_is_cancelled_from_now_on()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var weekly = new RecurringBookingRequest(library.Asking(room, 10, 12), new Recurrence(library.Calendar.Today.AddDays(1), RecurrenceRule.Parse("FREQ=WEEKLY;COUNT=3")));
        var booked = (await library.WithBookingsAsync(bookings => bookings.BookAsync(weekly, Rooms.Visitor))).Value;
        library.Clock.Advance(TimeSpan.FromDays(2));

        Assert.True((await library.WithBookingsAsync(bookings => bookings.CancelSeriesAsync(booked[0].Booking!.Id, "Libur", Rooms.Visitor))).Succeeded);

        await using var db = library.NewContext();
        Assert.Equal([BookingStatus.Confirmed, BookingStatus.Cancelled, BookingStatus.Cancelled], await db.Bookings.OrderBy(one => one.StartsAt).Select(one => one.Status).ToListAsync());
        await library.AssertNoDoubleBookingAsync();
    }

    [Fact]
    public async Task A_moved_booking_keeps_its_UID_raises_its_SEQUENCE_and_frees_what_it_had()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var booking = (await library.BookAsync(library.Asking(room, 10, 12, inDays: 3))).Value;

        var moved = (await library.WithBookingsAsync(bookings => bookings.MoveAsync(booking.Id, room.Id, library.At(11, 3), library.At(13, 3), null, Rooms.Visitor))).Value;

        Assert.Equal((booking.Uid, 1, library.At(11, 3)), (moved.Uid, moved.Sequence, moved.StartsAt));
        Assert.Equal(["spaces.moved", "spaces.reminder"], await library.ToldAsync(booking.Subject));
        Assert.True((await library.BookAsync(library.Asking(room, 10, 11, "Pramuka", inDays: 3))).Succeeded);
        await library.AssertNoDoubleBookingAsync();
    }

    [Fact]
    public async Task Nobody_touches_another_s_booking()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi) = (await library.JoinAsync(People.Siti), await library.JoinAsync(People.Budi));
        var room = await library.ARoomAsync();
        var booking = (await library.BookAsync(library.Asking(room, 10, 11) with { MemberId = siti.Id }, Actor.Member(siti.Id, siti.Name))).Value;
        var asBudi = Actor.Member(budi.Id, budi.Name);

        Assert.Equal(SpaceRefusals.UnknownBooking, (await library.WithBookingsAsync(bookings => bookings.CancelAsync(booking.Id, null, asBudi))).Refusal);
        Assert.Equal(SpaceRefusals.UnknownBooking, (await library.WithBookingsAsync(bookings => bookings.MoveAsync(booking.Id, room.Id, library.At(11), library.At(12), null, asBudi))).Refusal);
    }

    [Fact]
    public async Task A_room_that_nobody_claims_is_released_and_the_rest_of_the_time_can_be_had_by_others()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var room = await library.ARoomAsync();
        var absent = (await library.BookAsync(library.Asking(room, 10, 13) with { MemberId = siti.Id }, Actor.Member(siti.Id, siti.Name))).Value;
        var present = (await library.BookAsync(library.Asking(room, 13, 14, "Pramuka"))).Value;

        library.Clock.MoveTo(new DateTimeOffset(library.At(9.5)));
        Assert.Equal(SpaceRefusals.CheckInNotOpen, (await library.WithBookingsAsync(bookings => bookings.CheckInAsync(absent.Id, Rooms.Visitor))).Refusal);
        library.Clock.MoveTo(new DateTimeOffset(library.At(10.25, 0)));
        Assert.Equal(1, await library.WithBookingsAsync(bookings => bookings.ReleaseNoShowsAsync()));
        Assert.Equal(0, await library.WithBookingsAsync(bookings => bookings.ReleaseNoShowsAsync()));

        Assert.Equal(BookingStatus.NoShow, (await library.NowAsync(absent)).Status);
        Assert.True((await library.BookAsync(library.Asking(room, 11, 12, "Karang", inDays: 0))).Succeeded);
        library.Clock.MoveTo(new DateTimeOffset(library.At(13, 0)));
        Assert.Equal(BookingStatus.CheckedIn, (await library.WithBookingsAsync(bookings => bookings.CheckInAsync(present.Id, Rooms.Visitor))).Value.Status);
        await using var db = library.NewContext();
        Assert.Equal(siti.Id, (await db.Strikes.SingleAsync()).MemberId);
    }

    [Fact]
    public async Task A_booking_on_a_day_closed_late_is_listed_moved_to_the_nearest_free_slots_and_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var room = await library.ARoomAsync(kind => kind with { MostPerWeek = 1, NoticeHours = 24 * 7, DaysAhead = 20 });
        var booking = (await library.BookAsync(library.Asking(room, 10, 12, inDays: 10) with { MemberId = siti.Id }, Actor.Member(siti.Id, siti.Name))).Value;
        var untouched = (await library.BookAsync(library.Asking(room, 10, 12, inDays: 9))).Value;
        // On Friday 16 January the room is taken from ten to eleven and the doors are shut from half past eleven.
        await library.BookAsync(library.Asking(room, 10, 11, "Kader", inDays: 11));
        var thursday = library.Calendar.Today.AddDays(10);
        library.Clock.Advance(TimeSpan.FromDays(9));
        await using var desk = library.OpenDesk();
        var closure = CalendarException.Closure(library.Main, thursday, thursday, "Cuti bersama");

        var listed = Assert.Single((await desk.The<Closures>().PreviewAsync(closure)).Value);
        Assert.Equal((booking.Subject, siti.Id, booking.StartsAt.AddDays(1).AddHours(-2)), (listed.Subject, listed.MemberId, listed.MovesTo));
        Assert.Equal(0, (await library.NowAsync(booking)).Sequence);
        Assert.Equal([listed], (await desk.The<Closures>().AnnounceAsync(closure, TestLibrary.Librarian)).Value);

        var moved = await library.NowAsync(booking);
        Assert.Equal((BookingStatus.Confirmed, booking.Uid, 1), (moved.Status, moved.Uid, moved.Sequence));
        Assert.Equal((booking.StartsAt.AddDays(1).AddHours(-2), TimeSpan.FromHours(2)), (moved.StartsAt, moved.When.Duration));
        Assert.Equal(0, (await library.NowAsync(untouched)).Sequence);
        Assert.Contains("spaces.moved", await library.ToldAsync(booking.Subject));
        await library.AssertNoDoubleBookingAsync();
    }

    [Fact]
    public async Task Who_stays_away_from_the_new_time_gets_no_strike_and_who_cancels_uses_up_no_limit()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var room = await library.ARoomAsync(kind => kind with { MostPerWeek = 2 });
        var (stays, cancels) = ((await BookAsync(10)).Value, (await BookAsync(13)).Value);
        var thursday = library.Calendar.Today.AddDays(3);
        await using var desk = library.OpenDesk();
        await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(library.Main, thursday, thursday, "Cuti bersama"), TestLibrary.Librarian);

        Assert.True((await library.WithBookingsAsync(bookings => bookings.CancelAsync(cancels.Id, null, Actor.Member(siti.Id, siti.Name)))).Succeeded);
        Assert.True((await library.BookAsync(library.Asking(room, 8, 9, inDays: 1) with { MemberId = siti.Id }, Actor.Member(siti.Id, siti.Name))).Succeeded);
        library.Clock.MoveTo(new DateTimeOffset((await library.NowAsync(stays)).EndsAt));
        await library.WithBookingsAsync(bookings => bookings.ReleaseNoShowsAsync());

        Assert.Equal(BookingStatus.NoShow, (await library.NowAsync(stays)).Status);
        Assert.DoesNotContain(await desk.Db.Strikes.ToListAsync(), strike => strike.About == stays.Subject.ToString());

        Task<Outcome<Booking>> BookAsync(double hour) =>
            library.BookAsync(library.Asking(room, hour, hour + 1, inDays: 3) with { MemberId = siti.Id }, Actor.Member(siti.Id, siti.Name));
    }

    [Fact]
    public async Task A_booking_is_not_moved_to_where_its_equipment_is_out()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (first, projector) = (await library.ARoomAsync(), await library.EquipmentAsync("Proyektor", 1));
        var second = await library.ARoomAsync(kindId: first.KindId);
        EquipmentWish[] wish = [new EquipmentWish(projector.Id, 1)];
        var booking = (await library.BookAsync(library.Asking(first, 10, 11) with { Equipment = wish })).Value;
        await library.BookAsync(library.Asking(second, 9, 12, "Kader", inDays: 2) with { Equipment = wish });
        var tomorrow = library.Calendar.Today.AddDays(1);
        await using var desk = library.OpenDesk();

        await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, tomorrow, tomorrow, "Cuti bersama"), TestLibrary.Librarian);

        Assert.Equal(library.At(8, 2), (await library.NowAsync(booking)).StartsAt);
    }

    [Fact]
    public async Task Other_hours_move_only_what_no_longer_fits_and_within_the_day_where_they_can()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var (morning, afternoon) = ((await library.BookAsync(library.Asking(room, 9, 10))).Value, (await library.BookAsync(library.Asking(room, 14, 15))).Value);
        var tomorrow = library.Calendar.Today.AddDays(1);
        await using var desk = library.OpenDesk();

        await desk.The<Closures>().AnnounceAsync(
            CalendarException.OtherHours(null, tomorrow, tomorrow, WeeklyHours.Parse("tue 08:00-12:00"), "Jam Ramadan"), TestLibrary.Librarian);

        Assert.Equal((library.At(9), 0), ((await library.NowAsync(morning)).StartsAt, (await library.NowAsync(morning)).Sequence));
        Assert.Equal((library.At(11), 1), ((await library.NowAsync(afternoon)).StartsAt, (await library.NowAsync(afternoon)).Sequence));
    }

    [Fact]
    public async Task A_request_that_a_closure_moves_stays_a_request()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { NeedsApproval = true });
        var request = (await library.BookAsync(library.Asking(room, 10, 12))).Value;
        var tomorrow = library.Calendar.Today.AddDays(1);
        await using var desk = library.OpenDesk();

        await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, tomorrow, tomorrow, "Cuti bersama"), TestLibrary.Librarian);

        Assert.Equal((BookingStatus.Requested, library.At(10, 2)), ((await library.NowAsync(request)).Status, (await library.NowAsync(request)).StartsAt));
        await library.AssertNoDoubleBookingAsync();
    }

    [Fact]
    public async Task The_timetable_shows_what_is_free_with_buffers_and_is_bounded_to_31_days()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(room: details => details with { CleaningMinutes = 60 });
        await library.BookAsync(library.Asking(room, 10, 11, inDays: 0));
        await using var desk = library.OpenDesk();
        var timetable = desk.The<SpaceTimetable>();
        var today = library.Calendar.Today;

        var week = (await timetable.BetweenAsync(library.Main, today, today.AddDays(6))).Value;

        // Monday is half gone at nine; at nine one would still be cleaning when the booking begins.
        Assert.Equal([false, false, false, false, true, true, true, true], week[0].Slots.Select(slot => slot.IsFree));
        Assert.Equal(8, week[1].Slots.Count(slot => slot.IsFree));
        Assert.Empty(week[6].Slots);
        Assert.Equal(SpaceRefusals.SpanTooLong(31), (await timetable.BetweenAsync(library.Main, today, today.AddDays(31))).Refusal);
        Assert.Empty((await timetable.BetweenAsync(library.Main, new(1066, 1, 1), new(1066, 1, 2))).Value);
        Assert.Equal("calendar.unknown_branch", (await timetable.BetweenAsync(-1, today, today)).Refusal?.Code);
    }

    [Fact]
    public async Task Instead_of_what_is_taken_the_nearest_free_times_and_rooms_are_offered()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var other = await library.ARoomAsync(kindId: room.KindId, room: details => details with { Name = "Ruang Siger", Capacity = 6 });
        await library.BookAsync(library.Asking(room, 10, 12));
        var wished = library.Asking(room, 10, 11, "Pramuka");
        await using var desk = library.OpenDesk();

        var found = await desk.The<SpaceTimetable>().InsteadOfAsync(wished, 3);

        Assert.Equal(
            [(other.Id, library.At(10)), (room.Id, library.At(9)), (other.Id, library.At(9))],
            found.Select(one => (one.Space.Id, one.StartsAt)));
        Assert.True((await library.BookAsync(wished with { SpaceId = found[0].Space.Id, StartsAt = found[0].StartsAt, EndsAt = found[0].EndsAt })).Succeeded);
        Assert.All(await desk.The<SpaceTimetable>().InsteadOfAsync(wished with { Heads = 10 }, 20), one => Assert.Equal(room.Id, one.Space.Id));
    }

    [Fact]
    public async Task Bad_input_is_refused_and_changes_nothing()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var good = library.Asking(room, 10, 11);
        var long1066 = new DateTime(1066, 10, 14, 3, 0, 0, DateTimeKind.Utc);

        Assert.Equal(SpaceRefusals.EndsBeforeStart, (await library.BookAsync(good with { StartsAt = good.EndsAt, EndsAt = good.StartsAt })).Refusal);
        Assert.Equal(SpaceRefusals.EndsBeforeStart, (await library.BookAsync(good with { EndsAt = good.StartsAt })).Refusal);
        Assert.Equal(SpaceRefusals.InThePast, (await library.BookAsync(good with { StartsAt = long1066, EndsAt = long1066.AddHours(1) })).Refusal);
        Assert.Equal("spaces.too_far_ahead", (await library.BookAsync(good with { StartsAt = good.StartsAt.AddYears(900), EndsAt = good.EndsAt.AddYears(900) })).Refusal?.Code);
        Assert.Equal("spaces.too_far_ahead", (await library.BookAsync(library.Asking(room, 10, 11, inDays: 91))).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await library.BookAsync(good with { Heads = -5 })).Refusal?.Code);
        Assert.Equal(SpaceRefusals.TooManyHeads(12), (await library.BookAsync(good with { Heads = 13 })).Refusal);
        Assert.Equal("input.not_a_name", (await library.BookAsync(good with { OrganiserName = "🎉" })).Refusal?.Code);
        Assert.Equal("input.not_a_name", (await library.BookAsync(good with { Title = "🎉" })).Refusal?.Code);
        Assert.Equal("input.too_long", (await library.BookAsync(good with { Note = new string('a', 10_000_000) })).Refusal?.Code);
        Assert.Equal("input.missing", (await library.BookAsync(good with { Email = " " })).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await library.BookAsync(good with { Equipment = [new EquipmentWish(1, -1)] })).Refusal?.Code);
        Assert.Equal(SpaceRefusals.UnknownSpace(-1), (await library.BookAsync(good with { SpaceId = -1 })).Refusal);
        Assert.Equal(SpaceRefusals.UnknownBooking, (await library.WithBookingsAsync(bookings => bookings.CancelAsync(-1, null, Rooms.Visitor))).Refusal);
        var endless = new RecurringBookingRequest(good, new Recurrence(library.Calendar.Today, RecurrenceRule.Parse("FREQ=DAILY")));
        Assert.Equal(SpaceRefusals.TooManyDates(60), (await library.WithBookingsAsync(bookings => bookings.BookAsync(endless, Rooms.Visitor))).Refusal);
        await using var db = library.NewContext();
        Assert.Empty(await db.Bookings.ToListAsync());
        Assert.Empty(await db.Set<OccupiedQuarter>().ToListAsync());
    }

    [Fact]
    public async Task A_room_out_of_quarters_is_refused()
    {
        await using var library = await TestLibrary.OpenAsync();
        var kind = (await library.ARoomAsync()).KindId;
        await using var desk = library.OpenDesk();
        var planning = desk.The<SpacePlanning>();
        var details = new SpaceDetails { KindId = kind, BranchId = library.Main, Name = "Ruang", Capacity = 5 };

        Assert.Equal(SpaceRefusals.NotInQuarters, (await planning.CreateAsync(details with { SlotMinutes = 50 }, TestLibrary.Librarian)).Refusal);
        Assert.Equal("input.number_out_of_range", (await planning.CreateAsync(details with { Capacity = -1 }, TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal(SpaceRefusals.UnknownKind(-1), (await planning.CreateAsync(details with { KindId = -1 }, TestLibrary.Librarian)).Refusal);
    }
}
