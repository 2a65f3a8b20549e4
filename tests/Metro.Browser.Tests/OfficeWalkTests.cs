using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>What librarians do in their offices from the first page to the last, without any script.</summary>
public sealed partial class OfficeWalkTests(Browsing browsing)
{
    private static readonly Actor Clerk = Actor.System("test");

    [Fact]
    public async Task Everybody_can_use_the_rooms_in_which_spaces_and_offers_are_made()
    {
        var page = await browsing.SignedInAsync(Role.Administrator);

        await Usable.PagesAsync(
            page, "/desk/spaces/new", "/desk/spaces/1/edit", "/desk/spaces/equipment", "/desk/visits/offers", "/desk/visits/offers/new", "/desk/visits/offers/1", "/desk/policies/spaces/new", "/account/security/name");
    }

    [Fact]
    public async Task A_librarian_looks_at_a_file_of_records_before_it_is_imported_then_mends_a_record_and_a_copy()
    {
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);
        const string Name = "Jejak Sungai Sekampung";
        const string Record = $"<?xml version=\"1.0\"?><collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record><leader>00000nam a2200000 a 4500</leader><controlfield tag=\"001\">walk-1</controlfield><datafield tag=\"245\" ind1=\"1\" ind2=\"0\"><subfield code=\"a\">{Name}</subfield></datafield></record></collection>";

        await page.GotoAsync("/desk/catalog/import");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "sungai.xml", MimeType = "application/xml", Buffer = Encoding.UTF8.GetBytes(Record) });
        await page.ClickAsync("main form.form button");
        await SettledAsync(page, "Inilah yang akan terjadi");
        Assert.Equal(0, await browsing.DoAsync((LibraryDbContext db) => db.Titles.CountAsync(title => title.Name == Name)));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Impor sekarang" }).ClickAsync();
        await SettledAsync(page, "Impor selesai");

        var title = await browsing.DoAsync((LibraryDbContext db) => db.Titles.Where(one => one.Name == Name).Select(one => one.Id).SingleAsync());
        await page.GotoAsync($"/desk/catalog/{title}");
        await page.FillAsync("#Subtitle", "Catatan perjalanan");
        await page.ClickAsync("section[aria-labelledby=record] form button.button");
        await Assertions.Expect(page.Locator("#Subtitle")).ToHaveValueAsync("Catatan perjalanan");
        await page.ClickAsync("section[aria-labelledby=copies] summary");
        await page.FillAsync("#Copy-Barcode", "JALAN0001");
        await page.ClickAsync("section[aria-labelledby=copies] form button.button");
        await page.GotoAsync($"/desk/catalog/{title}");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "JALAN0001" }).ClickAsync();
        await page.FillAsync("#Copy-ShelfMark", "915.98 JEJ");
        await page.ClickAsync("section[aria-labelledby=data] form button.button");

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        Assert.Equal("915.98 JEJ", await browsing.DoAsync((LibraryDbContext db) => db.Copies.Where(copy => copy.Barcode == "JALAN0001").Select(copy => copy.ShelfMark).SingleAsync()));
    }

    [Fact]
    public async Task A_librarian_who_closes_a_day_sees_whom_that_touches_before_anybody_is_told()
    {
        var (booking, day) = await ABookingAsync(inDays: 60, "Latihan paduan suara");
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);

        await page.GotoAsync("/desk/calendar/announce");
        await page.FillAsync("#Name", "Listrik dipelihara");
        foreach (var field in (string[])["#From", "#To"]) await page.FillAsync(field, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.ClickAsync("main form.form > button");
        await Assertions.Expect(page.Locator("section[aria-labelledby=affected]")).ToContainTextAsync("Latihan paduan suara");
        Assert.Equal(day, await DayOfAsync(booking));
        await page.ClickAsync("section[aria-labelledby=affected] > button");

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Listrik dipelihara diumumkan");
        Assert.NotEqual(day, await DayOfAsync(booking));
    }

    [Fact]
    public async Task A_librarian_makes_a_space_gives_it_out_from_its_week_and_takes_it_out_of_use()
    {
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);
        await page.GotoAsync("/desk/spaces/new");
        await page.FillAsync("#Name", "Studio Rekam");
        await page.FillAsync("#Capacity", "4");
        await page.ClickAsync("main form.form button");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Pekan berikutnya" }).ClickAsync();
        await page.Locator(".week__free summary").First.ClickAsync();
        await page.Locator(".week__free a").First.ClickAsync();
        await page.FillAsync("#Title", "Rekaman dongeng");
        await page.FillAsync("#Organiser", "Sanggar Siger");
        await page.FillAsync("#Heads", "3");
        await page.ClickAsync("main form.form > button");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/desk/bookings/[0-9]+"));
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Pekan ruang ini" }).ClickAsync();
        await Assertions.Expect(page.Locator(".week__uses")).ToContainTextAsync(["Rekaman dongeng"]);

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Ubah ruang ini" }).ClickAsync();
        await Assertions.Expect(page.Locator("section[aria-labelledby=to-come]")).ToContainTextAsync("Rekaman dongeng");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Berhenti memakai" }).ClickAsync();
        await Assertions.Expect(page.Locator("#faults")).ToContainTextAsync("Masih ada 1 pemakaian");
        await page.CheckAsync("#DespiteUses");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Berhenti memakai" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("tidak dapat dipesan lagi");
        await page.GotoAsync("/spaces");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Studio Rekam");
    }

    [Fact]
    public async Task A_librarian_offers_a_visit_that_schools_can_ask_for_at_once()
    {
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);
        await page.GotoAsync("/desk/visits/offers/new");
        await page.FillAsync("#Name", "Mendongeng di taman");
        await page.FillAsync("#Times-Wednesday-", "09.00, sepuluh");
        await page.ClickAsync("main form.form > button");
        await Assertions.Expect(page.Locator("#faults a[href='#Times-Wednesday-']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#faults")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#Name")).ToHaveValueAsync("Mendongeng di taman");
        await page.FillAsync("#Times-Wednesday-", "09.00");
        await page.ClickAsync("main form.form > button");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Lihat di situs" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Mendongeng di taman");
    }

    [Fact]
    public async Task A_librarian_plans_a_program_and_lets_its_guests_in_by_their_tickets()
    {
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);
        // It starts so soon that the door is open already.
        var starts = (await browsing.DoAsync((LibraryCalendar calendar) => Task.FromResult(calendar.Now))).AddHours(7).AddMinutes(30);

        await page.GotoAsync("/desk/programs/new");
        await page.FillAsync("#Title", "Menganyam bambu");
        await page.CheckAsync("#OpenToNonMembers");
        await page.UncheckAsync("#NeedsGuardianConsent");
        await page.ClickAsync("main form.form > button");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Terbitkan" }).ClickAsync();
        await page.FillAsync("#Date", starts.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.FillAsync("#From", starts.ToString("HH:mm", CultureInfo.InvariantCulture));
        await page.FillAsync("#Minutes", "60");
        await page.ClickAsync("section[aria-labelledby=plan] form > button");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/desk/sessions/[0-9]+"));
        var session = page.Url;
        await page.FillAsync("#Name", "Tuti Alawiyah");
        await page.FillAsync("#Email", "tuti@example.id");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Daftarkan" }).ClickAsync();
        var ticket = Ticket().Match(await page.Locator("section[aria-labelledby=people]").InnerTextAsync()).Value;

        await page.GotoAsync("/desk/door");
        await page.FillAsync("#Ticket", "AAAA-AAAA");
        await page.ClickAsync(".door-scan button");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.FillAsync("#Ticket", ticket.ToLowerInvariant());
        await page.ClickAsync(".door-scan button");
        await Assertions.Expect(page.Locator(".door-answer--good")).ToContainTextAsync("Tuti Alawiyah");
        await page.GotoAsync(session + "/sheet");

        await Assertions.Expect(page.Locator("table.attendance-sheet")).ToContainTextAsync("Tuti Alawiyah");
    }

    /// <summary>Without scripts a page that waits for the server is asked again by hand.</summary>
    private static async Task SettledAsync(IPage page, string heading)
    {
        for (var asked = 0; asked < 100 && await page.Locator("h1").InnerTextAsync() != heading; asked++) await page.ReloadAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(heading);
    }

    private async Task<(long Booking, DateOnly Day)> ABookingAsync(int inDays, string title)
    {
        var today = await browsing.DoAsync((LibraryCalendar calendar) => Task.FromResult(calendar.Today));
        var room = await browsing.DoAsync((LibraryDbContext db) => db.Spaces.Where(space => space.IsActive).OrderBy(space => space.Id).FirstAsync());
        var slots = await browsing.DoAsync((SpaceTimetable timetable) => timetable.BetweenAsync(room.BranchId, today.AddDays(inDays), today.AddDays(inDays + 7), room.Id));
        var day = slots.Value.First(one => one.Slots.Any(slot => slot.IsFree));
        var slot = day.Slots.First(one => one.IsFree);
        var booked = await browsing.DoAsync((Bookings bookings) => bookings.BookAsync(
            new BookingRequest { SpaceId = room.Id, StartsAt = slot.StartsAt, EndsAt = slot.EndsAt, Title = title, OrganiserName = "RT 05", Email = "rt05@example.id", Heads = 8 }, Clerk));
        return (booked.Value.Id, day.Date);
    }

    private async Task<DateOnly> DayOfAsync(long booking)
    {
        var starts = await browsing.DoAsync((LibraryDbContext db) => db.Bookings.Where(one => one.Id == booking).Select(one => one.StartsAt).SingleAsync());
        return await browsing.DoAsync((LibraryCalendar calendar) => Task.FromResult(calendar.DateOf(starts)));
    }

    [GeneratedRegex("[A-Z0-9]{4}-[A-Z0-9]{4}")]
    private static partial Regex Ticket();
}
