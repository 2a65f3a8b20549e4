using System.Net;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.Tests.Site;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Office;

/// <summary>Spaces as staff give them out. The clock stands at Monday 5 January 2026, 09:00 WIB.</summary>
public sealed class SpacePagesTests(OfficeUnderTest office) : IClassFixture<OfficeUnderTest>
{
    private static readonly Actor Organiser = Actor.System("organiser");
    private static readonly Actor Clerk = Actor.System("test");
    private static int days;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/desk/spaces")]
    [InlineData("/desk/spaces/1")]
    [InlineData("/desk/bookings/new")]
    public async Task Only_staff_give_out_spaces_in_both_languages(string path)
    {
        await office.AssertForStaffOnlyAsync(path);

        var librarian = await office.LibrarianAsync();
        Assert.Contains("<h1", await librarian.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await librarian.ReadAsync("/en" + path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_approves_a_request_is_warned_of_the_rivals_that_it_declines()
    {
        var (room, day) = (await ARoomWithApprovalAsync(), NextDay());
        var (first, rival) = (await AskedAsync(room, day, 10), await AskedAsync(room, day, 10, "Teater"));
        var librarian = await office.LibrarianAsync();

        Assert.Contains("1 permohonan lain untuk waktu yang sama", await librarian.ReadAsync($"/desk/spaces/{room}?week={day:yyyy-MM-dd}"), StringComparison.Ordinal);
        using (var unaware = await PressAsync(first, "Approve")) Assert.Contains("id=\"DeclineRivals-fault\"", await unaware.RefusedAsync(), StringComparison.Ordinal);
        Assert.Equal(BookingStatus.Requested, (await NowAsync(first)).Status);
        using (var aware = await PressAsync(first, "Approve", ("DeclineRivals", "true"))) aware.Accepted();

        Assert.Equal((BookingStatus.Confirmed, BookingStatus.Declined), ((await NowAsync(first)).Status, (await NowAsync(rival)).Status));
        Assert.Contains("Pemakaian ruang disetujui", await librarian.ReadAsync($"/desk/bookings/{first}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_declined_only_with_a_reason()
    {
        var booking = await AskedAsync(await ARoomWithApprovalAsync(), NextDay(), 10);

        using (var nothing = await PressAsync(booking, "Decline", ("Reason", ""))) Assert.Contains("id=\"Reason-fault\"", await nothing.RefusedAsync(), StringComparison.Ordinal);
        using (var declined = await PressAsync(booking, "Decline", ("Reason", "Ruang dicat"))) declined.Accepted();

        Assert.Equal((BookingStatus.Declined, "Ruang dicat"), ((await NowAsync(booking)).Status, (await NowAsync(booking)).Reason));
    }

    [Fact]
    public async Task A_space_is_booked_on_behalf_and_a_taken_time_offers_what_is_free()
    {
        var (room, day, librarian) = (office.Offering.Room, NextDay(), await office.LibrarianAsync());
        (string, string)[] asked = [("Space", $"{room}"), ("Date", $"{day:yyyy-MM-dd}"), ("From", "10:00"), ("Slots", "2"), ("Heads", "8"), ("Title", "Rapat karang taruna"), ("Organiser", "Karang Taruna Yosodadi")];

        string path;
        using (var booked = await librarian.SendAsync("/desk/bookings/new", asked)) path = booked.Accepted();
        Assert.Contains("Karang Taruna Yosodadi", await librarian.ReadAsync(path), StringComparison.Ordinal);
        using (var taken = await librarian.SendAsync("/desk/bookings/new", [.. asked[..^1], ("Organiser", "Sanggar Tari")]))
        {
            var page = await taken.RefusedAsync();
            Assert.Contains("id=\"From-fault\"", page, StringComparison.Ordinal);
            Assert.Contains("Yang masih kosong", page, StringComparison.Ordinal);
            Assert.Contains("value=\"Rapat karang taruna\"", page, StringComparison.Ordinal);
        }

        using var nobody = await librarian.SendAsync("/desk/bookings/new", [.. asked, ("Card", "TIDAK-ADA")]);
        Assert.Contains("id=\"Card-fault\"", await nobody.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_booking_is_moved_and_cancelled_and_its_history_says_so()
    {
        var (day, other) = (NextDay(), NextDay());
        var booking = await AskedAsync(office.Offering.Room, day, 13);

        using (var closed = await PressAsync(booking, "Move", ("Space", $"{office.Offering.Room}"), ("Date", $"{FurnishedPortal.Monday.AddDays(6):yyyy-MM-dd}"), ("From", "13:00")))
            Assert.Contains("id=\"Date-fault\"", await closed.RefusedAsync(), StringComparison.Ordinal);
        using (var moved = await PressAsync(booking, "Move", ("Space", $"{office.Offering.Room}"), ("Date", $"{other:yyyy-MM-dd}"), ("From", "09:00"), ("MoveReason", "Ada lomba"))) moved.Accepted();
        using (var cancelled = await PressAsync(booking, "Cancel", ("CancelReason", "Listrik padam"))) cancelled.Accepted();

        Assert.Equal(BookingStatus.Cancelled, (await NowAsync(booking)).Status);
        var page = await (await office.LibrarianAsync()).ReadAsync($"/desk/bookings/{booking}");
        Assert.Contains("Pemakaian ruang dipindahkan", page, StringComparison.Ordinal);
        Assert.Contains("Pemakaian ruang dibatalkan", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_week_shows_bookings_programs_and_what_is_free()
    {
        var page = await (await office.LibrarianAsync()).ReadAsync($"/desk/spaces/{office.Offering.Room}?week={FurnishedPortal.Monday.AddDays(8):yyyy-MM-dd}");

        Assert.Contains("Membatik motif Lampung", page, StringComparison.Ordinal);
        Assert.Contains("slot kosong", page, StringComparison.Ordinal);
        Assert.Contains("/desk/bookings/new?space=", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/desk/spaces/999999")]
    [InlineData("/desk/bookings/999999")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var answer = await (await office.LibrarianAsync()).OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> PressAsync(long booking, string act, params (string Name, string Value)[] typed) =>
        await (await office.LibrarianAsync()).SendAsync($"/desk/bookings/{booking}", $"/desk/bookings/{booking}?handler={act}", typed);

    /// <summary>A Wednesday of its own for each test.</summary>
    private static DateOnly NextDay() => FurnishedPortal.Monday.AddDays(2 + (7 * (2 + (Interlocked.Increment(ref days) % 10))));

    private Task<long> ARoomWithApprovalAsync() => office.DoAsync<SpacePlanning, long>(async spaces =>
    {
        var kind = (await spaces.CreateKindAsync(new SpaceKindDetails { Name = "Aula", Audience = SpaceAudience.Everybody, NeedsApproval = true }, Clerk, Stop)).Value.Id;
        return (await spaces.CreateAsync(new SpaceDetails { KindId = kind, BranchId = 1, Name = "Aula Siger", Capacity = 60 }, Clerk, Stop)).Value.Id;
    });

    private async Task<long> AskedAsync(long room, DateOnly day, int hour, string who = "Sanggar")
    {
        var starts = await office.DoAsync<LibraryCalendar, DateTime>(calendar => Task.FromResult(calendar.InstantOf(day, new TimeOnly(hour, 0))));
        var asked = await office.DoAsync<Bookings, Outcome<Booking>>(bookings => bookings.BookAsync(
            new BookingRequest { SpaceId = room, StartsAt = starts, EndsAt = starts.AddHours(1), Title = "Latihan", OrganiserName = who, Email = $"{who.ToLowerInvariant()}@example.id", Heads = 5 }, Organiser, Stop));
        Assert.True(asked.Succeeded, asked.Refusal?.ToString());
        return asked.Value.Id;
    }

    private Task<Booking> NowAsync(long booking) => office.DoAsync<LibraryDbContext, Booking>(db => db.Bookings.AsNoTracking().SingleAsync(one => one.Id == booking, Stop));
}
