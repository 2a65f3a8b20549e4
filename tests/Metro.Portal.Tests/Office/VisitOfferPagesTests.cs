using System.Globalization;
using System.Net;
using Metro.Library;
using Metro.Library.Visits;
using Metro.Portal.Tests.Site;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Office;

/// <summary>What classes can come for, as staff decide it. The clock stands at Monday 5 January 2026, 09:00 WIB.</summary>
public sealed class VisitOfferPagesTests(OfficeUnderTest office) : IClassFixture<OfficeUnderTest>
{
    private static readonly Actor Clerk = Actor.System("test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/desk/visits/offers")]
    [InlineData("/desk/visits/offers/new")]
    public async Task Only_staff_decide_what_is_offered_in_both_languages(string path)
    {
        await office.AssertForStaffOnlyAsync(path);

        var librarian = await office.LibrarianAsync();
        Assert.Contains("<h1", await librarian.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await librarian.ReadAsync("/en" + path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_is_made_with_its_times_and_schools_can_ask_for_it_at_once()
    {
        var librarian = await office.LibrarianAsync();

        using (var unreadable = await librarian.SendAsync("/desk/visits/offers/new", [.. Asked("Dongeng pagi"), ("Times[Friday]", "besok")]))
        {
            var page = await unreadable.RefusedAsync();
            Assert.Contains("id=\"Times-Friday-fault\"", page, StringComparison.Ordinal);
            Assert.Contains("value=\"besok\"", page, StringComparison.Ordinal);
            Assert.Contains("value=\"Dongeng pagi\"", page, StringComparison.Ordinal);
        }

        using (var speechless = await librarian.SendAsync("/desk/visits/offers/new", [.. Asked("Dongeng pagi").Where(one => one.Item1 != "Languages")]))
            Assert.Contains("id=\"Languages-fault\"", await speechless.RefusedAsync(), StringComparison.Ordinal);
        using (var crossed = await librarian.SendAsync("/desk/visits/offers/new", [.. Asked("Dongeng pagi").Where(one => one.Item1 != "MostChildren"), ("MostChildren", "2")]))
            Assert.Contains("id=\"MostChildren-fault\"", await crossed.RefusedAsync(), StringComparison.Ordinal);
        using (var overlapping = await librarian.SendAsync("/desk/visits/offers/new", [.. Asked("Dongeng pagi"), ("Times[Friday]", "09.00, 09.30")]))
        {
            var page = await overlapping.RefusedAsync();
            Assert.Contains("href=\"#Times-Friday-\"", page, StringComparison.Ordinal);
            Assert.Contains("id=\"Times-Friday-fault\"", page, StringComparison.Ordinal);
            Assert.Contains("Dua waktu pada hari Jumat bertumpuk", page, StringComparison.Ordinal);
            Assert.Contains("value=\"09.00, 09.30\"", page, StringComparison.Ordinal);
        }

        using (var crooked = await librarian.SendAsync("/en/desk/visits/offers/new", [.. Asked("Dongeng pagi"), ("Times[Friday]", "09.07")]))
            Assert.Contains("id=\"Times-Friday-fault\"", await crooked.RefusedAsync(), StringComparison.Ordinal);
        var offer = await MadeAsync("Dongeng pagi");

        var made = await office.DoAsync<LibraryDbContext, VisitOffer>(db => db.VisitOffers.AsNoTracking().Include(one => one.Times).SingleAsync(one => one.Id == offer, Stop));
        Assert.Equal((VisitKind.Storytelling, "id,en", true), (made.Kind, made.Languages, made.IsLedByBranch));
        Assert.Equal([(DayOfWeek.Wednesday, new TimeOnly(9, 0)), (DayOfWeek.Wednesday, new TimeOnly(10, 30))], made.Times.Select(time => (time.Day, time.StartsAt)).Order());
        Assert.Contains("Dongeng pagi", await librarian.ReadAsync("/visits"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_offer_leaves_its_visits_where_they_are_and_shows_them()
    {
        var (librarian, offer) = (await office.LibrarianAsync(), await MadeAsync("Tur pustaka"));
        var visit = await AskedForAsync(offer);
        var page = $"/desk/visits/offers/{offer}";

        Assert.Contains($"/desk/visits/{visit}", await librarian.ReadAsync(page), StringComparison.Ordinal);
        using (var changed = await librarian.SendAsync(page, [.. Asked("Tur pustaka").Where(one => !one.Item1.StartsWith("Times", StringComparison.Ordinal)), ("Times[Thursday]", "13.00")])) changed.Accepted();

        var after = await librarian.ReadAsync(page);
        Assert.Contains($"/desk/visits/{visit}", after, StringComparison.Ordinal);
        Assert.Contains("Wednesday 09:00, Wednesday 10:30 → Thursday 13:00", after, StringComparison.Ordinal);
        Assert.Equal(VisitStatus.Requested, await office.DoAsync<LibraryDbContext, VisitStatus>(db => db.Visits.Where(one => one.Id == visit).Select(one => one.Status).SingleAsync(Stop)));
    }

    [Fact]
    public async Task An_offer_is_withdrawn_only_by_who_is_sure_and_can_be_made_again()
    {
        var (librarian, offer) = (await office.LibrarianAsync(), await MadeAsync("Kelas sumber"));
        var page = $"/desk/visits/offers/{offer}";

        using (var unsure = await librarian.SendAsync(page, page + "?handler=Withdraw")) Assert.Contains("id=\"Sure-fault\"", await unsure.RefusedAsync(), StringComparison.Ordinal);
        using (var sure = await librarian.SendAsync(page, page + "?handler=Withdraw", ("Sure", "true"))) sure.Accepted();
        using (var gone = await librarian.OpenAsync($"/visits/{offer}")) Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using (var again = await librarian.SendAsync(page, page + "?handler=Resume")) again.Accepted();

        Assert.Contains("Kelas sumber", await librarian.ReadAsync($"/visits/{offer}"), StringComparison.Ordinal);
        Assert.Contains("Tawaran kunjungan dibuka lagi", await librarian.ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        using var answer = await (await office.LibrarianAsync()).OpenAsync("/desk/visits/offers/999999");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static (string, string)[] Asked(string name) =>
    [
        ("Kind", "Storytelling"), ("Name", name), ("DurationMinutes", "60"), ("LeastChildren", "5"), ("MostChildren", "30"), ("Languages", "id"), ("Languages", "en"),
        ("NoticeDays", "3"), ("DaysAhead", "100"), ("AnswerDays", "7"), ("CancelDays", "3"), ("Times[Wednesday]", "09.00, 10:30"),
    ];

    private async Task<long> MadeAsync(string name)
    {
        using var made = await (await office.LibrarianAsync()).SendAsync("/desk/visits/offers/new", Asked(name));
        var page = made.Accepted();
        return long.Parse(page[(page.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
    }

    private async Task<long> AskedForAsync(long offer)
    {
        var school = (await office.DoAsync<Schools, Outcome<School>>(schools => schools.RegisterAsync(
            new SchoolDetails { Npsn = "10809999", Name = "SDN 9 Metro", ContactName = "Bu Sri", ContactEmail = "sri@example.id" }, Clerk, Stop))).Value;
        var asked = await office.DoAsync<ClassVisits, Outcome<Visit>>(visits => visits.RequestAsync(
            new VisitRequest { SchoolId = school.Id, OfferId = offer, Date = FurnishedPortal.Monday.AddDays(16), Time = new TimeOnly(9, 0), Children = 20, Adults = 2 }, Clerk, Stop));
        Assert.True(asked.Succeeded, asked.Refusal?.ToString());
        return asked.Value.Id;
    }
}
