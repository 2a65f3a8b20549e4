using System.Globalization;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Tests.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

public sealed class CheckOutTests
{
    [Fact]
    public async Task A_book_is_lent_for_seven_days_and_the_due_date_explains_itself()
    {
        await using var library = await TestLibrary.OpenAsync();
        library.Clock.MoveTo(new DateTimeOffset(2026, 11, 15, 3, 0, 0, TimeSpan.Zero));
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());

        var lent = (await library.LendAsync(siti, book.Barcode)).Value;

        Assert.Equal(new DateOnly(2026, 11, 23), lent.Due.Date);
        Assert.Equal("due Monday 23 November 2026: Sunday is closed", lent.Due.Explain(CultureInfo.GetCultureInfo("en")));
        Assert.Equal(CopyStatus.OnLoan, await library.StatusOfAsync(book.Barcode));
    }

    [Fact]
    public async Task A_repeated_scan_lends_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());

        var first = (await library.LendAsync(siti, book.Barcode)).Value;
        var second = (await library.LendAsync(siti, book.Barcode.ToLowerInvariant() + " ")).Value;

        Assert.Equal((first.LoanId, false, true), (second.LoanId, first.Repeated, second.Repeated));
    }

    [Fact]
    public async Task A_copy_that_somebody_has_is_not_lent_to_another_even_when_overdue()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        library.Pass(30);

        Assert.Equal("circulation.lent_to_another", (await library.LendAsync(budi, book.Barcode)).Refusal?.Code);

        await using var db = library.NewContext();
        var availability = (await db.AvailabilityOfAsync([book.TitleId]))[book.TitleId];
        Assert.Equal((1, 0), (availability.OnLoan, availability.Free));
    }

    [Fact]
    public async Task The_limit_of_the_category_holds_and_a_school_has_a_larger_one()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, school, book) = (await library.AMemberAsync(), await library.JoinAsync(People.ASchool), await library.ABookAsync(copies: 6));
        Assert.True((await library.LendAsync(siti, book.Barcodes[0])).Succeeded);
        Assert.True((await library.LendAsync(siti, book.Barcodes[1])).Succeeded);

        Assert.Equal(CirculationRefusals.TooManyLoans(2), (await library.LendAsync(siti, book.Barcodes[2])).Refusal);

        var lent = new List<CheckedOut>();
        for (var i = 2; i < 6; i++) lent.Add((await library.LendAsync(school, book.Barcodes[i])).Value);
        Assert.All(lent, one => Assert.Equal(library.Today.AddDays(30), one.Due.Date));
    }

    [Fact]
    public async Task A_format_can_have_a_limit_of_its_own()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.SetTermsAsync(new LoanTerms { Format = TitleFormat.Film, MostLoans = 1, LoanDays = 3 });
        var (siti, film, book) = (await library.AMemberAsync(), await library.ABookAsync(2, format: TitleFormat.Film), await library.ABookAsync());

        Assert.Equal(library.Today.AddDays(3), (await library.LendAsync(siti, film.Barcodes[0])).Value.Due.Date);
        Assert.Equal(CirculationRefusals.TooManyOfFormat(1), (await library.LendAsync(siti, film.Barcodes[1])).Refusal);
        Assert.True((await library.LendAsync(siti, book.Barcode)).Succeeded);
    }

    [Fact]
    public async Task A_member_with_an_overdue_copy_borrows_nothing_more()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(2));
        var due = (await library.LendAsync(siti, book.Barcodes[0])).Value.Due.Date;
        library.Pass(7);
        Assert.Equal(due, library.Today);
        Assert.True((await library.LendAsync(siti, book.Barcodes[1])).Succeeded);
        await library.ReturnAsync(book.Barcodes[1]);
        library.Pass(1);

        Assert.Equal(CirculationRefusals.HasOverdue(due), (await library.LendAsync(siti, book.Barcodes[1])).Refusal);
    }

    [Fact]
    public async Task An_expired_suspended_or_unknown_card_borrows_nothing()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await using var desk = library.OpenDesk();

        Assert.Equal(MemberRefusals.Unknown, (await desk.The<CirculationDesk>().CheckOutAsync("MTR-999999", book.Barcode, library.Main, TestLibrary.Librarian)).Refusal);
        await desk.The<MemberAccounts>().SuspendAsync(siti.Id, library.Today.AddDays(3), "Merusak buku", TestLibrary.Librarian);
        Assert.Equal("members.suspended", (await library.LendAsync(siti, book.Barcode)).Refusal?.Code);
        library.Pass(366);
        Assert.Equal("members.expired", (await library.LendAsync(siti, book.Barcode)).Refusal?.Code);
    }

    [Theory]
    [InlineData("", "input.missing")]
    [InlineData("TIDAK-ADA", "circulation.unknown_barcode")]
    [InlineData("B\0", "input.unreadable")]
    public async Task A_barcode_that_is_none_is_refused(string barcode, string code)
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.AMemberAsync();

        Assert.Equal(code, (await library.LendAsync(siti, barcode)).Refusal?.Code);
        Assert.Equal(code, (await library.ReturnAsync(barcode)).Refusal?.Code);
        Assert.Equal("input.too_long", (await library.LendAsync(siti, new string('1', 10_000_000))).Refusal?.Code);
        Assert.Equal("catalog.no_such_branch", (await library.LendAsync(siti, "1", branch: 99)).Refusal?.Code);
    }

    [Fact]
    public async Task Self_service_goes_through_the_same_gate_with_one_s_own_card_only()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync(3));
        var self = Actor.Member(siti.Id, siti.Name);

        Assert.Equal(MemberRefusals.Unknown, (await library.LendAsync(budi, book.Barcodes[0], self)).Refusal);
        var lent = (await library.LendAsync(siti, book.Barcodes[0], self)).Value;
        await library.LendAsync(siti, book.Barcodes[1], self);
        Assert.Equal(CirculationRefusals.TooManyLoans(2), (await library.LendAsync(siti, book.Barcodes[2], self)).Refusal);

        Assert.Equal(Channel.SelfService, (await library.LoanOfAsync(lent.LoanId)).Channel);
        await using var desk = library.OpenDesk();
        Assert.Equal(CirculationRefusals.NotLent(book.Barcodes[0]),
            (await desk.The<CirculationDesk>().CheckInAsync(book.Barcodes[0], library.Main, Actor.Member(budi.Id, budi.Name))).Refusal);
        Assert.True((await desk.The<CirculationDesk>().CheckInAsync(book.Barcodes[0], library.Main, self)).Succeeded);
    }

    [Fact]
    public async Task A_reference_book_is_not_lent()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await using var desk = library.OpenDesk();
        var copy = await desk.Db.Copies.AsNoTracking().SingleAsync();
        await desk.The<Cataloguing>().DescribeCopyAsync(copy.Id, copy.Version, new CopyDescription(copy.Barcode, library.Main) { ForReferenceOnly = true }, TestLibrary.Librarian);

        Assert.Equal("catalog.for_reference_only", (await library.LendAsync(siti, book.Barcode)).Refusal?.Code);
        Assert.Equal(CirculationRefusals.NothingToLend, (await library.HoldAsync(siti, book)).Refusal);
    }

    [Fact]
    public async Task What_staff_lend_and_take_in_leaves_an_audit_line()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        var lent = (await library.LendAsync(siti, book.Barcode)).Value;
        await library.ReturnAsync(book.Barcode);

        await using var db = library.NewContext();
        var subject = $"loan:{lent.LoanId}";
        Assert.Equal(["loan.lent", "loan.returned"], await db.AuditLines.Where(line => line.Subject == subject).OrderBy(line => line.Id).Select(line => line.Action).ToListAsync());
    }

    [Fact]
    public async Task Terms_are_changed_in_the_table_and_hold_from_then_on()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(2));
        await library.LendAsync(siti, book.Barcodes[0]);

        await library.SetTermsAsync(new LoanTerms { Category = MemberCategory.Adult, LoanDays = 14 });
        await library.SetTermsAsync(new LoanTerms { Category = MemberCategory.Adult, LoanDays = 21 });

        Assert.Equal(library.Today.AddDays(21), (await library.LendAsync(siti, book.Barcodes[1])).Value.Due.Date);
        await using var desk = library.OpenDesk();
        Assert.Single(await desk.The<TermsTable>().AllAsync());
        Assert.Equal("input.number_out_of_range", (await desk.The<TermsTable>().SetAsync(new LoanTerms { LoanDays = -1 }, TestLibrary.Librarian))?.Code);
        Assert.Equal("input.number_out_of_range", (await desk.The<TermsTable>().SetAsync(new LoanTerms { FinePerDay = -500 }, TestLibrary.Librarian))?.Code);
    }

    [Fact]
    public async Task The_receipt_tells_what_was_lent_returned_and_paid_today()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(2));
        await library.LendAsync(siti, book.Barcodes[0]);
        library.Pass(8);
        var late = (await library.ReturnAsync(book.Barcodes[0])).Value;
        await using var desk = library.OpenDesk();
        var fine = Assert.Single(await desk.The<FinesLedger>().OwedByAsync(siti.Id));
        await desk.The<FinesLedger>().PayAsync(fine.Id, 200, PaymentMethod.Cash, "laci-1", TestLibrary.Librarian);
        await library.LendAsync(siti, book.Barcodes[1]);

        var receipt = (await desk.The<Receipts>().OfTodayAsync(siti.Id, library.Main, TestLibrary.Librarian)).Value;

        Assert.Equal(500, late.Lateness.Amount);
        Assert.Equal(book.Barcodes[1], Assert.Single(receipt.Lent).Barcode);
        Assert.Equal(book.Barcodes[0], Assert.Single(receipt.Returned).Barcode);
        Assert.Equal(("K-2026-000001", 200), (Assert.Single(receipt.Payments).Number, receipt.Payments[0].Amount));
        Assert.Equal(300, receipt.Owed);
    }
}
