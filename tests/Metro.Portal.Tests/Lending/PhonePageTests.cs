using System.Net;
using System.Text.RegularExpressions;
using Metro.Library;
using Metro.Library.Circulation;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Lending;

/// <summary>Borrowing and returning by telephone, and the screens at the library.</summary>
public sealed partial class PhonePageTests(LendingPortal library) : IClassFixture<LendingPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_borrows_with_the_code_of_the_screen_and_gets_a_receipt()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Bumi manusia"));
        var pass = await ArriveAsync(siti, "/account/borrow", PointPurpose.Borrow);

        using var lent = await ScanAsync(siti, pass, "/account/borrow?handler=Lend", book.Barcodes[0]);
        var page = await ReadAsync(siti, pass, "/account/borrow");

        Assert.Equal((HttpStatusCode.Redirect, "/account/borrow"), (lent.StatusCode, lent.Headers.Location!.ToString()));
        Assert.Contains($"Bumi manusia ({book.Barcodes[0]}): kembali Senin, 12 Januari 2026", page, StringComparison.Ordinal);
        Assert.Equal(Channel.SelfService, await library.DoAsync((LibraryDbContext db) => db.Loans.Of(siti.Member.Id).Select(loan => loan.Channel).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Who_photographs_the_screen_comes_with_its_code()
    {
        var siti = await library.AMemberAsync();
        var screen = await library.Portal.Visitor().GetStringAsync(await ScreenAsync(PointPurpose.Borrow), Stop);

        using var answer = await siti.Browser.GetAsync("/account/borrow?code=" + Shown().Match(screen).Groups["code"].Value.Replace(" ", "", StringComparison.Ordinal), Stop);

        Assert.Equal((HttpStatusCode.Redirect, "/account/borrow"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Contains("metro-presence-borrow", answer.Headers.GetValues("Set-Cookie").Single(one => one.Contains("presence", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_or_old_code_is_refused_politely_and_too_many_have_to_wait()
    {
        var siti = await library.AMemberAsync();
        for (var times = 0; times < PresencePoints.MostWrongCodes; times++)
        {
            using var wrong = await LendingPortal.SendAsync(siti, "/account/borrow", "/account/borrow?handler=Arrive", ("Code", "AAA AAA"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("value=\"AAA AAA\"", await LendingPortal.ReadAsync(wrong), StringComparison.Ordinal);
        }

        using var answer = await LendingPortal.SendAsync(siti, "/account/borrow", "/account/borrow?handler=Arrive", ("Code", await CodeAsync(PointPurpose.Borrow)));

        Assert.Contains("Terlalu banyak kode yang salah", await LendingPortal.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_pass_nothing_is_lent()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Sang pemimpi"));

        using var answer = await LendingPortal.SendAsync(siti, "/account", "/account/borrow?handler=Lend", ("Barcode", book.Barcodes[0]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.False(await library.DoAsync((LibraryDbContext db) => db.Loans.Of(siti.Member.Id).AnyAsync(Stop)));
    }

    [Fact]
    public async Task A_refused_copy_says_why_beside_what_was_scanned()
    {
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"), await library.ABookAsync("Saman"));
        await library.LendAsync(budi.Member, book.Barcodes[0]);
        var pass = await ArriveAsync(siti, "/account/borrow", PointPurpose.Borrow);

        using var answer = await ScanAsync(siti, pass, "/account/borrow?handler=Lend", book.Barcodes[0]);
        var html = await LendingPortal.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"value=\"{book.Barcodes[0]}\"", html, StringComparison.Ordinal);
        Assert.Contains("Barcode-fault", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_returns_at_the_box_what_they_have()
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync("Supernova"));
        await library.LendAsync(siti.Member, book.Barcodes[0]);
        var pass = await ArriveAsync(siti, "/account/return", PointPurpose.Return);

        using var answer = await ScanAsync(siti, pass, "/account/return?handler=TakeIn", book.Barcodes[0]);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.False(await library.DoAsync((LibraryDbContext db) => db.Loans.Open().Of(siti.Member.Id).AnyAsync(Stop)));
    }

    [Fact]
    public async Task A_screen_asks_for_its_next_code_by_itself_and_its_address_cannot_be_made_up()
    {
        var address = await ScreenAsync(PointPurpose.Return);

        using var screen = await library.Portal.Visitor().GetAsync(address, Stop);
        using var madeUp = await library.Portal.Visitor().GetAsync(address[..^2] + "xx", Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (screen.StatusCode, madeUp.StatusCode));
        Assert.InRange(int.Parse(screen.Headers.GetValues("Refresh").Single(), System.Globalization.CultureInfo.InvariantCulture), 1, 30);
        Assert.True(screen.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Only_the_desk_sees_the_addresses_of_screens()
    {
        var (siti, rini) = (await library.AMemberAsync(), await library.ALibrarianAsync());

        using var answer = await siti.Browser.GetAsync("/desk/point", Stop);

        Assert.Contains("not-allowed", answer.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
        Assert.Contains(await ScreenAsync(PointPurpose.Borrow), await LendingPortal.ReadAsync(rini, "/desk/point"), StringComparison.Ordinal);
    }

    private async Task<string> ScreenAsync(PointPurpose purpose) => "/point/" + await library.DoAsync((PresencePoints points) => points.ScreenOfAsync(library.Main, purpose, Stop));

    private async Task<string> CodeAsync(PointPurpose purpose) => (await library.DoAsync((PresencePoints points) => points.ShowAsync(library.Main, purpose, Stop))).Code;

    /// <summary>The cookie with the pass.</summary>
    private async Task<string> ArriveAsync(Somebody somebody, string page, PointPurpose purpose)
    {
        using var arrived = await LendingPortal.SendAsync(somebody, page, page + "?handler=Arrive", ("Code", await CodeAsync(purpose)));
        Assert.Equal(HttpStatusCode.Redirect, arrived.StatusCode);
        return arrived.Headers.GetValues("Set-Cookie").Single(one => one.Contains("presence", StringComparison.Ordinal)).Split(';')[0];
    }

    private static async Task<HttpResponseMessage> ScanAsync(Somebody somebody, string pass, string to, string barcode)
    {
        using var open = await OpenAsync(somebody, pass, HttpMethod.Get, "/account", null);
        var antiforgery = open.Headers.TryGetValues("Set-Cookie", out var set) ? set.Where(one => one.Contains("Antiforgery", StringComparison.Ordinal)).Select(one => "; " + one.Split(';')[0]).FirstOrDefault() : null;
        return await OpenAsync(somebody, pass + antiforgery, HttpMethod.Post, to, Form.Of(await open.Content.ReadAsStringAsync(Stop), ("Barcode", barcode)));
    }

    private static async Task<string> ReadAsync(Somebody somebody, string pass, string page)
    {
        using var answer = await OpenAsync(somebody, pass, HttpMethod.Get, page, null);
        return await LendingPortal.ReadAsync(answer);
    }

    private static async Task<HttpResponseMessage> OpenAsync(Somebody somebody, string cookies, HttpMethod method, string address, HttpContent? form)
    {
        using var request = new HttpRequestMessage(method, address) { Content = form };
        request.Headers.Add("Cookie", somebody.Browser.DefaultRequestHeaders.GetValues("Cookie").Single() + "; " + cookies);
        return await somebody.Browser.SendAsync(request, Stop);
    }

    [GeneratedRegex("point__code\">(?<code>[^<]+)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shown();
}
