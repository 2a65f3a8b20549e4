using System.Globalization;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>The desk with a scanner: what it reads is typed and ended with Enter, and no hand touches a mouse.</summary>
public sealed class DeskTests(Browsing browsing)
{
    private static readonly Actor Clerk = Actor.System("test");
    private static int numbers = 500;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_check_outs_are_driven_by_the_keyboard_alone()
    {
        var (members, copies) = (new List<Member>(), await CopiesAsync(20));
        for (var i = 0; i < 10; i++) members.Add(await AMemberAsync($"Peminjam {i}"));
        var page = await browsing.SignedInAsync(Role.Librarian);
        await page.GotoAsync("/en/desk");
        var word = page.Locator(".answer__word");

        foreach (var (member, pair) in members.Zip(copies.Chunk(2)))
        {
            await ScanAsync(page, member.Barcode!);
            await Assertions.Expect(page.Locator("#before")).ToHaveTextAsync(member.Name);
            // A scanner does not wait for the answer to the copy before.
            foreach (var barcode in pair) await ScanAsync(page, barcode);
            await Assertions.Expect(page.Locator(".counter__loans")).ToContainTextAsync(pair[1]);
            await Assertions.Expect(word).ToContainTextAsync("Due ");
        }

        await ScanAsync(page, copies[0]);
        await Assertions.Expect(word).ToContainTextAsync("still on loan to somebody else");
        await Assertions.Expect(page.Locator("[data-aloud]")).ToContainTextAsync("Take it in");
        Assert.Empty(await Axe.FaultsAsync(page));
        await ScanAsync(page, "DONE");
        await Assertions.Expect(word).ToContainTextAsync("Done: Peminjam 9");
        await Assertions.Expect(page.Locator("#scan")).ToBeFocusedAsync();
        Assert.Equal(20, await browsing.DoAsync<LibraryDbContext, int>(db => db.Loans.CountAsync(loan => members.Select(one => one.Id).Contains(loan.MemberId!.Value) && loan.EndedAt == null, Stop)));
    }

    [Fact]
    public async Task Lending_and_taking_in_work_without_scripts_too()
    {
        var (member, copies) = (await AMemberAsync("Tanpa Skrip"), await CopiesAsync(2));
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);
        await page.GotoAsync("/en/desk");

        foreach (var scan in (string[])[member.Barcode!, .. copies]) await SendAsync(page, scan);
        await Assertions.Expect(page.Locator(".answer__word")).ToContainTextAsync("Due ");
        await Assertions.Expect(page.Locator(".counter__who")).ToContainTextAsync("2 of 2 loans");
        await page.GotoAsync("/en/desk/return");
        foreach (var barcode in copies) await SendAsync(page, barcode);

        await Assertions.Expect(page.Locator(".answer__word")).ToHaveTextAsync("To the shelf");
        await Assertions.Expect(page.Locator(".counter__last")).ToContainTextAsync(copies[0]);
    }

    [Fact]
    public async Task What_is_scanned_while_the_network_is_down_arrives_once_when_it_is_back()
    {
        var (member, copies) = (await AMemberAsync("Tanpa Jaringan"), await CopiesAsync(3));
        var page = await browsing.SignedInAsync(Role.Librarian);
        await page.GotoAsync("/en/desk");
        await ScanAsync(page, member.Barcode!);
        await Assertions.Expect(page.Locator("#before")).ToHaveTextAsync(member.Name);

        await page.Context.SetOfflineAsync(true);
        foreach (var barcode in copies) await ScanAsync(page, barcode);
        await Assertions.Expect(page.Locator("[data-waiting]")).ToContainTextAsync("3 scans wait for the network.");
        await Usable.AssertAsync(page);
        await page.Context.SetOfflineAsync(false);

        await Assertions.Expect(page.Locator("[data-waiting]")).ToBeHiddenAsync();
        // The third is one more than the member may have: nobody loses sight of it.
        await Assertions.Expect(page.Locator("[data-conflicts]")).ToContainTextAsync(copies[2]);
        await Assertions.Expect(page.Locator("[data-conflicts]")).ToContainTextAsync("The limit of 2 loans");
        await Assertions.Expect(page.Locator(".counter__loans")).ToContainTextAsync(copies[1]);
        Assert.Equal(2, await browsing.DoAsync<LibraryDbContext, int>(db => db.Loans.CountAsync(loan => loan.MemberId == member.Id, Stop)));
    }

    [Fact]
    public async Task The_counter_opens_without_a_network_and_sends_later()
    {
        var (member, copies) = (await AMemberAsync("Dibuka Luring"), await CopiesAsync(1));
        var page = await browsing.SignedInAsync(Role.Librarian);
        await page.GotoAsync("/en/desk");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-shell", "kept");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ?? new Promise(taken => navigator.serviceWorker.addEventListener('controllerchange', taken, { once: true }))).then(() => true)");

        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Desk without network");
        await ScanAsync(page, member.Barcode!);
        await ScanAsync(page, copies[0]);
        await Assertions.Expect(page.Locator("[data-waiting]")).ToContainTextAsync("1 scan waits for the network.");
        await page.Context.SetOfflineAsync(false);

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Lend");
        Assert.Equal(1, await browsing.DoAsync<LibraryDbContext, int>(db => db.Loans.CountAsync(loan => loan.MemberId == member.Id, Stop)));
    }

    [Fact]
    public async Task Everybody_of_the_staff_can_use_every_page()
    {
        var (member, copies) = (await AMemberAsync("Serba Ada"), await CopiesAsync(2));
        var loan = (await browsing.DoAsync<CirculationDesk, Outcome<CheckedOut>>(desk => desk.CheckOutAsync(member.CardNumber!, copies[0], 1, Clerk, Stop))).Value.LoanId;
        Assert.True((await browsing.DoAsync<FinesLedger, Outcome<Fine>>(ledger => ledger.AssessDamageAsync(loan, 5_000, "Sampul robek", Clerk, Stop))).Succeeded);
        var page = await browsing.SignedInAsync(Role.Librarian);
        var file = $"/desk/members/{member.Id}";

        await Usable.PagesAsync(
            page,
            "/desk", $"/desk?member={member.Id}", "/desk/return", "/desk/reading", "/desk/codes", "/desk/offline", "/desk/slips", $"/desk/receipts/{member.Id}", "/desk/members?q=serba%20x", "/desk/members/new",
            file, $"{file}/fines", $"{file}/programs", $"{file}/details", $"{file}/card", $"{file}/standing", $"{file}/trail", $"{file}/merge?with=x", "/desk/applications", "/desk/lists", "/desk/lists/fines", "/desk/lists/never-borrowed");
    }

    /// <summary>Without scripts each scan is a page: the next one waits for its field.</summary>
    private static async Task SendAsync(IPage page, string text)
    {
        await ScanAsync(page, text);
        await Assertions.Expect(page.Locator("main input[autofocus]")).ToHaveValueAsync("");
    }

    private static async Task ScanAsync(IPage page, string text)
    {
        // A browser gives the focus some time after it has shown the page.
        await Assertions.Expect(page.Locator("main input[autofocus]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private Task<Member> AMemberAsync(string name) => browsing.DoAsync<Registrations, Member>(async registrations =>
    {
        var number = Interlocked.Increment(ref numbers).ToString("D4", CultureInfo.InvariantCulture);
        return (await registrations.RegisterAtDeskAsync(
            new MembershipApplication(new MemberDetails(name, new DateOnly(1991, 1, 1), $"meja{number}@example.id"), MemberCategory.Adult, $"187201410191{number}"), Clerk, Stop)).Value;
    });

    private Task<IReadOnlyList<string>> CopiesAsync(int count) => browsing.DoAsync<Cataloguing, IReadOnlyList<string>>(async cataloguing =>
    {
        var title = (await cataloguing.AddTitleAsync(new TitleDescription { Name = "Di meja layanan" }, Clerk, Stop)).TitleId!.Value;
        var barcodes = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var barcode = $"MEJA{Interlocked.Increment(ref numbers):D6}";
            var copy = await cataloguing.AddCopyAsync(title, new CopyDescription(barcode, 1), Clerk, Stop);
            Assert.Null(await cataloguing.ShelveCopyAsync(copy.Value, 1, Clerk, Stop));
            barcodes.Add(barcode);
        }

        return barcodes;
    });
}
