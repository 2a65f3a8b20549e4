using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

/// <summary>DOMAIN.md rule 11, for loans, holds and fines.</summary>
public sealed class LoanPrivacyTests
{
    [Fact]
    public async Task Returned_loans_are_unlinked_after_a_month_and_nothing_else_tells_whose_they_were()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var loan = (await library.LendAsync(siti, book.Barcode)).Value.LoanId;
        library.Pass(8);
        await library.ReturnAsync(book.Barcode);
        await using var desk = library.OpenDesk();
        var fine = Assert.Single(await desk.The<FinesLedger>().OwedByAsync(siti.Id));
        await desk.The<FinesLedger>().PayAsync(fine.Id, fine.Outstanding, PaymentMethod.Cash, "laci-1", TestLibrary.Librarian);
        var privacy = desk.The<LoanPrivacy>();
        library.Pass(30);
        Assert.Equal(0, await privacy.UnlinkEndedAsync());

        library.Pass(1);

        Assert.Equal(1, await privacy.UnlinkEndedAsync());
        Assert.Equal(0, await privacy.UnlinkEndedAsync());
        var kept = await library.LoanOfAsync(loan);
        Assert.Equal((null, MemberCategory.Adult), (kept.MemberId, kept.MemberCategory));
        await using var db = library.NewContext();
        Assert.Null((await db.Fines.SingleAsync()).MemberId);
        Assert.DoesNotContain(db.OutboxMessages.AsEnumerable(), message => message.Subject.StartsWith("loan:", StringComparison.Ordinal));
        Assert.All(db.AuditLines.Where(line => line.Subject == $"loan:{loan}"), line => Assert.Null(line.After));
    }

    [Fact]
    public async Task A_member_who_opted_in_keeps_their_history()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await using var desk = library.OpenDesk();
        await desk.The<MemberAccounts>().KeepLoanHistoryAsync(siti.Id, keep: true, Actor.Member(siti.Id, siti.Name));
        await library.LendAsync(siti, book.Barcode);
        await library.ReturnAsync(book.Barcode);
        library.Pass(60);

        Assert.Equal(0, await desk.The<LoanPrivacy>().UnlinkEndedAsync());
        await desk.The<MemberAccounts>().KeepLoanHistoryAsync(siti.Id, keep: false, Actor.Member(siti.Id, siti.Name));
        Assert.Equal(1, await desk.The<LoanPrivacy>().UnlinkEndedAsync());
    }

    [Fact]
    public async Task A_loan_for_which_something_is_owed_stays_linked_until_it_is_settled()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        library.Pass(10);
        await library.ReturnAsync(book.Barcode);
        library.Pass(60);
        await using var desk = library.OpenDesk();

        Assert.Equal(0, await desk.The<LoanPrivacy>().UnlinkEndedAsync());
    }

    [Fact]
    public async Task Statistics_stay_the_same_without_the_people_and_small_counts_are_suppressed()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.SetTermsAsync(new LoanTerms { MostLoans = 100 });
        var (siti, teacher, book) = (await library.AMemberAsync(), await library.AMemberAsync(MemberCategory.Teacher), await library.ABookAsync());
        for (var i = 0; i < 6; i++)
        {
            await library.LendAsync(siti, book.Barcode);
            await library.ReturnAsync(book.Barcode);
        }

        await library.LendAsync(teacher, book.Barcode);
        await library.ReturnAsync(book.Barcode);
        await library.LendAsync(siti, book.Barcode, branch: library.Kelurahan);
        await library.ReturnAsync(book.Barcode);
        var day = library.Today;
        await using var desk = library.OpenDesk();
        var before = await desk.The<LoanStatistics>().CountAsync(day, day);
        library.Pass(40);
        await desk.The<LoanPrivacy>().UnlinkEndedAsync();

        Assert.Equal(before, await desk.The<LoanStatistics>().CountAsync(day, day));
        Assert.Equal(6, before.Single(count => count.BranchId == library.Main && count.Category == MemberCategory.Adult).Loans);
        Assert.Null(before.Single(count => count.Category == MemberCategory.Teacher).Loans);
    }

    [Fact]
    public async Task A_single_suppressed_count_takes_another_with_it_so_that_the_total_does_not_tell()
    {
        await using var library = await TestLibrary.OpenAsync();
        library.Settings.Members.SmallestCell = 2;
        var (siti, teacher, book) = (await library.AMemberAsync(), await library.AMemberAsync(MemberCategory.Teacher), await library.ABookAsync());
        foreach (var member in (Member[])[siti, siti, siti, teacher])
        {
            await library.LendAsync(member, book.Barcode);
            await library.ReturnAsync(book.Barcode);
        }

        await using var desk = library.OpenDesk();
        Assert.All(await desk.The<LoanStatistics>().CountAsync(library.Today, library.Today), count => Assert.Null(count.Loans));
    }

    [Fact]
    public async Task Erasure_is_refused_while_copies_are_out_or_fines_are_owed()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        var self = Actor.Member(siti.Id, siti.Name);
        await library.LendAsync(siti, book.Barcode);
        library.Pass(10);
        await using var desk = library.OpenDesk();
        var privacy = desk.The<MemberPrivacy>();

        Assert.Equal(MemberRefusals.StillOpen(CirculationRefusals.CopiesOut(1)), await privacy.EraseAsync(siti.Id, self));
        await library.ReturnAsync(book.Barcode);
        Assert.Equal(MemberRefusals.StillOpen(CirculationRefusals.Owes(1_500)), await privacy.EraseAsync(siti.Id, self));
        Assert.Equal("members.still_open", (await desk.The<Clearance>().IssueAsync(siti.Id, TestLibrary.Librarian)).Refusal?.Code);

        var fine = Assert.Single(await desk.The<FinesLedger>().OwedByAsync(siti.Id));
        await desk.The<FinesLedger>().WaiveAsync(fine.Id, 1_500, "Sakit", TestLibrary.Librarian);
        Assert.Equal("0001/BP/2026", (await desk.The<Clearance>().IssueAsync(siti.Id, TestLibrary.Librarian)).Value.Number);
        var hold = (await library.HoldAsync(siti, book)).Value.HoldId;
        await library.HoldAsync(budi, book);

        Assert.Null(await privacy.EraseAsync(siti.Id, self));

        await using var db = library.NewContext();
        Assert.Equal((HoldState.Cancelled, null), ((await library.HoldOfAsync(hold)).State, (await library.HoldOfAsync(hold)).MemberId));
        Assert.Equal(HoldState.Fetching, (await db.Holds.SingleAsync(one => one.MemberId == budi.Id)).State);
        Assert.All(db.Loans, loan => Assert.Null(loan.MemberId));
        Assert.DoesNotContain(db.AuditLines.AsEnumerable(), line => (line.After ?? "").Contains($"\"memberId\":{siti.Id},", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_download_has_loans_holds_fines_and_payments()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book, other) = (await library.AMemberAsync(), await library.ABookAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        library.Pass(10);
        await library.ReturnAsync(book.Barcode);
        await library.HoldAsync(siti, other);
        await using var desk = library.OpenDesk();

        using var document = System.Text.Json.JsonDocument.Parse((await desk.The<MemberPrivacy>().ExportAsync(siti.Id, Actor.Member(siti.Id, siti.Name))).Value);

        var circulation = document.RootElement.GetProperty("circulation");
        Assert.Equal(book.Barcode, circulation.GetProperty("loans")[0].GetProperty("barcode").GetString());
        Assert.Equal(1, circulation.GetProperty("holds").GetArrayLength());
        Assert.Equal(1_500, circulation.GetProperty("fines")[0].GetProperty("amount").GetInt32());
    }

    [Fact]
    public async Task Merging_moves_loans_and_fines_and_keeps_one_place_in_each_queue()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, twin, budi) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.AMemberAsync());
        var (book, wanted) = (await library.ABookAsync(), await library.ABookAsync());
        await library.LendAsync(twin, book.Barcode);
        await library.LendAsync(budi, wanted.Barcode);
        var early = (await library.HoldAsync(twin, wanted)).Value.HoldId;
        var late = (await library.HoldAsync(siti, wanted)).Value.HoldId;
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<MemberPrivacy>().MergeAsync(siti.Id, twin.Id, TestLibrary.Librarian));

        Assert.Equal(siti.Id, (await desk.Db.Loans.AsNoTracking().SingleAsync(loan => loan.EndedAt == null && loan.TitleId == book.TitleId)).MemberId);
        Assert.Equal((siti.Id, HoldState.Waiting), ((await library.HoldOfAsync(early)).MemberId, (await library.HoldOfAsync(early)).State));
        Assert.Equal(HoldState.Cancelled, (await library.HoldOfAsync(late)).State);
    }
}

/// <summary>DOMAIN.md rules 13 and 14, for loans.</summary>
public sealed class LoanReminderTests
{
    [Fact]
    public async Task A_loan_is_reminded_of_once_however_often_the_job_runs()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        library.Pass(5);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var node = library.OpenDesk();
            await node.The<LoanReminders>().QueueDueSoonAsync();
        })));

        await using var db = library.NewContext();
        var message = await db.OutboxMessages.SingleAsync(one => one.Kind == LoanReminders.DueSoon);
        Assert.Equal(new DateTime(2026, 1, 10, 2, 0, 0, DateTimeKind.Utc), message.ScheduledAt);
    }

    [Theory]
    [InlineData("returned")]
    [InlineData("renewed")]
    [InlineData("lost")]
    public async Task A_reminder_is_cancelled_when_it_is_no_longer_true(string how)
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var loan = (await library.LendAsync(siti, book.Barcode)).Value.LoanId;
        library.Pass(5);
        await using var desk = library.OpenDesk();
        await desk.The<LoanReminders>().QueueDueSoonAsync();

        switch (how)
        {
            case "returned": await library.ReturnAsync(book.Barcode); break;
            case "renewed": await library.RenewAsync(loan); break;
            default: await desk.The<CirculationDesk>().ReportLostAsync(book.Barcode, TestLibrary.Librarian); break;
        }

        Assert.Equal(OutboxState.Cancelled, (await desk.Db.OutboxMessages.AsNoTracking().SingleAsync(one => one.Kind == LoanReminders.DueSoon)).State);
    }

    [Fact]
    public async Task A_book_due_today_is_not_overdue_until_the_day_has_ended_in_Metro()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var due = (await library.LendAsync(siti, book.Barcode)).Value.Due.Date;
        await using var desk = library.OpenDesk();
        library.Clock.MoveTo(new DateTimeOffset(library.Calendar.EndOf(due), TimeSpan.Zero).AddTicks(-1));
        Assert.Empty((await desk.The<CirculationLists>().OverdueAsync(null, null, 10, TestLibrary.Librarian)).Items);

        library.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(book.Barcode, Assert.Single((await desk.The<CirculationLists>().OverdueAsync(library.Main, null, 10, TestLibrary.Librarian)).Items).Barcode);
        Assert.Equal(1, await desk.The<LoanReminders>().QueueOverdueAsync());
        Assert.Single(desk.Db.OutboxMessages, message => message.Kind == LoanReminders.Overdue);
    }
}

public sealed class CirculationListTests
{
    [Fact]
    public async Task Lists_are_read_a_stretch_at_a_time_without_missing_or_repeating_a_row()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.SetTermsAsync(new LoanTerms { MostLoans = 100 });
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(7));
        foreach (var barcode in book.Barcodes) await library.LendAsync(siti, barcode);
        library.Pass(20);
        await using var desk = library.OpenDesk();
        var lists = desk.The<CirculationLists>();

        var (seen, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await lists.OverdueAsync(null, after, 3, TestLibrary.Librarian);
            seen.AddRange(page.Items.Select(row => row.Barcode));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(book.Barcodes, seen);
        Assert.Equal(7, (await lists.OverdueAsync(null, "nonsense", 100_000, TestLibrary.Librarian)).Items.Count);
    }

    [Fact]
    public async Task A_list_that_names_members_leaves_an_audit_line_with_whom_it_showed()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        library.Pass(20);
        await using var desk = library.OpenDesk();

        await desk.The<CirculationLists>().OverdueAsync(null, null, 10, TestLibrary.Librarian);

        var line = await desk.Db.AuditLines.SingleAsync(one => one.Action == "list.viewed");
        Assert.Equal(("Ibu Ratna", $$"""{"members":[{{siti.Id}}]}"""), (line.ActorName, line.After));
    }

    [Fact]
    public async Task A_copy_that_was_never_borrowed_is_listed_until_it_is()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(2));
        await library.LendAsync(siti, book.Barcodes[0]);
        await library.ReturnAsync(book.Barcodes[0]);
        await using var desk = library.OpenDesk();

        var never = await desk.The<CirculationLists>().NeverBorrowedAsync(library.Today, library.Main, null, 10);

        Assert.Equal(book.Barcodes[1], Assert.Single(never.Items).Barcode);
    }
}
