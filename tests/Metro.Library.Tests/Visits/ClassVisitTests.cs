using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Library.Tests.Programs;
using Metro.Library.Tests.Spaces;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Visits;

/// <summary>DOMAIN.md rule 9. The clock stands at Monday 5 January 2026.</summary>
public sealed class ClassVisitTests
{
    private static readonly Actor Teacher = Actor.System("teacher");
    private static readonly TimeOnly Nine = new(9, 0);
    private static readonly DateOnly TuesdayInTwoWeeks = new(2026, 1, 20);

    [Fact]
    public async Task A_visit_is_asked_for_approved_reminded_and_visited_and_the_school_hears_of_each()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));

        var visit = (await RequestAsync(library, school, offer)).Value;
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();
        Assert.Equal(VisitStatus.Approved, (await visits.ApproveAsync(visit.Id, TestLibrary.Librarian)).Value.Status);
        Assert.Equal(0, await visits.RemindAsync());
        library.Clock.MoveTo(new DateTimeOffset(visit.StartsAt.AddDays(-1)));
        Assert.Equal(1, await visits.RemindAsync());
        Assert.Equal(0, await visits.RemindAsync());
        library.Clock.MoveTo(new DateTimeOffset(visit.StartsAt));
        Assert.Equal((VisitStatus.Visited, 28), ((await visits.ArriveAsync(visit.Id, 28, TestLibrary.Librarian)).Value.Status, (await NowAsync(library, visit)).ChildrenCame));

        Assert.Equal(["visits.received", "visits.approved", "visits.reminder"], await library.ToldAsync(visit.Subject));
        await using var db = library.NewContext();
        Assert.All(await db.OutboxMessages.ToListAsync(), message => Assert.Equal("guru@sdn1.example.id", message.Email));
    }

    [Fact]
    public async Task Two_schools_never_get_the_same_slot_even_while_the_first_waits_for_an_answer()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (first, second, offer) = (await ASchoolAsync(library), await ASchoolAsync(library, "10807002"), await AnOfferAsync(library));
        var waiting = (await RequestAsync(library, first, offer)).Value;

        Assert.Equal(VisitRefusals.SlotTaken, (await RequestAsync(library, second, offer)).Refusal);

        await using var desk = library.OpenDesk();
        await desk.The<ClassVisits>().DeclineAsync(waiting.Id, "Ada renovasi", TestLibrary.Librarian);
        Assert.True((await RequestAsync(library, second, offer)).Succeeded);
    }

    [Fact]
    public async Task Before_an_answer_staff_see_what_speaks_for_and_against_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        var approved = (await RequestAsync(library, school, offer)).Value;
        await using var desk = library.OpenDesk();
        await desk.The<ClassVisits>().ApproveAsync(approved.Id, TestLibrary.Librarian);
        var asked = (await RequestAsync(library, school, offer, date: TuesdayInTwoWeeks.AddDays(7))).Value;

        var before = await ConsideredAsync();
        Assert.Equal((2, 1, false, false), (before.Allowed, before.Used, before.IsBeyondQuota, before.IsShortNotice));
        Assert.True(before.IsOpenThen);

        // A closure that nobody has announced to the schools yet.
        await using (var db = library.NewContext())
        {
            db.Add(CalendarException.Closure(null, TuesdayInTwoWeeks.AddDays(7), TuesdayInTwoWeeks.AddDays(7), "Cuti bersama", null));
            await db.SaveChangesAsync();
        }

        Assert.False((await ConsideredAsync()).IsOpenThen);

        async Task<VisitConsiderations> ConsideredAsync()
        {
            await using var at = library.OpenDesk();
            var visit = await at.Db.Visits.Include(one => one.Offer.Times).SingleAsync(one => one.Id == asked.Id);
            return (await at.The<VisitReview>().OfAsync([visit]))[asked.Id];
        }
    }

    [Fact]
    public async Task The_same_guides_never_lead_two_visits_at_once_whatever_the_offer()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (first, second) = (await ASchoolAsync(library), await ASchoolAsync(library, "10807002"));
        var (tour, stories) = (await AnOfferAsync(library), await AnOfferAsync(library, details => details with { Kind = VisitKind.Storytelling, Times = [new(DayOfWeek.Tuesday, new TimeOnly(10, 0))] }));
        await RequestAsync(library, first, tour);

        var overlapping = await RequestAsync(library, second, stories, time: new TimeOnly(10, 0));

        Assert.Equal(VisitRefusals.SlotTaken, overlapping.Refusal);
        await using var db = library.NewContext();
        var quarter = await db.Set<GuidesQuarter>().AsNoTracking().FirstAsync();
        db.Add(new GuidesQuarter(quarter.Guides, quarter.StartsAt, await db.Visits.SingleAsync()));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task A_visit_in_a_space_keeps_bookings_out_and_the_other_way_round()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(room: details => details with { Capacity = 50, CleaningMinutes = 30 });
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library, details => details with { SpaceId = room.Id }));
        await library.BookAsync(library.Asking(room, 10, 11, inDays: 22));

        Assert.Equal(VisitRefusals.SlotTaken, (await RequestAsync(library, school, offer, date: new DateOnly(2026, 1, 27))).Refusal);
        var visit = (await RequestAsync(library, school, offer)).Value;
        Assert.Equal("spaces.taken", (await library.BookAsync(library.Asking(room, 10, 11, inDays: 15))).Refusal?.Code);
        Assert.True((await library.BookAsync(library.Asking(room, 11, 12, inDays: 15))).Succeeded);
        await using var desk = library.OpenDesk();
        var slots = (await desk.The<VisitSlots>().BetweenAsync(offer.Id, new(2026, 1, 19), new(2026, 2, 8))).Value;
        Assert.Equal([false, false, true], slots.Select(slot => slot.IsFree));
        Assert.Equal(slots[2], (await desk.The<VisitSlots>().NextFreeAsync([offer]))[offer.Id]);

        await desk.The<ClassVisits>().CancelAsync(visit.Id, null, CancelledBy.School, Teacher);
        Assert.True((await library.BookAsync(library.Asking(room, 9, 10, inDays: 15))).Succeeded);
    }

    [Fact]
    public async Task A_visit_is_asked_for_two_weeks_ahead()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));

        Assert.Equal(VisitRefusals.TooShortNotice(14, new DateOnly(2026, 1, 19)), (await RequestAsync(library, school, offer, date: new DateOnly(2026, 1, 13))).Refusal);
        Assert.True((await RequestAsync(library, school, offer)).Succeeded);
        Assert.True((await RequestAsync(library, school, offer, date: new DateOnly(2026, 1, 13), by: TestLibrary.Librarian)).Succeeded);
    }

    [Fact]
    public async Task One_adult_comes_with_ten_children()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));

        Assert.Equal(VisitRefusals.TooFewAdults(4), (await RequestAsync(library, school, offer, children: 31, adults: 3)).Refusal);
        Assert.True((await RequestAsync(library, school, offer, children: 30, adults: 3)).Succeeded);
    }

    [Fact]
    public async Task A_school_has_a_quota_in_each_school_year_that_is_used_on_approval()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();
        var (first, second) = ((await RequestAsync(library, school, offer)).Value, (await RequestAsync(library, school, offer, date: TuesdayInTwoWeeks.AddDays(7))).Value);
        Assert.Equal((2, 0), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));

        await visits.ApproveAsync(first.Id, TestLibrary.Librarian);
        Assert.Equal((2, 1), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));
        await visits.ApproveAsync(second.Id, TestLibrary.Librarian);

        Assert.Equal(VisitRefusals.QuotaUsedUp(2, "2025/2026"), (await RequestAsync(library, school, offer, date: TuesdayInTwoWeeks.AddDays(14))).Refusal);
        Assert.True((await RequestAsync(library, school, offer, date: new DateOnly(2026, 7, 7))).Succeeded);
    }

    [Fact]
    public async Task Requests_that_wait_count_against_the_quota_so_that_no_school_keeps_every_morning()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        foreach (var week in (int[])[0, 1]) Assert.True((await RequestAsync(library, school, offer, date: TuesdayInTwoWeeks.AddDays(7 * week))).Succeeded);

        Assert.Equal("visits.quota_used_up", (await RequestAsync(library, school, offer, date: TuesdayInTwoWeeks.AddDays(14))).Refusal?.Code);
    }

    [Fact]
    public async Task Beyond_the_quota_a_visit_is_approved_only_with_a_reason_that_the_audit_trail_keeps()
    {
        await using var library = await TestLibrary.OpenAsync();
        library.Settings.VisitsPerSchoolYear = 1;
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();
        await visits.ApproveAsync((await RequestAsync(library, school, offer)).Value.Id, TestLibrary.Librarian);
        var extra = (await RequestAsync(library, school, offer, date: TuesdayInTwoWeeks.AddDays(7), by: TestLibrary.Librarian)).Value;

        Assert.Equal(VisitRefusals.QuotaUsedUp(1, "2025/2026"), (await visits.ApproveAsync(extra.Id, TestLibrary.Librarian)).Refusal);
        Assert.Equal(VisitStatus.Requested, (await NowAsync(library, extra)).Status);
        Assert.True((await visits.ApproveAsync(extra.Id, TestLibrary.Librarian, "Sekolah luar biasa, kelas dibagi dua")).Succeeded);

        Assert.Equal((2, 2), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));
        var line = await desk.Db.AuditLines.SingleAsync(one => one.Action == "visit.quota_overridden");
        Assert.Contains("kelas dibagi dua", line.After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, CancelledBy.School, 0)]
    [InlineData(3, CancelledBy.School, 0)]
    [InlineData(2, CancelledBy.School, 1)]
    [InlineData(1, CancelledBy.Library, 0)]
    public async Task Cancelling_in_time_gives_the_visit_back_and_so_does_the_library_s_own_cancellation(int daysBefore, CancelledBy side, int used)
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();
        var visit = (await RequestAsync(library, school, offer)).Value;
        await visits.ApproveAsync(visit.Id, TestLibrary.Librarian);
        library.Clock.MoveTo(new DateTimeOffset(visit.StartsAt.AddDays(-daysBefore)));

        var cancelled = (await visits.CancelAsync(visit.Id, "Ujian", side, Teacher)).Value;

        Assert.Equal((VisitStatus.Cancelled, 1), (cancelled.Status, cancelled.Sequence));
        Assert.Equal((2, used), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));
        Assert.True((await RequestAsync(library, school, offer, by: TestLibrary.Librarian)).Succeeded);
    }

    [Fact]
    public async Task A_moved_visit_keeps_its_UID_raises_its_SEQUENCE_and_takes_its_quota_along()
    {
        await using var library = await TestLibrary.OpenAsync();
        library.Clock.MoveTo(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.FromHours(7)));
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();
        var visit = (await RequestAsync(library, school, offer, date: new DateOnly(2026, 6, 16))).Value;
        await visits.ApproveAsync(visit.Id, TestLibrary.Librarian);

        var moved = (await visits.MoveAsync(visit.Id, new DateOnly(2026, 7, 7), Nine, "Ujian kenaikan kelas", TestLibrary.Librarian)).Value;

        Assert.Equal((visit.Uid, 1, VisitStatus.Approved), (moved.Uid, moved.Sequence, moved.Status));
        Assert.Equal((2, 0), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));
        Assert.Equal((2, 1), await visits.QuotaOfAsync(school.Id, new SchoolYear(2026)));
        Assert.Contains("visits.moved", await library.ToldAsync(visit.Subject));
        Assert.True((await RequestAsync(library, school, offer, date: new DateOnly(2026, 6, 16))).Succeeded);
    }

    [Fact]
    public async Task A_request_that_nobody_answers_lapses_and_the_school_is_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        var visit = (await RequestAsync(library, school, offer)).Value;
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();

        library.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await visits.LapseRequestsAsync());
        library.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await visits.LapseRequestsAsync());
        Assert.Equal(0, await visits.LapseRequestsAsync());

        Assert.Equal(VisitStatus.Lapsed, (await NowAsync(library, visit)).Status);
        Assert.Contains("visits.lapsed", await library.ToldAsync(visit.Subject));
        Assert.Equal(VisitRefusals.AlreadyAnswered, (await visits.ApproveAsync(visit.Id, TestLibrary.Librarian)).Refusal);
        Assert.True((await RequestAsync(library, school, offer, by: TestLibrary.Librarian)).Succeeded);
    }

    [Fact]
    public async Task Slots_are_the_weekly_pattern_minus_closures_minus_what_is_taken()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library, details => details with
        {
            Times = [new(DayOfWeek.Tuesday, Nine), new(DayOfWeek.Thursday, Nine), new(DayOfWeek.Saturday, new TimeOnly(11, 0)), new(DayOfWeek.Sunday, Nine)],
        }));
        await RequestAsync(library, school, offer);
        await using var desk = library.OpenDesk();
        await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, new(2026, 1, 29), new(2026, 1, 29), "Cuti bersama"), TestLibrary.Librarian);

        var slots = (await desk.The<VisitSlots>().BetweenAsync(offer.Id, new(2026, 1, 1), new(2026, 1, 31))).Value;

        Assert.Equal(
            [(new DateOnly(2026, 1, 20), false), (new DateOnly(2026, 1, 22), true), (new DateOnly(2026, 1, 27), true)],
            slots.Select(slot => (slot.Date, slot.IsFree)));
        Assert.Equal(SpaceRefusals.SpanTooLong(62), (await desk.The<VisitSlots>().BetweenAsync(offer.Id, new(1066, 1, 1), new(2026, 1, 31))).Refusal);
        Assert.Empty((await desk.The<VisitSlots>().BetweenAsync(offer.Id, new(1066, 1, 1), new(1066, 1, 31))).Value);
    }

    [Fact]
    public async Task A_visit_on_a_day_closed_late_is_listed_moved_to_the_offers_next_free_slot_and_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, other, offer) = (await ASchoolAsync(library), await ASchoolAsync(library, "10807002"), await AnOfferAsync(library,
            details => details with { Times = [new(DayOfWeek.Tuesday, Nine), new(DayOfWeek.Thursday, new TimeOnly(13, 0)), new(DayOfWeek.Friday, Nine)] }));
        await using var desk = library.OpenDesk();
        var (visits, closures) = (desk.The<ClassVisits>(), desk.The<Closures>());
        var visit = (await RequestAsync(library, school, offer)).Value;
        await visits.ApproveAsync(visit.Id, TestLibrary.Librarian);
        await RequestAsync(library, other, offer, date: new DateOnly(2026, 1, 22), time: new TimeOnly(13, 0));
        // Four days before: neither the two weeks of notice nor the quota stand in the way of the library's own fault.
        library.Clock.MoveTo(new DateTimeOffset(2026, 1, 16, 3, 0, 0, TimeSpan.Zero));
        var closure = CalendarException.Closure(null, TuesdayInTwoWeeks, TuesdayInTwoWeeks, "Cuti bersama");

        var listed = Assert.Single((await closures.PreviewAsync(closure)).Value);
        Assert.Equal((visit.Subject, TuesdayInTwoWeeks, new DateOnly(2026, 1, 23)), (listed.Subject, listed.From, listed.To));
        Assert.Equal(visit.StartsAt, (await NowAsync(library, visit)).StartsAt);
        Assert.Equal([listed], (await closures.AnnounceAsync(closure, TestLibrary.Librarian)).Value);

        var moved = await NowAsync(library, visit);
        Assert.Equal((VisitStatus.Approved, visit.StartsAt.AddDays(3), visit.Uid, 1), (moved.Status, moved.StartsAt, moved.Uid, moved.Sequence));
        Assert.Equal((2, 1), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));
        Assert.Contains("visits.moved", await library.ToldAsync(visit.Subject));
        Assert.Equal(VisitRefusals.SlotTaken, (await RequestAsync(library, other, offer, date: new DateOnly(2026, 1, 23), by: TestLibrary.Librarian)).Refusal);
    }

    [Fact]
    public async Task A_school_that_does_not_want_the_new_time_cancels_on_the_day_before_and_gets_its_visit_back()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();
        var visit = (await RequestAsync(library, school, offer)).Value;
        await visits.ApproveAsync(visit.Id, TestLibrary.Librarian);
        await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, TuesdayInTwoWeeks, TuesdayInTwoWeeks, "Cuti bersama"), TestLibrary.Librarian);

        library.Clock.MoveTo(new DateTimeOffset((await NowAsync(library, visit)).StartsAt.AddDays(-1)));
        Assert.True((await visits.CancelAsync(visit.Id, null, CancelledBy.School, Teacher)).Succeeded);

        Assert.Equal((2, 0), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));
    }

    [Fact]
    public async Task A_visit_for_which_a_late_closure_leaves_no_slot_is_cancelled_given_back_and_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();
        var visit = (await RequestAsync(library, school, offer)).Value;
        await visits.ApproveAsync(visit.Id, TestLibrary.Librarian);

        var affected = (await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, TuesdayInTwoWeeks, TuesdayInTwoWeeks.AddDays(90), "Renovasi"), TestLibrary.Librarian)).Value;

        Assert.Null(Assert.Single(affected).To);
        Assert.Equal(VisitStatus.Cancelled, (await NowAsync(library, visit)).Status);
        Assert.Equal((2, 0), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));
        Assert.Contains("visits.cancelled", await library.ToldAsync(visit.Subject));
    }

    [Fact]
    public async Task Staff_may_send_a_visit_elsewhere_or_cancel_it_when_they_announce_a_closure()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var closures = desk.The<Closures>();
        var visit = (await RequestAsync(library, school, offer)).Value;
        var closure = CalendarException.Closure(null, TuesdayInTwoWeeks, TuesdayInTwoWeeks, "Cuti bersama");

        Assert.Equal("calendar.cannot_move_there", (await closures.PreviewAsync(closure, [new(visit.Subject, visit.StartsAt.AddHours(1))])).Refusal?.Code);
        Assert.Null(Assert.Single((await closures.PreviewAsync(closure, [new(visit.Subject, null)])).Value).To);
        await closures.AnnounceAsync(closure, TestLibrary.Librarian, [new(visit.Subject, visit.StartsAt.AddDays(14))]);

        Assert.Equal(visit.StartsAt.AddDays(14), (await NowAsync(library, visit)).StartsAt);
    }

    [Fact]
    public async Task The_reply_letter_has_a_number_the_facts_and_says_that_photographs_need_guardians()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var visit = (await RequestAsync(library, school, offer)).Value;
        Assert.Equal(VisitRefusals.NotAnswered, (await desk.The<VisitReplyLetters>().OfAsync(visit.Id)).Refusal);
        await desk.The<ClassVisits>().ApproveAsync(visit.Id, TestLibrary.Librarian);

        var letter = (await desk.The<VisitReplyLetters>().OfAsync(visit.Id)).Value;

        Assert.Equal(("001/2026", new DateOnly(2026, 1, 5), true), (letter.Number, letter.Date, letter.IsApproved));
        Assert.Equal(("SDN 1 Metro", "10807001", "Pak Joko"), (letter.School, letter.Npsn, letter.ContactName));
        Assert.Equal((TuesdayInTwoWeeks, Nine, new TimeOnly(10, 30)), (letter.VisitOn, letter.From, letter.Until));
        Assert.Equal((28, 3, 3, new DateOnly(2026, 1, 17)), (letter.Children, letter.Adults, letter.AdultsNeeded, letter.CancelBy));
        Assert.True(letter.PhotographsNeedGuardians);
    }

    [Fact]
    public async Task A_declined_school_reads_why()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var visit = (await RequestAsync(library, school, offer)).Value;

        Assert.Equal("input.missing", (await desk.The<ClassVisits>().DeclineAsync(visit.Id, " ", TestLibrary.Librarian)).Refusal?.Code);
        Assert.True((await desk.The<ClassVisits>().DeclineAsync(visit.Id, "Ruang anak sedang diperbaiki", TestLibrary.Librarian)).Succeeded);

        var letter = (await desk.The<VisitReplyLetters>().OfAsync(visit.Id)).Value;
        Assert.Equal((false, "Ruang anak sedang diperbaiki"), (letter.IsApproved, letter.Reason));
        Assert.Contains("visits.declined", await library.ToldAsync(visit.Subject));
    }

    [Fact]
    public void A_visit_keeps_head_counts_and_never_pupils_names() =>
        Assert.DoesNotContain(typeof(Visit).GetProperties(), property => property.Name.Contains("Pupil", StringComparison.Ordinal)
            || property.Name.Contains("Student", StringComparison.Ordinal) || property.Name.Contains("Consent", StringComparison.Ordinal));

    [Fact]
    public async Task A_school_is_written_down_once_by_its_NPSN()
    {
        await using var library = await TestLibrary.OpenAsync();
        var school = await ASchoolAsync(library);
        await using var desk = library.OpenDesk();

        Assert.Equal(VisitRefusals.NpsnTaken("SDN 1 Metro"), (await desk.The<Schools>().RegisterAsync(Details("1080 7001") with { Name = "Lain" }, Teacher)).Refusal);
        Assert.Equal(VisitRefusals.NotAnNpsn, (await desk.The<Schools>().RegisterAsync(Details("1080700"), Teacher)).Refusal);
        Assert.Equal(school.Id, (await desk.The<Schools>().FindAsync("10.80.70.01"))?.Id);
        Assert.Null(await desk.The<Schools>().FindAsync("📚"));
    }

    [Fact]
    public async Task Bad_input_is_refused_and_changes_nothing()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ASchoolAsync(library), await AnOfferAsync(library));

        Assert.Equal("visits.too_short_notice", (await RequestAsync(library, school, offer, date: new DateOnly(1066, 10, 14))).Refusal?.Code);
        Assert.Equal("visits.too_far_ahead", (await RequestAsync(library, school, offer, date: DateOnly.MaxValue)).Refusal?.Code);
        Assert.Equal("visits.too_short_notice", (await RequestAsync(library, school, offer, date: DateOnly.MinValue, by: TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await RequestAsync(library, school, offer, children: -28)).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await RequestAsync(library, school, offer, adults: int.MinValue)).Refusal?.Code);
        Assert.Equal(VisitRefusals.HeadsOutOfRange(5, 40), (await RequestAsync(library, school, offer, children: 50, adults: 5)).Refusal);
        Assert.Equal("visits.no_such_slot", (await RequestAsync(library, school, offer, time: new TimeOnly(3, 0))).Refusal?.Code);
        Assert.Equal("input.too_long", (await RequestAsync(library, school, offer, note: new string('a', 10_000_000))).Refusal?.Code);
        Assert.Equal(VisitRefusals.NotInLanguage("xx"), (await RequestAsync(library, school, offer, language: "xx")).Refusal);
        await using var desk = library.OpenDesk();
        Assert.Equal(VisitRefusals.UnknownVisit(-1), (await desk.The<ClassVisits>().ApproveAsync(-1, TestLibrary.Librarian)).Refusal);
        Assert.Equal("input.not_a_name", (await desk.The<Schools>().RegisterAsync(Details("10807009") with { Name = "🏫" }, Teacher)).Refusal?.Code);
        Assert.Equal(VisitRefusals.TimesOverlap(DayOfWeek.Tuesday), (await desk.The<Schools>().OfferAsync(Tour(library) with { Times = [new(DayOfWeek.Tuesday, Nine), new(DayOfWeek.Tuesday, new TimeOnly(10, 0))] }, TestLibrary.Librarian)).Refusal);
        Assert.Equal(VisitRefusals.NotOnQuarter(DayOfWeek.Tuesday), (await desk.The<Schools>().OfferAsync(Tour(library) with { Times = [new(DayOfWeek.Tuesday, new TimeOnly(9, 7))] }, TestLibrary.Librarian)).Refusal);
        Assert.Empty(await desk.Db.Visits.ToListAsync());
    }

    [Fact]
    public async Task A_pattern_can_be_changed_and_keeps_a_time_that_stays()
    {
        await using var library = await TestLibrary.OpenAsync();
        var offer = await AnOfferAsync(library);
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<Schools>().ChangeOfferAsync(offer.Id, Tour(library) with { Times = [new(DayOfWeek.Tuesday, Nine), new(DayOfWeek.Friday, Nine)] }, TestLibrary.Librarian));

        await using var db = library.NewContext();
        Assert.Equal([DayOfWeek.Tuesday, DayOfWeek.Friday], (await db.VisitOffers.Include(one => one.Times).SingleAsync()).Times.Select(time => time.Day).Order());
    }

    private static SchoolDetails Details(string npsn) => new()
    {
        Npsn = npsn, Name = npsn == "10807001" ? "SDN 1 Metro" : $"SDN {npsn}", Level = SchoolLevel.Primary,
        ContactName = "Pak Joko", ContactEmail = "guru@sdn1.example.id", ContactPhone = "0725-41234",
    };

    private static VisitOfferDetails Tour(TestLibrary library) => new()
    {
        Kind = VisitKind.Tour, Name = "Tur perpustakaan", NameEnglish = "Library tour", BranchId = library.Main, Times = [new(DayOfWeek.Tuesday, Nine)],
    };

    internal static async Task<School> ASchoolAsync(TestLibrary library, string npsn = "10807001")
    {
        await using var desk = library.OpenDesk();
        return (await desk.The<Schools>().RegisterAsync(Details(npsn), Teacher)).Value;
    }

    internal static async Task<VisitOffer> AnOfferAsync(TestLibrary library, Func<VisitOfferDetails, VisitOfferDetails>? but = null)
    {
        await using var desk = library.OpenDesk();
        return (await desk.The<Schools>().OfferAsync((but ?? (details => details))(Tour(library)), TestLibrary.Librarian)).Value;
    }

    internal static async Task<Outcome<Visit>> RequestAsync(
        TestLibrary library, School school, VisitOffer offer, DateOnly? date = null, TimeOnly? time = null,
        int children = 28, int adults = 3, string? note = null, string language = "id", Actor? by = null)
    {
        await using var desk = library.OpenDesk();
        return await desk.The<ClassVisits>().RequestAsync(new VisitRequest
        {
            SchoolId = school.Id, OfferId = offer.Id, Date = date ?? TuesdayInTwoWeeks, Time = time ?? Nine,
            Children = children, Adults = adults, ClassName = "5B", Note = note, Language = language,
        }, by ?? Teacher);
    }

    private static async Task<Visit> NowAsync(TestLibrary library, Visit visit)
    {
        await using var db = library.NewContext();
        return await db.Visits.SingleAsync(one => one.Id == visit.Id);
    }
}
