using System.Text.Json.Nodes;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class MediaTests
{
    public static TheoryData<string, byte[], string, int?, int?> Files => new()
    {
        { "a.png", Pictures.Png(640, 480), "image/png", 640, 480 },
        { "a.jpg", Pictures.Jpeg(4000, 3000), "image/jpeg", 4000, 3000 },
        { "a.gif", Pictures.Gif(12, 34), "image/gif", 12, 34 },
        { "a.webp", Pictures.WebP(300, 200), "image/webp", 300, 200 },
        { "a.avif", Pictures.Avif(1920, 1080), "image/avif", 1920, 1080 },
        { "a.pdf", Pictures.Text("%PDF-1.7\n"), "application/pdf", null, null },
        { "a.epub", [.. "PK\u0003\u0004"u8, .. new byte[26], .. "mimetypeapplication/epub+zip"u8], "application/epub+zip", null, null },
        { "a.mp3", [.. "ID3"u8, .. new byte[20]], "audio/mpeg", null, null },
        { "a.ogg", [.. "OggS"u8, .. new byte[20]], "audio/ogg", null, null },
        { "a.m4a", [0, 0, 0, 20, .. "ftypM4A "u8, .. new byte[20]], "audio/mp4", null, null },
        { "a.mp4", [0, 0, 0, 20, .. "ftypisom"u8, .. new byte[20]], "video/mp4", null, null },
        { "a.webm", [0x1a, 0x45, 0xdf, 0xa3, .. new byte[10], .. "webm"u8, .. new byte[20]], "video/webm", null, null },
    };

    [Theory, MemberData(nameof(Files))]
    public async Task A_file_is_what_its_bytes_say(string name, byte[] bytes, string type, int? width, int? height)
    {
        await using var office = await OpenAsync();

        var asset = Done(await office.Media.UploadAsync(Author, "", name, new MemoryStream(bytes), Stop));

        Assert.Equal((name, type, width, height, bytes.Length), (asset.Path, asset.ContentType, asset.Width, asset.Height, asset.Size));
        using var stored = new MemoryStream();
        await using (var stream = office.Media.Open(asset)!) await stream.CopyToAsync(stored, Stop);
        Assert.Equal(bytes, stored.ToArray());
    }

    [Theory]
    [InlineData("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")]
    [InlineData("a.png", "<!doctype html><script>alert(1)</script>")]
    [InlineData("a.jpg", "MZ\u0090")]
    [InlineData("a.epub", "PK\u0003\u0004 an ordinary zip, or an Office file")]
    [InlineData("a.heic", "\0\0\0\u0018ftypheic")]
    [InlineData("a.png", "")]
    public async Task What_could_run_or_is_unknown_is_refused_whatever_its_name(string name, string text)
    {
        await using var office = await OpenAsync();

        Assert.Equal("media.unknown_kind", Refused(await office.Media.UploadAsync(Author, "", name, new MemoryStream(Pictures.Text(text)), Stop)));
        Assert.DoesNotContain(Directory.EnumerateFiles(office.MediaFolder, "*", SearchOption.AllDirectories), _ => true);
    }

    [Fact]
    public async Task A_file_keeps_the_ending_that_its_bytes_deserve()
    {
        await using var office = await OpenAsync();

        var asset = Done(await office.Media.UploadAsync(Author, "foto/2026", "Foto Kegiatan (1).html", new MemoryStream(Pictures.Png(1, 1)), Stop));

        Assert.Equal("foto/2026/foto-kegiatan-1.png", asset.Path);
    }

    [Fact]
    public async Task Another_file_of_the_same_name_gets_a_number_and_the_same_file_is_the_same()
    {
        await using var office = await OpenAsync();
        Done(await office.Media.UploadAsync(Author, "", "foto.png", new MemoryStream(Pictures.Png(1, 1)), Stop));

        Assert.Equal("foto-2.png", Done(await office.Media.UploadAsync(Author, "", "foto.png", new MemoryStream(Pictures.Png(2, 2)), Stop)).Path);
        Assert.Equal("foto.png", Done(await office.Media.UploadAsync(Author, "", "Foto.PNG", new MemoryStream(Pictures.Png(1, 1)), Stop)).Path);
    }

    [Theory]
    [InlineData("../..")]
    [InlineData("a/../../b")]
    [InlineData(".git")]
    [InlineData("c:")]
    [InlineData("a\\b")]
    public async Task No_folder_leads_out_of_the_library(string folder)
    {
        await using var office = await OpenAsync();

        Assert.Equal("media.path", Refused(await office.Media.UploadAsync(Author, folder, "a.png", new MemoryStream(Pictures.Png(1, 1)), Stop)));
    }

    [Fact]
    public async Task A_file_is_read_no_further_than_its_kind_may_be_long()
    {
        await using var office = await OpenAsync();
        using var endless = new Endless(Pictures.Text("%PDF-1.7"));

        Assert.Equal("media.too_large", Refused(await office.Media.UploadAsync(Author, "", "a.pdf", endless, Stop)));
        Assert.InRange(endless.Given, 1_048_576, 1_300_000);
        Assert.Empty(Directory.EnumerateFiles(office.MediaFolder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_picture_that_would_decode_to_too_much_is_refused()
    {
        await using var office = await OpenAsync();

        Assert.Equal("media.too_many_pixels", Refused(await office.Media.UploadAsync(Author, "", "a.png", new MemoryStream(Pictures.Png(60_000, 60_000)), Stop)));
    }

    [Fact]
    public async Task What_is_used_is_not_deleted_and_says_where_it_is_used()
    {
        await using var office = await OpenAsync();
        Done(await office.Media.UploadAsync(Editor, "", "foto.png", new MemoryStream(Pictures.Png(1, 1)), Stop));
        var item = await office.Draft("Page", APage("Jam", "![Gedung](/media/foto.png)"));

        Assert.Equal("media.in_use", (await office.Media.DeleteAsync(Editor, "foto.png", Stop))!.Code);
        Assert.Equal([(item.ItemId, "$.MarkdownBodyPart.Markdown", false)], (await office.Media.UsagesAsync("foto.png", Stop)).Select(use => (use.ItemId, use.JsonPath, use.IsPublished)));

        await office.Save(item, APage("Jam"));
        Assert.Null(await office.Media.DeleteAsync(Editor, "foto.png", Stop));
        Assert.Null(await office.Media.FindAsync("foto.png", Stop));
    }

    [Fact]
    public async Task Bytes_that_nobody_names_any_more_are_swept_after_a_day()
    {
        await using var office = await OpenAsync();
        Done(await office.Media.UploadAsync(Editor, "", "satu.png", new MemoryStream(Pictures.Png(1, 1)), Stop));
        var kept = Done(await office.Media.UploadAsync(Editor, "", "dua.png", new MemoryStream(Pictures.Png(2, 2)), Stop));
        Assert.Null(await office.Media.DeleteAsync(Editor, "satu.png", Stop));

        Assert.Equal(0, await office.Media.SweepAsync(Stop));
        office.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await office.Media.SweepAsync(Stop));
        await using var bytes = office.Media.Open(kept);
        Assert.NotNull(bytes);
    }

    [Fact]
    public async Task A_picture_is_published_only_when_it_says_what_it_shows_or_is_decoration()
    {
        await using var office = await OpenAsync();
        Done(await office.Media.UploadAsync(Editor, "", "foto.png", new MemoryStream(Pictures.Png(1, 1)), Stop));
        JsonObject With(string? text)
        {
            var content = AWorkshop("Membatik");
            content["Workshop"]!["Image"] = new JsonObject { ["Paths"] = new JsonArray("foto.png"), ["MediaTexts"] = new JsonArray(text) };
            return content;
        }

        var draft = await office.Draft("Workshop", With(null));
        var outcome = await office.Store.PublishAsync(Editor, draft.ItemId, draft.VersionId, stop: Stop);
        Assert.Equal("content.media.alt@$.Workshop.Image.MediaTexts[0]", Assert.Single(outcome.Refusal!.Faults, fault => fault.Severity == FaultSeverity.Error) is var fault ? $"{fault.Code}@{fault.Path}" : "");

        await office.Publish(draft, With("Orang membatik"));
        Done(await office.Media.DescribeAsync(Editor, "foto.png", new Dictionary<string, string>(), isDecorative: true, focalPoint: null, Stop));
        await office.Published("Workshop", With(null));
        Done(await office.Media.DescribeAsync(Editor, "foto.png", new Dictionary<string, string> { ["en"] = "People" }, isDecorative: false, focalPoint: null, Stop));
        var indonesian = await office.Draft("Workshop", With(null));
        Assert.False((await office.Store.PublishAsync(Editor, indonesian.ItemId, indonesian.VersionId, stop: Stop)).Succeeded);
    }

    [Fact]
    public async Task A_shown_picture_has_the_fields_text_before_the_librarys()
    {
        await using var office = await OpenAsync();
        Done(await office.Media.UploadAsync(Editor, "", "foto.png", new MemoryStream(Pictures.Png(1, 1)), Stop));
        Done(await office.Media.DescribeAsync(Editor, "foto.png", new Dictionary<string, string> { ["id"] = "Gedung" }, false, (0.1, 0.2), Stop));
        var content = AWorkshop("Membatik");
        content["Workshop"]!["Image"] = JsonNode.Parse("""{"Paths":["foto.png"],"MediaTexts":["Pintu masuk"],"Anchors":[{"X":0.9,"Y":0.8}]}""");
        var own = await office.Published("Workshop", content);
        content["Workshop"]!["Image"] = JsonNode.Parse("""{"Paths":["/foto.png"]}""");
        var bare = await office.Published("Workshop", content);

        Assert.Equal(("Pintu masuk", (0.9, 0.8)), (await office.Media.PicturesAsync(own, "Image", Stop)).Select(picture => (picture.Alt, picture.FocalPoint)).Single());
        Assert.Equal(("Gedung", (0.1, 0.2)), (await office.Media.PicturesAsync(bare, "Image", Stop)).Select(picture => (picture.Alt, picture.FocalPoint)).Single());
    }

    [Fact]
    public async Task What_is_done_to_a_file_leaves_a_line_of_audit()
    {
        await using var office = await OpenAsync();
        Done(await office.Media.UploadAsync(Author, "", "foto.png", new MemoryStream(Pictures.Png(1, 1)), Stop));
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        Done(await office.Media.DescribeAsync(Editor, "foto.png", new Dictionary<string, string> { ["id"] = "Gedung" }, false, null, Stop));
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await office.Media.DeleteAsync(Administrator, "foto.png", Stop));

        Assert.Equal(
            [("Removed", "Sri", """{"id":"Gedung"}"""), ("Saved", "Rina", """{} → {"id":"Gedung"}"""), ("Created", "Dewi", null)],
            (await office.History.AuditAsync(stop: Stop)).Select(line => (line.Act, line.UserName, line.Comment)));
    }

    private sealed class Endless(byte[] head) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'x');
            if (Given == 0) head.CopyTo(buffer, offset);
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
