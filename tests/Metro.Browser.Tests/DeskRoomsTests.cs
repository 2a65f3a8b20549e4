using System.Text.RegularExpressions;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>The rooms in which staff answer schools, give out spaces, plan programs, catalogue and keep the calendar.</summary>
public sealed class DeskRoomsTests(Browsing browsing)
{
    private static readonly Actor Clerk = Actor.System("test");

    [Fact]
    public async Task Everybody_can_use_every_room()
    {
        var booking = await ABookingAsync();
        var page = await browsing.SignedInAsync(Role.Administrator);

        await Usable.PagesAsync(
            page,
            "/desk/visits", "/desk/visits?show=over", "/desk/visits/new?offer=1", "/desk/schools", "/desk/schools/new",
            "/desk/spaces", "/desk/spaces/1", $"/desk/bookings/{booking}", "/desk/bookings/new",
            "/desk/programs", "/desk/programs/new", "/desk/programs/1", "/desk/programs/1/edit", "/desk/sessions/2", "/desk/sessions/2/sheet", "/desk/sessions/2/message", "/desk/door",
            "/desk/catalog", "/desk/catalog/1", "/desk/catalog/new", "/desk/copies/1", "/desk/catalog/labels?from=MTR000001", "/desk/catalog/import",
            "/desk/calendar", "/desk/calendar/announce", "/desk/calendar/1", "/desk/appeals", "/desk/policies", "/desk/policies/terms", "/desk/policies/limits", "/desk/policies/spaces/1", "/desk/audit");
    }

    [Fact]
    public async Task A_librarian_answers_a_school_that_called_without_any_script()
    {
        var page = await browsing.SignedInAsync(Role.Librarian, javaScript: false);

        await page.GotoAsync("/desk/schools/new");
        await page.FillAsync("#Npsn", "1080 5500");
        await page.FillAsync("#Name", "SDN 55 Metro");
        await page.FillAsync("#ContactName", "Bu Tini");
        await page.FillAsync("#Email", "tini@example.id");
        await page.ClickAsync("main form.form button");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("SDN 55 Metro");

        await page.GotoAsync("/desk/visits/new?offer=1&npsn=10805500");
        await page.FillAsync("#Children", "30");
        await page.FillAsync("#Adults", "1");
        await page.ClickAsync("main form.form button");
        // One adult does not look after thirty children: said above the form and beside the question, and nothing typed is lost.
        await Assertions.Expect(page.Locator("#faults a[href='#Adults']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#Children")).ToHaveValueAsync("30");
        await page.FillAsync("#Adults", "3");
        await page.ClickAsync("main form.form button");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/desk/visits/[0-9]+"));

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Setujui dan kirim surat" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Surat balasan" }).ClickAsync();
        await Assertions.Expect(page.Locator(".letter")).ToContainTextAsync("SDN 55 Metro");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Assertions.Expect(page.Locator(".people__nav")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_administrator_looks_at_what_terms_mean_before_they_hold_without_any_script()
    {
        var page = await browsing.SignedInAsync(Role.Administrator, javaScript: false);

        await page.GotoAsync("/en/desk/policies/terms?category=Teacher");
        await page.FillAsync("#Days", "21");
        await page.ClickAsync("main form.form > button");
        await Assertions.Expect(page.Locator("#then")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("section.notice")).ToContainTextAsync("for 21 days");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Teachers");

        await page.GotoAsync("/en/desk/audit?kind=terms");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Loan days: 21");
    }

    private Task<long> ABookingAsync() => browsing.DoAsync(async (Bookings bookings) =>
    {
        var now = await browsing.DoAsync((LibraryCalendar calendar) => Task.FromResult(calendar.Now));
        var slot = await browsing.DoAsync(async (SpaceTimetable timetable) =>
        {
            var room = await browsing.DoAsync((LibraryDbContext db) => db.Spaces.OrderBy(space => space.Id).FirstAsync());
            var today = DateOnly.FromDateTime(now.AddHours(7));
            return (await timetable.BetweenAsync(room.BranchId, today.AddDays(12), today.AddDays(20), room.Id)).Value.SelectMany(day => day.Slots).First(one => one.IsFree);
        });
        return (await bookings.BookAsync(new BookingRequest { SpaceId = 1, StartsAt = slot.StartsAt, EndsAt = slot.EndsAt, Title = "Rapat warga", OrganiserName = "RT 05", Email = "rt05@example.id", Heads = 8 }, Clerk)).Value.Id;
    });
}
