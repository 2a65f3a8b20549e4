using System.Globalization;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>What the staff do now and then, from the first page to the last, without any script.</summary>
public sealed class StaffWalkTests(Browsing browsing)
{
    private static readonly Actor Clerk = Actor.System("test");
    private static int numbers = 700;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_librarian_opens_a_branch_on_sundays()
    {
        var branch = await browsing.DoAsync<LibraryDbContext, long>(db => db.Branches.OrderByDescending(one => one.Id).Select(one => one.Id).FirstAsync(Stop));
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);

        await page.GotoAsync($"/desk/calendar/{branch}");
        await page.FillAsync("#Week-Sunday-", "pagi");
        await page.ClickAsync("main form.form button");
        await Assertions.Expect(page.Locator("#faults a[href='#Week-Sunday-']")).ToBeVisibleAsync();
        await page.FillAsync("#Week-Sunday-", "09.00–11.00");
        await page.ClickAsync("main form.form button");

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await page.GotoAsync("/hours");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("09.00–11.00");
    }

    [Fact]
    public async Task An_administrator_invites_somebody_gives_another_role_and_closes_the_account()
    {
        const string Email = "tamu.staf@perpustakaan.example";
        var page = await browsing.SignedInAsync(Role.Administrator, javaScript: false);
        await page.GotoAsync("/admin/accounts/invite");
        await page.FillAsync("#Name", "Yuni Astuti");
        await page.FillAsync("#Email", Email);
        await page.ClickAsync("main form.form button");
        await Assertions.Expect(page.Locator("#faults a[href='#Roles']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#Name")).ToHaveValueAsync("Yuni Astuti");
        await page.CheckAsync($"#role-{Role.Author}");
        await page.ClickAsync("main form.form button");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        await page.GotoAsync("/admin/accounts?q=yuni");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Yuni Astuti" }).ClickAsync();
        await page.UncheckAsync($"#role-{Role.Author}");
        await page.CheckAsync($"#role-{Role.Librarian}");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Simpan peran" }).ClickAsync();
        await Assertions.Expect(page.Locator($"#role-{Role.Librarian}")).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Tutup akun" }).ClickAsync();
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync("Ditutup");

        var roles = await browsing.DoAsync<UserManager<Account>, IList<string>>(async accounts => await accounts.GetRolesAsync((await accounts.FindByEmailAsync(Email))!));
        Assert.Equal([Role.Librarian], roles);
    }

    [Fact]
    public async Task Two_cards_of_one_person_become_one_after_both_were_seen()
    {
        var (kept, second) = (await AMemberAsync("Lestari Wulandari"), await AMemberAsync("Lestari Wulandari"));
        var copy = (await CopiesAsync(1))[0];
        await LendAsync(second, copy);
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);

        await page.GotoAsync($"/desk/members/{kept.Id}/standing");
        await page.FillAsync("#with", second.CardNumber!);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Bandingkan" }).ClickAsync();
        await Assertions.Expect(page.Locator("main table")).ToContainTextAsync(second.CardNumber!);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Gabungkan" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("section[aria-labelledby=loans]")).ToContainTextAsync(copy);
        Assert.Equal(MemberStatus.Merged, await browsing.DoAsync<LibraryDbContext, MemberStatus>(db => db.Members.Where(one => one.Id == second.Id).Select(one => one.Status).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Labels_come_out_of_the_printer_without_the_page_around_them()
    {
        var copies = await CopiesAsync(2);
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);

        await page.GotoAsync("/desk/catalog/labels");
        await page.FillAsync("#from", copies[0]);
        await page.FillAsync("#to", copies[1]);
        await page.FillAsync("#skip", "3");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Tampilkan" }).ClickAsync();
        await Assertions.Expect(page.Locator(".label:not(.label--used)")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".label--used")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator(".label .barcode").First).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        await Assertions.Expect(page.Locator("form.filters")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".people__nav")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".label").Last).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_list_of_a_session_goes_into_a_spreadsheet_and_a_message_to_everybody_on_it()
    {
        var session = await browsing.DoAsync<LibraryDbContext, long>(db => db.Registrations.Where(one => one.Name == "Ani").Select(one => one.SessionId).FirstAsync(Stop));
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);

        await page.GotoAsync($"/desk/sessions/{session}");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Unduh daftar (CSV)" }).ClickAsync());
        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("Ani", await File.ReadAllTextAsync(await file.PathAsync(), Stop), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Kirim pesan kepada peserta" }).ClickAsync();
        await page.FillAsync("#Message", "Bawalah alas duduk.");
        await page.FillAsync("#MessageEnglish", "Bring something to sit on.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Lihat dulu" }).ClickAsync();
        await Assertions.Expect(page.Locator("section[aria-labelledby=preview]")).ToContainTextAsync("Bring something to sit on.");
        Assert.Equal(0, await MessagesAsync());
        await page.Locator("section[aria-labelledby=preview] button").ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Pesan dikirim");
        Assert.True(await MessagesAsync() > 0);

        Task<int> MessagesAsync() => browsing.DoAsync<LibraryDbContext, int>(db => db.OutboxMessages.CountAsync(one => one.Kind == "programs.news" && one.Payload.Contains("alas duduk"), Stop));
    }

    [Fact]
    public async Task What_was_lost_is_written_down_and_comes_back_over_the_desk()
    {
        var (member, copy) = (await AMemberAsync("Bukunya Hilang"), (await CopiesAsync(1))[0]);
        var loan = await LendAsync(member, copy);
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);

        await page.GotoAsync($"/desk/members/{member.Id}");
        await page.Locator("section[aria-labelledby=loans] summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Hilang" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Dicatat hilang");
        await page.GotoAsync("/desk/lists");
        await page.Locator("a[href='/desk/lists/lost']").ClickAsync();
        await Assertions.Expect(page.Locator("main table")).ToContainTextAsync(copy);

        await page.GotoAsync("/desk/return");
        await page.FillAsync("#scan", copy);
        await page.ClickAsync(".counter__scan button");
        await Assertions.Expect(page.Locator(".answer__word")).ToBeVisibleAsync();

        Assert.NotNull(await browsing.DoAsync<LibraryDbContext, DateTime?>(db => db.Loans.Where(one => one.Id == loan).Select(one => one.EndedAt).SingleAsync(Stop)));
        await page.GotoAsync("/desk/lists/lost");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync(copy);
    }

    [Fact]
    public async Task On_a_phone_the_scanner_s_field_comes_first_and_the_rooms_open_over_it()
    {
        var page = await browsing.SignedInAsync(Role.Librarian, width: 360, javaScript: false);
        await page.GotoAsync("/desk");
        await Assertions.Expect(page.Locator(".people__nav")).ToBeHiddenAsync();
        Assert.True((await page.Locator("#scan").BoundingBoxAsync())!.Y < 800, "The field is on the first screen.");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Menu meja" }).ClickAsync();
        await page.Locator(".people__nav").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Daftar kerja" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Daftar kerja");
    }

    private Task<Member> AMemberAsync(string name) => browsing.DoAsync<Registrations, Member>(async registrations =>
    {
        var number = Interlocked.Increment(ref numbers).ToString("D4", CultureInfo.InvariantCulture);
        return (await registrations.RegisterAtDeskAsync(
            new MembershipApplication(new MemberDetails(name, new DateOnly(1992, 2, 2), $"staf{number}@example.id"), MemberCategory.Adult, $"187201420292{number}"), Clerk, Stop)).Value;
    });

    private Task<long> LendAsync(Member member, string barcode) => browsing.DoAsync<CirculationDesk, long>(async desk =>
        (await desk.CheckOutAsync(member.CardNumber!, barcode, 1, Clerk, Stop)).Value.LoanId);

    private Task<IReadOnlyList<string>> CopiesAsync(int count) => browsing.DoAsync<Cataloguing, IReadOnlyList<string>>(async cataloguing =>
    {
        var title = (await cataloguing.AddTitleAsync(new TitleDescription { Name = "Yang sesekali dikerjakan" }, Clerk, Stop)).TitleId!.Value;
        var barcodes = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var barcode = $"STAF{Interlocked.Increment(ref numbers):D6}";
            var copy = await cataloguing.AddCopyAsync(title, new CopyDescription(barcode, 1), Clerk, Stop);
            Assert.Null(await cataloguing.ShelveCopyAsync(copy.Value, 1, Clerk, Stop));
            barcodes.Add(barcode);
        }

        return barcodes;
    });
}
