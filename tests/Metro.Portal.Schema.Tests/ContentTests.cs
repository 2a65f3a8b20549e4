using Metro.Content;
using Metro.Library.Programs;
using Metro.Portal.Schema.Social;

namespace Metro.Portal.Schema.Tests;

/// <summary>What editors publish, and the kit for those who post about it.</summary>
public sealed class ContentTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Published_content_is_read_by_type_in_the_readers_language_and_drafts_are_not()
    {
        await PublishAsync("Workshop", "id", """{"TitlePart":{"Title":"Membatik Tapis"},"MarkdownBodyPart":{"Markdown":"Kita **membatik** bersama."},"Workshop":{"Summary":{"Text":"Belajar membatik motif tapis."},"StartsAt":{"Value":"2026-01-09T02:00:00Z"},"EndsAt":{"Value":"2026-01-09T04:00:00Z"},"Place":{"Text":"Ruang Kreatif"},"ProgramCode":{"Text":"BATIK"}}}""");
        await CreateAsync("Workshop", "id", """{"TitlePart":{"Title":"Rahasia"},"Workshop":{"Summary":{"Text":"Belum terbit."}}}""");

        var answer = await api.AskAsync("""{ workshops(order: STARTS, notOver: true) { items { type title summary language isFallback text html startsAt place url } hasNextPage } }""");
        var english = await api.AskAsync("""{ workshops { items { title isFallback } } searchContent(text: "membatik") { title type item { id } } contents(types: [WORKSHOP, NEWS_POST]) { items { title ... on Workshop { place } } } }""", path: "/en/graphql");

        Assert.Equal(
            """{"workshops":{"items":[{"type":"WORKSHOP","title":"Membatik Tapis","summary":"Belajar membatik motif tapis.","language":"ID","isFallback":false,"text":"Kita membatik bersama.","html":"<p>Kita <strong>membatik</strong> bersama.</p>\n","startsAt":"2026-01-09T02:00:00Z","place":"Ruang Kreatif","url":"http://localhost/workshops/membatik-tapis"}],"hasNextPage":false}}""",
            answer.Text);
        Assert.Equal("""[{"title":"Membatik Tapis","isFallback":true}]""", english.Data["workshops"]!["items"]!.ToJsonString());
        Assert.Equal("""[{"title":"Membatik Tapis","place":"Ruang Kreatif"}]""", english.Data["contents"]!["items"]!.ToJsonString());
        Assert.DoesNotContain("Rahasia", answer.Text + english.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_and_what_presents_it_lead_to_each_other()
    {
        var program = await api.AProgramAsync("Membatik", contentKey: "BATIK");
        await api.ASessionAsync(program);
        await PublishAsync("Workshop", "id", """{"TitlePart":{"Title":"Membatik Tapis"},"MarkdownBodyPart":{"Markdown":"Kita membatik bersama."},"Workshop":{"Summary":{"Text":"Belajar membatik."},"StartsAt":{"Value":"2026-01-07T02:00:00Z"},"ProgramCode":{"Text":"BATIK"}}}""");

        var answer = await api.AskAsync("{ programs { nodes { title presentation { title url } } } workshops { items { title program { title upcomingSessions { seatsLeft } } } } }");

        Assert.Equal(
            """{"programs":{"nodes":[{"title":"Membatik","presentation":{"title":"Membatik Tapis","url":"http://localhost/workshops/membatik-tapis"}}]},"workshops":{"items":[{"title":"Membatik Tapis","program":{"title":"Membatik","upcomingSessions":[{"seatsLeft":10}]}}]}}""",
            answer.Text);
    }

    [Fact]
    public async Task A_kit_has_captions_in_both_languages_that_fit_and_say_when_it_is_cancelled()
    {
        var program = await api.AProgramAsync("Membatik Tapis bersama para perajin Lampung");
        var session = await api.ASessionAsync(program);
        const string Kit = "{ sessions { nodes { socialKit { isCancelled link hashtags caption(network: X, language: EN) { text length limit } captions { network length limit } } } } }";

        var kit = (await api.AskAsync(Kit)).Data["sessions"]!["nodes"]![0]!["socialKit"]!;
        await api.DoAsync((ProgramPlanning planning) => planning.CancelAsync(session.Id, null, ApiUnderTest.Librarian, ApiUnderTest.Stop));
        var cancelled = (await api.AskAsync(Kit)).Data["sessions"]!["nodes"]![0]!["socialKit"]!;

        Assert.Equal(
            "Membatik Tapis bersama para perajin Lampung (en)\n🗓 Wednesday, 7 January 2026, 09:00–11:00 WIB\n📍 Metro City Library\n\nIkut dan belajar bersama.\n\nhttp://localhost/en/programs/1\n\n#Workshop",
            (string?)kit["caption"]!["text"]);
        Assert.All(kit["captions"]!.AsArray(), caption => Assert.InRange((int)caption!["length"]!, 20, (int)caption["limit"]!));
        Assert.Equal(6, kit["captions"]!.AsArray().Count);
        Assert.True((bool)cancelled["isCancelled"]!);
        Assert.StartsWith("CANCELLED: Membatik", (string?)cancelled["caption"]!["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("satu dua tiga empat", 20, "satu dua tiga empat")]
    [InlineData("satu dua tiga empat", 14, "satu dua tiga…")]
    [InlineData("satu dua, tiga", 10, "satu dua…")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, "👩‍👩‍👧‍👦…")]
    [InlineData("satu", 0, "")]
    public void A_text_is_cut_at_the_end_of_a_word_and_never_within_a_character(string text, int limit, string cut)
    {
        Assert.Equal(cut, CaptionWriter.Cut(text, limit));
        Assert.InRange(CaptionWriter.Length(CaptionWriter.Cut(text, limit)), 0, limit);
    }

    [Fact]
    public void However_long_the_words_are_every_caption_fits()
    {
        foreach (var length in (int[])[0, 5, 100, 279, 280, 281, 1000, 6000])
        {
            var words = new SocialWords(System.Globalization.CultureInfo.GetCultureInfo("en"), "T" + new string('a', length))
            {
                Summary = string.Concat(Enumerable.Repeat("kata 👍🏽 ", length)), Facts = [new string('b', length)], Link = new Uri("https://perpustakaan.example/en/programs/1"), Hashtags = ["#Workshop"], IsCancelled = true,
            };
            foreach (var network in Enum.GetValues<SocialNetwork>())
            {
                var caption = CaptionWriter.Write(network, words);
                Assert.True(caption.Length <= caption.Limit && caption.Length == CaptionWriter.Length(caption.Text), $"{network} {length}: {caption.Length} > {caption.Limit}");
                Assert.Contains("https://perpustakaan.example/en/programs/1", caption.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Books_and_news_have_kits_too()
    {
        await api.ABookAsync("Laskar Pelangi");
        await PublishAsync("NewsPost", "id", """{"TitlePart":{"Title":"Perpustakaan buka lagi"},"MarkdownBodyPart":{"Markdown":"Setelah libur panjang."},"NewsPost":{"Summary":{"Text":"Kami buka lagi mulai Senin."}}}""");

        var answer = await api.AskAsync("{ books { nodes { socialKit { caption(network: INSTAGRAM) { text } } } } news { items { title pinned socialKit { caption(network: THREADS) { text } pictures { url alt } } } } }");

        Assert.Equal("Laskar Pelangi\n✍️ Andrea Hirata\n\nhttp://localhost/catalog/1\n\n#Persahabatan", (string?)answer.Data["books"]!["nodes"]![0]!["socialKit"]!["caption"]!["text"]);
        Assert.Equal("Perpustakaan buka lagi\n\nKami buka lagi mulai Senin.\n\nhttp://localhost/news/perpustakaan-buka-lagi", (string?)answer.Data["news"]!["items"]![0]!["socialKit"]!["caption"]!["text"]);
    }

    [Fact]
    public async Task Twenty_items_with_pictures_terms_and_programs_cost_a_handful_of_commands()
    {
        for (var i = 0; i < 20; i++)
            await PublishAsync("Workshop", "id", """{"TitlePart":{"Title":"Lokakarya @"},"MarkdownBodyPart":{"Markdown":"Isi."},"Workshop":{"Summary":{"Text":"Ringkasan."},"StartsAt":{"Value":"2026-02-07T02:00:00Z"},"ProgramCode":{"Text":"P@"}}}""".Replace("@", $"{i}", StringComparison.Ordinal));
        const string List = "{ workshops(first: 20) { items { title image { url alt } topics { name } program { title } } } }";
        await api.AskAsync(List);
        api.Sql.Clear();

        Assert.Equal(20, (await api.AskAsync(List)).Data["workshops"]!["items"]!.AsArray().Count);
        Assert.InRange(api.Sql.Texts.Count, 1, 6);
    }

    private Task<string> CreateAsync(string type, string culture, string content) => api.DoAsync(async (ContentStore store) =>
    {
        var made = await store.CreateAsync(ContentUser.Portal, type, ContentJson.Read(content), culture, stop: ApiUnderTest.Stop);
        Assert.True(made.Succeeded, made.Succeeded ? "" : made.Refusal.ToString());
        return made.Result.ItemId;
    });

    private async Task PublishAsync(string type, string culture, string content)
    {
        var id = await CreateAsync(type, culture, content);
        await api.DoAsync(async (ContentStore store) =>
        {
            var latest = await api.DoAsync((ContentReader reader) => reader.FindLatestAsync(id, ApiUnderTest.Stop));
            var published = await store.PublishAsync(ContentUser.Portal, id, latest!.VersionId, stop: ApiUnderTest.Stop);
            Assert.True(published.Succeeded, published.Succeeded ? "" : System.Text.Json.JsonSerializer.Serialize(published.Refusal));
            return true;
        });
    }
}
