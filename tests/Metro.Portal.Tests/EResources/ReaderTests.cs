using System.IO.Compression;
using System.Net;
using System.Text;
using Metro.Content;
using Metro.Portal.Pages.EResources;
using Metro.Portal.Tests.Site;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.EResources;

/// <summary>Books and documents read in the browser.</summary>
public sealed class ReaderTests(FurnishedPortal library) : IClassFixture<FurnishedPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_book_is_read_part_by_part_by_links_alone()
    {
        var visitor = library.Portal.Visitor();

        Assert.Contains("href=\"/e-resources/kiat-mendongeng/read\"", await visitor.GetStringAsync("/e-resources/kiat-mendongeng", Stop), StringComparison.Ordinal);
        var (address, parts) = ("/e-resources/kiat-mendongeng/read", new List<string>());
        for (string? next = address; next is not null; next = Next(parts[^1])) parts.Add(await visitor.GetStringAsync(next, Stop));

        Assert.Equal(5, parts.Count);
        Assert.Contains("Pilih cerita yang Anda sukai", parts[1], StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Equal(1, part.Split("<h1").Length - 1));
        Assert.All(parts, part => Assert.DoesNotContain("pdf-reader", part, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_book_is_read_in_the_language_of_its_page()
    {
        var page = await library.Portal.Visitor().GetStringAsync("/en/e-resources/tips-for-storytellers/read/2", Stop);

        Assert.Contains("Choose a story you like", page, StringComparison.Ordinal);
        Assert.Contains("/en/e-resources/tips-for-storytellers/read/3", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_of_a_book_is_served_and_nothing_else_of_it()
    {
        var visitor = library.Portal.Visitor();

        using var cover = await visitor.GetAsync("/e-resources/kiat-mendongeng/read?handler=picture&picture=EPUB%2Fcover.jpg", Stop);
        using var package = await visitor.GetAsync("/e-resources/kiat-mendongeng/read?handler=picture&picture=EPUB%2Fpackage.opf", Stop);
        using var outside = await visitor.GetAsync("/e-resources/kiat-mendongeng/read?handler=picture&picture=..%2F..%2Fmetro.jpg", Stop);

        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (cover.StatusCode, cover.Content.Headers.ContentType!.MediaType));
        Assert.Contains("sandbox", cover.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (package.StatusCode, outside.StatusCode));
    }

    [Fact]
    public async Task A_document_is_drawn_by_a_script_and_its_file_is_at_hand_without()
    {
        var page = await library.Portal.Visitor().GetStringAsync("/e-resources/menulis-sitasi/read", Stop);

        Assert.Contains("href=\"/media/e-resources/menulis-sitasi.id.pdf\"", page, StringComparison.Ordinal);
        Assert.Matches("src=\"/_content/Metro.Theme/dist/pdf-reader[^\"]*js\"", page);
    }

    [Theory]
    [InlineData("/e-resources/kiat-mendongeng/read/6")]
    [InlineData("/e-resources/kiat-mendongeng/read/0")]
    [InlineData("/e-resources/menulis-sitasi/read/2")]
    [InlineData("/e-resources/tidak-ada/read")]
    [InlineData("/e-resources/indonesia-onesearch/read")]
    public async Task What_is_not_there_to_be_read_is_not_found(string address)
    {
        using var answer = await library.Portal.Visitor().GetAsync(address, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_for_members_asks_visitors_to_sign_in()
    {
        await ImportAsync("""
            {"name":"members","steps":[{"name":"content","data":[{"ContentItemId":"4memberbook","ContentType":"EResource","Published":true,"Latest":true,
              "TitlePart":{"Title":"Untuk anggota"},"LocalizationPart":{"LocalizationSet":"4memberset","Culture":"id"},
              "EResource":{"Summary":{"Text":"Hanya anggota."},"Address":{"Url":"https://example.org","Text":"x"},"Access":{"Text":"members"},
                "File":{"Paths":["e-resources/mendongeng.id.epub"]}}}]}]}
            """);

        using var answer = await library.Portal.Visitor().GetAsync("/e-resources/untuk-anggota/read", Stop);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/account/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_a_book_brings_runs_or_leads_out_of_it()
    {
        using var book = EpubBook.Open(Epub("""
            <html><body onload="steal()"><h1>Satu</h1><script>steal()</script><p onclick="steal()" style="x:y">Teks</p>
            <iframe src="https://evil.example"></iframe><img src="../../../etc/passwd" alt="a"/><img src="https://evil.example/x.png" alt="b"/>
            <a href="javascript:steal()">c</a><a href="two.xhtml#x">d</a><a href="../../keluar.xhtml">e</a></body></html>
            """))!;

        var html = book.Html(0, at => $"/part/{at}", path => $"/picture/{path}");

        Assert.Contains("<h2>Satu</h2>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/part/1\"", html, StringComparison.Ordinal);
        foreach (var harm in (string[])["script", "steal", "onclick", "style", "iframe", "evil.example", "javascript", "passwd\" alt=\"a\"><img src=\"h"])
            Assert.DoesNotContain(harm, html, StringComparison.OrdinalIgnoreCase);
        Assert.Null(book.Picture("etc/passwd"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK\u0003\u0004 no zip")]
    [InlineData("%PDF-1.7")]
    public void A_file_that_is_no_book_is_told_apart(string text) => Assert.Null(EpubBook.Open(new MemoryStream(Encoding.Latin1.GetBytes(text))));

    private static MemoryStream Epub(string chapter)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put("META-INF/container.xml", """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>""");
            Put("OPS/book.opf", """
                <package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Buku</dc:title></metadata>
                <manifest><item id="a" href="one.xhtml" media-type="application/xhtml+xml"/><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/></manifest>
                <spine><itemref idref="a"/><itemref idref="b"/></spine></package>
                """);
            Put("OPS/one.xhtml", chapter);
            Put("OPS/two.xhtml", "<html><body><p>Dua</p></body></html>");

            void Put(string name, string text)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file;
    }

    private static string? Next(string page)
    {
        var at = page.IndexOf("rel=\"next\"", StringComparison.Ordinal);
        if (at < 0) return null;
        var from = page.IndexOf("href=\"", at, StringComparison.Ordinal) + 6;
        return page[from..page.IndexOf('"', from)];
    }

    private async Task ImportAsync(string recipe)
    {
        await using var scope = library.Portal.Services.CreateAsyncScope();
        using var package = RecipePackage.Read(new MemoryStream(Encoding.UTF8.GetBytes(recipe))).Result!;
        var imported = await scope.ServiceProvider.GetRequiredService<RecipeImport>().ImportAsync(ContentUser.Portal, package, new RecipeOptions(), Stop);
        Assert.True(imported.Succeeded, string.Join("; ", imported.Refusal?.Faults ?? []));
    }
}
