using System.Globalization;
using System.Net;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Metro.Portal.Tests.Site;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Office;

/// <summary>Spaces, their kinds and equipment as staff make and change them. The clock stands at Monday 5 January 2026, 09:00 WIB.</summary>
public sealed class SpacePlanningPagesTests(OfficeUnderTest office) : IClassFixture<OfficeUnderTest>
{
    private static readonly Actor Clerk = Actor.System("test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/desk/spaces/new")]
    [InlineData("/desk/spaces/1/edit")]
    [InlineData("/desk/spaces/equipment")]
    public async Task Only_staff_make_and_change_spaces_in_both_languages(string path)
    {
        await office.AssertForStaffOnlyAsync(path);

        var librarian = await office.LibrarianAsync();
        Assert.Contains("<h1", await librarian.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await librarian.ReadAsync("/en" + path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_space_is_made_and_changed_and_a_wrong_answer_keeps_what_was_typed()
    {
        var librarian = await office.LibrarianAsync();
        var asked = await AskedAsync("Ruang Musik");

        using (var wrong = await librarian.SendAsync("/desk/spaces/new", [.. asked.Where(one => one.Item1 != "SlotMinutes"), ("SlotMinutes", "50")]))
        {
            var page = await wrong.RefusedAsync();
            Assert.Contains("id=\"SlotMinutes-fault\"", page, StringComparison.Ordinal);
            Assert.Contains("value=\"Ruang Musik\"", page, StringComparison.Ordinal);
        }

        using (var crowded = await librarian.SendAsync("/desk/spaces/new", [.. asked.Where(one => one.Item1 != "Capacity"), ("Capacity", "0")]))
            Assert.Contains("id=\"Capacity-fault\"", await crowded.RefusedAsync(), StringComparison.Ordinal);

        using var made = await librarian.SendAsync("/desk/spaces/new", asked);
        var week = made.Accepted();
        var id = long.Parse(week[(week.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
        Assert.Contains("Ruang Musik", await librarian.ReadAsync("/spaces"), StringComparison.Ordinal);

        using (var changed = await librarian.SendAsync($"/desk/spaces/{id}/edit", [.. asked.Where(one => one.Item1 != "Name"), ("Name", "Studio Musik")])) changed.Accepted();

        var space = await SpaceAsync(id);
        Assert.Equal(("Studio Musik", "Music room", 6, 30, 15), (space.Name, space.NameEnglish, space.Capacity, space.SlotMinutes, space.CleaningMinutes));
        var history = await librarian.ReadAsync($"/desk/spaces/{id}/edit");
        Assert.Contains("Ruang dibuat", history, StringComparison.Ordinal);
        Assert.Contains("Ruang Musik → Studio Musik", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_space_with_something_to_come_leaves_use_only_when_staff_say_that_they_know()
    {
        var (librarian, room) = (await office.LibrarianAsync(), await ARoomAsync("Ruang Seni"));
        var booking = await BookedAsync(room, []);
        var edit = $"/desk/spaces/{room}/edit";

        var before = await librarian.ReadAsync(edit);
        Assert.Contains($"/desk/bookings/{booking}", before, StringComparison.Ordinal);
        using (var unaware = await librarian.SendAsync(edit, edit + "?handler=TakeOut")) Assert.Contains("id=\"DespiteUses-fault\"", await unaware.RefusedAsync(), StringComparison.Ordinal);
        Assert.True((await SpaceAsync(room)).IsActive);
        using (var aware = await librarian.SendAsync(edit, edit + "?handler=TakeOut", ("DespiteUses", "true"))) aware.Accepted();

        Assert.False((await SpaceAsync(room)).IsActive);
        using (var gone = await librarian.OpenAsync($"/spaces/{room}")) Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("Ruang Seni", await librarian.ReadAsync("/desk/spaces"), StringComparison.Ordinal);
        using (var again = await librarian.SendAsync(edit, edit + "?handler=PutBack")) again.Accepted();
        Assert.True((await SpaceAsync(room)).IsActive);
    }

    [Fact]
    public async Task Equipment_is_added_counted_and_not_taken_from_a_promise_unawares()
    {
        var librarian = await office.LibrarianAsync();
        using (var nameless = await librarian.SendAsync("/desk/spaces/equipment", ("Name", ""), ("Total", "3"))) Assert.Contains("id=\"Name-fault\"", await nameless.RefusedAsync(), StringComparison.Ordinal);
        using (var added = await librarian.SendAsync("/desk/spaces/equipment", ("Name", "Layar"), ("NameEnglish", "Screen"), ("Total", "3"))) added.Accepted();
        var screens = await office.DoAsync<LibraryDbContext, long>(db => db.Equipment.Where(one => one.Name == "Layar").Select(one => one.Id).SingleAsync(Stop));
        var booking = await BookedAsync(await ARoomAsync("Ruang Film"), [new EquipmentWish(screens, 2)]);
        var page = $"/desk/spaces/equipment/{screens}";

        Assert.Contains($"/desk/bookings/{booking}", await librarian.ReadAsync(page), StringComparison.Ordinal);
        using (var unaware = await librarian.SendAsync(page, ("Name", "Layar lipat"), ("Total", "1"))) Assert.Contains("id=\"DespitePromises-fault\"", await unaware.RefusedAsync(), StringComparison.Ordinal);
        using (var aware = await librarian.SendAsync(page, ("Name", "Layar lipat"), ("Total", "1"), ("DespitePromises", "true"))) aware.Accepted();

        Assert.Contains("Jumlah: 3 → 1", await librarian.ReadAsync(page), StringComparison.Ordinal);
        Assert.Equal(1, await office.DoAsync<LibraryDbContext, int>(db => db.Equipment.Where(one => one.Id == screens).Select(one => one.Total).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Only_an_administrator_makes_a_kind_of_space()
    {
        using (var refused = await (await office.LibrarianAsync()).OpenAsync("/desk/policies/spaces/new")) Assert.Contains("not-allowed", refused.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var administrator = await office.AdministratorAsync();
        (string, string)[] rules =
            [("Name", "Studio"), ("Audience", "Members"), ("AnswerHours", "72"), ("DaysAhead", "30"), ("NoticeHours", "2"), ("ChecksIn", "true"), ("CheckInOpensMinutes", "15"), ("CheckInClosesMinutes", "15")];

        using (var wrong = await administrator.SendAsync("/desk/policies/spaces/new", [.. rules.Where(one => one.Item1 != "DaysAhead"), ("DaysAhead", "0")]))
            Assert.Contains("id=\"DaysAhead-fault\"", await wrong.RefusedAsync(), StringComparison.Ordinal);
        using (var made = await administrator.SendAsync("/desk/policies/spaces/new", rules)) made.Accepted();

        Assert.Contains(">Studio<", await (await office.LibrarianAsync()).ReadAsync("/desk/spaces/new"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/desk/spaces/999999/edit")]
    [InlineData("/desk/spaces/equipment/999999")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var answer = await (await office.LibrarianAsync()).OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<(string, string)[]> AskedAsync(string name) =>
    [
        ("Kind", $"{await KindAsync()}"), ("Name", name), ("NameEnglish", "Music room"), ("Capacity", "6"), ("SlotMinutes", "30"), ("MostSlots", "4"), ("SetUpMinutes", "0"), ("CleaningMinutes", "15"),
    ];

    private Task<long> KindAsync() => office.DoAsync<LibraryDbContext, long>(db => db.SpaceKinds.OrderBy(kind => kind.Id).Select(kind => kind.Id).FirstAsync(Stop));

    private Task<Space> SpaceAsync(long id) => office.DoAsync<LibraryDbContext, Space>(db => db.Spaces.AsNoTracking().SingleAsync(space => space.Id == id, Stop));

    private Task<long> ARoomAsync(string name) => office.DoAsync<SpacePlanning, long>(async spaces =>
    {
        var kind = (await spaces.CreateKindAsync(new SpaceKindDetails { Name = "Terbuka", Audience = SpaceAudience.Everybody }, Clerk, Stop)).Value.Id;
        return (await spaces.CreateAsync(new SpaceDetails { KindId = kind, BranchId = 1, Name = name, Capacity = 20 }, Clerk, Stop)).Value.Id;
    });

    private async Task<long> BookedAsync(long room, IReadOnlyList<EquipmentWish> things)
    {
        var starts = await office.DoAsync<LibraryCalendar, DateTime>(calendar => Task.FromResult(calendar.InstantOf(FurnishedPortal.Monday.AddDays(9), new TimeOnly(10, 0))));
        var booked = await office.DoAsync<Bookings, Outcome<Booking>>(bookings => bookings.BookAsync(
            new BookingRequest { SpaceId = room, StartsAt = starts, EndsAt = starts.AddHours(1), Title = "Latihan", OrganiserName = "Sanggar", Email = "sanggar@example.id", Heads = 5, Equipment = things }, Clerk, Stop));
        Assert.True(booked.Succeeded, booked.Refusal?.ToString());
        return booked.Value.Id;
    }
}
