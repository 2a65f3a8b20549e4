using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>How large a recipe or its package may be.</summary>
public sealed record RecipeLimits
{
    /// <summary>The most megabytes of the recipe itself.</summary>
    public int MaxRecipeMegabytes { get; init; } = 64;

    /// <summary>The most megabytes of all files of a package, unpacked.</summary>
    public int MaxPackageMegabytes { get; init; } = 2_000;

    /// <summary>The most files of a package.</summary>
    public int MaxFiles { get; init; } = 20_000;

    /// <summary>How many times larger than packed a file may become: beyond that it is a bomb.</summary>
    public int MaxRatio { get; init; } = 300;
}

/// <summary>A recipe with the files that it speaks of. Reading is lenient as Orchard's is: comments, trailing commas, names in any case.</summary>
public sealed class RecipePackage : IDisposable
{
    private readonly ZipArchive? archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);

    private RecipePackage(JsonObject recipe, ZipArchive? archive)
    {
        (Recipe, this.archive) = (recipe, archive);
        foreach (var entry in archive?.Entries ?? []) entries[entry.FullName] = entry;
    }

    /// <summary>The recipe as it was read, expressions not evaluated.</summary>
    internal JsonObject Recipe { get; }

    /// <summary>Reads a recipe or a package, whichever the stream holds.</summary>
    /// <param name="stream">The JSON or the zip; seekable, and open until the package is disposed.</param>
    /// <param name="limits">How large it may be; the usual limits when null.</param>
    public static Outcome<RecipePackage> Read(Stream stream, RecipeLimits? limits = null)
    {
        Span<byte> head = stackalloc byte[4];
        stream.Position = 0;
        var read = stream.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        stream.Position = 0;
        return head[..read].SequenceEqual("PK\u0003\u0004"u8) ? ReadZip(stream, limits ?? new RecipeLimits()) : ReadJson(stream, null, limits ?? new RecipeLimits());
    }

    /// <summary>A file of the package; null when it has none of that path. A path that steps out of the package finds nothing.</summary>
    internal Stream? Open(string path)
    {
        var clean = path.Replace('\\', '/').TrimStart('/');
        if (clean.StartsWith("./", StringComparison.Ordinal)) clean = clean[2..];
        return entries.TryGetValue(clean, out var entry) ? new BoundedStream(entry.Open(), entry.Length) : null;
    }

    /// <inheritdoc />
    public void Dispose() => archive?.Dispose();

    private static Outcome<RecipePackage> ReadZip(Stream stream, RecipeLimits limits)
    {
        ZipArchive package;
        try
        {
            package = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (package.Entries.Count > limits.MaxFiles || package.Entries.Sum(entry => entry.Length) > limits.MaxPackageMegabytes * 1_048_576L)
                return Refused("recipe.zip_too_large", $"{limits.MaxPackageMegabytes}", $"{limits.MaxFiles}");
        }
        catch (InvalidDataException)
        {
            return Refused("recipe.zip");
        }

        foreach (var entry in package.Entries)
        {
            if (entry.FullName.EndsWith('/')) continue;
            if (!MediaPath.IsValid(entry.FullName) || entry.FullName.StartsWith('/')) return Refused("recipe.zip_path", entry.FullName);
            if (entry.Length > 1_048_576 && entry.Length / Math.Max(1, entry.CompressedLength) > limits.MaxRatio)
                return Refused("recipe.zip_too_large", $"{limits.MaxPackageMegabytes}", $"{limits.MaxFiles}");
        }

        var recipe = package.Entries.FirstOrDefault(entry => entry.FullName.Equals("Recipe.json", StringComparison.OrdinalIgnoreCase));
        if (recipe is null) return Refused("recipe.zip_no_recipe");

        using var json = new BoundedStream(recipe.Open(), recipe.Length);
        return ReadJson(json, package, limits);
    }

    private static Outcome<RecipePackage> ReadJson(Stream stream, ZipArchive? package, RecipeLimits limits)
    {
        try
        {
            using var bounded = new MemoryStream();
            var buffer = new byte[81_920];
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                bounded.Write(buffer, 0, read);
                if (bounded.Length > limits.MaxRecipeMegabytes * 1_048_576L) return Refused("recipe.too_large", $"{limits.MaxRecipeMegabytes}");
            }

            var bytes = bounded.GetBuffer().AsMemory(0, (int)bounded.Length);
            if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf])) bytes = bytes[3..];
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = ContentJson.MaxDepth + 8,
            });
            return RecipeJson.Node(document.RootElement) is JsonObject recipe ? new RecipePackage(recipe, package) : Refused("recipe.no_steps");
        }
        catch (JsonException fault)
        {
            return Refused("recipe.not_json", fault.Message);
        }
        catch (InvalidDataException)
        {
            return Refused("recipe.zip");
        }
    }

    private static Refusal Refused(string code, params IReadOnlyList<string> values) => Refusal.Invalid([new Fault(code, "$", values)]);

    /// <summary>No more bytes than the directory of the package promised, whatever the packed data would become.</summary>
    private sealed class BoundedStream(Stream inner, long promised) : Stream
    {
        private long given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => promised;

        public override long Position
        {
            get => given;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            given += read;
            return given <= promised ? read : throw new InvalidDataException("The file is longer than its package says.");
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
