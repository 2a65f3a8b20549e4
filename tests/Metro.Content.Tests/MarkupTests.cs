using System.Text.Json.Nodes;
using AngleSharp.Dom;
using FsCheck;
using FsCheck.Fluent;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class MarkupTests
{
    [Theory]
    [InlineData("<p onclick=\"x()\">a</p>", "<p>a</p>")]
    [InlineData("<script>alert(1)</script>b", "b")]
    [InlineData("<img src=x onerror=alert(1)>", "<img src=\"x\" loading=\"lazy\">")]
    [InlineData("<img src=\"https://elsewhere.example/pixel.gif\" alt=\"Peta\">", "Peta")]
    [InlineData("<a href=\"javascript:alert(1)\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"java\nscript:alert(1)\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\" \u0001JaVaScRiPt:alert(1)\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"data:text/html,x\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"~/tentang\" target=\"_blank\">a</a>", "<a href=\"/tentang\" target=\"_blank\" rel=\"noopener\">a</a>")]
    [InlineData("<svg><p><style><img src=x onerror=1></style></p></svg>b", "<p></p>b")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=1>", "")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=1>\">", "")]
    [InlineData("<iframe src=\"https://x\"></iframe><form action=\"/x\"><b>tebal</b></form>", "<b>tebal</b>")]
    [InlineData("<td style=\"background:url(x)\">a", "a")]
    [InlineData("a & b < c", "a &amp; b &lt; c")]
    [InlineData("<b>tanpa tutup", "<b>tanpa tutup</b>")]
    public void Html_leaves_without_what_runs_frames_posts_styles_or_fetches_from_elsewhere(string written, string safe) =>
        Assert.Equal(safe, SafeHtml.Sanitise(written));

    [Fact]
    public void No_text_whatever_lets_script_through()
    {
        var pieces = Gen.Elements("<", ">", "\"", "'", "`", "=", "/", " ", "\n", "\0", "<script>", "</script>", "<svg", "<math>", "<style>", "</style>", "<!--", "-->", "<![CDATA[", "]]>",
            "<img src=x onerror=a()>", "<a href=", "javascript:a()", "&#106;avascript:", "&Tab;", "<p>", "</p>", "<table>", "<td>", "<template>", "<title>", "<textarea>", "<noscript>", "<xmp>",
            "<mtext>", "<mglyph>", "<annotation-xml encoding=text/html>", "<foreignObject>", " onload=a()", " style=x:expression(1)", "**", "](javascript:a())", "[x](", "<b>", "kata");
        Prop.ForAll(Arb.From(Gen.ListOf(pieces).Select(string.Concat)), text =>
        {
            var html = SafeHtml.Sanitise(text);
            return IsHarmless(html) && IsHarmless(SafeHtml.Sanitise(html)) && IsHarmless(MarkdownText.ToHtml(text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));
    }

    [Fact]
    public void Nesting_without_end_neither_crashes_nor_gets_through()
    {
        Assert.StartsWith("&lt;div&gt;", SafeHtml.Sanitise(string.Concat(Enumerable.Repeat("<div>", 100_000)) + "<script>"), StringComparison.Ordinal);
        Assert.Contains("&gt;", MarkdownText.ToHtml(new string('>', 5_000) + "dalam"), StringComparison.Ordinal);
        Assert.Equal(1_000, SafeHtml.Parse(SafeHtml.Sanitise(string.Concat(Enumerable.Repeat("<p>a", 1_000)))).Length);
    }

    [Theory]
    [InlineData("**tebal** dan ~~coret~~", "<p><strong>tebal</strong> dan <del>coret</del></p>\n")]
    [InlineData("[situs](https://metrokota.go.id)", "<p><a href=\"https://metrokota.go.id\">situs</a></p>\n")]
    [InlineData("<b onclick=x>a</b>", "<p><b>a</b></p>\n")]
    public void Markdown_is_rendered_by_the_one_renderer(string written, string html) => Assert.Equal(html, MarkdownText.ToHtml(written));

    [Theory]
    [InlineData("# Judul", "content.heading.first")]
    [InlineData("## Dua\n\n#### Empat", "content.heading.skipped")]
    [InlineData("![](/media/a.png)", "content.image.alt")]
    [InlineData("[](/tentang)", "content.link.empty")]
    [InlineData("[klik di sini](/tentang)", "content.link.vague")]
    [InlineData("[Read more…](/about)", "content.link.vague")]
    public void Checks_find_what_makes_a_text_hard_to_use(string markdown, string code) =>
        Assert.Contains(code, ContentChecks.Of(null, APage("x", markdown), "id").Select(fault => fault.Code));

    [Theory]
    [InlineData("## Dua\n\n### Tiga\n\n## Dua lagi")]
    [InlineData("![Gedung](/media/a.png)")]
    [InlineData("![](/media/hiasan.png \"-\")")]
    [InlineData("[Jam buka](/jam-buka)")]
    [InlineData("[![Peta](/media/peta.png)](/lokasi)")]
    public void Checks_let_a_good_text_be(string markdown) => Assert.Empty(ContentChecks.Of(null, APage("x", markdown), "id"));

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777", "#fff", 4.48)]
    [InlineData("#7a1f2b", "#ffffff", 10.20)]
    public void Contrast_is_wcags(string text, string ground, double ratio) => Assert.Equal(ratio, Contrast.Between(text, ground)!.Value, 2);

    [Fact]
    public void A_plain_text_is_easy_and_an_official_letter_hard_in_both_languages()
    {
        Assert.Equal(ReadingDifficulty.Easy, ReadingLevel.Of("Perpustakaan buka pukul delapan. Anda boleh pinjam dua buku. Bawa kartu Anda.", "id").Difficulty);
        Assert.Equal(ReadingDifficulty.Easy, ReadingLevel.Of("We open at eight. You may take two books home. Bring your card.", "en").Difficulty);
        Assert.Equal(ReadingDifficulty.Hard, ReadingLevel.Of(
            "Sehubungan dengan penyelenggaraan pembinaan kepustakawanan berkelanjutan sebagaimana dimaksudkan dalam peraturan perundang-undangan, seluruh pemangku kepentingan dipersilakan menyampaikan pertanggungjawaban administratif selambat-lambatnya sebelum pelaksanaan kegiatan", "id").Difficulty);
        Assert.Equal(new ReadingLevel(0, 0, 0, 0), ReadingLevel.Of("", "id"));
        Assert.Equal((4, 2, 1), ReadingLevel.Of("Satu dua. Tiga empat!", "id") is var level ? (level.Words, level.Sentences, level.Minutes) : default);
    }

    [Fact]
    public async Task A_link_to_nowhere_is_found_before_and_after_publishing()
    {
        await using var office = await OpenAsync();
        var target = await office.Published("Page", APage("Jam buka"));
        var item = await office.Published("Page", APage("Tentang", "[Jam](/jam-buka) [Hilang](/hilang) [Katalog](/catalog/1) [Beranda](/en) [Luar](https://x.example/)"));

        Assert.Equal(["hilang"], (await office.Store.ValidateAsync(item.ItemId, stop: Stop))!.Where(fault => fault.Code == "content.link.broken").Select(fault => fault.Values[0]));
        await office.Store.UnpublishAsync(Editor, target.ItemId, stop: Stop);
        Assert.Equal(["hilang", "jam-buka"], (await office.Links.BrokenAsync(stop: Stop)).Links.Select(link => link.Target).Order());
    }

    [Fact]
    public async Task Faulty_text_stands_in_the_way_of_publishing_and_advice_does_not()
    {
        await using var office = await OpenAsync();
        var faulty = await office.Draft("Page", APage("Tentang", "![](/media/a.png)"));

        Assert.Contains((await office.Store.PublishAsync(Editor, faulty.ItemId, faulty.VersionId, stop: Stop)).Refusal!.Faults, fault => fault.Code == "content.image.alt");
        await office.Published("Page", APage("Tentang", "[klik di sini](/hilang)"));
    }

    private static bool IsHarmless(string html) => SafeHtml.Parse(html).SelectMany(node => node.GetDescendantsAndSelf()).OfType<IElement>().All(element =>
        element.NamespaceUri == "http://www.w3.org/1999/xhtml"
        && element.LocalName is not ("script" or "style" or "iframe" or "object" or "embed" or "form" or "template" or "noscript" or "base" or "meta" or "link")
        && element.Attributes.All(attribute => !attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) && attribute.Name != "style"
            && !(attribute.Name is "href" or "src" && attribute.Value.Trim().StartsWith("javascript", StringComparison.OrdinalIgnoreCase))));

    [Fact]
    public void Checks_look_into_what_is_inside_and_say_where()
    {
        var page = APage("x");
        page["FlowPart"] = new JsonObject
        {
            ["Widgets"] = new JsonArray(
                new JsonObject { ["ContentItemId"] = "4w", ["ContentType"] = "Paragraph", ["HtmlBodyPart"] = new JsonObject { ["Html"] = "<img src=\"/media/a.png\">" } },
                new JsonObject { ["ContentItemId"] = "4v", ["ContentType"] = "Quote", ["QuoteText"] = new JsonObject { ["Words"] = new JsonObject { ["Html"] = "<h1>x</h1>" } } }),
        };

        Assert.Equal(
            [("content.image.alt", "$.FlowPart.Widgets[0].HtmlBodyPart.Html"), ("content.heading.first", "$.FlowPart.Widgets[1].QuoteText.Words.Html")],
            ContentChecks.Of(null, page, "id").Select(fault => (fault.Code, fault.Path)));
    }
}
