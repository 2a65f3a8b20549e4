using Metro.Library.Circulation;

namespace Metro.Library.Tests.Circulation;

/// <summary>What a member is told about a loan is what the desk would answer.</summary>
public sealed class BorrowedCopiesTests
{
    [Fact]
    public async Task A_loan_says_beforehand_why_a_renewal_would_be_refused()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, wanted, free) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync(), await library.ABookAsync());
        var (first, second) = ((await library.LendAsync(siti, wanted.Barcode)).Value.LoanId, (await library.LendAsync(siti, free.Barcode)).Value.LoanId);
        Assert.Equal(["circulation.nothing_gained", "circulation.nothing_gained"], (await OfAsync(library, siti.Id)).Select(loan => loan.NotRenewed?.Code));
        library.Pass(3);
        await library.HoldAsync(budi, wanted);

        var borrowed = await OfAsync(library, siti.Id);

        Assert.Equal(["circulation.someone_waiting", null], borrowed.Select(loan => loan.NotRenewed?.Code));
        Assert.Equal((CirculationRefusals.SomeoneWaiting, null), ((await library.RenewAsync(first)).Refusal, (await library.RenewAsync(second)).Refusal));
        Assert.True((await OfAsync(library, siti.Id)).Single(loan => loan.LoanId == second).RenewedToday);
    }

    [Fact]
    public async Task A_due_date_that_terms_or_closures_moved_since_is_not_explained_by_others()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        await library.SetTermsAsync(new LoanTerms { LoanDays = 6 });

        var due = Assert.Single(await OfAsync(library, siti.Id)).Due;

        // With six days it would have been Sunday, and so Monday too, but another Monday's reasons are not this one's.
        Assert.Equal(library.Today.AddDays(7), due.Date);
    }

    [Fact]
    public async Task An_overdue_loan_says_what_it_costs_today()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        library.Pass(9);

        var loan = Assert.Single(await OfAsync(library, siti.Id));

        Assert.True(loan.IsOverdue);
        Assert.Equal((2, 1_000), (loan.IfReturnedToday.DaysLate, loan.IfReturnedToday.Amount));
        Assert.Equal(CirculationRefusals.Overdue(loan.Due.Date), loan.NotRenewed);
    }

    private static async Task<IReadOnlyList<BorrowedCopy>> OfAsync(TestLibrary library, long memberId)
    {
        await using var desk = library.OpenDesk();
        return await desk.The<BorrowedCopies>().OfAsync(memberId, TestContext.Current.CancellationToken);
    }
}
