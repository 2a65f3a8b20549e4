using System.Net;
using Metro.Library;
using Metro.Library.Members;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.TakingPart;

/// <summary>A school asks for class visits, on the pages; 20 January 2026 is the first Tuesday after two weeks' notice.</summary>
public sealed class VisitPagesTests(Town town) : IClassFixture<Town>
{
    private const string Tuesday = "2026-01-20T09:00";
    private static int schools;

    [Fact]
    public async Task A_teacher_sees_what_is_left_and_the_notice_and_asks_for_a_free_slot()
    {
        var (offer, browser) = (await OfferAsync(), await SchoolAsync());
        Assert.Contains($"/visits/{offer}/request?slot={Tuesday}", await browser.ReadAsync($"/visits/{offer}"), StringComparison.Ordinal);
        var form = await browser.ReadAsync($"/visits/{offer}/request?slot={Tuesday}");
        Assert.Contains("Tahun ajaran 2025/2026: tersisa 2 dari 2 kunjungan.", form, StringComparison.Ordinal);
        Assert.Contains("14 hari", form, StringComparison.Ordinal);
        Assert.Matches($"selected=\"selected\"[^>]*value=\"{Tuesday}\"", form);

        var reply = await AskAsync(browser, offer, Tuesday, ("Class", "5B"), ("Needs", "Dua kursi roda"));

        var visit = await browser.ReadAsync(reply.LeadsOn());
        Assert.Contains("Menunggu jawaban", visit, StringComparison.Ordinal);
        Assert.Contains("Kami menjawab paling lambat Senin, 12 Januari 2026", visit, StringComparison.Ordinal);
        Assert.Contains("Dua kursi roda", visit, StringComparison.Ordinal);
        var mine = await browser.ReadAsync("/account/visits");
        Assert.Contains(reply.Location!, mine, StringComparison.Ordinal);
        Assert.Contains("tersisa 1 dari 2 kunjungan. 1 permintaan masih menunggu jawaban.", mine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("21", "2", "id=\"Adults-fault\"")]
    [InlineData("4", "1", "id=\"Children-fault\"")]
    [InlineData("", "2", "id=\"Children-fault\"")]
    [InlineData("dua puluh", "2", "tidak dapat dibaca")]
    public async Task What_does_not_fit_is_said_beside_its_question(string children, string adults, string says)
    {
        var (offer, browser) = (await OfferAsync(), await SchoolAsync());

        var reply = await browser.SendAsync($"/visits/{offer}/request", null, ("Slot", Tuesday), ("Children", children), ("Adults", adults), ("Note", "Cerita rakyat Lampung"));

        reply.Refuses(says);
        Assert.Contains("Cerita rakyat Lampung", reply.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_schools_that_race_for_a_morning_one_gets_it_and_the_other_is_offered_the_nearest_ones()
    {
        var offer = await OfferAsync();
        HttpClient[] browsers = [await SchoolAsync(), await SchoolAsync(), await SchoolAsync()];

        var replies = await Task.WhenAll(browsers.Select(browser => AskAsync(browser, offer, Tuesday)));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Redirect);
        var late = Array.FindIndex(replies, reply => reply.Status != HttpStatusCode.Redirect);
        replies[late].Refuses("Waktu kosong terdekat");
        Assert.Contains("name=\"Instead\" value=\"2026-01-22T09:00\"", replies[late].Html, StringComparison.Ordinal);
        Assert.Contains("Kamis, 22 Januari 2026", await browsers[late].ReadAsync((await AskAsync(browsers[late], offer, Tuesday, ("Instead", "2026-01-22T09:00"))).LeadsOn()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_the_form_twice_makes_one_request_and_the_quota_ends_with_the_second_visit()
    {
        var (offer, browser) = (await OfferAsync(), await SchoolAsync());

        Assert.Equal((await AskAsync(browser, offer, Tuesday)).LeadsOn(), (await AskAsync(browser, offer, Tuesday)).LeadsOn());
        (await AskAsync(browser, offer, "2026-01-22T09:00")).LeadsOn();

        (await AskAsync(browser, offer, "2026-01-27T09:00")).Refuses("2025/2026");
    }

    [Fact]
    public async Task A_visit_is_moved_and_cancelled_in_time_by_whoever_has_the_letters_link()
    {
        var (offer, browser) = (await OfferAsync(), await SchoolAsync());
        var visit = (await AskAsync(browser, offer, Tuesday)).LeadsOn();
        var uid = visit.Split('/')[^1];
        var id = await town.DoAsync((LibraryDbContext db) => db.Visits.Where(one => one.Uid == uid).Select(one => one.Id).SingleAsync(Town.Stop));
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusOfAsync(visit + "/letter"));
        Assert.True((await town.DoAsync((ClassVisits visits) => visits.ApproveAsync(id, Town.Clerk, stop: Town.Stop))).Succeeded);

        var colleague = town.Visitor();
        Assert.Contains("agar kuota kunjungan sekolah kembali", await colleague.ReadAsync(visit + "/letter"), StringComparison.Ordinal);
        Assert.Contains("glad to welcome your class", await colleague.ReadAsync("/en" + visit + "/letter"), StringComparison.Ordinal);
        (await colleague.SendAsync(visit, visit + "?handler=Move", ("Slot", "2026-01-10T09:00"))).Refuses("id=\"Slot-fault\"");
        (await colleague.SendAsync(visit, visit + "?handler=Move", ("Slot", "2026-01-27T09:00"))).LeadsOn();
        Assert.Contains("sekolah mendapat jatahnya kembali", await colleague.ReadAsync(visit), StringComparison.Ordinal);
        (await colleague.SendAsync(visit, visit + "?handler=Cancel", ("Reason", "Ujian sekolah"))).LeadsOn();

        Assert.Contains("Kunjungan sudah dibatalkan dan jatah sekolah kembali", await colleague.ReadAsync(visit), StringComparison.Ordinal);
        Assert.Contains("tersisa 2 dari 2", await browser.ReadAsync("/account/visits"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await colleague.StatusOfAsync($"/visits/requests/{Guid.NewGuid()}"));
        Assert.Equal(HttpStatusCode.NotFound, await colleague.StatusOfAsync($"/visits/requests/{Guid.NewGuid()}/letter"));
    }

    [Fact]
    public async Task Somebody_without_a_school_is_told_how_it_gets_one()
    {
        var offer = await OfferAsync();
        var browser = await town.SignedInAsync(await town.MemberAsync("Siti"));

        Assert.Contains("Siapkan NPSN sekolah", await browser.ReadAsync($"/visits/{offer}/request"), StringComparison.Ordinal);
        (await AskAsync(browser, offer, Tuesday)).Refuses("Siapkan NPSN sekolah");
        Assert.Equal(HttpStatusCode.Redirect, await town.Visitor().StatusOfAsync($"/visits/{offer}/request"));
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusOfAsync("/visits/999999/request"));
    }

    private static Task<Reply> AskAsync(HttpClient browser, long offer, string slot, params (string, string)[] typed) =>
        browser.SendAsync($"/visits/{offer}/request", null, [("Slot", slot), ("Children", "20"), ("Adults", "2"), ("Language", "id"), .. typed]);

    /// <summary>Guides of its own for each, so that the slots of one test are not those of another.</summary>
    private async Task<long> OfferAsync() => (await town.DoAsync((Schools desk) => desk.OfferAsync(
        new VisitOfferDetails
        {
            Name = "Keliling perpustakaan", NameEnglish = "Library tour", BranchId = town.Main, Guides = $"pemandu-{Guid.NewGuid():N}"[..30],
            Times = [new(DayOfWeek.Tuesday, new TimeOnly(9, 0)), new(DayOfWeek.Thursday, new TimeOnly(9, 0))],
        },
        Town.Clerk, Town.Stop))).Value.Id;

    private async Task<HttpClient> SchoolAsync()
    {
        var npsn = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"1080{Interlocked.Increment(ref schools):0000}");
        Assert.True((await town.DoAsync((Schools desk) => desk.RegisterAsync(
            new SchoolDetails { Npsn = npsn, Name = $"SDN {npsn} Metro", ContactName = "Ibu Wati", ContactEmail = $"sd{npsn}@contoh.id" }, Town.Clerk, Town.Stop))).Succeeded);
        return await town.SignedInAsync(await town.MemberAsync($"SDN {npsn} Metro", MemberCategory.School, npsn));
    }
}
