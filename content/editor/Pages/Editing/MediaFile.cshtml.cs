using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>One file of the media library: what it shows in each language, where it is used, and its end once it is used nowhere.</summary>
internal sealed class MediaFileModel(MediaLibrary media, ContentSettings content) : MediaPage
{
    [BindProperty(SupportsGet = true)]
    public string? Path { get; set; }

    public MediaAsset Asset { get; private set; } = null!;

    public IReadOnlyList<MediaUsage> Usages { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (Path is null || await media.FindAsync(Path, stop) is not { } asset) return NotFound();

        (Asset, Usages) = (asset, await media.UsagesAsync(asset.Path, stop));
        return Page();
    }

    public async Task<IActionResult> OnPostDescribeAsync(bool decorative, string? focusX, string? focusY, CancellationToken stop)
    {
        if (Path is null || await media.FindAsync(Path, stop) is not { } asset) return NotFound();

        var alt = new Dictionary<string, string>(asset.Alt);
        foreach (var culture in content.Cultures)
        {
            var text = Request.Form[$"alt-{culture}"].ToString().Trim();
            if (text.Length > 0) alt[culture] = text;
            else alt.Remove(culture);
        }

        (double, double)? focus = null;
        if (!string.IsNullOrWhiteSpace(focusX) || !string.IsNullOrWhiteSpace(focusY)) focus = (Part(focusX), Part(focusY));
        var described = await media.DescribeAsync(Person, asset.Path, alt, decorative, focus, stop);
        if (described.Succeeded) return Tell(null, "editor.media_described", AddressOf(asset));

        (Asset, Usages) = (asset with { Alt = alt, IsDecorative = decorative }, await media.UsagesAsync(asset.Path, stop));
        return Again(described.Refusal);
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken stop)
    {
        if (Path is null || await media.FindAsync(Path, stop) is not { } asset) return NotFound();

        var refusal = await media.DeleteAsync(Person, asset.Path, stop);
        return Tell(refusal, "editor.media_deleted", refusal is null ? "/media" : AddressOf(asset));
    }

    private static string AddressOf(MediaAsset asset) => $"/media/file?path={Uri.EscapeDataString(asset.Path)}";

    /// <summary>A share of the picture's side; what is no number is outside of it, and so refused.</summary>
    private static double Part(string? typed) => double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : -1;
}
