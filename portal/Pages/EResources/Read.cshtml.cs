using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Library.Elending;
using Metro.Portal.People;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.EResources;

/// <summary>
/// Reads a resource in the browser: an EPUB part by part, as pages of this site that need no script; a PDF drawn by a script,
/// beside a link to the file for browsers without. What is for members is read by members, and what is lent by whoever has it on loan;
/// its file is had from here, and from nowhere else.
/// </summary>
[AllowAnonymous]
internal sealed class ReadModel(
    ContentReader reader, MediaLibrary media, DigitalLending lending, KeptFiles kept, LendingDesk desk, Household household, SiteChrome chrome) : PageModel
{
    public ContentItem Item { get; private set; } = null!;

    public MediaAsset Asset { get; private set; } = null!;

    /// <summary>The part that is shown, from 1; 0 for a document.</summary>
    public int At { get; private set; }

    public IReadOnlyList<EpubChapter> Chapters { get; private set; } = [];

    public string Text { get; private set; } = "";

    public string? BookLanguage { get; private set; }

    /// <summary>The key of the child for whom a guardian reads; null for oneself.</summary>
    [BindProperty(SupportsGet = true, Name = "for")]
    public long? For { get; set; }

    /// <summary>Whether the file is had from here only.</summary>
    public bool IsKept { get; private set; }

    /// <summary>What the reader can do to get it; null where they may read it.</summary>
    public LendingChoice? Lending { get; private set; }

    /// <summary>Where the file is.</summary>
    public string FileAddress => IsKept ? $"{ItemAddress}/read{QueryOf("handler=file")}" : "/media/" + Asset.Path;

    public string ItemAddress => "/" + Item.Path;

    public string AddressOf(int chapter) => (chapter == 1 ? $"{ItemAddress}/read" : $"{ItemAddress}/read/{chapter}") + QueryOf(null);

    public async Task<IActionResult> OnGetAsync(string slug, int? part, CancellationToken stop)
    {
        if (await FindAsync(slug, stop) is not { } file) return NotFound();
        Asset = file;
        if (await WhyNotAsync(stop) is { } no) return no;

        chrome.Head.IsIndexed = false;
        chrome.Head.Description = Item.Text("Summary");
        if (file.Kind == MediaKind.Document) return part is null ? Page() : NotFound();

        using var book = media.Open(file) is { } stream ? EpubBook.Open(stream) : null;
        if (book is null || part > book.Chapters.Count || part < 1) return NotFound();
        (At, Chapters, BookLanguage) = (part ?? 1, book.Chapters, book.Language);
        Text = book.Html(At - 1, at => AddressOf(at + 1), path => $"{ItemAddress}/read{QueryOf("handler=picture&picture=" + Uri.EscapeDataString(path))}");
        if (At < Chapters.Count) chrome.Head.Next = AddressOf(At + 1);
        return Page();
    }

    /// <summary>A picture of the book.</summary>
    public async Task<IActionResult> OnGetPictureAsync(string slug, string picture, CancellationToken stop)
    {
        if (await FindAsync(slug, stop) is not { Kind: MediaKind.Book } file) return NotFound();
        if (await WhyNotAsync(stop) is { } no) return no is PageResult ? NotFound() : no;

        using var book = media.Open(file) is { } stream ? EpubBook.Open(stream) : null;
        if (book?.Picture(picture) is not { } found) return NotFound();
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        if (!IsKept) Response.Headers.CacheControl = "private, max-age=3600";
        return File(found.Bytes, found.ContentType);
    }

    /// <summary>The file itself, to keep as long as the loan lasts, or to draw.</summary>
    public async Task<IActionResult> OnGetFileAsync(string slug, CancellationToken stop)
    {
        if (await FindAsync(slug, stop) is not { } file) return NotFound();
        if (await WhyNotAsync(stop) is { } no) return no is PageResult ? NotFound() : no;
        if (!IsKept) return LocalRedirect("/media/" + file.Path);
        if (media.Open(file) is not { } bytes) return NotFound();

        Response.Headers.ContentSecurityPolicy = "default-src 'none'; object-src 'self'; frame-ancestors 'self'";
        return new FileStreamResult(bytes, file.ContentType) { FileDownloadName = Path.GetFileName(file.Path), EnableRangeProcessing = true };
    }

    private async Task<MediaAsset?> FindAsync(string slug, CancellationToken stop)
    {
        var path = $"{Request.PathBase}/e-resources/{slug}";
        if ((await reader.ByPathAsync(path, stop))?.Item is not { Type: "EResource" } item) return null;
        Item = item;
        return (await media.PicturesAsync(item, "File", stop)).Select(one => one.Asset).FirstOrDefault(asset => asset.Kind is MediaKind.Book or MediaKind.Document);
    }

    /// <summary>Why the reader may not read it: they have to sign in first, or to borrow it. Null when they may.</summary>
    private async Task<IActionResult?> WhyNotAsync(CancellationToken stop)
    {
        if (!(IsKept = await kept.IsKeptAsync(Item, stop))) return null;
        if (User.Identity?.IsAuthenticated != true) return Challenge();

        Response.Headers.CacheControl = "private, no-store";
        if (KeptFiles.CodeOf(Item) is not { } code || !await lending.IsLentAsync(code, stop)) return null;
        var acting = await household.CallerAsync(User, stop) is { } caller ? await household.FindAsync(caller, For, stop) : null;
        if (acting is null && For is not null) return NotFound();
        var served = await lending.ServeAsync(acting?.Member.Id, code, (_, _) => Task.FromResult(true), acting?.By ?? Actor.System("reader"), stop);
        if (served.Succeeded) return null;

        Lending = await desk.ChoiceAsync(Item, User, stop);
        return Page();
    }

    private string QueryOf(string? query) => (query, For) switch
    {
        (null, null) => "",
        (_, null) => "?" + query,
        (null, { } ward) => string.Create(CultureInfo.InvariantCulture, $"?for={ward}"),
        var (some, ward) => string.Create(CultureInfo.InvariantCulture, $"?{some}&for={ward}"),
    };
}
