using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

/// <summary>Borrowing and returning with one's own telephone, with proof of being at the library.</summary>
public sealed class PhoneLoanTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_is_the_same_on_every_node_changes_every_half_minute_and_is_taken_for_one_more()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.AMemberAsync();
        var first = await library.ShownAsync();
        Assert.Equal(first, await library.ShownAsync());

        library.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.NotEqual(first, await library.ShownAsync());
        Assert.True((await library.ArriveAsync(siti, first.Code)).Succeeded);
        library.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(CirculationRefusals.UnknownPresence, (await library.ArriveAsync(siti, first.Code)).Refusal);
    }

    [Fact]
    public async Task A_code_says_at_which_branch_one_stands_and_what_for()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.AMemberAsync();

        var there = (await library.ArriveAsync(siti, (await library.ShownAsync(library.Kelurahan)).Code.ToLowerInvariant())).Value;

        Assert.Equal(library.Kelurahan, there.BranchId);
        Assert.Equal(CirculationRefusals.UnknownPresence, (await library.ArriveAsync(siti, (await library.ShownAsync(purpose: PointPurpose.Return)).Code)).Refusal);
    }

    [Fact]
    public async Task A_member_borrows_through_the_desks_own_gate_and_twice_is_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book, kept) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync(), await library.ABookAsync());
        await library.HoldAsync(budi, kept);
        var pass = (await library.ArriveAsync(siti, (await library.ShownAsync()).Code)).Value.Pass;

        var lent = (await library.BorrowAsync(siti, pass, book.Barcode)).Value;
        var again = (await library.BorrowAsync(siti, pass, book.Barcode)).Value;

        Assert.Equal((lent.LoanId, true), (again.LoanId, again.Repeated));
        Assert.Equal(CirculationRefusals.KeptForAnother(kept.Barcode), (await library.BorrowAsync(siti, pass, kept.Barcode)).Refusal);
        await using var db = library.NewContext();
        Assert.Equal((Channel.SelfService, library.Main), await db.Loans.Where(loan => loan.Id == lent.LoanId).Select(loan => new ValueTuple<Channel, long>(loan.Channel, loan.BranchId)).SingleAsync(Stop));
        Assert.Equal("loan.lent_by_phone", await db.AuditLines.Where(line => line.Subject == $"loan:{lent.LoanId}").Select(line => line.Action).SingleAsync(Stop));
        Assert.Equal(siti.Id, await db.OutboxMessages.Where(message => message.Kind == "circulation.lent_by_phone").Select(message => message.MemberId).SingleAsync(Stop));
    }

    [Fact]
    public async Task What_is_borrowed_on_one_visit_goes_in_one_letter()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, one, other) = (await library.AMemberAsync(), await library.ABookAsync(), await library.ABookAsync());
        var pass = (await library.ArriveAsync(siti, (await library.ShownAsync()).Code)).Value.Pass;

        await library.BorrowAsync(siti, pass, one.Barcode);
        library.Clock.Advance(TimeSpan.FromMinutes(2));
        await library.BorrowAsync(siti, pass, other.Barcode);

        await using var db = library.NewContext();
        Assert.Single(await db.OutboxMessages.Where(message => message.Kind == "circulation.lent_by_phone").Select(message => message.ScheduledAt).Distinct().ToListAsync(Stop));
    }

    [Fact]
    public async Task A_pass_is_good_for_its_minutes_its_owner_and_its_purpose_only()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        var pass = (await library.ArriveAsync(siti, (await library.ShownAsync()).Code)).Value.Pass;

        Assert.Equal(CirculationRefusals.PresenceOver, (await library.BorrowAsync(budi, pass, book.Barcode)).Refusal);
        Assert.Equal(CirculationRefusals.PresenceOver, (await library.BringBackAsync(siti, pass, book.Barcode)).Refusal);
        foreach (var made in (string?[])[null, "", "1.9999999999.x", pass + "x", pass[1..], "a.b.c"]) Assert.Equal(CirculationRefusals.PresenceOver, (await library.BorrowAsync(siti, made, book.Barcode)).Refusal);
        library.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(CirculationRefusals.PresenceOver, (await library.BorrowAsync(siti, pass, book.Barcode)).Refusal);
        Assert.Equal(CopyStatus.Available, await library.StatusOfAsync(book.Barcode));
    }

    [Fact]
    public async Task Who_guesses_has_to_wait_also_with_the_right_code()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.AMemberAsync();
        for (var times = 0; times < PresencePoints.MostWrongCodes; times++) Assert.Equal(CirculationRefusals.UnknownPresence, (await library.ArriveAsync(siti, "AAA AAA")).Refusal);

        Assert.Equal(CirculationRefusals.TooManyCodes(10), (await library.ArriveAsync(siti, (await library.ShownAsync()).Code)).Refusal);
        library.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.True((await library.ArriveAsync(siti, (await library.ShownAsync()).Code)).Succeeded);
    }

    [Fact]
    public async Task A_returned_copy_in_the_box_is_fetched_before_whoever_waits_is_told_that_it_is_ready()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var hold = (await library.HoldAsync(budi, book)).Value.HoldId;
        var pass = (await library.ArriveAsync(siti, (await library.ShownAsync(purpose: PointPurpose.Return)).Code, PointPurpose.Return)).Value.Pass;

        Assert.True((await library.BringBackAsync(siti, pass, book.Barcode)).Succeeded);

        Assert.Equal(HoldState.Fetching, (await library.HoldOfAsync(hold)).State);
        await using (var db = library.NewContext()) Assert.False(await db.OutboxMessages.AnyAsync(message => message.Kind == "circulation.hold_ready", Stop));
        Assert.Equal(Routing.ToHoldShelf, (await library.ReturnAsync(book.Barcode)).Value.Routing);
        Assert.Equal(HoldState.Ready, (await library.HoldOfAsync(hold)).State);
    }

    [Fact]
    public async Task Nobody_returns_what_another_has()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var pass = (await library.ArriveAsync(budi, (await library.ShownAsync(purpose: PointPurpose.Return)).Code, PointPurpose.Return)).Value.Pass;

        Assert.Equal(CirculationRefusals.NotLent(book.Barcode), (await library.BringBackAsync(budi, pass, book.Barcode)).Refusal);
    }

    [Fact]
    public async Task A_screen_has_an_address_that_nobody_makes_up_and_a_new_key_ends_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var points = desk.The<PresencePoints>();
        var screen = await points.ScreenOfAsync(library.Main, PointPurpose.Return, Stop);

        Assert.Equal((library.Main, PointPurpose.Return), await points.FindScreenAsync(screen, Stop));
        foreach (var made in (string[])[screen[..^1] + "-", screen.Replace("-r-", "-b-", StringComparison.Ordinal), "1-r-", "x"]) Assert.Null(await points.FindScreenAsync(made, Stop));
        await points.RenewKeyAsync(TestLibrary.Librarian, Stop);

        Assert.Null(await points.FindScreenAsync(screen, Stop));
    }
}

/// <summary>What members do at a point.</summary>
internal static class AtThePoint
{
    extension(TestLibrary library)
    {
        public async Task<PresenceCode> ShownAsync(long? branch = null, PointPurpose purpose = PointPurpose.Borrow)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<PresencePoints>().ShowAsync(branch ?? library.Main, purpose);
        }

        public async Task<Outcome<Presence>> ArriveAsync(Member member, string code, PointPurpose purpose = PointPurpose.Borrow)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<PresencePoints>().ArriveAsync(code, purpose, Actor.Member(member.Id, member.Name));
        }

        public async Task<Outcome<CheckedOut>> BorrowAsync(Member member, string? pass, string barcode)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<PhoneLoans>().BorrowAsync(member.Id, pass, barcode, Actor.Member(member.Id, member.Name));
        }

        public async Task<Outcome<CheckedIn>> BringBackAsync(Member member, string? pass, string barcode)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<PhoneLoans>().ReturnAsync(pass, barcode, Actor.Member(member.Id, member.Name));
        }
    }
}
