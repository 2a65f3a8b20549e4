using System.Net;
using System.Text.RegularExpressions;
using Metro.Library;
using Metro.Library.Circulation;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Lending;

/// <summary>Fines, messages, the card and the calendar of a member.</summary>
public sealed partial class OwnPagesTests(LendingPortal library) : IClassFixture<LendingPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fine_is_shown_with_each_payment_and_waiver()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Bumi manusia"));
        var loan = await library.LendAsync(siti.Member, book.Barcodes[0]);
        var fine = (await library.DoAsync((FinesLedger ledger) => ledger.AssessDamageAsync(loan, 20_000, "Sampul robek", LendingPortal.Librarian, Stop))).Value.Id;
        var receipt = (await library.DoAsync((FinesLedger ledger) => ledger.PayAsync(fine, 5_000, PaymentMethod.Cash, $"own-{fine}", LendingPortal.Librarian, Stop))).Value.ReceiptNumber;
        Assert.True((await library.DoAsync((FinesLedger ledger) => ledger.WaiveAsync(fine, 3_000, "Bukan salah Siti", LendingPortal.Librarian, Stop))).Succeeded);

        var page = await LendingPortal.ReadAsync(siti, "/account/fines");

        Assert.Contains("Yang belum dibayar: Rp12.000", page, StringComparison.Ordinal);
        foreach (var words in (string[])["Rp20.000", "Sampul robek", receipt, "Dihapuskan: Bukan salah Siti", "Rp-3.000"]) Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_payment_and_waiver_has_a_receipt_of_its_own_for_its_member_and_the_desk()
    {
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"), await library.ABookAsync("Sang pemimpi"));
        var loan = await library.LendAsync(siti.Member, book.Barcodes[0]);
        var fine = (await library.DoAsync((FinesLedger ledger) => ledger.AssessDamageAsync(loan, 20_000, "Sampul robek", LendingPortal.Librarian, Stop))).Value.Id;
        var paid = (await library.DoAsync((FinesLedger ledger) => ledger.PayAsync(fine, 5_000, PaymentMethod.Qris, $"slip-{fine}", LendingPortal.Librarian, Stop))).Value;
        var waived = (await library.DoAsync((FinesLedger ledger) => ledger.WaiveAsync(fine, 15_000, "Bukan salah Siti", LendingPortal.Librarian, Stop))).Value.Id;
        var (payment, waiver) = ($"/account/fines/receipt?payment={paid.Id}", $"/account/fines/receipt?waiver={waived}");

        var fines = await LendingPortal.ReadAsync(siti, "/account/fines");
        foreach (var address in (string[])[payment, waiver]) Assert.Contains($"href=\"{address}\"", fines, StringComparison.Ordinal);
        var slip = await LendingPortal.ReadAsync(siti, payment);
        foreach (var words in (string[])["Sang pemimpi", "Rp5.000", paid.ReceiptNumber, "QRIS", "Lunas"]) Assert.Contains(words, slip, StringComparison.Ordinal);
        Assert.Contains("Bukan salah Siti", await LendingPortal.ReadAsync(siti, waiver), StringComparison.Ordinal);
        Assert.Contains("A fine let go", await LendingPortal.ReadAsync(siti, "/en" + waiver), StringComparison.Ordinal);

        // Somebody else's key is not found, and neither are both at once nor none.
        foreach (var (person, address) in ((Somebody, string)[])[(budi, payment), (budi, waiver), (siti, "/account/fines/receipt"), (siti, payment + $"&waiver={waived}")])
        {
            using var answer = await person.Browser.GetAsync(address, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Where_nothing_was_fined_the_page_says_so() =>
        Assert.Contains("No fines", await LendingPortal.ReadAsync(await library.AMemberAsync(), "/en/account/fines"), StringComparison.Ordinal);

    [Fact]
    public async Task A_member_reads_once_more_what_was_sent_to_them_and_nobody_else_does()
    {
        var (siti, budi) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"));
        var message = await SentAsync(siti.Member.Id, "circulation.hold_ready", """{"title":"Laskar pelangi","branch":"Perpustakaan Kota Metro","pickupBy":"2026-01-09"}""");
        var secret = await SentAsync(siti.Member.Id, "accounts.recovery", "{}");

        var list = await LendingPortal.ReadAsync(siti, "/account/messages");
        var letter = await LendingPortal.ReadAsync(siti, $"/account/messages/{message}");
        using var foreign = await budi.Browser.GetAsync($"/account/messages/{message}", Stop);
        using var link = await siti.Browser.GetAsync($"/account/messages/{secret}", Stop);

        Assert.Contains($"/account/messages/{message}\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain($"/account/messages/{secret}\"", list, StringComparison.Ordinal);
        Assert.Contains("Laskar pelangi", letter, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, link.StatusCode));
    }

    [Fact]
    public async Task The_card_carries_the_barcode_that_the_desk_scans()
    {
        var siti = await library.AMemberAsync();

        var page = await LendingPortal.ReadAsync(siti, "/account/card");

        Assert.Contains(siti.Member.CardNumber!, page, StringComparison.Ordinal);
        Assert.Contains($"aria-label=\"Barcode {siti.Member.Barcode}\"", page, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"barcode\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guardian_shows_the_card_of_a_child()
    {
        var dewi = await library.AMemberAsync("Dewi Lestari");
        var ani = await library.AChildOfAsync(dewi.Member);

        Assert.Contains(ani.Member.CardNumber!, await LendingPortal.ReadAsync(dewi, $"/account/card?for={ani.Member.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_address_is_shown_once_and_the_old_one_dies_with_a_new_one()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Sang pemimpi"));
        await library.LendAsync(siti.Member, book.Barcodes[0]);

        var first = await MakeAddressAsync(siti, "/account/calendar");
        Assert.DoesNotContain("/calendar/", (await LendingPortal.ReadAsync(siti, "/account/calendar")).Replace("/account/calendar", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using var answer = await library.Portal.Visitor().GetAsync(first, Stop);
        var file = await answer.Content.ReadAsStringAsync(Stop);
        var second = await MakeAddressAsync(siti, "/account/calendar");
        using var old = await library.Portal.Visitor().GetAsync(first, Stop);

        Assert.Contains("SUMMARY:Kembalikan: Sang pemimpi", file, StringComparison.Ordinal);
        Assert.Contains("DTSTART;VALUE=DATE:20260112", file, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Contains("noindex", answer.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await library.Portal.Visitor().GetAsync(second, Stop)).StatusCode);

        using var ended = await LendingPortal.SendAsync(siti, "/account/calendar", "/account/calendar?handler=End");
        Assert.Equal(HttpStatusCode.NotFound, (await library.Portal.Visitor().GetAsync(second, Stop)).StatusCode);
    }

    [Fact]
    public async Task A_calendar_address_of_the_english_pages_speaks_english()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Saman"));
        await library.LendAsync(siti.Member, book.Barcodes[0]);

        var file = await library.Portal.Visitor().GetStringAsync(await MakeAddressAsync(siti, "/en/account/calendar"), Stop);

        Assert.Contains("SUMMARY:Return: Saman", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_does_not_know_the_address_of_a_calendar()
    {
        var siti = await library.AMemberAsync();

        var address = await MakeAddressAsync(siti, "/account/calendar");

        var hash = await library.DoAsync((LibraryDbContext db) => db.CalendarSecrets.Where(one => one.MemberId == siti.Member.Id).Select(one => one.Hash).SingleAsync(Stop));
        Assert.DoesNotContain(hash, address, StringComparison.Ordinal);
    }

    private static async Task<string> MakeAddressAsync(Somebody somebody, string page)
    {
        using var made = await LendingPortal.SendAsync(somebody, page, page + "?handler=Renew");
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var cookie = made.Headers.GetValues("Set-Cookie").Single(one => one.Contains("TempData", StringComparison.Ordinal)).Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Add("Cookie", somebody.Browser.DefaultRequestHeaders.GetValues("Cookie").Single() + "; " + cookie);
        using var answer = await somebody.Browser.SendAsync(request, Stop);
        return Address().Match(await LendingPortal.ReadAsync(answer)).Value;
    }

    private Task<long> SentAsync(long memberId, string kind, string payload) => library.DoAsync(async (LibraryDbContext db) =>
    {
        var about = new Subject("sample", Interlocked.Increment(ref subjects));
        await db.WriteAsync(async inner =>
        {
            await db.TellAsync(about, Library.Outbox.Recipient.Member(memberId, "id"), kind, library.Clock.UtcNow, System.Text.Json.JsonDocument.Parse(payload).RootElement, library.Clock.UtcNow, inner);
            await db.SaveChangesAsync(inner);
            var message = await db.OutboxMessages.SingleAsync(one => one.Subject == about.ToString(), inner);
            message.Sent(library.Clock.UtcNow);
            await db.SaveChangesAsync(inner);
        }, Stop);
        return await db.OutboxMessages.Where(one => one.Subject == about.ToString()).Select(one => one.Id).SingleAsync(Stop);
    });

    private static long subjects;

    [GeneratedRegex("http://localhost[a-z/]*/calendar/[A-Za-z0-9_-]+\\.ics", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
