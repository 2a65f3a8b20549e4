using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

/// <summary>DESIGN.md, invariant 1: no copy is ever given twice, under any interleaving, on either database.</summary>
public sealed class CirculationRaceTests
{
    [Fact]
    public async Task Of_many_who_reach_for_the_last_copy_one_gets_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.SetTermsAsync(new LoanTerms { MostLoans = 1_000 });
        var members = await MembersAsync(library, 20);

        for (var round = 0; round < 25; round++)
        {
            var book = await library.ABookAsync();
            var outcomes = await Task.WhenAll(members.Select(member => Task.Run(() => library.LendAsync(member, book.Barcode))));

            Assert.Single(outcomes, outcome => outcome.Succeeded);
            Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal("circulation.lent_to_another", outcome.Refusal?.Code));
        }

        await using var db = library.NewContext();
        Assert.Equal(25, await db.Loans.CountAsync());
        await CirculationInvariants.HoldInAsync(db, library.Today);
    }

    [Fact]
    public async Task Of_many_who_reserve_the_last_copy_one_gets_it_and_the_others_queue_without_a_gap()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.SetTermsAsync(new LoanTerms { MostHolds = 1_000 });
        var members = await MembersAsync(library, 20);

        for (var round = 0; round < 15; round++)
        {
            var book = await library.ABookAsync();
            // Everybody asks twice, as people with slow telephones do.
            var outcomes = await Task.WhenAll(members.Concat(members).Select(member => Task.Run(() => library.HoldAsync(member, book))));

            Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
            Assert.Equal(20, outcomes.Select(outcome => outcome.Value.HoldId).Distinct().Count());
            Assert.Single(outcomes.Where(outcome => outcome.Value.State == HoldState.Fetching).Select(outcome => outcome.Value.HoldId).Distinct());
        }

        await using var desk = library.OpenDesk();
        await CirculationInvariants.PositionsHoldAsync(desk);
        await CirculationInvariants.HoldInAsync(desk.Db, library.Today);
    }

    [Fact]
    public async Task A_copy_scanned_in_at_two_desks_at_once_is_returned_once_and_fined_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.AMemberAsync();
        var books = new List<Book>();
        for (var round = 0; round < 2; round++) books.Add(await library.ABookAsync());
        foreach (var book in books) await library.LendAsync(siti, book.Barcode);
        library.Pass(10);

        var outcomes = await Task.WhenAll(books.SelectMany(book => Enumerable.Range(0, 20).Select(_ => Task.Run(() => library.ReturnAsync(book.Barcode)))));

        Assert.Equal(2, outcomes.Count(outcome => !outcome.Value.Repeated));
        await using var db = library.NewContext();
        Assert.Equal(2, await db.Fines.CountAsync());
        await CirculationInvariants.HoldInAsync(db, library.Today);
    }

    [Fact]
    public async Task A_storm_of_every_kind_of_act_leaves_the_library_in_order()
    {
        await using var library = await TestLibrary.OpenAsync();
        var members = await MembersAsync(library, 6);
        var books = new List<Book>();
        for (var i = 0; i < 3; i++) books.Add(await library.ABookAsync(copies: 2));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var acts = new RandomActs(library, members, books, new Random(worker));
            for (var i = 0; i < 120; i++) await acts.DoOneAsync();
        })));

        await using var desk = library.OpenDesk();
        await CirculationInvariants.HoldInAsync(desk.Db, library.Today);
        await CirculationInvariants.PositionsHoldAsync(desk);
        Assert.All(await desk.Db.Loans.Open().GroupBy(loan => loan.MemberId).Select(same => same.Count()).ToListAsync(), count => Assert.InRange(count, 1, 2));
        Assert.All(await desk.Db.Holds.Active().GroupBy(hold => hold.MemberId).Select(same => same.Count()).ToListAsync(), count => Assert.InRange(count, 1, 2));
    }

    private static async Task<List<Member>> MembersAsync(TestLibrary library, int count)
    {
        var members = new List<Member>();
        for (var i = 0; i < count; i++) members.Add(await library.AMemberAsync());
        return members;
    }
}

/// <summary>Acts as they happen on a busy day, in no order; each over a connection of its own.</summary>
internal sealed class RandomActs(TestLibrary library, IReadOnlyList<Member> members, IReadOnlyList<Book> books, Random random)
{
    public async Task DoOneAsync()
    {
        var (member, book) = (members[random.Next(members.Count)], books[random.Next(books.Count)]);
        var barcode = book.Barcodes[random.Next(book.Barcodes.Count)];
        var branch = random.Next(4) == 0 ? library.Kelurahan : library.Main;
        await using var desk = library.OpenDesk();
        switch (random.Next(10))
        {
            case < 3:
                await desk.The<CirculationDesk>().CheckOutAsync(member.CardNumber!, barcode, branch, TestLibrary.Librarian);
                break;
            case < 6:
                await desk.The<CirculationDesk>().CheckInAsync(barcode, branch, TestLibrary.Librarian);
                break;
            case 6:
                await desk.The<CirculationDesk>().RenewAllAsync(member.Id, TestLibrary.Librarian);
                break;
            case 7 or 8:
                await desk.The<HoldQueue>().PlaceAsync(member.Id, book.TitleId, branch, TestLibrary.Librarian);
                break;
            default:
                var hold = await desk.Db.Holds.AsNoTracking().Active().Where(one => one.MemberId == member.Id).OrderBy(one => one.Id).FirstOrDefaultAsync();
                if (hold is null) break;
                if (random.Next(2) == 0) await desk.The<HoldQueue>().CancelAsync(hold.Id, TestLibrary.Librarian);
                else await desk.The<HoldQueue>().SuspendAsync(hold.Id, random.Next(2) == 0 ? library.Today.AddDays(3) : null, TestLibrary.Librarian);
                break;
        }
    }
}
