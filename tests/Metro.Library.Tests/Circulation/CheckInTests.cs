using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

public sealed class CheckInTests
{
    [Fact]
    public async Task A_returned_copy_goes_to_its_shelf_and_a_repeated_scan_changes_nothing()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var lent = (await library.LendAsync(siti, book.Barcode)).Value;

        var first = (await library.ReturnAsync(book.Barcode)).Value;
        var second = (await library.ReturnAsync(book.Barcode)).Value;

        Assert.Equal((Routing.ToShelf, lent.LoanId, false), (first.Routing, first.LoanId, first.Repeated));
        Assert.Equal((Routing.ToShelf, lent.LoanId, true), (second.Routing, second.LoanId, second.Repeated));
        Assert.Equal(CopyStatus.Available, await library.StatusOfAsync(book.Barcode));
    }

    [Fact]
    public async Task A_copy_returned_elsewhere_travels_home_and_arrives_when_it_is_scanned()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);

        var returned = (await library.ReturnAsync(book.Barcode, library.Kelurahan)).Value;
        Assert.Equal((Routing.ToBranch, (long?)library.Main), (returned.Routing, returned.DestinationBranchId));
        Assert.Equal(CopyStatus.InTransit, await library.StatusOfAsync(book.Barcode));
        Assert.True((await library.ReturnAsync(book.Barcode, library.Kelurahan)).Value.Repeated);
        await using (var desk = library.OpenDesk())
        {
            var travelling = Assert.Single((await desk.The<CirculationLists>().InTransitAsync(library.Main, null, 10)).Items);
            Assert.Equal((library.Kelurahan, library.Main), (travelling.FromBranchId, travelling.ToBranchId));
        }

        Assert.Equal(Routing.ToShelf, (await library.ReturnAsync(book.Barcode)).Value.Routing);
        Assert.Equal(CopyStatus.Available, await library.StatusOfAsync(book.Barcode));
    }

    [Fact]
    public async Task The_day_in_the_book_drop_counts_and_not_the_day_of_the_scan()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var due = (await library.LendAsync(siti, book.Barcode)).Value.Due.Date;
        library.Pass(10);

        Assert.Equal("circulation.returned_when", (await library.ReturnAsync(book.Barcode, on: due.AddDays(-30))).Refusal?.Code);
        Assert.Equal("circulation.returned_when", (await library.ReturnAsync(book.Barcode, on: library.Today.AddDays(1))).Refusal?.Code);
        Assert.Equal(Lateness.None, (await library.ReturnAsync(book.Barcode, on: due)).Value.Lateness);
    }

    [Fact]
    public async Task A_pile_is_taken_in_and_one_bad_barcode_does_not_keep_the_others_out()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(2));
        foreach (var barcode in book.Barcodes) await library.LendAsync(siti, barcode);
        await using var desk = library.OpenDesk();

        var pile = (await desk.The<CirculationDesk>().CheckInAllAsync([book.Barcodes[0], "RUSAK", book.Barcodes[1], book.Barcodes[1]], library.Main, TestLibrary.Librarian)).Value;

        Assert.Equal([null, "circulation.unknown_barcode", null, null], pile.Select(one => one.Outcome.Refusal?.Code));
        Assert.True(pile[3].Outcome.Value.Repeated);
        Assert.Equal(0, await desk.Db.Loans.Open().CountAsync());
        Assert.Equal("circulation.too_many_at_once",
            (await desk.The<CirculationDesk>().CheckInAllAsync([.. Enumerable.Repeat("X", 501)], library.Main, TestLibrary.Librarian)).Refusal?.Code);
    }

    [Fact]
    public async Task A_copy_in_repair_is_not_taken_in_before_it_is_shelved()
    {
        await using var library = await TestLibrary.OpenAsync();
        var book = await library.ABookAsync();
        await using var desk = library.OpenDesk();
        await desk.The<Cataloguing>().SendToRepairAsync(await desk.Db.Copies.Select(copy => copy.Id).SingleAsync(), TestLibrary.Librarian);

        Assert.Equal(CirculationRefusals.NotInCirculation(book.Barcode), (await library.ReturnAsync(book.Barcode)).Refusal);
    }

    [Fact]
    public async Task A_copy_read_in_the_library_is_counted_once_for_each_reading()
    {
        await using var library = await TestLibrary.OpenAsync();
        var book = await library.ABookAsync();
        await using var desk = library.OpenDesk();
        var counter = desk.The<OnSiteCounter>();

        Assert.Equal(1, (await counter.CountAsync(book.Barcode, library.Main)).Value);
        Assert.Equal(1, (await counter.CountAsync(book.Barcode, library.Main)).Value);
        library.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(2, (await counter.CountAsync(book.Barcode, library.Main)).Value);
        Assert.Equal("circulation.unknown_barcode", (await counter.CountAsync("X", library.Main)).Refusal?.Code);
        Assert.Equal(2, (await counter.ByDayAsync(library.Today, library.Today))[(library.Main, library.Today)]);
    }
}

/// <summary>Lost, replaced and found.</summary>
public sealed class LossTests
{
    [Fact]
    public async Task A_lost_copy_stays_with_its_borrower_until_it_is_replaced()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var loan = (await library.LendAsync(siti, book.Barcode)).Value.LoanId;
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<CirculationDesk>().ReportLostAsync(book.Barcode, TestLibrary.Librarian));
        Assert.Null(await desk.The<CirculationDesk>().ReportLostAsync(book.Barcode, TestLibrary.Librarian));
        Assert.Equal(CopyStatus.Lost, await library.StatusOfAsync(book.Barcode));
        Assert.Equal("circulation.copies_out", Assert.Single(await desk.The<Clearance>().OwedAsync(siti.Id)).Code);
        Assert.Equal(book.Barcode, Assert.Single((await desk.The<CirculationLists>().LostAsync(null, 10, TestLibrary.Librarian)).Items).Barcode);
        Assert.Empty(desk.Db.Fines);

        Assert.Null(await desk.The<CirculationDesk>().AcceptReplacementAsync(loan, "Diganti dengan buku baru", TestLibrary.Librarian));
        Assert.Equal(LoanState.Replaced, (await library.LoanOfAsync(loan)).State);
        Assert.Equal(CopyStatus.Withdrawn, await library.StatusOfAsync(book.Barcode));
        Assert.Empty(await desk.The<Clearance>().OwedAsync(siti.Id));
        Assert.Equal(CirculationRefusals.NotOut, await desk.The<CirculationDesk>().AcceptReplacementAsync(loan, "Lagi", TestLibrary.Librarian));
    }

    [Fact]
    public async Task A_found_copy_ends_the_loan_waives_the_price_and_still_fines_the_delay()
    {
        await using var library = await TestLibrary.OpenAsync();
        library.Settings.Circulation.ChargesForLost = true;
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(price: 80_000));
        await library.LendAsync(siti, book.Barcode);
        await using var desk = library.OpenDesk();
        await desk.The<CirculationDesk>().ReportLostAsync(book.Barcode, TestLibrary.Librarian);
        Assert.Equal(80_000, await desk.The<FinesLedger>().TotalOwedByAsync(siti.Id));
        library.Pass(9);

        var found = (await library.ReturnAsync(book.Barcode)).Value;

        Assert.Equal(Routing.ToShelf, found.Routing);
        Assert.Equal(1_000, found.Lateness.Amount);
        Assert.Equal(1_000, await desk.The<FinesLedger>().TotalOwedByAsync(siti.Id));
        Assert.Equal(80_000, Assert.Single(desk.Db.FineWaivers).Amount);
    }

    [Fact]
    public async Task A_copy_that_is_not_on_loan_is_not_lost_by_a_borrower()
    {
        await using var library = await TestLibrary.OpenAsync();
        var book = await library.ABookAsync();
        await using var desk = library.OpenDesk();

        Assert.Equal(CirculationRefusals.NotLent(book.Barcode), await desk.The<CirculationDesk>().ReportLostAsync(book.Barcode, TestLibrary.Librarian));
    }
}

/// <summary>DOMAIN.md rule 4.</summary>
public sealed class RenewalTests
{
    [Fact]
    public async Task A_loan_is_renewed_once_from_the_day_of_the_renewal()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var loan = (await library.LendAsync(siti, book.Barcode)).Value.LoanId;
        library.Pass(5);

        var renewed = (await library.RenewAsync(loan)).Value;
        Assert.Equal((library.Today.AddDays(7), 0), (renewed.Due.Date, renewed.RenewalsLeft));

        library.Pass(2);
        Assert.Equal(CirculationRefusals.NoRenewalsLeft(1), (await library.RenewAsync(loan)).Refusal);
    }

    [Fact]
    public async Task Asking_twice_on_one_day_uses_one_renewal()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var loan = (await library.LendAsync(siti, book.Barcode)).Value.LoanId;
        library.Pass(5);
        await library.RenewAsync(loan);

        Assert.True((await library.RenewAsync(loan)).Value.Repeated);
        Assert.Equal(1, (await library.LoanOfAsync(loan)).Renewals);
    }

    [Fact]
    public async Task A_loan_is_not_renewed_while_another_patron_waits()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        var loan = (await library.LendAsync(siti, book.Barcode)).Value;
        await library.HoldAsync(budi, book);
        library.Pass(5);

        Assert.Equal(CirculationRefusals.SomeoneWaiting, (await library.RenewAsync(loan.LoanId)).Refusal);
        Assert.Equal(loan.Due.Date, (await library.LoanOfAsync(loan.LoanId)).DueOn);
    }

    [Fact]
    public async Task A_renewal_never_shortens_a_loan()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.SetTermsAsync(new LoanTerms { LoanDays = 21 });
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var loan = (await library.LendAsync(siti, book.Barcode)).Value;
        await library.SetTermsAsync(new LoanTerms { LoanDays = 7 });
        library.Pass(3);

        Assert.Equal("circulation.nothing_gained", (await library.RenewAsync(loan.LoanId)).Refusal?.Code);
        Assert.Equal(loan.Due.Date, (await library.LoanOfAsync(loan.LoanId)).DueOn);
    }

    [Fact]
    public async Task Membership_and_limits_are_checked_again()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(2));
        var loan = (await library.LendAsync(siti, book.Barcodes[0])).Value.LoanId;
        await library.LendAsync(siti, book.Barcodes[1]);
        library.Pass(5);
        await library.SetTermsAsync(new LoanTerms { MostLoans = 1 });
        Assert.Equal(CirculationRefusals.TooManyLoans(1), (await library.RenewAsync(loan)).Refusal);

        await library.SetTermsAsync(new LoanTerms());
        await using var desk = library.OpenDesk();
        await desk.The<MemberAccounts>().SuspendAsync(siti.Id, library.Today, "Merusak buku", TestLibrary.Librarian);
        Assert.Equal("members.suspended", (await library.RenewAsync(loan)).Refusal?.Code);
    }

    [Fact]
    public async Task An_overdue_loan_is_returned_and_not_renewed()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var loan = (await library.LendAsync(siti, book.Barcode)).Value;
        library.Pass(9);

        Assert.Equal(CirculationRefusals.Overdue(loan.Due.Date), (await library.RenewAsync(loan.LoanId)).Refusal);
    }

    [Fact]
    public async Task A_renewal_ends_within_the_membership()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        library.Pass(354);
        var loan = (await library.LendAsync(siti, book.Barcode)).Value;
        library.Pass(6);

        var renewed = (await library.RenewAsync(loan.LoanId)).Value;

        Assert.Equal(siti.MembershipEnd, renewed.Due.MembershipEnd);
        Assert.True(renewed.Due.Date <= siti.MembershipEnd && renewed.Due.Date > loan.Due.Date);
    }

    [Fact]
    public async Task All_loans_are_renewed_that_can_be_and_each_answers_for_itself()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book, wanted) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        await library.LendAsync(siti, wanted.Barcode);
        await library.HoldAsync(budi, wanted);
        library.Pass(4);
        await using var desk = library.OpenDesk();

        var all = (await desk.The<CirculationDesk>().RenewAllAsync(siti.Id, Actor.Member(siti.Id, siti.Name))).Value;

        Assert.Equal([null, "circulation.someone_waiting"], all.Select(one => one.Outcome.Refusal?.Code));
        Assert.Equal(MemberRefusals.Unknown, (await desk.The<CirculationDesk>().RenewAllAsync(siti.Id, Actor.Member(budi.Id, budi.Name))).Refusal);
        Assert.Equal(CirculationRefusals.NoSuchLoan, (await desk.The<CirculationDesk>().RenewAsync(all[0].Asked, Actor.Member(budi.Id, budi.Name))).Refusal);
    }
}

/// <summary>DOMAIN.md rules 1 and 5.</summary>
public sealed class FineTests
{
    private static readonly DateOnly Monday = new(2026, 1, 12);

    [Fact]
    public async Task Closed_days_earn_no_fine()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        Assert.Equal(Monday, (await library.LendAsync(siti, book.Barcode)).Value.Due.Date);
        library.Pass(7);
        await using (var desk = library.OpenDesk())
            await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, Monday.AddDays(7), Monday.AddDays(7), "Hari libur"), TestLibrary.Librarian);
        library.Pass(8);

        // Late: Tuesday to Saturday, and the Tuesday after; neither the Sunday nor the holiday.
        var lateness = (await library.ReturnAsync(book.Barcode)).Value.Lateness;

        Assert.Equal((6, 3_000), (lateness.DaysLate, lateness.Amount));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 3_000)]
    [InlineData(5, 5_000)]
    [InlineData(60, 10_000)]
    public void Within_the_grace_a_return_is_free_after_it_all_days_count_up_to_the_ceiling(int days, int fine)
    {
        var everyDay = new BranchCalendar(WeeklyHours.EveryDay(OpeningHours.Parse("08:00-16:00")), [], TimeZoneInfo.Utc);
        var terms = new LoanTerms { GraceDays = 2, FinePerDay = 1_000, FineCeiling = 10_000 };

        Assert.Equal(fine, Lateness.Of(Monday, Monday.AddDays(days), terms, everyDay).Amount);
    }

    [Fact]
    public async Task A_library_can_suspend_instead_of_fining()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.SetTermsAsync(new LoanTerms { FinePerDay = 0, SuspensionDaysPerDayLate = 2 });
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        library.Pass(10);

        var lateness = (await library.ReturnAsync(book.Barcode)).Value.Lateness;
        await library.ReturnAsync(book.Barcode);

        Assert.Equal((0, library.Today.AddDays(6)), (lateness.Amount, lateness.SuspendedThrough));
        Assert.Equal("members.suspended", (await library.LendAsync(siti, book.Barcode)).Refusal?.Code);
        await using var db = library.NewContext();
        Assert.Empty(db.Fines);
        Assert.Single(db.Suspensions);
    }

    [Fact]
    public async Task Assessment_payment_and_waiver_are_separate_records()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        library.Pass(12);
        await library.ReturnAsync(book.Barcode);
        await using var desk = library.OpenDesk();
        var ledger = desk.The<FinesLedger>();
        var fine = Assert.Single(await ledger.OwedByAsync(siti.Id));

        Assert.True((await ledger.PayAsync(fine.Id, 1_000, PaymentMethod.Cash, "laci-7", TestLibrary.Librarian)).Succeeded);
        Assert.Equal(CirculationRefusals.MoreThanOwed(1_500), (await ledger.WaiveAsync(fine.Id, 2_000, "Sakit", TestLibrary.Librarian)).Refusal);
        Assert.True((await ledger.WaiveAsync(fine.Id, 1_500, "Sakit", TestLibrary.Librarian)).Succeeded);

        await using var db = library.NewContext();
        var settled = await db.Fines.SingleAsync();
        Assert.Equal((2_500, 0, 5), (settled.Amount, settled.Outstanding, settled.DaysLate));
        Assert.Equal((1_000, 1_500), (db.FinePayments.Single().Amount, db.FineWaivers.Single().Amount));
    }

    [Fact]
    public async Task The_same_payment_asked_for_twice_is_made_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        library.Pass(12);
        await library.ReturnAsync(book.Barcode);
        await using var desk = library.OpenDesk();
        var fine = Assert.Single(await desk.The<FinesLedger>().OwedByAsync(siti.Id));

        var payments = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(async () =>
        {
            await using var till = library.OpenDesk();
            return (await till.The<FinesLedger>().PayAsync(fine.Id, 1_000, PaymentMethod.Qris, "qris-77", TestLibrary.Librarian)).Value.ReceiptNumber;
        })));

        Assert.Single(payments.Distinct());
        Assert.Equal(1_500, await desk.The<FinesLedger>().TotalOwedByAsync(siti.Id));
        Assert.Equal("input.unreadable", (await desk.The<FinesLedger>().PayAsync(fine.Id, 500, PaymentMethod.Qris, "qris-77", TestLibrary.Librarian)).Refusal?.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public async Task Nobody_pays_waives_or_is_fined_a_nonsensical_amount(int amount)
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var ledger = desk.The<FinesLedger>();

        Assert.Equal("input.number_out_of_range", (await ledger.PayAsync(1, amount, PaymentMethod.Cash, "k", TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await ledger.WaiveAsync(1, amount, "alasan", TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await ledger.AssessDamageAsync(1, amount, "robek", TestLibrary.Librarian)).Refusal?.Code);
    }

    [Fact]
    public async Task Who_owes_too_much_borrows_nothing_until_it_is_paid()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(2));
        var loan = (await library.LendAsync(siti, book.Barcodes[0])).Value.LoanId;
        await using var desk = library.OpenDesk();
        var fine = (await desk.The<FinesLedger>().AssessDamageAsync(loan, 50_000, "Sampul robek", TestLibrary.Librarian)).Value;
        Assert.Equal(fine.Id, (await desk.The<FinesLedger>().AssessDamageAsync(loan, 60_000, "Sampul robek", TestLibrary.Librarian)).Value.Id);

        Assert.Equal(CirculationRefusals.OwesTooMuch(50_000), (await library.LendAsync(siti, book.Barcodes[1])).Refusal);
        await desk.The<FinesLedger>().PayAsync(fine.Id, 1, PaymentMethod.Cash, "laci-1", TestLibrary.Librarian);
        Assert.True((await library.LendAsync(siti, book.Barcodes[1])).Succeeded);
    }

    [Fact]
    public async Task The_account_shows_what_a_late_loan_would_cost_today()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var loan = (await library.LendAsync(siti, book.Barcode)).Value.LoanId;
        library.Pass(10);
        await using var desk = library.OpenDesk();

        Assert.Equal(1_500, (await desk.The<FinesLedger>().IfReturnedOnAsync(loan, library.Today)).Amount);
    }
}
