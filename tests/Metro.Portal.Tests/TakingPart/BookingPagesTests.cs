using System.Globalization;
using System.Net;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.TakingPart;

/// <summary>Booking spaces, once and week by week, on the pages.</summary>
public sealed class BookingPagesTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_member_books_a_free_slot_of_the_timetable_with_equipment()
    {
        var (room, member) = (await RoomAsync(), await town.MemberAsync("Siti"));
        var thing = (await town.DoAsync((SpacePlanning planning) => planning.AddEquipmentAsync(town.Main, new LocalText("Proyektor", "Projector"), 2, Town.Clerk, Town.Stop))).Value.Id;
        var browser = await town.SignedInAsync(member);
        Assert.Contains($"href=\"{Book(room, "2026-01-13", "10:00")}\"", await browser.ReadAsync($"/spaces/{room}?date=2026-01-13"), StringComparison.Ordinal);

        var reply = await SendAsync(browser, room, "2026-01-13", "10:00", ("Slots", "2"), ("Title", "Belajar bersama"), ("Heads", "4"), ($"thing-{thing}", "1"));

        var page = await browser.ReadAsync(reply.LeadsOn());
        Assert.Contains("Ruang ini milik Anda: Selasa, 13 Januari 2026, 10.00–12.00 WIB", page, StringComparison.Ordinal);
        Assert.Contains("Proyektor", page, StringComparison.Ordinal);
        Assert.Contains("Belajar bersama", await browser.ReadAsync("/account/bookings"), StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{Book(room, "2026-01-13", "11:00")}\"", await browser.ReadAsync($"/spaces/{room}?date=2026-01-13"), StringComparison.Ordinal);
        var uid = await town.DoAsync((LibraryDbContext db) => db.Bookings.Where(one => one.SpaceId == room).Select(one => one.Uid).SingleAsync(Town.Stop));
        Assert.Contains($"UID:{uid}", await browser.ReadAsync(reply.Location + "?handler=Calendar"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guardian_books_for_a_child_and_nobody_else_does()
    {
        var (room, guardian) = (await RoomAsync(), await town.MemberAsync("Wati"));
        var child = await town.ChildOfAsync(guardian, "Ani");
        var (browser, stranger) = (await town.SignedInAsync(guardian), await town.SignedInAsync(await town.MemberAsync("Budi")));
        var address = $"{Book(room, "2026-01-14", "10:00")}&for={child.Id}";

        Assert.Contains($"for={child.Id}", await browser.ReadAsync(Book(room, "2026-01-14", "10:00")), StringComparison.Ordinal);
        Assert.Contains("Dipesan atas nama Ani", await browser.ReadAsync(address), StringComparison.Ordinal);
        using (var refused = await stranger.GetAsync(address, Town.Stop)) Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        var reply = await SendAsync(browser, room, "2026-01-14", "10:00", ("for", child.Id.ToString(CultureInfo.InvariantCulture)), ("Title", "Belajar kelompok"), ("Heads", "3"));

        Assert.Contains("Belajar kelompok", await browser.ReadAsync(reply.LeadsOn()), StringComparison.Ordinal);
        Assert.Contains("Belajar kelompok", await browser.ReadAsync($"/account/bookings?for={child.Id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Belajar kelompok", await browser.ReadAsync("/account/bookings"), StringComparison.Ordinal);
        Assert.Equal(child.Id, await town.DoAsync((LibraryDbContext db) => db.Bookings.Where(one => one.SpaceId == room).Select(one => one.MemberId).SingleAsync(Town.Stop)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sending_the_form_twice_makes_one_booking_and_one_request(bool needsApproval)
    {
        var (room, browser) = (await RoomAsync(needsApproval), await town.SignedInAsync(await town.MemberAsync("Siti")));
        // The browser has seen the form, and so has its cookie, before the button is pressed three times.
        await browser.ReadAsync(Book(room, "2026-01-13", "10:00"));

        var replies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SendAsync(browser, room, "2026-01-13", "10:00", ("Title", "Rapat"), ("Heads", "2"))));

        Assert.Single(replies.Select(reply => reply.LeadsOn()).Distinct());
        Assert.Equal(1, await town.DoAsync((LibraryDbContext db) => db.Bookings.CountAsync(one => one.SpaceId == room, Town.Stop)));
    }

    [Fact]
    public async Task Of_two_who_race_for_a_slot_one_gets_it_and_the_other_is_offered_the_nearest_free_ones()
    {
        var room = await RoomAsync();
        var browsers = new List<HttpClient>();
        foreach (var name in (string[])["Andi", "Dewi", "Budi"]) browsers.Add(await town.SignedInAsync(await town.MemberAsync(name)));

        var replies = await Task.WhenAll(browsers.Select((browser, place) => SendAsync(browser, room, "2026-01-13", "10:00", ("Title", $"Rapat {place}"), ("Heads", "2"), ("Note", "Kami bawa kopi."))));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Redirect);
        var late = replies.Select((reply, place) => (reply, place)).First(one => one.reply.Status != HttpStatusCode.Redirect);
        late.reply.Refuses("Slot kosong terdekat");
        Assert.Contains("Kami bawa kopi.", late.reply.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{room} 2026-01-13T09:00\"", late.reply.Html, StringComparison.Ordinal);
        var taken = await SendAsync(browsers[late.place], room, "2026-01-13", "10:00", ("Title", $"Rapat {late.place}"), ("Heads", "2"), ("Instead", $"{room} 2026-01-13T09:00"));
        Assert.Contains("09.00–10.00", await browsers[late.place].ReadAsync(taken.LeadsOn()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_repeated_booking_each_date_is_shown_before_sending_and_the_taken_ones_are_left_out()
    {
        var (room, browser) = (await RoomAsync(), await town.SignedInAsync(await town.MemberAsync("Siti")));
        (await SendAsync(await town.SignedInAsync(await town.MemberAsync("Andi")), room, "2026-01-20", "10:00", ("Title", "Lain"))).LeadsOn();
        (string, string)[] wish = [("Title", "Klub buku"), ("Heads", "3"), ("Every", "1"), ("Times", "3")];

        var shown = await SendAsync(browser, room, "2026-01-13", "10:00", wish);

        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Contains("Selasa, 27 Januari 2026", shown.Html, StringComparison.Ordinal);
        Assert.Matches("id=\"date-2026-01-20\"[^>]*disabled", shown.Html);
        Assert.Equal(0, await town.DoAsync((LibraryDbContext db) => db.Bookings.CountAsync(one => one.SpaceId == room && one.Title == "Klub buku", Town.Stop)));
        var pattern = shown.Html.Split("name=\"Shown\" value=\"")[1].Split('"')[0];
        (await SendAsync(browser, room, "2026-01-13", "10:00", [.. wish, ("Shown", pattern), ("Chosen", "2026-01-13"), ("Chosen", "2026-01-20")])).Refuses("20 Januari 2026");
        (await SendAsync(browser, room, "2026-01-13", "10:00", [.. wish, ("Shown", pattern)])).Refuses("tanggal");
        var page = await browser.ReadAsync((await SendAsync(browser, room, "2026-01-13", "10:00", [.. wish, ("Shown", pattern), ("Chosen", "2026-01-13"), ("Chosen", "2026-01-27")])).LeadsOn());
        Assert.Contains("Batalkan 2 tanggal yang tersisa", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_staff_approve_the_request_says_until_when_it_is_answered()
    {
        var (room, browser) = (await RoomAsync(needsApproval: true), await town.SignedInAsync(await town.MemberAsync("Siti")));
        Assert.Contains("Kirim permintaan", await browser.ReadAsync(Book(room, "2026-01-13", "10:00")), StringComparison.Ordinal);

        var reply = await SendAsync(browser, room, "2026-01-13", "10:00", ("Title", "Rapat"));

        var page = await browser.ReadAsync(reply.LeadsOn());
        Assert.Contains("Menunggu jawaban", page, StringComparison.Ordinal);
        Assert.Contains("Kami jawab paling lambat", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_booking_is_moved_to_a_free_time_and_offered_others_where_that_is_taken()
    {
        var (room, browser) = (await RoomAsync(), await town.SignedInAsync(await town.MemberAsync("Siti")));
        var booking = (await SendAsync(browser, room, "2026-01-13", "10:00", ("Title", "Rapat"))).LeadsOn();
        (await SendAsync(await town.SignedInAsync(await town.MemberAsync("Andi")), room, "2026-01-14", "10:00", ("Title", "Lain"))).LeadsOn();

        var taken = await browser.SendAsync(booking, booking + "?handler=Move", ("Date", "2026-01-14"), ("Time", "10:00"), ("Slots", "1"));
        taken.Refuses("Slot kosong terdekat");
        Assert.Contains("2026-01-14T09:00", taken.Html, StringComparison.Ordinal);
        (await browser.SendAsync(booking, booking + "?handler=Move", ("Date", "2026-01-14"), ("Time", "10:07"), ("Slots", "1"))).Refuses("id=\"Time-fault\"");
        (await browser.SendAsync(booking, booking + "?handler=Move", ("Date", "2026-01-14"), ("Time", "13:00"), ("Slots", "2"))).LeadsOn();

        Assert.Contains("Rabu, 14 Januari 2026, 13.00–15.00 WIB", await browser.ReadAsync(booking), StringComparison.Ordinal);
        (await browser.SendAsync(booking, booking + "?handler=Cancel")).LeadsOn();
        Assert.Contains("Dibatalkan", await browser.ReadAsync(booking), StringComparison.Ordinal);
        (await browser.SendAsync("/account/bookings", booking + "?handler=Cancel")).Refuses("sudah");
    }

    [Fact]
    public async Task A_space_is_kept_from_those_for_whom_it_is_not_and_visitors_book_those_for_everybody()
    {
        var groups = await RoomAsync(audience: SpaceAudience.Organisations);
        var person = await town.SignedInAsync(await town.MemberAsync("Siti"));
        (await SendAsync(person, groups, "2026-01-13", "10:00", ("Title", "Rapat"))).Refuses("akun kelompok");
        (await SendAsync(await town.SignedInAsync(await town.MemberAsync("Komunitas Sketsa", MemberCategory.Organisation)), groups, "2026-01-13", "10:00", ("Title", "Menggambar"))).LeadsOn();

        var open = await RoomAsync(audience: SpaceAudience.Everybody);
        (await SendAsync(town.Visitor(), open, "2026-01-13", "10:00", ("Title", "Rapat"), ("Organiser", ""), ("Email", ""))).Refuses("id=\"Organiser-fault\"");
        var booking = (await SendAsync(town.Visitor(), open, "2026-01-13", "10:00", ("Title", "Rapat"), ("Organiser", "RT 5"), ("Email", "rt5@contoh.id"))).LeadsOn();
        Assert.Contains("Dipesan", await town.Visitor().ReadAsync(booking), StringComparison.Ordinal);
        Assert.Contains("Masuk dahulu", await town.Visitor().ReadAsync(Book(groups, "2026-01-14", "10:00")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await town.Visitor().StatusOfAsync(Book(await RoomAsync(audience: SpaceAudience.Staff), "2026-01-13", "10:00")));
    }

    [Fact]
    public async Task Somebody_elses_booking_and_the_librarys_own_are_not_there()
    {
        var (room, browser) = (await RoomAsync(), await town.SignedInAsync(await town.MemberAsync("Siti")));
        var booking = (await SendAsync(browser, room, "2026-01-13", "10:00", ("Title", "Rapat"))).LeadsOn();
        var start = await town.DoAsync((LibraryCalendar calendar) => Task.FromResult(calendar.InstantOf(new DateOnly(2026, 1, 14), new TimeOnly(10, 0))));
        var own = (await town.DoAsync((Bookings bookings) => bookings.BookAsync(
            new BookingRequest { SpaceId = room, StartsAt = start, EndsAt = start.AddHours(1), Title = "Rapat staf", OrganiserName = "Perpustakaan" }, Town.Clerk, Town.Stop))).Value.Uid;

        var stranger = await town.SignedInAsync(await town.MemberAsync("Andi"));
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusOfAsync(booking));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAsync("/account/bookings", booking + "?handler=Cancel")).Status);
        Assert.Equal(HttpStatusCode.Redirect, await town.Visitor().StatusOfAsync(booking));
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusOfAsync($"/spaces/bookings/{own}"));
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusOfAsync($"/spaces/bookings/{Guid.NewGuid()}"));
        Assert.Equal(HttpStatusCode.Redirect, await browser.StatusOfAsync($"/spaces/{room}/book?date=1066-10-14&time=10:00"));
    }

    private static string Book(long room, string date, string time) => string.Create(CultureInfo.InvariantCulture, $"/spaces/{room}/book?date={date}&time={time}");

    private static Task<Reply> SendAsync(HttpClient browser, long room, string date, string time, params (string, string)[] typed) =>
        browser.SendAsync(Book(room, date, time), $"/spaces/{room}/book", [("Date", date), ("Time", time), .. typed]);

    private async Task<long> RoomAsync(bool needsApproval = false, SpaceAudience audience = SpaceAudience.Members)
    {
        var kind = (await town.DoAsync((SpacePlanning planning) => planning.CreateKindAsync(
            new SpaceKindDetails { Name = $"Ruang belajar {Guid.NewGuid():N}", NameEnglish = "Study room", NeedsApproval = needsApproval, Audience = audience }, Town.Clerk, Town.Stop))).Value.Id;
        return (await town.DoAsync((SpacePlanning planning) => planning.CreateAsync(
            new SpaceDetails { KindId = kind, BranchId = town.Main, Name = $"Ruang {Guid.NewGuid():N}", NameEnglish = "Room", Capacity = 8 }, Town.Clerk, Town.Stop))).Value.Id;
    }
}
