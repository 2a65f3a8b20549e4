using System.Globalization;
using System.Net;
using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Lending;

/// <summary>What somebody has borrowed, on their own pages.</summary>
public sealed class LoansPageTests(LendingPortal library) : IClassFixture<LendingPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_due_date_explains_itself()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Bumi manusia"));
        await library.LendAsync(siti.Member, book.Barcodes[0]);
        // Seven days from a Sunday are a Sunday; the library's Sundays are closed.
        await library.DoAsync(async (LibraryDbContext db) => await db.Loans.Of(siti.Member.Id).ExecuteUpdateAsync(
            set => set.SetProperty(loan => loan.LentOn, new DateOnly(2026, 1, 4)).SetProperty(loan => loan.DueOn, new DateOnly(2026, 1, 12)), Stop));

        var page = await LendingPortal.ReadAsync(siti, "/en/account/loans");

        Assert.Contains("due Monday 12 January 2026: Sunday is closed", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_renews_a_loan_once_however_often_they_press()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Sang pemimpi"));
        var loan = await LentSomeDaysAgoAsync(siti.Member, book.Barcodes[0]);

        using var renewed = await RenewAsync(siti, loan);
        using var again = await RenewAsync(siti, loan);

        Assert.Equal((HttpStatusCode.Redirect, "/account/loans"), (renewed.StatusCode, renewed.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(1, await library.DoAsync((LibraryDbContext db) => db.Loans.Where(one => one.Id == loan).Select(one => one.Renewals).SingleAsync(Stop)));
        Assert.Contains("Diperpanjang hari ini", await LendingPortal.ReadAsync(siti, "/account/loans"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_sees_why_a_loan_is_not_renewed()
    {
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"), await library.ABookAsync("Laskar pelangi"));
        var loan = await LentSomeDaysAgoAsync(siti.Member, book.Barcodes[0]);
        await library.HoldAsync(budi.Member, book);

        Assert.Contains("anggota lain menunggu judul ini", await LendingPortal.ReadAsync(siti, "/account/loans"), StringComparison.Ordinal);
        using var answer = await RenewAsync(siti, loan);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Laskar pelangi: Tidak dapat diperpanjang: anggota lain menunggu judul ini", await LendingPortal.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_are_renewed_at_once_and_those_that_cannot_be_say_why()
    {
        var (siti, budi) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"));
        var (free, wanted) = (await library.ABookAsync("Negeri 5 menara"), await library.ABookAsync("Ayat-ayat cinta"));
        await LentSomeDaysAgoAsync(siti.Member, free.Barcodes[0]);
        await LentSomeDaysAgoAsync(siti.Member, wanted.Barcodes[0]);
        await library.HoldAsync(budi.Member, wanted);

        using var answer = await LendingPortal.SendAsync(siti, "/account/loans", "/account/loans?handler=RenewAll");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal([0, 1], await library.DoAsync((LibraryDbContext db) => db.Loans.Of(siti.Member.Id).Select(one => one.Renewals).OrderBy(one => one).ToListAsync(Stop)));
        Assert.Contains("anggota lain menunggu judul ini", await LendingPortal.ReadAsync(siti, "/account/loans"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overdue_loan_says_plainly_what_it_costs()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Perahu kertas"));
        await library.LendAsync(siti.Member, book.Barcodes[0]);
        // Due on Friday, looked at on Monday: Saturday and today were open.
        await library.DoAsync(async (LibraryDbContext db) => await db.Loans.Of(siti.Member.Id).ExecuteUpdateAsync(
            set => set.SetProperty(loan => loan.LentOn, new DateOnly(2025, 12, 26)).SetProperty(loan => loan.DueOn, new DateOnly(2026, 1, 2)), Stop));

        var page = await LendingPortal.ReadAsync(siti, "/account/loans");

        Assert.Contains("Seharusnya kembali Jumat, 2 Januari 2026", page, StringComparison.Ordinal);
        Assert.Contains("dendanya Rp1.000", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_loan_is_not_found()
    {
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"), await library.ABookAsync("Cantik itu luka"));
        var loan = await LentSomeDaysAgoAsync(budi.Member, book.Barcodes[0]);

        using var answer = await RenewAsync(siti, loan);
        using var page = await siti.Browser.GetAsync($"/account/loans?for={budi.Member.Id}", Stop);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (answer.StatusCode, page.StatusCode));
        Assert.Equal(0, await library.DoAsync((LibraryDbContext db) => db.Loans.Where(one => one.Id == loan).Select(one => one.Renewals).SingleAsync(Stop)));
    }

    [Fact]
    public async Task A_guardian_sees_and_renews_what_the_child_borrowed()
    {
        var dewi = await library.AMemberAsync("Dewi Lestari");
        var (ani, book) = (await library.AChildOfAsync(dewi.Member), await library.ABookAsync("Dongeng Lampung"));
        var loan = await LentSomeDaysAgoAsync(ani.Member, book.Barcodes[0]);
        var address = string.Create(CultureInfo.InvariantCulture, $"/account/loans?for={ani.Member.Id}");

        Assert.Contains("Dongeng Lampung", await LendingPortal.ReadAsync(dewi, address), StringComparison.Ordinal);
        using var answer = await LendingPortal.SendAsync(dewi, address, address + "&handler=Renew", ("loan", Key(loan)));

        Assert.Equal((HttpStatusCode.Redirect, address), (answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task A_history_is_shown_only_to_who_asked_for_one()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Ronggeng dukuh paruk"));
        await library.LendAsync(siti.Member, book.Barcodes[0]);
        Assert.True((await library.DoAsync((CirculationDesk desk) => desk.CheckInAsync(book.Barcodes[0], library.Main, LendingPortal.Librarian, stop: Stop))).Succeeded);

        Assert.DoesNotContain("Ronggeng dukuh paruk", await LendingPortal.ReadAsync(siti, "/account/loans"), StringComparison.Ordinal);
        Assert.Null(await library.DoAsync((MemberAccounts accounts) => accounts.KeepLoanHistoryAsync(siti.Member.Id, true, siti.Actor, Stop)));

        Assert.Contains("Ronggeng dukuh paruk", await LendingPortal.ReadAsync(siti, "/account/loans"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_membership_is_led_to_where_one_becomes_a_member()
    {
        var guest = await library.AGuestAsync();

        using var answer = await guest.Browser.GetAsync("/en/account/loans", Stop);

        Assert.Equal("/en/account/membership", answer.Headers.Location?.ToString());
        Assert.Contains("Become a member", await LendingPortal.ReadAsync(guest, "/en/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_says_what_is_due_what_is_ready_and_what_is_owed()
    {
        var (siti, budi, lent, kept) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"), await library.ABookAsync("Supernova"), await library.ABookAsync("Saman"));
        await library.LendAsync(siti.Member, lent.Barcodes[0]);
        await library.LendAsync(budi.Member, kept.Barcodes[0]);
        await library.HoldAsync(siti.Member, kept);
        Assert.True((await library.DoAsync((CirculationDesk desk) => desk.CheckInAsync(kept.Barcodes[0], library.Main, LendingPortal.Librarian, stop: Stop))).Succeeded);
        var loan = await library.DoAsync((LibraryDbContext db) => db.Loans.Of(siti.Member.Id).Select(one => one.Id).SingleAsync(Stop));
        Assert.True((await library.DoAsync((FinesLedger ledger) => ledger.AssessDamageAsync(loan, 7_500, "Sampul robek", LendingPortal.Librarian, Stop))).Succeeded);

        var page = await LendingPortal.ReadAsync(siti, "/en/account");

        Assert.Contains("Supernova", page, StringComparison.Ordinal);
        Assert.Contains("at Metro City Library, until Thursday, 8 January 2026", page, StringComparison.Ordinal);
        Assert.Contains("Rp7,500 to pay", page, StringComparison.Ordinal);
    }

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static Task<HttpResponseMessage> RenewAsync(Somebody somebody, long loan) =>
        LendingPortal.SendAsync(somebody, "/account", "/account/loans?handler=Renew", ("loan", Key(loan)));

    /// <summary>A loan that a renewal today would lengthen.</summary>
    private async Task<long> LentSomeDaysAgoAsync(Member member, string barcode)
    {
        var loan = await library.LendAsync(member, barcode);
        await library.DoAsync(async (LibraryDbContext db) => await db.Loans.Where(one => one.Id == loan).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.LentOn, new DateOnly(2025, 12, 31)).SetProperty(one => one.DueOn, new DateOnly(2026, 1, 7)), Stop));
        return loan;
    }
}
