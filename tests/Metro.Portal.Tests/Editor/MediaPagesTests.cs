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
        using var used = await editor.SendAsync($"/admin/content/{id}", ("Page.Image.Paths[0]", "dipakai.png"), ("Page.Image.MediaTexts[0]", "Ruang"), ("act", "save"));

        using var refused = await editor.SendAsync(page, page + "&handler=Delete");
        var still = await editor.ReadAsync(page);
        using var freed = await editor.SendAsync($"/admin/content/{id}", ("Page.Image.Paths[0]", ""), ("Page.Image.MediaTexts[0]", ""), ("act", "save"));
        using var deleted = await editor.SendAsync(page, page + "&handler=Delete");
        using var gone = await editor.OpenAsync(page);

        Assert.Contains("Memakai gambar", still, StringComparison.Ordinal);
        Assert.Contains("notice--bad", still, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));
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

        using var answer = await author.SendAsync("/admin/content", "/admin/content/markdown", ("markdown", "# Judul\n<script>alert(1)</script>"));
        var html = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Contains("<h1>Judul</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }
}
