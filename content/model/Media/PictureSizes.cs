namespace Metro.Content;

/// <summary>
/// Smaller copies of pictures, in a fixed set of widths, made when they are first asked for and kept beside the files. Where
/// the machine lacks libvips there are none, and pages show the pictures as they were uploaded. One for the whole portal; safe
/// for several threads.
/// </summary>
public sealed class PictureSizes(MediaSettings settings) : IDisposable
{
    /// <summary>How wide a copy can be, in pixels.</summary>
    public static IReadOnlyList<int> Widths { get; } = [320, 640, 960, 1280, 1920];

    /// <summary>The shape of the picture on a card: three to two.</summary>
    public const double CardRatio = 1.5;

    private static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(20);

    private readonly string root = Path.GetFullPath(settings.Folder);

    /// <summary>Few at a time: decoding a large picture takes a processor and some memory.</summary>
    private readonly SemaphoreSlim turns = new(Math.Clamp(Environment.ProcessorCount / 2, 1, 4));

    /// <summary>Whether this machine makes smaller copies.</summary>
    public static bool AreMade => Vips.IsThere;

    /// <summary>Whether copies of a file are made here: of a picture whose size is known. AVIF is small already and is not decoded.</summary>
    internal static bool HasCopies(MediaAsset asset) =>
        asset is { Kind: MediaKind.Picture, Width: not null, Height: not null } && asset.ContentType != MediaFormat.Avif.ContentType && AreMade;

    /// <summary>A copy as WebP, upright and without metadata; null where there is none and the file itself is to be shown.</summary>
    /// <param name="asset">The picture.</param>
    /// <param name="width">One of <see cref="Widths"/>; others have no copy.</param>
    /// <param name="asCard">Whether it is cut to a card's shape, around its focal point.</param>
    /// <param name="stop">Stops the work.</param>
    public async Task<PictureCopyFile?> OpenAsync(MediaAsset asset, int width, bool asCard = false, CancellationToken stop = default)
    {
        if (!HasCopies(asset) || !Widths.Contains(width) || (!asCard && asset.Width <= width)) return null;

        var (x, y) = asset.FocalPoint ?? (0.5, 0.5);
        var crop = asCard ? new PictureCrop(CardRatio, Math.Round(x, 2), Math.Round(y, 2)) : null;
        var name = crop is null
            ? $"{asset.Hash}-{width}"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{asset.Hash}-{width}-{crop.X * 100:000}{crop.Y * 100:000}");
        var path = Path.Combine(root, "sizes", asset.Hash[..2], name + ".webp");
        if (!File.Exists(path)) await MakeAsync(asset, path, width, crop, stop);

        // An empty file says that it was tried and cannot be done.
        var file = File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
        if (file is { Length: > 0 }) return new PictureCopyFile(file, name);
        if (file is not null) await file.DisposeAsync();
        return null;
    }

    /// <inheritdoc />
    public void Dispose() => turns.Dispose();

    /// <summary>Removes the copies of a file that is gone.</summary>
    internal static void Remove(MediaSettings settings, string hash)
    {
        var folder = Path.Combine(Path.GetFullPath(settings.Folder), "sizes", hash[..2]);
        if (!Directory.Exists(folder)) return;
        foreach (var copy in Directory.EnumerateFiles(folder, $"{hash}-*")) File.Delete(copy);
    }

    /// <summary>What moves would stand still in a copy. A GIF's first picture will do where a copy is asked for by name.</summary>
    private static async Task<bool> IsAnimatedAsync(MediaAsset asset, string source, CancellationToken stop)
    {
        if (asset.ContentType != MediaFormat.Png.ContentType && asset.ContentType != MediaFormat.WebP.ContentType) return false;

        await using var file = File.OpenRead(source);
        var head = new byte[4_096];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
        return asset.ContentType == MediaFormat.Png.ContentType
            ? head.AsSpan(0, read).IndexOf("acTL"u8) > 0
            : read > 20 && head.AsSpan(12, 4).SequenceEqual("VP8X"u8) && (head[20] & 2) != 0;
    }

    private async Task MakeAsync(MediaAsset asset, string path, int width, PictureCrop? crop, CancellationToken stop)
    {
        var source = Path.Combine(root, asset.Hash[..2], asset.Hash);
        if (!File.Exists(source)) return;

        await turns.WaitAsync(stop);
        try
        {
            if (File.Exists(path)) return;

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = $"{path}.{ContentId.New()}.tmp";
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(LongestWork);
            try
            {
                var isMade = !await IsAnimatedAsync(asset, source, stop)
                    && await Task.Run(() => Vips.Shrink(source, temporary, width, crop, settings.MaxMegapixels * 1_000_000L, limit.Token), CancellationToken.None);
                stop.ThrowIfCancellationRequested();

                // The library writes a little metadata of its own.
                var bytes = isMade && PictureCopy.Of(MediaFormat.WebP, await File.ReadAllBytesAsync(temporary, stop)) is var (kept, _) ? kept : [];
                await File.WriteAllBytesAsync(temporary, bytes, stop);
                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        finally
        {
            turns.Release();
        }
    }
}

/// <summary>A smaller copy of a picture.</summary>
/// <param name="Bytes">Its bytes, seekable.</param>
/// <param name="Tag">What changes with its bytes: a strong ETag.</param>
public sealed record PictureCopyFile(Stream Bytes, string Tag)
{
    /// <summary>The type under which it is served.</summary>
    public const string ContentType = "image/webp";
}
