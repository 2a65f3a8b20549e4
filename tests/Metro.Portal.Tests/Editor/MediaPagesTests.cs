using System.Net;
using Metro.Portal.Accounts;

namespace Metro.Portal.Tests.Editor;

public sealed class MediaPagesTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    /// <summary>A picture of one pixel.</summary>
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_uploaded_described_in_both_languages_and_served()
    {
        var author = await EditorAtWork.AsAsync(portal, Role.Author);

        using var uploaded = await author.UploadAsync("Ruang Baca.png", Png);
        var page = uploaded.Headers.Location!.OriginalString;
        using var described = await author.SendAsync(page, page + "&handler=Describe", ("alt-id", "Ruang baca"), ("alt-en", "The reading room"));
        using var served = await portal.Visitor().GetAsync("/media/ruang-baca.png", Stop);
        var shown = await author.ReadAsync(page);

        Assert.Equal("/admin/content/media/file?path=ruang-baca.png", page);
        Assert.Equal(HttpStatusCode.Redirect, described.StatusCode);
        Assert.Contains("Ruang baca</textarea>", shown, StringComparison.Ordinal);
        Assert.Contains("The reading room</textarea>", shown, StringComparison.Ordinal);
        Assert.Equal("image/png", served.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task What_its_bytes_show_to_be_no_medium_is_refused_with_a_reason()
    {
        var author = await EditorAtWork.AsAsync(portal, Role.Author);

        using var refused = await author.UploadAsync("gambar.png", "<svg onload=alert(1)>"u8.ToArray());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("notice--bad", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_description_that_is_refused_keeps_what_was_typed()
    {
        var author = await EditorAtWork.AsAsync(portal, Role.Author);
        using var uploaded = await author.UploadAsync("titik.png", Png);
        var page = uploaded.Headers.Location!.OriginalString;

        using var refused = await author.SendAsync(page, page + "&handler=Describe", ("alt-id", "Rak buku"), ("focusX", "2"), ("focusY", "0.5"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Rak buku</textarea>", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_use_says_where_and_is_not_deleted_until_it_is_free()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        using var uploaded = await editor.UploadAsync("dipakai.png", Png);
        var page = uploaded.Headers.Location!.OriginalString;
        var id = await editor.WritePageAsync("Memakai gambar");
        var picked = await editor.ChangeRowsAsync($"/admin/content/{id}", "Pick|$.Page.Image|dipakai.png");
        using var used = await editor.SendFormAsync(picked, $"/admin/content/{id}", ("Page.Image.MediaTexts[0]", "Ruang"), ("act", "save"));

        using var refused = await editor.SendAsync(page, page + "&handler=Delete");
        var still = await editor.ReadAsync(page);
        var taken = await editor.ChangeRowsAsync($"/admin/content/{id}", "Remove|$.Page.Image[0]|");
        using var freed = await editor.SendFormAsync(taken, $"/admin/content/{id}", ("act", "save"));
        using var deleted = await editor.SendAsync(page, page + "&handler=Delete");
        using var gone = await editor.OpenAsync(page);

        Assert.Contains("Memakai gambar", still, StringComparison.Ordinal);
        Assert.Contains("notice--bad", still, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task A_picture_that_is_asked_for_smaller_comes_as_safe_as_itself_and_any_other_size_is_its_own()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        using var uploaded = await editor.UploadAsync("tapis.png", Wide(1_000, 400));
        using var small = await portal.Visitor().GetAsync("/media/tapis.png?w=320", Stop);
        using var odd = await portal.Visitor().GetAsync("/media/tapis.png?w=321", Stop);
        using var card = await portal.Visitor().GetAsync("/media/tapis.png?w=320&crop=card", Stop);

        Assert.Equal("image/png", odd.Content.Headers.ContentType!.MediaType);
        foreach (var answer in (HttpResponseMessage[])[small, card])
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(Metro.Content.PictureSizes.AreMade ? "image/webp" : "image/png", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains("sandbox", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        if (Metro.Content.PictureSizes.AreMade) Assert.NotEqual(small.Headers.ETag, card.Headers.ETag);
    }

    [Fact]
    public async Task A_page_offers_its_pictures_in_the_sizes_of_screens()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        using var uploaded = await editor.UploadAsync("lebar.png", Wide(1_000, 400));
        var page = await editor.NewAsync("Page");
        var form = await editor.ChangeRowsAsync(page, "Pick|$.Page.Image|lebar.png");
        using var published = await editor.SendFormAsync(form, page, ("TitlePart.Title", "Halaman bergambar"), ("MarkdownBodyPart.Markdown", "Isi."), ("Page.Image.MediaTexts[0]", "Tapis"), ("act", "publish"));

        var shown = await editor.ReadAsync("/halaman-bergambar");

        Assert.Contains("alt=\"Tapis\"", shown, StringComparison.Ordinal);
        if (Metro.Content.PictureSizes.AreMade) Assert.Contains("/media/lebar.png?w=320 320w, /media/lebar.png?w=640 640w", shown, StringComparison.Ordinal);
        else Assert.Contains("src=\"/media/lebar.png\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_found_by_their_names_and_by_what_they_show()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        using var uploaded = await editor.UploadAsync("gajah.png", Wide(40, 30));
        var page = uploaded.Headers.Location!.OriginalString;
        using var described = await editor.SendAsync(page, page + "&handler=Describe", ("alt-id", "Patung di halaman"));

        Assert.Contains("gajah.png", await editor.ReadAsync("/admin/content/media?words=GAJ"), StringComparison.Ordinal);
        Assert.Contains("gajah.png", await editor.ReadAsync("/admin/content/media?words=patung"), StringComparison.Ordinal);
        Assert.DoesNotContain("gajah.png", await editor.ReadAsync("/admin/content/media?words=singa"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contributor_manages_no_media()
    {
        var contributor = await EditorAtWork.AsAsync(portal, Role.Contributor);

        using var answer = await contributor.OpenAsync("/admin/content/media");

        Assert.Equal("/account/not-allowed", answer.Headers.Location!.AbsolutePathOrOriginal());
        Assert.DoesNotContain("/admin/content/media", await contributor.ReadAsync("/admin/content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_is_shown_by_the_renderer_of_the_pages_and_runs_nothing()
    {
        var author = await EditorAtWork.AsAsync(portal, Role.Author);

        using var answer = await author.SendAsync("/admin/content/items", "/admin/content/markdown", ("markdown", "# Judul\n<script>alert(1)</script>"));
        var html = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Contains("<h1>Judul</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    /// <summary>A black PNG, as large as wished.</summary>
    private static byte[] Wide(int width, int height)
    {
        var row = new byte[1 + (3 * width)];
        using var pixels = new MemoryStream();
        using (var packed = new System.IO.Compression.ZLibStream(pixels, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++) packed.Write(row);
        return [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10,
            .. Chunk("IHDR", [(byte)(width >> 24), (byte)(width >> 16), (byte)(width >> 8), (byte)width, (byte)(height >> 24), (byte)(height >> 16), (byte)(height >> 8), (byte)height, 8, 2, 0, 0, 0]),
            .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        var crc = uint.MaxValue;
        foreach (var each in named)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
        }

        crc = ~crc;
        return [(byte)(data.Length >> 24), (byte)(data.Length >> 16), (byte)(data.Length >> 8), (byte)data.Length, .. named, (byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
    }
}
