using System.Globalization;
using Metro.Content.Editor.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>A page of the media library: for people who may manage media.</summary>
internal abstract class MediaPage : EditorPage
{
    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        if (!Has(ContentPermissions.ManageMedia)) context.Result = Forbid();
    }

    public static string SizeOf(MediaAsset asset) => asset.Size >= 1_048_576
        ? EditorTexts.Get("editor.megabytes", (asset.Size / 1_048_576.0).ToString("0.#", CultureInfo.CurrentCulture))
        : FormTexts.Get("media.kilobytes", Math.Max(1, asset.Size / 1_024));
}

/// <summary>The media library: what is there, the newest first, and the way in. The library itself limits each kind more closely than the request is limited.</summary>
[RequestSizeLimit(LargestUpload)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestUpload)]
internal sealed class MediaModel(MediaLibrary media) : MediaPage
{
    private const long LargestUpload = 1_100_000_000;
    private const int PageSize = 40;

    [BindProperty(SupportsGet = true)]
    public MediaKind? Kind { get; set; }

    public IReadOnlyList<MediaAsset> Assets { get; private set; } = [];

    public string? NextPage { get; private set; }

    [BindProperty]
    public string? Folder { get; set; }

    /// <summary>A part of the name or of what the file shows.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    public async Task OnGetAsync(long? before, CancellationToken stop)
    {
        var earlier = before is > 0 && before <= DateTime.MaxValue.Ticks ? new DateTime(before.Value, DateTimeKind.Utc) : (DateTime?)null;
        var found = await media.ListAsync(Kind, earlier, PageSize + 1, Words, stop);
        Assets = [.. found.Take(PageSize)];
        if (found.Count > PageSize) NextPage = At(string.Create(CultureInfo.InvariantCulture, $"/media?kind={Kind}&words={Uri.EscapeDataString(Words ?? "")}&before={Assets[^1].CreatedUtc.Ticks}"));
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken stop)
    {
        if (file is null)
        {
            Trouble = EditorTexts.Get("editor.media_no_file");
            return Go("/media");
        }

        await using var bytes = file.OpenReadStream();
        var uploaded = await media.UploadAsync(Person, Folder?.Trim() ?? "", file.FileName, bytes, stop);
        if (uploaded.Succeeded) return Tell(null, "editor.media_uploaded", $"/media/file?path={Uri.EscapeDataString(uploaded.Result.Path)}");

        await OnGetAsync(null, stop);
        return Again(uploaded.Refusal);
    }
}
