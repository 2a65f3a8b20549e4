using Metro.Library.Circulation;
using Metro.Library.Statistics;
using Metro.Library.Tests.Circulation;
using Metro.Library.Tests.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Statistics;

/// <summary>DOMAIN.md rule 11: figures stay when people are forgotten. The clock stands at Monday 5 January 2026.</summary>
public sealed class DailyFiguresTests
{
    [Fact]
    public async Task A_day_that_is_over_is_counted_by_branch_and_for_the_whole_library()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (member, book) = (await library.AMemberAsync(), await library.ABookAsync(copies: 2));
        var elsewhere = await library.ACopyOfAsync(book.TitleId, library.Kelurahan);
        await library.LendAsync(member, book.Barcode);
        await library.LendAsync(await library.AMemberAsync(), elsewhere, branch: library.Kelurahan);
        await using (var desk = library.OpenDesk()) await desk.The<OnSiteCounter>().CountAsync(book.Barcodes[1], library.Main);
        var session = await library.ASessionAsync(5);
        var ani = await library.SomebodyAsync(session, "Ani");
        library.Clock.MoveTo(new DateTimeOffset(session.StartsAt));
        await library.CheckInAsync(ani);
        library.Pass(days: 1);

        await RecountAsync(library);

        var monday = new DateOnly(2026, 1, 5);
        Assert.Equal(2, await FigureAsync(library, monday, FigureKind.Loans));
        Assert.Equal(1, await FigureAsync(library, monday, FigureKind.Loans, library.Main));
        Assert.Equal(1, await FigureAsync(library, monday, FigureKind.Loans, library.Kelurahan));
        Assert.Equal(1, await FigureAsync(library, monday, FigureKind.ReadInHouse));
        Assert.Equal(2, await FigureAsync(library, monday, FigureKind.NewMembers));
        Assert.Equal(0, await FigureAsync(library, monday, FigureKind.ClassVisits));
        var day = library.Calendar.DateOf(session.StartsAt);
        Assert.Equal(1, await FigureAsync(library, day, FigureKind.Sessions));
        Assert.Equal(1, await FigureAsync(library, day, FigureKind.SeatsAttended));
    }

    [Fact]
    public async Task Counting_again_changes_nothing_and_today_is_not_counted_yet()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.LendAsync(await library.AMemberAsync(), (await library.ABookAsync()).Barcode);
        library.Pass(days: 1);
        await library.LendAsync(await library.AMemberAsync(), (await library.ABookAsync()).Barcode);

        await RecountAsync(library);
        var once = await AllAsync(library);
        await RecountAsync(library);

        Assert.Equal(once, await AllAsync(library));
        Assert.DoesNotContain(once, figure => figure.Day == library.Today);
        Assert.Equal(1, once.Where(figure => figure is { Kind: FigureKind.Loans, Branch: DailyFigure.WholeLibrary }).Sum(figure => figure.Count));
    }

    [Fact]
    public async Task Figures_stay_when_loans_are_unlinked_from_their_borrowers()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (member, book) = (await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(member, book.Barcode);
        var day = library.Today;
        await library.ReturnAsync(book.Barcode);
        library.Pass(days: library.Settings.Members.KeepReturnedLoansDays + 2);
        await using (var desk = library.OpenDesk()) Assert.Equal(1, await desk.The<LoanPrivacy>().UnlinkEndedAsync());

        await RecountAsync(library);

        Assert.Equal(1, await FigureAsync(library, day, FigureKind.Loans));
    }

    [Fact]
    public async Task Years_before_the_first_count_are_reached_month_by_month_and_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.LendAsync(await library.AMemberAsync(), (await library.ABookAsync()).Barcode);
        var first = library.Today;
        library.Pass(days: 100);

        await RecountAsync(library);
        await using var desk = library.OpenDesk();
        var figures = desk.The<DailyFigures>();
        var steps = new List<int>();
        while (await figures.ReachBackAsync() is > 0 and var some) steps.Add(some);

        Assert.Equal([31, 31, 3], steps);
        Assert.Equal(1, await FigureAsync(library, first, FigureKind.Loans));
        Assert.Equal(100, (await figures.BetweenAsync(first, library.Today)).Count(figure => figure.Kind == FigureKind.Loans));
    }

    [Fact]
    public async Task A_library_that_has_only_just_been_founded_has_nothing_to_reach_back_to()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();

        Assert.Equal(0, await desk.The<DailyFigures>().ReachBackAsync());
    }

    private static async Task RecountAsync(TestLibrary library)
    {
        await using var desk = library.OpenDesk();
        await desk.The<DailyFigures>().RecountAsync();
    }

    private static async Task<int> FigureAsync(TestLibrary library, DateOnly day, FigureKind kind, long branch = DailyFigure.WholeLibrary)
    {
        await using var db = library.NewContext();
        return await db.DailyFigures.Where(figure => figure.Day == day && figure.Kind == kind && figure.BranchId == branch).Select(figure => figure.Count).SingleAsync();
    }

    private static async Task<List<(DateOnly Day, FigureKind Kind, long Branch, int Count)>> AllAsync(TestLibrary library)
    {
        await using var db = library.NewContext();
        var rows = await db.DailyFigures.OrderBy(figure => figure.Day).ThenBy(figure => figure.Kind).ThenBy(figure => figure.BranchId).ToListAsync();
        return [.. rows.Select(figure => (figure.Day, figure.Kind, figure.BranchId, figure.Count))];
    }
}
