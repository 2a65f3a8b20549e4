using System.Security.Cryptography;

namespace Metro.Content;

/// <summary>Where media are kept, and how large they may be.</summary>
/// <param name="Folder">The folder of the files, apart from what the web server serves by itself.</param>
public sealed record MediaSettings(string Folder)
{
    /// <summary>The most megabytes (of 1,048,576 bytes) of a file of each kind.</summary>
    public IReadOnlyDictionary<MediaKind, int> MaxMegabytes { get; init; } = new Dictionary<MediaKind, int>
    {
        [MediaKind.Picture] = 20, [MediaKind.Document] = 100, [MediaKind.Book] = 100, [MediaKind.Audio] = 200, [MediaKind.Video] = 1_000,
    };

    /// <summary>The most megapixels of a picture: what decodes to more could exhaust a reader's phone.</summary>
    public int MaxMegapixels { get; init; } = 60;
}

/// <summary>A file taken in and looked at, not yet kept. Disposing it forgets it.</summary>
internal sealed record StagedFile(string TemporaryPath, MediaFormat Format, string Hash, long Size, int? Width, int? Height) : IDisposable
{
    public void Dispose() => File.Delete(TemporaryPath);
}

/// <summary>
/// The files of the library, named by the hash of their bytes: no name from outside ever becomes a file's
/// name, equal files are kept once, and a file never changes under a reader.
/// </summary>
internal sealed class MediaFiles(MediaSettings settings, TimeProvider clock)
{
    private readonly string root = Path.GetFullPath(settings.Folder);

    /// <summary>Takes a stream in, no more of it than its kind may have.</summary>
    public async Task<Outcome<StagedFile>> StageAsync(string name, Stream stream, CancellationToken stop)
    {
        var incoming = Directory.CreateDirectory(Path.Combine(root, "incoming")).FullName;
        var path = Path.Combine(incoming, ContentId.New());
        var outcome = await StageAsync(name, stream, path, stop);
        if (!outcome.Succeeded) File.Delete(path);
        return outcome;
    }

    /// <summary>Keeps a staged file for good. Safe to repeat.</summary>
    public void Keep(StagedFile file)
    {
        var path = PathOf(file.Hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path)) File.Move(file.TemporaryPath, path, overwrite: true);
        File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
    }

    public Stream? Open(string hash) => File.Exists(PathOf(hash)) ? new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;

    /// <summary>The hashes of the files that nobody touched since then.</summary>
    public IEnumerable<string> UntouchedSince(DateTime instant) => !Directory.Exists(root) ? [] : Directory
        .EnumerateDirectories(root).Where(folder => Path.GetFileName(folder).Length == 2).SelectMany(Directory.EnumerateFiles)
        .Where(file => File.GetLastWriteTimeUtc(file) < instant).Select(file => Path.GetFileName(file)!);

    public void Remove(string hash)
    {
        File.Delete(PathOf(hash));
        PictureSizes.Remove(settings, hash);
    }

    private string PathOf(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(root, hash[..2], hash)
        : throw new ArgumentException($"{hash} is not a hash.", nameof(hash));

    private async Task<Outcome<StagedFile>> StageAsync(string name, Stream stream, string path, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        var buffer = new byte[81_920];
        var read = await stream.ReadAtLeastAsync(buffer, MediaFormat.HeadLength, throwOnEndOfStream: false, stop);
        if (MediaFormat.Of(buffer.AsSpan(0, read)) is not { } format) return new Refusal("media.unknown_kind", name);

        var megabytes = settings.MaxMegabytes.GetValueOrDefault(format.Kind);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (; read > 0; read = await stream.ReadAsync(buffer, stop))
        {
            if (file.Length + read > megabytes * 1_048_576L) return new Refusal("media.too_large", name, $"{megabytes}");
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), stop);
        }

        await file.FlushAsync(stop);
        return format.Kind == MediaKind.Picture
            ? await StagePictureAsync(name, format, file, path, stop)
            : new StagedFile(path, format, Convert.ToHexStringLower(hash.GetHashAndReset()), file.Length, null, null);
    }

    /// <summary>A picture's size is known before anybody decodes it, and what its camera wrote about people is not kept.</summary>
    private async Task<Outcome<StagedFile>> StagePictureAsync(string name, MediaFormat format, FileStream file, string path, CancellationToken stop)
    {
        if (MediaFormat.SizeOf(format, file) is not var (width, height)) return new Refusal("media.broken", name);
        if ((long)width * height > settings.MaxMegapixels * 1_000_000L) return new Refusal("media.too_many_pixels", name, $"{settings.MaxMegapixels}");

        var bytes = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(bytes, stop);
        if (PictureCopy.Of(format, bytes) is not var (kept, orientation)) return new Refusal("media.broken", name);

        if (!kept.AsSpan().SequenceEqual(bytes))
        {
            file.SetLength(0);
            file.Position = 0;
            await file.WriteAsync(kept, stop);
            await file.FlushAsync(stop);
        }

        // From the fifth orientation on a picture lies on its side.
        if (orientation >= 5) (width, height) = (height, width);
        return new StagedFile(path, format, Convert.ToHexStringLower(SHA256.HashData(kept)), kept.Length, width, height);
    }
}
