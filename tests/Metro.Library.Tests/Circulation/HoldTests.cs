using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

/// <summary>DOMAIN.md rule 2.</summary>
public sealed class HoldTests
{
    [Fact]
    public async Task Holds_queue_first_come_first_served_and_know_their_position()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, ani, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);

        var first = (await library.HoldAsync(budi, book)).Value;
        var second = (await library.HoldAsync(ani, book)).Value;
        Assert.Equal((1, 1, 2, 2), (first.Position, first.QueueLength, second.Position, second.QueueLength));

        Assert.Equal(Routing.ToHoldShelf, (await library.ReturnAsync(book.Barcode)).Value.Routing);
        Assert.Equal(HoldState.Ready, (await library.HoldOfAsync(first.HoldId)).State);
        await using var desk = library.OpenDesk();
        Assert.Equal((1, 1), await desk.The<HoldQueue>().PositionAsync(second.HoldId));
        Assert.Equal(CirculationRefusals.KeptForAnother(book.Barcode), (await library.LendAsync(ani, book.Barcode)).Refusal);
        Assert.True((await library.LendAsync(budi, book.Barcode)).Succeeded);
        Assert.Equal(HoldState.Collected, (await library.HoldOfAsync(first.HoldId)).State);
    }

    [Fact]
    public async Task The_pickup_clock_starts_when_the_copy_is_ready_and_skips_closed_days()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var hold = (await library.HoldAsync(budi, book)).Value.HoldId;
        library.Pass(4);
        Assert.Null((await library.HoldOfAsync(hold)).PickupBy);

        await library.ReturnAsync(book.Barcode);

        // Ready on Friday: Saturday, Monday and Tuesday are three open days.
        Assert.Equal(new DateOnly(2026, 1, 13), (await library.HoldOfAsync(hold)).PickupBy);
        await using var db = library.NewContext();
        var message = await db.OutboxMessages.SingleAsync(one => one.Kind == "circulation.hold_ready");
        Assert.Equal((budi.Id, $"hold:{hold}"), (message.MemberId, message.Subject));
        Assert.Contains("2026-01-13", message.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_of_a_ready_copy_does_not_start_the_clock_anew_nor_tell_again()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var hold = (await library.HoldAsync(budi, book)).Value.HoldId;
        await library.ReturnAsync(book.Barcode);
        var before = (await library.HoldOfAsync(hold)).PickupBy;
        library.Pass(1);

        Assert.True((await library.ReturnAsync(book.Barcode)).Value.Repeated);

        Assert.Equal(before, (await library.HoldOfAsync(hold)).PickupBy);
        await using var db = library.NewContext();
        Assert.Equal(1, await db.OutboxMessages.CountAsync(one => one.Kind == "circulation.hold_ready"));
    }

    [Fact]
    public async Task An_uncollected_copy_goes_to_the_next_in_line()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, ani, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var (first, second) = ((await library.HoldAsync(budi, book)).Value.HoldId, (await library.HoldAsync(ani, book)).Value.HoldId);
        await library.ReturnAsync(book.Barcode);
        await using var desk = library.OpenDesk();
        Assert.Equal(0, await desk.The<HoldQueue>().ExpireAsync());

        library.Pass(4);

        Assert.Equal(1, await desk.The<HoldQueue>().ExpireAsync());
        Assert.Equal(HoldState.Expired, (await library.HoldOfAsync(first)).State);
        var next = await library.HoldOfAsync(second);
        Assert.Equal((HoldState.Ready, library.Today.AddDays(4)), (next.State, next.PickupBy));
        Assert.Empty((await desk.The<CirculationLists>().ExpiredAsync(null, null, 10, TestLibrary.Librarian)).Items);
    }

    [Fact]
    public async Task An_uncollected_copy_that_nobody_waits_for_is_listed_to_be_cleared_until_it_is_scanned()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var hold = (await library.HoldAsync(budi, book)).Value.HoldId;
        await library.ReturnAsync(book.Barcode);
        await using var desk = library.OpenDesk();
        Assert.Equal(hold, Assert.Single((await desk.The<CirculationLists>().ReadyAsync(library.Main, null, 10, TestLibrary.Librarian)).Items).HoldId);

        Assert.Null(await desk.The<HoldQueue>().CancelAsync(hold, Actor.Member(budi.Id, budi.Name)));
        Assert.Null(await desk.The<HoldQueue>().CancelAsync(hold, Actor.Member(budi.Id, budi.Name)));

        Assert.Equal(hold, Assert.Single((await desk.The<CirculationLists>().ExpiredAsync(library.Main, null, 10, TestLibrary.Librarian)).Items).HoldId);
        Assert.Equal(CopyStatus.Available, await library.StatusOfAsync(book.Barcode));
        await library.ReturnAsync(book.Barcode);
        Assert.Empty((await desk.The<CirculationLists>().ExpiredAsync(library.Main, null, 10, TestLibrary.Librarian)).Items);
    }

    [Fact]
    public async Task A_ready_message_that_is_no_longer_true_is_cancelled()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var hold = (await library.HoldAsync(budi, book)).Value.HoldId;
        await library.ReturnAsync(book.Barcode);
        await using var desk = library.OpenDesk();
        var check = desk.The<IEnumerable<Metro.Library.Outbox.IMessageCheck>>().Single(one => one.Knows("circulation.hold_ready"));
        var message = await desk.Db.OutboxMessages.AsNoTracking().SingleAsync(one => one.Kind == "circulation.hold_ready");
        Assert.True(await check.IsStillTrueAsync(desk.Db, message, default));

        await desk.The<HoldQueue>().CancelAsync(hold, TestLibrary.Librarian);

        Assert.False(await check.IsStillTrueAsync(desk.Db, message, default));
        Assert.Equal(Metro.Library.Outbox.OutboxState.Cancelled, (await desk.Db.OutboxMessages.AsNoTracking().SingleAsync(one => one.Id == message.Id)).State);
    }

    [Fact]
    public async Task A_suspended_hold_keeps_its_place_and_lets_others_go_first()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, ani, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var (first, second) = ((await library.HoldAsync(budi, book)).Value.HoldId, (await library.HoldAsync(ani, book)).Value.HoldId);
        await using var desk = library.OpenDesk();
        var queue = desk.The<HoldQueue>();

        Assert.Null(await queue.SuspendAsync(first, library.Today.AddDays(10), Actor.Member(budi.Id, budi.Name)));
        Assert.Equal((1, 2), await queue.PositionAsync(first));
        await library.ReturnAsync(book.Barcode);

        Assert.Equal((HoldState.Waiting, HoldState.Ready), ((await library.HoldOfAsync(first)).State, (await library.HoldOfAsync(second)).State));
        Assert.Equal((1, 1), await queue.PositionAsync(first));
        Assert.Equal("input.date_out_of_range", (await queue.SuspendAsync(first, library.Today.AddDays(-1), TestLibrary.Librarian))?.Code);
        Assert.Equal("input.date_out_of_range", (await queue.SuspendAsync(first, library.Today.AddDays(999), TestLibrary.Librarian))?.Code);
        Assert.Equal(CirculationRefusals.HoldHasCopy, await queue.SuspendAsync(second, library.Today, TestLibrary.Librarian));
    }

    [Fact]
    public async Task When_a_suspension_runs_out_the_hold_takes_what_stands_on_the_shelf()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var hold = (await library.HoldAsync(budi, book)).Value.HoldId;
        await using var desk = library.OpenDesk();
        await desk.The<HoldQueue>().SuspendAsync(hold, library.Today.AddDays(2), TestLibrary.Librarian);
        Assert.Equal(Routing.ToShelf, (await library.ReturnAsync(book.Barcode)).Value.Routing);
        Assert.Equal(0, await desk.The<HoldQueue>().ResumeAsync());

        library.Pass(3);

        Assert.Equal(1, await desk.The<HoldQueue>().ResumeAsync());
        Assert.Equal(HoldState.Fetching, (await library.HoldOfAsync(hold)).State);
    }

    [Fact]
    public async Task Copies_that_an_import_put_on_the_shelf_go_to_those_who_wait_in_their_order()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, ani, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var (first, second) = ((await library.HoldAsync(budi, book)).Value.HoldId, (await library.HoldAsync(ani, book)).Value.HoldId);
        await using var desk = library.OpenDesk();
        var copy = Copy.Create(book.TitleId, new CopyDescription("IMPOR-1", library.Main), library.Calendar.Now).Value;
        copy.Shelve(library.Main, library.Calendar.Now);
        desk.Db.Add(copy);
        await desk.Db.SaveChangesAsync();

        Assert.Equal(1, await desk.The<HoldQueue>().ResumeAsync());
        Assert.Equal(0, await desk.The<HoldQueue>().ResumeAsync());

        Assert.Equal((HoldState.Fetching, HoldState.Waiting), ((await library.HoldOfAsync(first)).State, (await library.HoldOfAsync(second)).State));
    }

    [Fact]
    public async Task A_hold_on_a_title_that_stands_on_the_shelf_claims_the_copy_and_staff_fetch_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());

        var hold = (await library.HoldAsync(siti, book)).Value;

        Assert.Equal((HoldState.Fetching, 0), (hold.State, hold.Position));
        Assert.Equal(CirculationRefusals.KeptForAnother(book.Barcode), (await library.LendAsync(budi, book.Barcode)).Refusal);
        await using var desk = library.OpenDesk();
        Assert.Equal(book.Barcode, Assert.Single((await desk.The<CirculationLists>().ToFetchAsync(library.Main, null, 10)).Items).Barcode);
        await library.ReturnAsync(book.Barcode);
        Assert.Equal(HoldState.Ready, (await library.HoldOfAsync(hold.HoldId)).State);
    }

    [Fact]
    public async Task A_claimed_copy_travels_to_the_branch_of_pickup_and_is_ready_when_it_arrives()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var hold = (await library.HoldAsync(siti, book, library.Kelurahan)).Value.HoldId;

        Assert.Equal(Routing.ToBranch, (await library.ReturnAsync(book.Barcode)).Value.Routing);
        Assert.Equal((HoldState.InTransit, null), ((await library.HoldOfAsync(hold)).State, (await library.HoldOfAsync(hold)).PickupBy));
        Assert.Equal(Routing.ToHoldShelf, (await library.ReturnAsync(book.Barcode, library.Kelurahan)).Value.Routing);

        Assert.Equal(HoldState.Ready, (await library.HoldOfAsync(hold)).State);
        Assert.True((await library.LendAsync(siti, book.Barcode, branch: library.Kelurahan)).Succeeded);
    }

    [Fact]
    public async Task A_copy_whose_hold_is_cancelled_on_the_way_goes_to_the_next_when_it_arrives()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        var first = (await library.HoldAsync(siti, book, library.Kelurahan)).Value.HoldId;
        await library.ReturnAsync(book.Barcode);
        var second = (await library.HoldAsync(budi, book)).Value.HoldId;
        await using var desk = library.OpenDesk();
        await desk.The<HoldQueue>().CancelAsync(first, TestLibrary.Librarian);

        Assert.Equal(Routing.ToBranch, (await library.ReturnAsync(book.Barcode, library.Kelurahan)).Value.Routing);
        Assert.Equal(HoldState.InTransit, (await library.HoldOfAsync(second)).State);
        Assert.Equal(Routing.ToHoldShelf, (await library.ReturnAsync(book.Barcode)).Value.Routing);
    }

    [Theory]
    [InlineData("new")]
    [InlineData("mended")]
    [InlineData("found")]
    public async Task Every_way_a_copy_comes_free_offers_it_to_the_next_in_line(string way)
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync(2));
        await using var desk = library.OpenDesk();
        var cataloguing = desk.The<Cataloguing>();
        var second = await desk.Db.Copies.AsNoTracking().Where(copy => copy.Barcode == book.Barcodes[1]).Select(copy => copy.Id).SingleAsync();
        await (way == "found" ? cataloguing.ReportMissingAsync(second, TestLibrary.Librarian) : cataloguing.SendToRepairAsync(second, TestLibrary.Librarian));
        await library.LendAsync(siti, book.Barcodes[0]);
        var hold = (await library.HoldAsync(budi, book)).Value.HoldId;
        Assert.Equal(HoldState.Waiting, (await library.HoldOfAsync(hold)).State);

        switch (way)
        {
            case "new": await library.ACopyOfAsync(book.TitleId); break;
            case "mended": await cataloguing.ShelveCopyAsync(second, library.Main, TestLibrary.Librarian); break;
            default: await library.ReturnAsync(book.Barcodes[1]); break;
        }

        Assert.Equal(way == "found" ? HoldState.Ready : HoldState.Fetching, (await library.HoldOfAsync(hold)).State);
    }

    [Fact]
    public async Task A_claimed_copy_that_is_not_found_sends_the_hold_back_to_its_place()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, ani, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync(2));
        await library.LendAsync(siti, book.Barcodes[0]);
        var first = (await library.HoldAsync(budi, book)).Value.HoldId;
        var second = (await library.HoldAsync(ani, book)).Value.HoldId;
        await using var desk = library.OpenDesk();
        var claimed = (await library.HoldOfAsync(first)).CopyId!.Value;

        Assert.Null(await desk.The<Cataloguing>().ReportMissingAsync(claimed, TestLibrary.Librarian));

        Assert.Equal((1, 2), await desk.The<HoldQueue>().PositionAsync(first));
        Assert.Equal((2, 2), await desk.The<HoldQueue>().PositionAsync(second));
        await library.ReturnAsync(book.Barcodes[0]);
        Assert.Equal(HoldState.Ready, (await library.HoldOfAsync(first)).State);
    }

    [Fact]
    public async Task A_ready_copy_that_turns_up_at_another_branch_is_not_announced_as_ready()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var hold = (await library.HoldAsync(siti, book)).Value.HoldId;
        await library.ReturnAsync(book.Barcode);

        Assert.Equal(Routing.ToBranch, (await library.ReturnAsync(book.Barcode, library.Kelurahan)).Value.Routing);

        Assert.Equal(HoldState.InTransit, (await library.HoldOfAsync(hold)).State);
        await using var db = library.NewContext();
        Assert.Equal(Metro.Library.Outbox.OutboxState.Cancelled, (await db.OutboxMessages.SingleAsync(message => message.Kind == "circulation.hold_ready")).State);
    }

    [Fact]
    public async Task When_the_last_copy_leaves_the_library_those_who_wait_are_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.HoldAsync(siti, book);
        var waiting = (await library.HoldAsync(budi, book)).Value.HoldId;
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<Cataloguing>().WithdrawCopyAsync(await desk.Db.Copies.Select(copy => copy.Id).SingleAsync(), TestLibrary.Librarian));

        Assert.Equal(HoldState.Cancelled, (await library.HoldOfAsync(waiting)).State);
        Assert.Equal(2, await desk.Db.OutboxMessages.CountAsync(message => message.Kind == "circulation.hold_impossible"));
    }

    [Fact]
    public async Task Nobody_stands_twice_in_a_queue_or_in_more_queues_than_the_terms_allow()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.AMemberAsync();
        var (one, two, three) = (await library.ABookAsync(), await library.ABookAsync(), await library.ABookAsync());
        var first = (await library.HoldAsync(siti, one)).Value;

        var again = (await library.HoldAsync(siti, one)).Value;

        Assert.Equal((first.HoldId, true), (again.HoldId, again.Repeated));
        await library.HoldAsync(siti, two);
        Assert.Equal(CirculationRefusals.TooManyHolds(2), (await library.HoldAsync(siti, three)).Refusal);
    }

    [Fact]
    public async Task Nobody_waits_for_what_they_have_or_for_what_there_is_not()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book, none) = (await library.AMemberAsync(), await library.ABookAsync(), await library.ABookAsync(copies: 0));
        await library.LendAsync(siti, book.Barcode);

        Assert.Equal(CirculationRefusals.AlreadyBorrowed, (await library.HoldAsync(siti, book)).Refusal);
        Assert.Equal(CirculationRefusals.NothingToLend, (await library.HoldAsync(siti, none)).Refusal);
        Assert.Equal(CirculationRefusals.NoSuchTitle, (await library.HoldAsync(siti, new Book(9_999, []))).Refusal);
        Assert.Equal(CirculationRefusals.NoPickupThere, (await library.HoldAsync(siti, await library.ABookAsync(), branch: 99)).Refusal);
    }

    [Fact]
    public async Task A_member_does_not_touch_another_s_hold()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        var hold = (await library.HoldAsync(siti, book)).Value.HoldId;
        await using var desk = library.OpenDesk();
        var stranger = Actor.Member(budi.Id, budi.Name);

        Assert.Equal(CirculationRefusals.NoSuchHold, await desk.The<HoldQueue>().CancelAsync(hold, stranger));
        Assert.Equal(CirculationRefusals.NoSuchHold, await desk.The<HoldQueue>().SuspendAsync(hold, null, stranger));
        Assert.Equal(MemberRefusals.Unknown, (await desk.The<HoldQueue>().PlaceAsync(siti.Id, book.TitleId, library.Main, stranger)).Refusal);
    }

    [Fact]
    public async Task The_branch_of_pickup_can_be_changed_while_waiting()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var hold = (await library.HoldAsync(budi, book)).Value.HoldId;
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<HoldQueue>().PickUpAtAsync(hold, library.Kelurahan, Actor.Member(budi.Id, budi.Name)));

        Assert.Equal(Routing.ToBranch, (await library.ReturnAsync(book.Barcode)).Value.Routing);
        Assert.Equal(CirculationRefusals.HoldHasCopy, await desk.The<HoldQueue>().PickUpAtAsync(hold, library.Main, TestLibrary.Librarian));
    }
}

/// <summary>DOMAIN.md rule 1, for a closure that is announced late.</summary>
public sealed class LateClosureTests
{
    [Fact]
    public async Task Due_dates_on_the_closed_day_are_listed_moved_and_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book, other) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync(), await library.ABookAsync(branch: library.Kelurahan));
        var loan = (await library.LendAsync(siti, book.Barcode)).Value;
        var elsewhere = (await library.LendAsync(budi, other.Barcode, branch: library.Kelurahan)).Value;
        await using var desk = library.OpenDesk();
        var closure = CalendarException.Closure(library.Main, loan.Due.Date, loan.Due.Date, "Cuti bersama", "Joint leave");

        var listed = Assert.Single((await desk.The<Closures>().PreviewAsync(closure)).Value);
        Assert.Equal((loan.Due.Date, loan.Due.Date.AddDays(1), siti.Id), (listed.From, listed.To, listed.MemberId));
        Assert.Equal(loan.Due.Date, (await library.LoanOfAsync(loan.LoanId)).DueOn);

        Assert.Equal(listed, Assert.Single((await desk.The<Closures>().AnnounceAsync(closure, TestLibrary.Librarian)).Value));
        Assert.Equal(loan.Due.Date.AddDays(1), (await library.LoanOfAsync(loan.LoanId)).DueOn);
        Assert.Equal(elsewhere.Due.Date, (await library.LoanOfAsync(elsewhere.LoanId)).DueOn);
        var told = await desk.Db.OutboxMessages.AsNoTracking().SingleAsync(message => message.Kind == "circulation.due_moved");
        Assert.Equal(siti.Id, told.MemberId);
        Assert.Contains("Cuti bersama", told.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pickup_deadlines_keep_their_number_of_open_days()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var hold = (await library.HoldAsync(siti, book)).Value.HoldId;
        await library.ReturnAsync(book.Barcode);
        var before = (await library.HoldOfAsync(hold)).PickupBy!.Value;
        await using var desk = library.OpenDesk();

        await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, library.Today.AddDays(1), library.Today.AddDays(1), "Cuti bersama"), TestLibrary.Librarian);

        Assert.Equal(before.AddDays(1), (await library.HoldOfAsync(hold)).PickupBy);
        Assert.Contains(desk.Db.OutboxMessages, message => message.Kind == "circulation.pickup_moved");
    }
}
