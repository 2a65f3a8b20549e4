using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Desk;

/// <summary>The counter as plain forms, without a script.</summary>
public sealed class CounterTests(DeskPortal desk) : IClassFixture<DeskPortal>
{
    private static CancellationToken Stop => DeskPortal.Stop;

    [Fact]
    public async Task A_card_opens_its_member_and_a_copy_says_its_due_date_large()
    {
        var (siti, copies) = (await desk.AMemberAsync(), await desk.CopiesAsync(1));

        using var card = await LendAsync("/desk", (null, siti.Barcode!));
        Assert.Equal($"/desk?member={siti.Id}", card.Headers.Location!.OriginalString);
        using var copy = await LendAsync(card.Headers.Location.OriginalString, (siti, copies[0]));
        var page = await PageAsync(copy.Headers.Location!.OriginalString);

        Assert.Contains("<p class=\"answer__word\">Kembali Senin, 12 Januari 2026</p>", page, StringComparison.Ordinal);
        Assert.Contains($"Negeri di ujung tanduk · {copies[0]}", page, StringComparison.Ordinal);
        Assert.Contains("1 dari 2 pinjaman", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_card_opens_the_next_member_and_done_closes_the_last()
    {
        var (siti, budi) = (await desk.AMemberAsync(), await desk.AMemberAsync("Budi Santoso"));

        using var next = await LendAsync($"/desk?member={siti.Id}", (siti, budi.CardNumber!.ToLowerInvariant()));
        Assert.Equal($"/desk?member={budi.Id}", next.Headers.Location!.OriginalString);
        using var done = await LendAsync($"/en/desk?member={budi.Id}", (budi, "done"));

        Assert.Equal("/en/desk", done.Headers.Location!.OriginalString);
        Assert.Contains("Done: Budi Santoso", await PageAsync("/en/desk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_before_any_card_and_a_scan_that_nobody_knows_say_what_to_do()
    {
        var copies = await desk.CopiesAsync(1);

        using var early = await LendAsync("/desk", (null, copies[0]));
        Assert.Contains("Pindai kartu dahulu", await PageAsync("/desk"), StringComparison.Ordinal);
        using var unknown = await LendAsync("/desk", (null, "ENTAH123"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        var said = WebUtility.HtmlDecode(await unknown.Content.ReadAsStringAsync(Stop));
        Assert.Contains("role=\"alert\"", said, StringComparison.Ordinal);
        Assert.Contains("ENTAH123 tidak dikenal", said, StringComparison.Ordinal);
        Assert.Contains("sisihkan untuk bagian pengolahan", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_a_member_from_borrowing_is_said_when_the_card_is_scanned_and_staff_lend_all_the_same_with_a_reason()
    {
        var (siti, copies) = (await desk.AMemberAsync(), await desk.CopiesAsync(3));
        foreach (var barcode in copies.Take(2)) await desk.DoAsync<CirculationDesk, object>(async one => (await one.CheckOutAsync(siti.CardNumber!, barcode, 1, Actor.System("test"), Stop)).Value);

        Assert.Contains("Belum boleh meminjam", await PageAsync($"/desk?member={siti.Id}"), StringComparison.Ordinal);
        using var refused = await LendAsync($"/desk?member={siti.Id}", (siti, copies[2]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("name=\"Because\"", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var silent = await LendAsync($"/desk?member={siti.Id}", (siti, copies[2]), ("Because", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        using var lent = await LendAsync($"/desk?member={siti.Id}", (siti, copies[2]), ("Because", "Lomba besok"));

        Assert.Equal(HttpStatusCode.Redirect, lent.StatusCode);
        var line = await desk.DoAsync<LibraryDbContext, AuditLine>(db => db.AuditLines.Where(one => one.Action == "loan.lent" && one.After!.Contains("Lomba besok")).SingleAsync(Stop));
        Assert.Contains("circulation.too_many_loans", line.After, StringComparison.Ordinal);
        Assert.Equal("Rina", line.ActorName);
    }

    [Fact]
    public async Task A_copy_that_is_kept_for_another_is_lent_for_no_reason()
    {
        var (siti, budi, copies) = (await desk.AMemberAsync(), await desk.AMemberAsync("Budi"), await desk.CopiesAsync(1));
        await HoldAsync(budi, copies[0]);

        using var refused = await LendAsync($"/desk?member={siti.Id}", (siti, copies[0]), ("Because", "Dia memaksa"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Stop));
        Assert.Contains("Jangan dipinjamkan", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Because\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_desks_race_for_one_copy_and_the_loser_is_told_where_it_is()
    {
        var (siti, budi, copies) = (await desk.AMemberAsync(), await desk.AMemberAsync("Budi"), await desk.CopiesAsync(1));

        var answers = await Task.WhenAll(LendAsync($"/desk?member={siti.Id}", (siti, copies[0])), LendAsync($"/desk?member={budi.Id}", (budi, copies[0])));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var loser = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Terima dahulu di \"Kembali\"", WebUtility.HtmlDecode(await loser.Content.ReadAsStringAsync(Stop)), StringComparison.Ordinal);
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Every_return_says_where_the_copy_goes_and_stays_listed()
    {
        var (siti, here, there) = (await desk.AMemberAsync(), await desk.CopiesAsync(2), await desk.CopiesAsync(1, "Dongeng Yosomulyo", "YSM"));
        await HoldAsync(siti, here[0]);

        var kept = await ReturnAsync(here[0]);
        Assert.Contains("<p class=\"answer__word\">Ke rak reservasi</p>", kept, StringComparison.Ordinal);
        Assert.Contains("Untuk Siti Aminah, sampai", kept, StringComparison.Ordinal);
        Assert.Contains("Rak 899.221 LIY n.", await ReturnAsync(here[1]), StringComparison.Ordinal);
        var last = await ReturnAsync(there[0]);

        Assert.Contains("<p class=\"answer__word\">Ke kotak Pojok Baca Yosomulyo</p>", last, StringComparison.Ordinal);
        Assert.All(here.Concat(there), barcode => Assert.Contains($"<small>{barcode}</small>", last, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hold_on_the_shelf_has_a_slip_that_does_not_tell_the_whole_name()
    {
        var (siti, copies) = (await desk.AMemberAsync("Siti Aminah Rahayu"), await desk.CopiesAsync(1));
        await HoldAsync(siti, copies[0]);
        await ReturnAsync(copies[0]);
        var hold = await desk.DoAsync<LibraryDbContext, long>(db => db.Holds.Where(one => one.MemberId == siti.Id).Select(one => one.Id).SingleAsync(Stop));

        var slip = await PageAsync($"/desk/slips/{hold}");

        Assert.Contains("Siti A. R.", slip, StringComparison.Ordinal);
        Assert.DoesNotContain("Siti Aminah", slip, StringComparison.Ordinal);
        Assert.Contains("class=\"barcode\"", slip, StringComparison.Ordinal);
        Assert.Contains("Siti A. R.", await PageAsync("/desk/slips"), StringComparison.Ordinal);
        using var none = await desk.Librarian.GetAsync("/desk/slips/999999", Stop);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_copy_read_in_the_library_is_counted_once_however_often_the_form_is_sent()
    {
        var copies = await desk.CopiesAsync(1);
        for (var i = 0; i < 2; i++)
            using (await DeskPortal.SendAsync(desk.Librarian, "/desk/reading", "/desk/reading", ("Scan", copies[0]), ("ScanKey", $"baca-{copies[0]}"))) { }

        Assert.Equal(1, await desk.DoAsync<LibraryDbContext, int>(db => db.OnSiteReadings.CountAsync(reading => db.Copies.Any(copy => copy.Id == reading.CopyId && copy.Barcode == copies[0]), Stop)));
        Assert.Contains(copies[0], await PageAsync("/desk/reading"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_that_waited_for_the_network_counts_from_its_time_and_arrives_once()
    {
        var (siti, copies) = (await desk.AMemberAsync(), await desk.CopiesAsync(1));
        var yesterday = desk.Portal.Clock!.GetUtcNow().AddDays(-1);

        var first = await SendKeptAsync(("Key", "luring-1"), ("Kind", "Lend"), ("Scan", copies[0]), ("Card", siti.CardNumber!), ("Branch", "1"), ("At", yesterday.ToString("O", CultureInfo.InvariantCulture)));
        using (await DeskPortal.SendAsync(desk.Librarian, "/desk/return", "/desk/return", ("Scan", copies[0]))) { }
        var again = await SendKeptAsync(("Key", "luring-1"), ("Kind", "Lend"), ("Scan", copies[0]), ("Card", siti.CardNumber!), ("Branch", "1"), ("At", yesterday.ToString("O", CultureInfo.InvariantCulture)));

        Assert.False(first.GetProperty("isFault").GetBoolean());
        Assert.False(again.GetProperty("isFault").GetBoolean());
        var loan = await desk.DoAsync<LibraryDbContext, Loan>(db => db.Loans.SingleAsync(one => one.MemberId == siti.Id, Stop));
        Assert.Equal((new DateOnly(2026, 1, 4), LoanState.Returned), (loan.LentOn, loan.State));
    }

    [Fact]
    public async Task A_kept_scan_that_the_rules_refuse_comes_back_with_the_reason()
    {
        var said = await SendKeptAsync(("Key", "luring-2"), ("Kind", "Return"), ("Scan", "ENTAH"), ("Branch", "1"), ("At", desk.Portal.Clock!.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
        var old = await SendKeptAsync(("Key", "luring-3"), ("Kind", "Return"), ("Scan", "MTR000001"), ("Branch", "1"), ("At", "2025-12-01T02:00:00Z"));

        Assert.True(said.GetProperty("isFault").GetBoolean());
        Assert.Contains("ENTAH", said.GetProperty("word").GetString(), StringComparison.Ordinal);
        Assert.Contains("tidak masuk akal", old.GetProperty("word").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receipt_tells_what_was_lent_today_and_goes_by_mail()
    {
        var (siti, copies) = (await desk.AMemberAsync(), await desk.CopiesAsync(1));
        using (await LendAsync($"/desk?member={siti.Id}", (siti, copies[0]))) { }

        Assert.Contains(copies[0], await PageAsync($"/desk/receipts/{siti.Id}"), StringComparison.Ordinal);
        using var sent = await DeskPortal.SendAsync(desk.Librarian, $"/desk/receipts/{siti.Id}", $"/desk/receipts/{siti.Id}");

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal(1, await desk.DoAsync<LibraryDbContext, int>(db => db.OutboxMessages.CountAsync(one => one.MemberId == siti.Id && one.Kind == Receipts.ReceiptKind, Stop)));
    }

    [Theory]
    [InlineData("/desk"), InlineData("/desk/return"), InlineData("/desk/reading"), InlineData("/desk/scans"), InlineData("/desk/slips"), InlineData("/desk/codes"), InlineData("/desk/receipts/1")]
    public async Task The_desk_is_for_the_staff(string path)
    {
        using var stranger = desk.Portal.Visitor();
        using var asked = await stranger.GetAsync(path, Stop);
        Assert.Contains("/account/sign-in", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);

        var editor = await desk.SignedInAsync($"redaktur-{Guid.NewGuid():N}@perpustakaan.example", null, Role.Editor);
        using var refused = await editor.GetAsync(path, Stop);
        Assert.True(refused.StatusCode == HttpStatusCode.Forbidden || refused.Headers.Location!.OriginalString.Contains("/account/not-allowed", StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> LendAsync(string page, (Member? Member, string Text) scan, params (string, string)[] more) => DeskPortal.SendAsync(
        desk.Librarian, page, page, [("Scan", scan.Text), .. scan.Member is { } member ? [("member", member.Id.ToString(CultureInfo.InvariantCulture))] : ((string, string)[])[], .. more]);

    /// <summary>Takes a copy in; the name of the scan is new, as that of each form.</summary>
    private async Task<string> ReturnAsync(string barcode)
    {
        using var answer = await DeskPortal.SendAsync(desk.Librarian, "/desk/return", "/desk/return", ("Scan", barcode));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await PageAsync("/desk/return");
    }

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await desk.Librarian.GetStringAsync(path, Stop));

    private async Task<JsonElement> SendKeptAsync(params (string, string)[] fields)
    {
        var pass = await desk.Librarian.GetFromJsonAsync<JsonElement>("/desk/scans", Stop);
        using var answer = await desk.Librarian.PostAsync(
            "/desk/scans", new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", pass.GetProperty("token").GetString()!)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private async Task HoldAsync(Member member, string barcode)
    {
        var title = await desk.DoAsync<LibraryDbContext, long>(db => db.Copies.Where(copy => copy.Barcode == barcode).Select(copy => copy.TitleId).SingleAsync(Stop));
        Assert.Null(await desk.DoAsync<HoldQueue, Refusal?>(async queue => (await queue.PlaceAsync(member.Id, title, 1, Actor.System("test"), Stop)).Refusal));
    }
}
