using System.Globalization;
using System.Net;
using Metro.Library;
using Metro.Library.Circulation;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Lending;

/// <summary>What somebody waits for, on their own pages and on the book's.</summary>
public sealed class HoldsPageTests(LendingPortal library) : IClassFixture<LendingPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hold_says_its_honest_place()
    {
        var (siti, budi, ani, book) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"), await library.AMemberAsync("Ani"), await library.ABookAsync("Bumi manusia"));
        await library.LendAsync(siti.Member, book.Barcodes[0]);
        await library.HoldAsync(budi.Member, book);
        await library.HoldAsync(ani.Member, book);

        Assert.Contains("Nomor 2 dari 2", await LendingPortal.ReadAsync(ani, "/account/holds"), StringComparison.Ordinal);
        Assert.Contains("Number 1 of 2", await LendingPortal.ReadAsync(budi, "/en/account/holds"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_is_paused_and_goes_on_at_its_place()
    {
        var (_, budi, hold) = await WaitingAsync("Sang pemimpi");

        using var paused = await ChangeAsync(budi, "Suspend", hold, ("through", "2026-02-01"));
        var page = await LendingPortal.ReadAsync(budi, "/account/holds");
        using var resumed = await ChangeAsync(budi, "Resume", hold);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (paused.StatusCode, resumed.StatusCode));
        Assert.Contains("Orang lain didahulukan sampai Minggu, 1 Februari 2026", page, StringComparison.Ordinal);
        Assert.Contains("Nomor 1 dari 1", page, StringComparison.Ordinal);
        Assert.Null((await HoldAsync(hold)).SuspendedThrough);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-04")]
    [InlineData("2027-01-04")]
    public async Task A_pause_that_cannot_be_is_refused_and_changes_nothing(string through)
    {
        var (_, budi, hold) = await WaitingAsync("Saman");

        using var answer = await ChangeAsync(budi, "Suspend", hold, ("through", through));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await LendingPortal.ReadAsync(answer), StringComparison.Ordinal);
        Assert.Null((await HoldAsync(hold)).SuspendedThrough);
    }

    [Fact]
    public async Task A_hold_is_picked_up_elsewhere_as_long_as_no_copy_is_kept()
    {
        var (siti, budi, hold) = await WaitingAsync("Supernova");

        using var moved = await ChangeAsync(budi, "Move", hold, ("branch", Key(library.Corner)));
        Assert.Equal((HttpStatusCode.Redirect, library.Corner), (moved.StatusCode, (await HoldAsync(hold)).PickupBranchId));

        var barcode = await library.DoAsync((LibraryDbContext db) => (from loan in db.Loans where loan.MemberId == siti.Member.Id join copy in db.Copies on loan.CopyId equals copy.Id select copy.Barcode).SingleAsync(Stop));
        Assert.True((await library.DoAsync((CirculationDesk desk) => desk.CheckInAsync(barcode, library.Main, LendingPortal.Librarian, stop: Stop))).Succeeded);
        using var late = await ChangeAsync(budi, "Move", hold, ("branch", Key(library.Main)));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, library.Corner), (late.StatusCode, (await HoldAsync(hold)).PickupBranchId));
    }

    [Fact]
    public async Task A_cancelled_hold_is_gone_and_cancelling_twice_does_no_harm()
    {
        var (_, budi, hold) = await WaitingAsync("Perahu kertas");

        using var cancelled = await ChangeAsync(budi, "Cancel", hold);
        using var again = await ChangeAsync(budi, "Cancel", hold);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (cancelled.StatusCode, again.StatusCode));
        Assert.Equal(HoldState.Cancelled, (await HoldAsync(hold)).State);
        Assert.Contains("Anda sedang tidak menunggu buku", await LendingPortal.ReadAsync(budi, "/account/holds"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cancel")]
    [InlineData("Resume")]
    [InlineData("Suspend")]
    [InlineData("Move")]
    public async Task Somebody_elses_hold_is_not_found(string what)
    {
        var (siti, _, hold) = await WaitingAsync("Cantik itu luka");

        using var answer = await ChangeAsync(siti, what, hold, ("through", "2026-02-01"), ("branch", Key(library.Corner)));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal((HoldState.Waiting, library.Main), ((await HoldAsync(hold)).State, (await HoldAsync(hold)).PickupBranchId));
    }

    [Fact]
    public async Task Pressing_twice_places_one_hold()
    {
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"), await library.ABookAsync("Ronggeng dukuh paruk"));
        await library.LendAsync(siti.Member, book.Barcodes[0]);
        var page = await budi.Browser.GetStringAsync($"/catalog/{book.TitleId}", Stop);

        for (var times = 0; times < 2; times++)
        {
            using var answer = await budi.Browser.PostAsync($"/catalog/{book.TitleId}?handler=Hold", Form.Of(page, ("branch", Key(library.Main))), Stop);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        Assert.Equal(1, await library.DoAsync((LibraryDbContext db) => db.Holds.CountAsync(hold => hold.TitleId == book.TitleId, Stop)));
    }

    [Fact]
    public async Task A_guardian_reserves_for_a_child_and_nobody_else_does()
    {
        var (dewi, siti, book) = (await library.AMemberAsync("Dewi Lestari"), await library.AMemberAsync(), await library.ABookAsync("Dongeng Lampung"));
        var ani = await library.AChildOfAsync(dewi.Member);
        await library.LendAsync(siti.Member, book.Barcodes[0]);
        var address = $"/catalog/{book.TitleId}";

        using var foreign = await LendingPortal.SendAsync(siti, "/account", address + "?handler=Hold", ("branch", Key(library.Main)), ("for", Key(ani.Member.Id)));
        using var placed = await LendingPortal.SendAsync(dewi, address, address + "?handler=Hold", ("branch", Key(library.Main)), ("for", Key(ani.Member.Id)));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Redirect), (foreign.StatusCode, placed.StatusCode));
        Assert.Equal(ani.Member.Id, await library.DoAsync((LibraryDbContext db) => db.Holds.Where(hold => hold.TitleId == book.TitleId).Select(hold => hold.MemberId).SingleAsync(Stop)));
        Assert.Contains("Untuk Ani Lestari", await LendingPortal.ReadAsync(dewi, address), StringComparison.Ordinal);
    }

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static Task<HttpResponseMessage> ChangeAsync(Somebody somebody, string what, long hold, params (string, string)[] typed) =>
        LendingPortal.SendAsync(somebody, "/account", $"/account/holds?handler={what}", [("hold", Key(hold)), .. typed]);

    private Task<Hold> HoldAsync(long id) => library.DoAsync((LibraryDbContext db) => db.Holds.AsNoTracking().SingleAsync(hold => hold.Id == id, Stop));

    /// <summary>Somebody has the only copy of a book, somebody else waits for it.</summary>
    private async Task<(Somebody Borrower, Somebody Waiting, long Hold)> WaitingAsync(string title)
    {
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"), await library.ABookAsync(title));
        await library.LendAsync(siti.Member, book.Barcodes[0]);
        return (siti, budi, await library.HoldAsync(budi.Member, book));
    }
}
