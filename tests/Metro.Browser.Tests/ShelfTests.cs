using System.Globalization;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>What members do with what they have, as they do it.</summary>
public sealed class ShelfTests(Browsing browsing)
{
    private static readonly Actor Librarian = Actor.Staff("1", "Ratna");
    private static int made;

    [Fact]
    public async Task A_member_renews_reserves_pauses_gives_up_and_shows_the_card_without_scripts()
    {
        var (siti, mine, wanted) = (await AMemberAsync("Siti Walkani"), await ABookAsync("Buku yang dibaca Siti"), await ABookAsync("Buku yang dicari Siti"));
        await LendAsync(siti, mine.Barcode, daysAgo: 3);
        await LendAsync(await AMemberAsync("Budi Peminjam"), wanted.Barcode);
        var page = await browsing.MemberAsync(siti.Id, javaScript: false);

        await page.GotoAsync("/en/account");
        await Assertions.Expect(page.GetByText("Buku yang dibaca Siti")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Loans", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Renew Buku yang dibaca Siti" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("has been renewed");

        await page.GotoAsync($"/en/catalog/{wanted.TitleId}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reserve this book" }).ClickAsync();
        await Assertions.Expect(page.Locator("#hold")).ToContainTextAsync("1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change or cancel" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Number 1 of 1")).ToBeVisibleAsync();
        await OpenAsync(page);
        await page.GetByLabel("Let others go first until").FillAsync(DateOnly.FromDateTime(DateTime.UtcNow).AddDays(14).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("On pause", new() { Exact = true })).ToBeVisibleAsync();
        await OpenAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on now" }).ClickAsync();
        await OpenAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the hold on Buku yang dicari Siti" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You are not waiting for a book")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Library card" }).ClickAsync();
        await Assertions.Expect(page.GetByText(siti.CardNumber!)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = $"Barcode {siti.Barcode}" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_guardian_looks_after_what_a_child_borrowed()
    {
        var dewi = await AMemberAsync("Dewi Wali");
        var (ani, book) = (await AChildOfAsync(dewi, "Ani Putri Dewi"), await ABookAsync("Dongeng untuk Ani"));
        await LendAsync(ani, book.Barcode, daysAgo: 3);
        var page = await browsing.MemberAsync(dewi.Id);

        await page.GotoAsync("/en/account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ani Putri Dewi" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Loans", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Renew Dongeng untuk Ani" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("has been renewed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Library card" }).ClickAsync();

        await Assertions.Expect(page.Locator(".library-card")).ToContainTextAsync("Ani Putri Dewi");
        Assert.Contains($"for={ani.Id}", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_borrows_and_returns_by_telephone_with_the_code_of_the_screen()
    {
        var (siti, book) = (await AMemberAsync("Siti Telepon"), await ABookAsync("Buku dari rak"));
        var main = await browsing.DoAsync(async (LibraryDbContext db) => await db.Branches.OrderBy(branch => branch.Id).Select(branch => branch.Id).FirstAsync());
        var page = await browsing.MemberAsync(siti.Id, width: 390);
        await ArriveAsync("/account/borrow", PointPurpose.Borrow);
        await page.GetByLabel("Barcode of the book").FillAsync(book.Barcode);
        await page.GetByRole(AriaRole.Button, new() { Name = "Borrow this book" }).ClickAsync();
        await Assertions.Expect(page.Locator(".receipt")).ToContainTextAsync("Buku dari rak");
        await Usable.AssertAsync(page);

        await ArriveAsync("/account/return", PointPurpose.Return);
        await page.GetByLabel("Barcode of the book").FillAsync(book.Barcode);
        await page.GetByRole(AriaRole.Button, new() { Name = "Return this book" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Buku dari rak is returned");

        async Task ArriveAsync(string path, PointPurpose purpose)
        {
            var screen = await browsing.VisitorAsync(javaScript: false);
            await screen.GotoAsync("/en/point/" + await browsing.DoAsync((PresencePoints points) => points.ScreenOfAsync(main, purpose)));
            await page.GotoAsync("/en" + path);
            await page.GetByLabel("Code on the screen").FillAsync(await screen.Locator(".point__code").InnerTextAsync());
            await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        }
    }

    [Fact]
    public async Task Everybody_can_use_every_page()
    {
        var (siti, mine, wanted) = (await AMemberAsync("Siti Semua"), await ABookAsync("Buku milik Siti"), await ABookAsync("Buku yang ditunggu Siti"));
        var loan = await LendAsync(siti, mine.Barcode, daysAgo: 3);
        await LendAsync(await AMemberAsync("Budi Lain"), wanted.Barcode);
        Assert.True((await browsing.DoAsync((HoldQueue queue) => queue.PlaceAsync(siti.Id, wanted.TitleId, mine.Branch, Librarian))).Succeeded);
        Assert.True((await browsing.DoAsync((FinesLedger ledger) => ledger.AssessDamageAsync(loan, 5_000, "Basah", Librarian))).Succeeded);
        var page = await browsing.MemberAsync(siti.Id);

        await Usable.PagesAsync(
            page, "/account", "/account/loans", "/account/holds", "/account/e-loans", "/account/fines", "/account/messages", "/account/card", "/account/calendar", "/account/borrow", "/account/return",
            $"/catalog/{wanted.TitleId}");
        await Usable.PagesAsync(await browsing.SignedInAsync(Portal.Accounts.Role.Librarian), "/desk/point", "/account");
        var screen = await browsing.VisitorAsync();
        await screen.RouteAsync("**/point/**", StandsStillAsync);
        await Usable.PagesAsync(screen, "/point/" + await browsing.DoAsync((PresencePoints points) => points.ScreenOfAsync(mine.Branch, PointPurpose.Borrow)));
    }

    /// <summary>A screen asks for its next code by itself; who looks at it for long wants it to stay.</summary>
    private static async Task StandsStillAsync(IRoute route)
    {
        var answer = await route.FetchAsync();
        await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Headers = answer.Headers.Where(header => header.Key != "refresh") });
    }

    private static Task OpenAsync(IPage page) => page.Locator("summary").Filter(new() { HasText = "Change or cancel" }).ClickAsync();

    private Task<Member> AMemberAsync(string name)
    {
        var number = Interlocked.Increment(ref made);
        return JoinAsync(new MembershipApplication(
            new MemberDetails(name, new DateOnly(1990, 1, 1), $"rak{number}@contoh.example", "0725-41234"), MemberCategory.Adult, string.Create(CultureInfo.InvariantCulture, $"187203410190{number:0000}")));
    }

    private Task<Member> AChildOfAsync(Member guardian, string name) => JoinAsync(new MembershipApplication(
        new MemberDetails(name, DateOnly.FromDateTime(DateTime.UtcNow).AddYears(-9)), MemberCategory.Child,
        string.Create(CultureInfo.InvariantCulture, $"187203410116{Interlocked.Increment(ref made):0000}"),
        Guardian: new GuardianDetails(guardian.Name, "ibu", Phone: "0812 3456 7890", MemberId: guardian.Id), Consents: [new ConsentGiven(ConsentPurpose.Membership, "Formulir 17/2026")]));

    private Task<Member> JoinAsync(MembershipApplication application) =>
        browsing.DoAsync(async (Registrations desk) => (await desk.RegisterAtDeskAsync(application, Librarian)).Value);

    private async Task<(long TitleId, string Barcode, long Branch)> ABookAsync(string name)
    {
        var barcode = string.Create(CultureInfo.InvariantCulture, $"RAK{Interlocked.Increment(ref made):00000}");
        return await browsing.DoAsync(async (Cataloguing desk) =>
        {
            var title = (await desk.AddTitleAsync(new TitleDescription { Format = TitleFormat.Print, Name = name }, Librarian)).TitleId!.Value;
            var branch = await browsing.DoAsync(async (LibraryDbContext db) => await db.Branches.OrderBy(one => one.Id).Select(one => one.Id).FirstAsync());
            var copy = await desk.AddCopyAsync(title, new CopyDescription(barcode, branch), Librarian);
            Assert.Null(await desk.ShelveCopyAsync(copy.Value, branch, Librarian));
            return (title, barcode, branch);
        });
    }

    private async Task<long> LendAsync(Member member, string barcode, int daysAgo = 0)
    {
        var branch = await browsing.DoAsync(async (LibraryDbContext db) => await db.Branches.OrderBy(one => one.Id).Select(one => one.Id).FirstAsync());
        var loan = (await browsing.DoAsync((CirculationDesk desk) => desk.CheckOutAsync(member.CardNumber!, barcode, branch, Librarian))).Value.LoanId;
        if (daysAgo > 0)
            await browsing.DoAsync(async (LibraryDbContext db) =>
            {
                var lent = await db.Loans.AsNoTracking().SingleAsync(one => one.Id == loan);
                var (from, due) = (lent.LentOn.AddDays(-daysAgo), lent.DueOn.AddDays(-daysAgo));
                return await db.Loans.Where(one => one.Id == loan).ExecuteUpdateAsync(set => set.SetProperty(one => one.LentOn, from).SetProperty(one => one.DueOn, due));
            });
        return loan;
    }
}
