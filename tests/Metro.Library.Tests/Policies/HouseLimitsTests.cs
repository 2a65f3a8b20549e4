using Metro.Library.Circulation;
using Metro.Library.Policies;
using Metro.Library.Tests.Circulation;
using Metro.Library.Tests.Visits;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Policies;

/// <summary>The limits that hold for everybody alike.</summary>
public sealed class HouseLimitsTests
{
    private static readonly DateOnly Tuesday = new(2026, 1, 20);

    [Fact]
    public async Task Until_somebody_sets_them_the_configurations_hold()
    {
        await using var library = await TestLibrary.OpenAsync();
        library.Settings.MostDigitalLoans = 7;
        await using var desk = library.OpenDesk();

        var limits = await desk.The<LimitsInForce>().GetAsync();

        Assert.Equal((7, 2, 50_000), (limits.MostDigitalLoans, limits.VisitsPerSchoolYear, limits.MostOwed));
    }

    [Fact]
    public async Task A_member_borrows_until_what_is_owed_reaches_the_limit_that_was_set_last()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(copies: 2));
        var loan = (await library.LendAsync(siti, book.Barcodes[0])).Value.LoanId;
        await using var desk = library.OpenDesk();
        Assert.True((await desk.The<FinesLedger>().AssessDamageAsync(loan, 20_000, "Sampul robek", TestLibrary.Librarian)).Succeeded);

        Assert.Null(await SetAsync(library, owed: 20_000));
        Assert.Equal("circulation.owes_too_much", (await library.LendAsync(siti, book.Barcodes[1])).Refusal?.Code);
        Assert.Null(await SetAsync(library, owed: 20_001));
        Assert.True((await library.LendAsync(siti, book.Barcodes[1])).Succeeded);
    }

    [Fact]
    public async Task Schools_visits_rise_and_fall_with_the_limit_but_never_below_what_is_approved()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ClassVisitTests.ASchoolAsync(library), await ClassVisitTests.AnOfferAsync(library));
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();
        foreach (var week in (int[])[0, 1])
            Assert.True((await visits.ApproveAsync((await ClassVisitTests.RequestAsync(library, school, offer, date: Tuesday.AddDays(7 * week))).Value.Id, TestLibrary.Librarian)).Succeeded);

        Assert.Null(await SetAsync(library, visits: 3));
        Assert.Equal((3, 2), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));
        Assert.Null(await SetAsync(library, visits: 1));
        Assert.Equal((2, 2), await visits.QuotaOfAsync(school.Id, new SchoolYear(2025)));
        Assert.Equal((1, 0), await visits.QuotaOfAsync(school.Id, new SchoolYear(2026)));
    }

    [Theory]
    [InlineData(-1, 50_000)]
    [InlineData(2, 0)]
    public async Task What_cannot_be_a_limit_is_refused_and_nothing_changes(int visits, int owed)
    {
        await using var library = await TestLibrary.OpenAsync();

        Assert.Equal("input.number_out_of_range", (await SetAsync(library, visits, owed))?.Code);

        await using var db = library.NewContext();
        Assert.False(await db.AuditLines.AnyAsync(line => line.Action == "limits.set"));
    }

    private static async Task<Refusal?> SetAsync(TestLibrary library, int visits = 2, int owed = 50_000)
    {
        await using var desk = library.OpenDesk();
        var limits = new HouseLimits { VisitsPerSchoolYear = visits, MostStrikes = 3, StrikeDays = 90, MostOwed = owed, MembershipDays = 365, MostDigitalLoans = 5 };
        return await desk.The<LimitsInForce>().SetAsync(limits, TestLibrary.Librarian);
    }
}
