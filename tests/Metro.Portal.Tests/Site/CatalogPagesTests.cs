using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Marc;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Metro.Portal.Pages.Catalog;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Site;

public sealed partial class CatalogPagesTests(FurnishedPortal furnished) : IClassFixture<FurnishedPortal>
{
    private const string Password = "buku di rak ketiga";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_leafed_through_to_its_end_without_repeating_or_losing_a_title()
    {
        var seen = new List<string>();
        for (var path = "/catalog?sort=Title"; path is not null;)
        {
            var html = await ReadAsync(path);
            seen.AddRange(BookLink().Matches(html).Select(link => link.Groups["id"].Value));
            path = WebUtility.HtmlDecode(NextLink().Match(html).Groups["address"].Value) is { Length: > 0 } next ? next : null;
        }

        Assert.Equal(29, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("ind", "id", "Indonesia")]
    [InlineData("dut", "en", "Dutch")]
    [InlineData("ljp", "id", "Lampung (Api)")]
    [InlineData("abl", "en", "Lampung Nyo")]
    public void A_language_is_called_by_its_name_in_the_readers_language(string code, string language, string name)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Equal(name, LanguageNames.Of(code));
    }

    [Fact]
    public async Task Facets_say_how_many_titles_each_choice_leaves_and_can_be_taken_back()
    {
        var all = await ReadAsync("/en/catalog");
        var braille = await ReadAsync("/en/catalog?format=Braille");

        Assert.Matches("value=\"Braille\"[^>]*>\\s*<label[^>]*>Braille[^<]*<span class=\"count\">1</span>", all);
        Assert.Contains("1 title", braille, StringComparison.Ordinal);
        Assert.Contains("Remove filter", braille, StringComparison.Ordinal);
        Assert.Contains("Accessible format", braille, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_book_page_says_where_each_copy_is()
    {
        var html = await ReadAsync($"/catalog/{furnished.LaskarPelangi}");

        Assert.Contains("Pojok Baca Yosomulyo", html, StringComparison.Ordinal);
        Assert.Contains("899.221 HIR l", html, StringComparison.Ordinal);
        Assert.Contains("Ada di rak", html, StringComparison.Ordinal);
        Assert.Contains("Sang pemimpi", html, StringComparison.Ordinal);
        var data = JsonNode.Parse(StructuredData().Match(html).Groups["data"].Value)!;
        Assert.Equal(("Book", "Laskar pelangi", "Andrea Hirata"), ((string?)data["@type"], (string?)data["name"], (string?)data["author"]![0]!["name"]));
    }

    [Theory]
    [InlineData("/catalog/999999")]
    [InlineData("/catalog/0")]
    [InlineData("/catalog/-1")]
    [InlineData("/catalog/abc")]
    [InlineData("/catalog/99999999999999999999")]
    [InlineData("/catalog/999999/marc")]
    [InlineData("/catalog/999999/ris")]
    public async Task A_book_that_is_not_there_is_not_found(string path)
    {
        using var answer = await furnished.Portal.Visitor().GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_book_can_be_taken_away_as_MARC_in_both_forms()
    {
        var visitor = furnished.Portal.Visitor();
        foreach (var form in (string[])["marc", "marcxml"])
        {
            await using var file = await visitor.GetStreamAsync($"/catalog/{furnished.LaskarPelangi}/{form}", Stop);
            using var memory = new MemoryStream();
            await file.CopyToAsync(memory, Stop);
            memory.Position = 0;
            var titles = new List<string>();
            await foreach (var read in MarcReader.ReadAsync(memory, Stop)) titles.Add(read.Record!.First("245", 'a') ?? "");
            Assert.StartsWith("Laskar pelangi", Assert.Single(titles), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_short_link_leads_to_the_book_and_has_a_QR_code()
    {
        using var answer = await furnished.Portal.Visitor().GetAsync($"/b/{furnished.LaskarPelangi}", Stop);
        var drawing = await ReadAsync($"/b/{furnished.LaskarPelangi}/qr.svg");

        Assert.Equal($"/catalog/{furnished.LaskarPelangi}", answer.Headers.Location?.OriginalString);
        Assert.StartsWith("<svg", drawing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cover.png", 600, 900)]
    [InlineData("share.png", 1200, 630)]
    public async Task A_book_has_a_picture_of_cloth_for_those_who_draw_no_styles(string file, int width, int height)
    {
        using var answer = await furnished.Portal.CreateClient().GetAsync($"/b/{furnished.LaskarPelangi}/{file}", Stop);
        var png = await answer.Content.ReadAsByteArrayAsync(Stop);

        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl is { Public: true, MaxAge: not null });
        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        // Cloth and thread both show: neither fills less than a twentieth.
        Assert.InRange(ShareOfThread(png, width, height), 0.05, 0.95);
        Assert.Equal(png, await furnished.Portal.CreateClient().GetByteArrayAsync($"/b/{furnished.LaskarPelangi}/{file}", Stop));
        Assert.Contains($"property=\"og:image\" content=\"http://localhost/b/{furnished.LaskarPelangi}/share.png\"", await ReadAsync($"/catalog/{furnished.LaskarPelangi}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await furnished.Portal.CreateClient().GetAsync($"/b/999999/{file}", Stop)).StatusCode);
    }

    /// <summary>How much of a picture of two colours is thread: its second colour.</summary>
    private static double ShareOfThread(byte[] png, int width, int height)
    {
        var data = png.AsSpan().IndexOf("IDAT"u8);
        using var inflate = new ZLibStream(new MemoryStream(png, data + 4, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data - 4))), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        inflate.CopyTo(rows);
        Assert.Equal(height * (1 + ((width + 7) / 8)), rows.Length);
        return rows.ToArray().Sum(octet => BitOperations.PopCount(octet)) / (double)(width * height);
    }

    [Fact]
    public async Task Books_are_cited_as_the_styles_ask()
    {
        await using var scope = furnished.Portal.Services.CreateAsyncScope();
        var title = await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Titles.Whole().SingleAsync(one => one.Id == furnished.LaskarPelangi, Stop);

        var cited = Citation.Of(title).Select(one => (one.Before + one.Title + one.After).TrimEnd()).ToList();

        Assert.Equal(
        [
            "Hirata, A. (2005). Laskar pelangi. Bentang.",
            "Hirata, Andrea. Laskar pelangi. Bentang, 2005.",
            "Hirata, Andrea. Laskar pelangi. Yogyakarta: Bentang, 2005.",
        ], cited);
        Assert.Contains("author = {Hirata, Andrea}", Citation.BibTex(title, "x"), StringComparison.Ordinal);
        Assert.Contains("AU  - Hirata, Andrea\r\n", Citation.Ris(title, "x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggestions_come_while_one_types()
    {
        var suggestions = JsonNode.Parse(await ReadAsync("/catalog/suggestions?q=lask"))!.AsArray();

        Assert.Contains("Laskar pelangi", suggestions.Select(one => (string?)one!["text"]));
    }

    [Fact]
    public async Task A_visitor_is_sent_to_sign_in_to_reserve_and_comes_back_to_the_book()
    {
        var html = await ReadAsync($"/en/catalog/{furnished.LaskarPelangi}");

        Assert.Contains($"/en/account/sign-in?returnTo=%2Fen%2Fcatalog%2F{furnished.LaskarPelangi}%23hold", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_reserves_a_book_and_sees_it_on_its_page()
    {
        var (browser, memberId) = await SignedInMemberAsync();
        var book = $"/catalog/{furnished.LaskarPelangi}";
        var page = await browser.GetStringAsync(book, Stop);
        var branch = Regex.Match(page, "<option value=\"(?<id>\\d+)\"", RegexOptions.ExplicitCapture).Groups["id"].Value;

        using var placed = await browser.PostAsync(book + "?handler=Hold", Form.Of(page, ("branch", branch)), Stop);

        Assert.Equal(HttpStatusCode.Redirect, placed.StatusCode);
        Assert.Contains("disisihkan untuk Anda", await browser.GetStringAsync(book, Stop), StringComparison.Ordinal);
        await using var scope = furnished.Portal.Services.CreateAsyncScope();
        Assert.Equal(memberId, (await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Holds.SingleAsync(hold => hold.TitleId == furnished.LaskarPelangi, Stop)).MemberId);
    }

    [Fact]
    public async Task A_reservation_that_is_refused_says_why()
    {
        var (browser, _) = await SignedInMemberAsync();
        await using var scope = furnished.Portal.Services.CreateAsyncScope();
        var bare = await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Titles.Where(title => title.Name == "Bumi manusia").Select(title => title.Id).SingleAsync(Stop);
        var page = await browser.GetStringAsync($"/catalog/{furnished.LaskarPelangi}", Stop);

        using var answer = await browser.PostAsync($"/catalog/{bare}?handler=Hold", Form.Of(page, ("branch", "1")), Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private async Task<(HttpClient Browser, long MemberId)> SignedInMemberAsync()
    {
        var email = $"{Guid.NewGuid():N}@contoh.example";
        await using var scope = furnished.Portal.Services.CreateAsyncScope();
        var registered = await scope.ServiceProvider.GetRequiredService<Registrations>().RegisterAtDeskAsync(new MembershipApplication(new MemberDetails("Sari", new DateOnly(1990, 1, 1), email, "0725-41234"), MemberCategory.Adult, NextNik()), Actor.Staff("1", "Ratna"), Stop);
        Assert.Null(registered.Refusal);
        var account = new Account { UserName = email, Email = email, DisplayName = "Sari", MemberId = registered.Value.Id, CreatedUtc = DateTime.UnixEpoch };
        Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password)).Succeeded);

        var browser = furnished.Portal.Visitor();
        var form = await browser.GetStringAsync("/account/sign-in", Stop);
        using var answer = await browser.PostAsync("/account/sign-in", Form.Of(form, ("Email", email), ("Password", Password)), Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return (browser, registered.Value.Id);
    }

    private static string NextNik() => $"187201410190{Interlocked.Increment(ref people):0000}";

    private static int people;

    private Task<string> ReadAsync(string path) => furnished.Portal.Visitor().GetStringAsync(path, Stop);

    [GeneratedRegex("class=\"book-row__title\"><a href=\"/catalog/(?<id>\\d+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex BookLink();

    [GeneratedRegex("href=\"(?<address>[^\"]+)\" rel=\"next\"", RegexOptions.ExplicitCapture)]
    private static partial Regex NextLink();

    [GeneratedRegex("<script type=\"application/ld\\+json\">(?<data>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex StructuredData();
}
