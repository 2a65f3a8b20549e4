using Metro.Data;
using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Programs;
using Metro.Library.Search;
using Metro.Library.Spaces;
using Metro.Library.Tests.Circulation;
using Metro.Library.Tests.Members;
using Metro.Library.Tests.Outbox;
using Metro.Library.Tests.Programs;
using Metro.Library.Tests.Spaces;
using Metro.Library.Tests.Visits;
using Metro.Library.Visits;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests;

/// <summary>Every list that a librarian needs and every question that a visitor can cause is answered by an index, on both databases.</summary>
public sealed class QueryPlanTests
{
    [Fact]
    public Task Overdue_ready_expired_in_transit_lost_and_never_borrowed_are_read_by_index() => AllByIndexAsync(10, async (library, desk) =>
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var lists = desk.The<CirculationLists>();
        foreach (long? branch in new long?[] { null, library.Main })
        {
            foreach (var after in new[] { null, "739000.5" })
            {
                await lists.OverdueAsync(branch, after, 50, TestLibrary.Librarian);
                await lists.ReadyAsync(branch, after, 50, TestLibrary.Librarian);
                await lists.ExpiredAsync(branch, after, 50, TestLibrary.Librarian);
                await lists.ToFetchAsync(branch, after, 50);
                await lists.InTransitAsync(branch, after, 50);
                await lists.LostAsync(after, 50, TestLibrary.Librarian);
                await lists.NeverBorrowedAsync(library.Today, branch, after, 50);
            }
        }
    }, inOrder: true);

    [Fact]
    public Task Lists_of_what_waits_for_an_answer_and_of_what_comes_are_read_a_stretch_at_a_time_by_index() => AllByIndexAsync(10, async (library, desk) =>
    {
        var now = library.Calendar.Now;
        await desk.Db.Sessions.ForThePublic().ToCome(now).Take(50).ToListAsync();
        await desk.Db.Sessions.ForThePublic().ToCome(now).WithSeatsLeft().Take(50).ToListAsync();
        await desk.Db.Visits.AwaitingAnswer().Take(50).ToListAsync();
        await desk.Db.Visits.ComingBetween(now, now.AddDays(30)).Take(50).ToListAsync();
        await desk.Db.Visits.OfSchool(7).Take(50).ToListAsync();
        await desk.Db.Bookings.AwaitingAnswer().Take(50).ToListAsync();
        await desk.Db.Bookings.OfMember(7).Take(50).ToListAsync();
        await desk.Db.Registrations.OfMember(7).Take(50).ToListAsync();
        await desk.Db.OutboxMessages.Where(one => one.MemberId == 7).OrderByDescending(one => one.Id).Take(50).ToListAsync();
        await desk.Db.OutboxMessages.Where(one => one.State == OutboxState.Waiting && one.DueAt <= now).OrderBy(one => one.DueAt).ThenBy(one => one.Id).Take(50).ToListAsync();
        await desk.Db.AuditLines.OrderByDescending(one => one.Id).Take(50).ToListAsync();
        await desk.Db.AuditLines.Where(one => one.Subject == "loan:7").OrderByDescending(one => one.Id).Take(50).ToListAsync();
        await desk.The<Metro.Library.Members.Registrations>().AwaitingReviewAsync(0, 50);
    }, inOrder: true);

    [Fact]
    public Task The_desk_finds_loans_holds_fines_and_copies_by_index() => AllByIndexAsync(15, async (library, desk) =>
    {
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await desk.The<CirculationDesk>().CheckOutAsync(siti.CardNumber!, book.Barcode, library.Main, TestLibrary.Librarian);
        var hold = await desk.The<HoldQueue>().PlaceAsync(budi.Id, book.TitleId, library.Main, TestLibrary.Librarian);
        await desk.The<HoldQueue>().PositionAsync(hold.Value.HoldId);
        library.Clock.Advance(TimeSpan.FromDays(30));
        await desk.The<CirculationDesk>().CheckInAsync(book.Barcode, library.Main, TestLibrary.Librarian);
        await desk.The<LoanReminders>().QueueDueSoonAsync();
        await desk.The<LoanReminders>().QueueOverdueAsync();
        await desk.The<HoldQueue>().ExpireAsync();
        await desk.The<HoldQueue>().ResumeAsync();
        await desk.The<LoanPrivacy>().UnlinkEndedAsync();
        await desk.Db.Loans.Of(siti.Id).OrderBy(loan => loan.Id).Take(50).ToListAsync();
        await desk.Db.Holds.Where(one => one.MemberId == siti.Id).OrderBy(one => one.Id).Take(50).ToListAsync();
        await desk.Db.Fines.Where(one => one.MemberId == siti.Id).OrderBy(one => one.Id).Take(50).ToListAsync();
    });

    [Fact]
    public Task People_are_found_and_applications_reviewed_by_index() => AllByIndexAsync(8, async (library, desk) =>
    {
        var siti = await library.JoinAsync(People.Siti);
        await desk.The<MemberAccounts>().FindAsync("Siti Ra", TestLibrary.Librarian);
        await desk.The<MemberAccounts>().FindAsync(siti.CardNumber!, TestLibrary.Librarian);
        await desk.The<Metro.Library.Members.Registrations>().AwaitingReviewAsync(0, 50);
        await desk.The<Metro.Library.Members.Registrations>().ApplyAsync(People.Budi);
        await desk.The<MemberPrivacy>().ForgetDeclinedAsync();
        await desk.The<Guardians>().ComeOfAgeAsync();
        await desk.Db.Guardianships.Where(one => one.GuardianId == siti.Id && one.EndedAt == null).OrderBy(one => one.Id).Take(20).ToListAsync();
        await desk.The<Addressees>().OfAsync(desk.Db, await library.TellAsync(await library.JoinAsync(People.Ani)));
    });

    [Fact]
    public Task What_was_sent_to_a_person_and_what_was_done_by_whom_is_read_by_index() => AllByIndexAsync(5, async (library, desk) =>
    {
        var now = library.Calendar.Now;
        await desk.Db.OutboxMessages.Where(one => one.MemberId == 7).OrderByDescending(one => one.Id).Take(50).ToListAsync();
        await desk.Db.OutboxMessages.Where(one => one.State == OutboxState.Waiting && one.DueAt <= now).OrderBy(one => one.DueAt).ThenBy(one => one.Id).Take(50).ToListAsync();
        await desk.Db.UntellAsync(new Subject("loan", 7), "", now, default);
        await desk.Db.AuditLines.OrderByDescending(one => one.Id).Take(50).ToListAsync();
        await desk.Db.AuditLines.Where(one => one.Subject == "loan:7").OrderByDescending(one => one.Id).Take(50).ToListAsync();
        await desk.Db.AuditLines.Answering(new AuditQuestion { Kind = "loan" }, library.Calendar).Take(50).ToListAsync();
        await desk.Db.AuditLines.Where(one => one.ActorKind == ActorKind.Staff && one.ActorId == "staff-1").OrderByDescending(one => one.Id).Take(50).ToListAsync();
    });

    [Fact]
    public Task Programs_sessions_seats_and_the_list_at_the_door_are_read_by_index() => AllByIndexAsync(15, async (library, desk) =>
    {
        var session = await library.ASessionAsync(5);
        var ani = await library.SomebodyAsync(session, "Ani");
        var now = library.Calendar.Now;
        await desk.Db.Sessions.ForThePublic().ToCome(now).Take(50).ToListAsync();
        await desk.Db.Sessions.ForThePublic().ToCome(now).WithSeatsLeft().Take(50).ToListAsync();
        await desk.Db.Sessions.ForThePublic().Touching(now, now.AddDays(31)).Where(one => one.Status == SessionStatus.Scheduled && one.StartsAt > now.AddDays(-366)).OrderBy(one => one.StartsAt).Take(200).ToListAsync();
        await desk.Db.Sessions.Where(one => one.ProgramId == session.ProgramId).OrderBy(one => one.StartsAt).Take(50).ToListAsync();
        await desk.Db.Programs.ForThePublic().Where(one => one.Kind == ProgramKind.Workshop).OrderBy(one => one.Id).Take(50).ToListAsync();
        await desk.Db.Programs.Where(one => one.ContentKey == "4a").ToListAsync();
        await desk.Db.Registrations.OfMember(7).Take(50).ToListAsync();
        await desk.Db.Registrations.AheadOf(ani).CountAsync();
        await desk.The<CheckIns>().ListAsync(session.Id, null, 50, TestLibrary.Librarian);
        await desk.The<SessionRegistrations>().CancelAsync(ani.TicketCode, Happenings.Visitor);
        await desk.The<SessionRegistrations>().ExpireOffersAsync();
        await desk.The<CheckIns>().ReleaseNoShowsAsync();
        await desk.The<VisitorPrivacy>().ForgetAsync();
        await desk.The<Absences>().CountingAgainst(7).ToListAsync();
        await desk.Db.Strikes.Where(one => one.Appeal == AppealStatus.Pending).OrderBy(one => one.Id).Take(50).ToListAsync();
    });

    [Fact]
    public Task Class_visits_and_their_slots_are_read_by_index() => AllByIndexAsync(10, async (library, desk) =>
    {
        var (school, offer) = (await ClassVisitTests.ASchoolAsync(library), await ClassVisitTests.AnOfferAsync(library));
        var visit = (await ClassVisitTests.RequestAsync(library, school, offer)).Value;
        await desk.Db.Visits.AwaitingAnswer().Take(50).ToListAsync();
        await desk.Db.Visits.ComingBetween(library.Calendar.Now, library.Calendar.Now.AddDays(30)).Take(50).ToListAsync();
        await desk.Db.Visits.OfSchool(school.Id).Take(50).ToListAsync();
        await desk.Db.Visits.OfOfferToCome(offer.Id, library.Calendar.Now).Take(50).ToListAsync();
        await desk.Db.Visits.WithUid(visit.Uid).SingleAsync();
        await desk.The<VisitSlots>().BetweenAsync(offer.Id, library.Calendar.Today, library.Calendar.Today.AddDays(30));
        await desk.The<VisitSlots>().NextFreeAsync([offer]);
        await desk.The<ClassVisits>().ApproveAsync(visit.Id, TestLibrary.Librarian);
        await desk.The<ClassVisits>().RemindAsync();
        await desk.The<ClassVisits>().LapseRequestsAsync();
        await desk.The<Schools>().FindAsync("10807001");
        await desk.The<VisitReplyLetters>().OfAsync(visit.Id);
    });

    [Fact]
    public Task Bookings_timetables_and_equipment_are_read_by_index() => AllByIndexAsync(12, async (library, desk) =>
    {
        var (room, projector) = (await library.ARoomAsync(), await library.EquipmentAsync("Proyektor", 2));
        var wish = library.Asking(room, 10, 11) with { Equipment = [new EquipmentWish(projector.Id, 1)] };
        var booking = (await desk.The<Bookings>().BookAsync(wish, Rooms.Visitor)).Value;
        await desk.Db.Bookings.AwaitingAnswer().Take(50).ToListAsync();
        await desk.Db.Bookings.InSpaceBetween(room.Id, library.At(0), library.At(0, 2)).Take(50).ToListAsync();
        await desk.Db.Bookings.OfMember(7).Take(50).ToListAsync();
        await desk.Db.Bookings.WithUid(booking.Uid).SingleAsync();
        await desk.The<SpaceTimetable>().BetweenAsync(library.Main, library.Calendar.Today, library.Calendar.Today.AddDays(7));
        await desk.The<SpaceDiary>().BetweenAsync(room, library.Calendar.Today, library.Calendar.Today.AddDays(7));
        await desk.The<SpaceDiary>().ToComeAsync(room);
        await desk.The<SpaceDiary>().PromisesOfAsync(7);
        await desk.The<SpacePlanning>().TakeOutOfUseAsync(room.Id, despiteUses: false, TestLibrary.Librarian);
        await desk.The<SpaceTimetable>().InsteadOfAsync(wish);
        await desk.The<Bookings>().RivalsOfAsync(booking.Id);
        await desk.The<Bookings>().CancelSeriesAsync(booking.Id, null, Rooms.Visitor);
        await desk.The<Bookings>().ReleaseNoShowsAsync();
        await desk.The<Bookings>().LapseRequestsAsync();
    });

    [Fact]
    public Task What_a_closure_touches_is_found_by_index() => AllByIndexAsync(5, async (library, desk) =>
    {
        var day = library.Calendar.Today.AddDays(8);
        await library.ASessionAsync(5);
        await library.BookAsync(library.Asking(await library.ARoomAsync(), 10, 11, inDays: 8));
        await desk.The<Closures>().PreviewAsync(CalendarException.Closure(null, day, day, "Cuti bersama"));
        await desk.The<Closures>().PreviewAsync(CalendarException.Closure(library.Main, day, day, "Cuti bersama"));
    });

    [Fact]
    public Task E_books_their_queues_and_licences_are_read_by_index() => AllByIndexAsync(10, async (library, desk) =>
    {
        var (siti, budi) = (await library.AMemberAsync(), await library.AMemberAsync());
        await desk.The<Licensing>().AddAsync(new LicenceDetails { ResourceKey = "4a", Title = new LocalText("Laskar pelangi"), MostAtOnce = 1 }, TestLibrary.Librarian);
        var loan = (await desk.The<DigitalLending>().BorrowAsync(siti.Id, "4a", TestLibrary.Librarian)).Value;
        var hold = (await desk.The<DigitalLending>().HoldAsync(budi.Id, "4a", TestLibrary.Librarian)).Value;
        await desk.The<DigitalLending>().PositionOfAsync(hold.Id);
        await desk.The<DigitalLending>().ReturnAsync(loan.Id, TestLibrary.Librarian);
        await desk.The<DigitalLending>().SettleAsync();
        await desk.The<LoanPrivacy>().UnlinkEndedAsync();
        await desk.Db.DigitalLoans.Where(one => one.MemberId == siti.Id && one.EndedAt == null).OrderBy(one => one.DueAt).Take(50).ToListAsync();
        await desk.Db.DigitalHolds.Where(one => one.MemberId == siti.Id && one.EndedAt == null).OrderBy(one => one.Id).Take(50).ToListAsync();
    });

    [Fact]
    public Task A_title_its_copies_and_its_contributors_are_found_by_index() => AllByIndexAsync(8, async (library, desk) =>
    {
        var book = await library.ABookAsync(2);
        await desk.Db.Titles.InCatalogue().Whole().AsSplitQuery().Where(one => one.Id == book.TitleId).SingleAsync();
        await desk.Db.Titles.WithIdentifier("9789793062792").OrderBy(one => one.Id).Take(10).ToListAsync();
        await desk.Db.Titles.ByContributor("hirata andrea").OrderBy(one => one.Id).Take(50).ToListAsync();
        await desk.Db.AvailabilityOfAsync([book.TitleId]);
        await desk.Db.Copies.Where(one => one.Barcode == book.Barcode).SingleAsync();
        await desk.Db.Copies.Where(one => one.TitleId == book.TitleId).OrderBy(one => one.Id).Take(100).ToListAsync();
        await CatalogIndex.ForgetOldChangesAsync(desk.Db, 1000);
    });

    [Fact]
    public async Task A_page_finds_the_newest_titles_and_what_is_away_without_reading_all_loans()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var book = await library.ABookAsync(2);
        using var plans = new QueryPlans(desk.Db);

        await desk.Db.Titles.InCatalogue().Newest().Take(6).ToListAsync();
        await desk.Db.Loans.OpenOfCopies([book.TitleId, book.TitleId + 1]).ToListAsync();

        var steps = await plans.StepsAsync();
        Assert.Contains(steps, step => step.Contains("ix_loans_copy_open", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.Contains("ORDER BY", StringComparison.Ordinal) || step.Contains("Sort", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_to_come_are_not_looked_for_among_those_of_years_ago()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        using var plans = new QueryPlans(desk.Db);

        await desk.Db.Sessions.ForThePublic().ToCome(library.Calendar.Now).Take(3).ToListAsync();

        Assert.Contains(await plans.StepsAsync(), step => TestDatabase.Provider == DatabaseProvider.Sqlite
            ? step.Contains("(status=? AND starts_at>?)", StringComparison.Ordinal)
            : step.Contains("Index Cond", StringComparison.Ordinal) && step.Contains("starts_at >=", StringComparison.Ordinal));
    }

    /// <summary>The lists through which somebody leafs are given in order by an index too; the few rows of one person or one session may be sorted.</summary>
    private static async Task AllByIndexAsync(int least, Func<TestLibrary, Desk, Task> asking, bool inOrder = false)
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        using var plans = new QueryPlans(desk.Db);

        await asking(library, desk);

        Assert.True(plans.Count >= least, $"Only {plans.Count} questions were heard.");
        var poor = await plans.PoorAsync(inOrder);
        Assert.True(poor.Count == 0, string.Join("\n\n", poor.Distinct()));
    }
}
