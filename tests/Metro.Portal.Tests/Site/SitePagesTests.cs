using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Metro.Portal.Tests.Site;

public sealed partial class SitePagesTests(FurnishedPortal furnished) : IClassFixture<FurnishedPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "Buka sekarang, sampai 16.00")]
    [InlineData("/en", "Open now, until 16:00")]
    public async Task Every_page_says_whether_the_library_is_open(string path, string words)
    {
        Assert.Contains(words, await ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_page_leads_to_search_events_books_e_resources_and_news()
    {
        var html = await ReadAsync("/");

        Assert.Contains("action=\"/search\"", html, StringComparison.Ordinal);
        foreach (var section in (string[])["id=\"events\"", "id=\"new-books\"", "id=\"e-resources\"", "id=\"news\""]) Assert.Contains(section, html, StringComparison.Ordinal);
        Assert.Equal("Library", (string?)(await DataAsync("/"))["@type"]);
    }

    [Fact]
    public async Task The_menu_is_the_editors_one_in_the_readers_language()
    {
        Assert.Contains("<a href=\"/catalog\">Katalog</a>", await ReadAsync("/"), StringComparison.Ordinal);
        Assert.Contains("href=\"/en/catalog\"", await ReadAsync("/en"), StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\"", await ReadAsync("/catalog"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_name_the_days_on_which_others_hold()
    {
        var html = await ReadAsync("/en/hours");

        Assert.Contains("08:00–11:30, 13:30–16:00", html, StringComparison.Ordinal);
        Assert.Contains("Joint leave", html, StringComparison.Ordinal);
        Assert.Contains("Thursday, 8 January 2026", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E_resources_are_chosen_by_their_format()
    {
        var all = await ReadAsync("/en/e-resources");
        var guides = await ReadAsync("/en/e-resources?format=pdf");
        var nothing = await ReadAsync("/en/e-resources?format=papyrus");

        Assert.Contains("Citing sources", guides, StringComparison.Ordinal);
        Assert.DoesNotContain("The kitchen garden", guides, StringComparison.Ordinal);
        Assert.Contains("The kitchen garden", all, StringComparison.Ordinal);
        Assert.Contains("<option value=\"journals\">Journals</option>", all, StringComparison.Ordinal);
        // What is not offered is not asked for.
        Assert.Contains("The kitchen garden", nothing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/news")]
    [InlineData("/en/news")]
    [InlineData("/faq")]
    [InlineData("/e-resources")]
    [InlineData("/privacy")]
    [InlineData("/en/privacy")]
    [InlineData("/accessibility")]
    [InlineData("/en/accessibility")]
    public async Task Every_public_page_is_there(string path)
    {
        using var answer = await furnished.Portal.CreateClient().GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Matches("<h1[^>]*>[^<]+</h1>", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("/e-resources?topic=nonsense&audience=x&access=y&after=zzz")]
    [InlineData("/news?after=bm90LW91cnM")]
    [InlineData("/news?after=TmV3ZXN0CjAKCjR4")]
    [InlineData("/catalog?format=Stone&format=7&language=x&branch=abc&from=zz&after=nonsense&skipped=-5&sort=upwards")]
    [InlineData("/search?q=x&part=nonsense&skip=abc")]
    public async Task Nonsense_in_an_address_is_passed_over(string path)
    {
        using var answer = await furnished.Portal.Visitor().GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_suggests_what_may_have_been_meant()
    {
        using var answer = await furnished.Portal.Visitor().GetAsync("/buku/laskar-pelangi.html", Stop);
        var html = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains($"href=\"/catalog/{furnished.LaskarPelangi}\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"laskar pelangi\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/search?q=pelangi", "Laskar pelangi")]
    [InlineData("/search?q=pelanggi", "Laskar pelangi")]
    [InlineData("/search?q=batik", "id=\"part-programs\"")]
    [InlineData("/search?q=ipusnas", "id=\"part-e-resources\"")]
    [InlineData("/search?q=ruang", "id=\"part-spaces\"")]
    public async Task One_search_finds_books_programs_e_resources_and_spaces(string path, string found)
    {
        Assert.Contains(found, await ReadAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("كتاب المكتبة")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("%' OR 1=1 --")]
    [InlineData(LongText)]
    public async Task Whatever_is_searched_for_gets_a_useful_answer(string words)
    {
        foreach (var page in (string[])["/search", "/en/catalog"])
        {
            using var answer = await furnished.Portal.Visitor().GetAsync($"{page}?q={Uri.EscapeDataString(words == LongText ? string.Concat(Enumerable.Repeat("perpustakaan ", 160)) : words)}", Stop);
            var html = await answer.Content.ReadAsStringAsync(Stop);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.True(html.Contains("class=\"empty\"", StringComparison.Ordinal) || html.Contains("book-row", StringComparison.Ordinal) || html.Contains("class=\"hits\"", StringComparison.Ordinal));
        }
    }

    private const string LongText = "2,000 characters";

    [Fact]
    public async Task Who_searches_too_fast_is_told_when_to_come_back()
    {
        await using var portal = new PortalUnderTest { Clock = new Metro.Testing.FakeClock() };
        var visitor = portal.Visitor();
        HttpResponseMessage answer;
        var asked = 0;
        do
        {
            answer = await visitor.GetAsync("/en/search?q=x", Stop);
        }
        while (answer.StatusCode == HttpStatusCode.OK && ++asked < 500);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("One moment, please", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/catalog", "/catalog")]
    [InlineData("/en/catalog", "/en/catalog")]
    [InlineData("/search?q=x", "/search")]
    public async Task Every_page_names_its_one_address(string path, string canonical)
    {
        Assert.Contains($"<link rel=\"canonical\" href=\"http://localhost{canonical}\"", await ReadAsync(path), StringComparison.Ordinal);
    }

    private Task<string> ReadAsync(string path) => furnished.Portal.Visitor().GetStringAsync(path, Stop);

    private async Task<JsonNode> DataAsync(string path) => JsonNode.Parse(StructuredData().Match(await ReadAsync(path)).Groups["data"].Value)!;

    [GeneratedRegex("<script type=\"application/ld\\+json\">(?<data>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex StructuredData();
}
