using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>A file of the media library.</summary>
public sealed record MediaAsset
{
    /// <summary>Its path, with slashes between folders: by it documents refer to it.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>The type under which it is served, as its bytes say.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of its bytes, in hexadecimal: a strong ETag.</summary>
    public required string Hash { get; init; }

    /// <summary>Its width in pixels; null when it is no picture or does not say.</summary>
    public int? Width { get; init; }

    /// <summary>Its height in pixels; null when it is no picture or does not say.</summary>
    public int? Height { get; init; }

    /// <summary>What it shows, by language.</summary>
    public required IReadOnlyDictionary<string, string> Alt { get; init; }

    /// <summary>Whether it is decoration, which a screen reader passes over.</summary>
    public required bool IsDecorative { get; init; }

    /// <summary>The point that stays in view when it is cropped, 0 to 1 from left and top; null for the middle.</summary>
    public (double X, double Y)? FocalPoint { get; init; }

    /// <summary>When it was uploaded.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>The id of the user who uploaded it.</summary>
    public required string UploadedBy { get; init; }

    /// <summary>Where it is served.</summary>
    public string Address => "/media/" + string.Join('/', Path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>The address of a copy that is as wide at most, which is the file's own where it is no wider or there are no copies.</summary>
    /// <param name="width">One of <see cref="PictureSizes.Widths"/>.</param>
    public string AddressAt(int width) => PictureSizes.HasCopies(this) && Width > width
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Address}?w={width}") : Address;

    /// <summary>The address of a copy in a card's shape, cut around the focal point; the file's own where there are no copies.</summary>
    /// <param name="width">One of <see cref="PictureSizes.Widths"/>.</param>
    public string CardAddressAt(int width) => PictureSizes.HasCopies(this)
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Address}?w={width}&crop=card") : Address;

    /// <summary>The copies among which a browser chooses, as <c>srcset</c> has them; null where there is one size only. A GIF may move, so it has none.</summary>
    public string? SourceSet
    {
        get
        {
            if (!PictureSizes.HasCopies(this) || Width is not { } own || ContentType == MediaFormat.Gif.ContentType || own <= PictureSizes.Widths[0]) return null;

            var sizes = PictureSizes.Widths.Where(width => width < own).Select(width => (Address: AddressAt(width), Width: width));
            if (own <= PictureSizes.Widths[^1]) sizes = sizes.Append((Address, own));
            return string.Join(", ", sizes.Select(size => $"{size.Address} {size.Width}w"));
        }
    }

    internal static MediaAsset Of(MediaRow row) => new()
    {
        Path = row.Path, Kind = row.Kind, ContentType = row.ContentType, Size = row.Size, Hash = row.Hash, Width = row.Width, Height = row.Height,
        Alt = MediaAlt.Read(row.Alt), IsDecorative = row.IsDecorative, CreatedUtc = row.CreatedUtc, UploadedBy = row.UploadedBy,
        FocalPoint = row is { FocalX: { } x, FocalY: { } y } ? (x, y) : null,
    };
}

/// <summary>A place where a file is used.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="DisplayText">What it is called.</param>
/// <param name="JsonPath">Where in its document.</param>
/// <param name="IsPublished">Whether the public sees it there.</param>
public sealed record MediaUsage(string ItemId, string DisplayText, string JsonPath, bool IsPublished);

/// <summary>A picture as a page shows it.</summary>
/// <param name="Asset">The file.</param>
/// <param name="Alt">What it shows, in the page's language; empty when it is decoration.</param>
/// <param name="FocalPoint">The point that stays in view when it is cropped.</param>
public sealed record ShownPicture(MediaAsset Asset, string Alt, (double X, double Y) FocalPoint);

/// <summary>Pictures, documents, books, sound and film: taken in by what their bytes are, described for those who cannot see them, kept while used.</summary>
public sealed class MediaLibrary(ContentDbContext db, MediaSettings settings, TimeProvider clock)
{
    private readonly MediaFiles files = new(settings, clock);

    /// <summary>
    /// Takes a file in under a clean name of its own: letters and digits of the given name, and the ending
    /// that its bytes deserve; with a number when another file has the name. The same bytes under the same
    /// name are the same file.
    /// </summary>
    /// <param name="by">Who uploads.</param>
    /// <param name="folder">The folder, such as <c>workshops/2026</c>; empty for none.</param>
    /// <param name="fileName">The name that the file had.</param>
    /// <param name="stream">Its bytes; read no further than the limit of its kind.</param>
    /// <param name="stop">Stops the upload; nothing is kept.</param>
    public async Task<Outcome<MediaAsset>> UploadAsync(ContentUser by, string folder, string fileName, Stream stream, CancellationToken stop = default)
    {
        if (!MayManage(by)) return Refusal.Forbidden;

        var staged = await files.StageAsync(fileName, stream, stop);
        if (!staged.Succeeded) return staged.Refusal;

        using var file = staged.Result;
        var slug = ContentPath.Slug(Path.GetFileNameWithoutExtension(fileName.Replace('\\', '/')));
        var extension = Path.GetExtension(fileName).TrimStart('.').ToLowerInvariant();
        var ending = file.Format.Extensions.Contains(extension) ? extension : file.Format.Extensions[0];
        var path = $"{folder.Trim('/')}/{(slug.Length > 0 ? slug : file.Hash[..12])}".TrimStart('/');
        if (!MediaPath.IsValid($"{path}-9999.{ending}")) return new Refusal("media.path", $"{folder}/{fileName}");

        files.Keep(file);
        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            for (var number = 1; ; number++)
            {
                var candidate = number == 1 ? $"{path}.{ending}" : $"{path}-{number}.{ending}";
                var existing = await db.Media.SingleOrDefaultAsync(row => row.PathNorm == MediaPath.Normalise(candidate), inner);
                if (existing is not null && existing.Hash != file.Hash) continue;

                if (existing is null)
                {
                    existing = Add(candidate, file, by);
                    Audit(by, "Created", existing);
                    await db.SaveChangesAsync(inner);
                }

                return (Outcome<MediaAsset>)MediaAsset.Of(existing);
            }
        }, stop);
    }

    /// <summary>The file of that path; null when there is none.</summary>
    public async Task<MediaAsset?> FindAsync(string path, CancellationToken stop = default)
    {
        var norm = MediaPath.Normalise(path);
        return await db.Media.AsNoTracking().SingleOrDefaultAsync(row => row.PathNorm == norm, stop) is { } row ? MediaAsset.Of(row) : null;
    }

    /// <summary>The files of these paths, in no order; what is not there is missing. At most 500 are looked for.</summary>
    public async Task<IReadOnlyList<MediaAsset>> FindManyAsync(IReadOnlyCollection<string> paths, CancellationToken stop = default)
    {
        var norms = paths.Select(MediaPath.Normalise).Distinct().Take(500).ToArray();
        return norms.Length == 0 ? [] : [.. (await db.Media.AsNoTracking().Where(row => norms.Contains(row.PathNorm)).ToListAsync(stop)).Select(MediaAsset.Of)];
    }

    /// <summary>The bytes of a file, seekable; null when it is not in storage.</summary>
    public Stream? Open(MediaAsset asset) => files.Open(asset.Hash);

    /// <summary>Files of a kind, or of all kinds, newest first.</summary>
    /// <param name="kind">The kind; null for all.</param>
    /// <param name="before">Only files uploaded before; null for the newest.</param>
    /// <param name="limit">How many, at most 200.</param>
    /// <param name="words">A part of the path, or of what the file shows in any language, in any case; null or empty for all.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<MediaAsset>> ListAsync(
        MediaKind? kind = null, DateTime? before = null, int limit = 50, string? words = null, CancellationToken stop = default)
    {
        var sought = words?.Trim().ToLowerInvariant();
        var found = new List<MediaRow>();
        foreach (var each in kind is { } one ? [one] : Enum.GetValues<MediaKind>())
        {
            var rows = db.Media.AsNoTracking().Where(row => row.Kind == each);
            if (before is { } instant) rows = rows.Where(row => row.CreatedUtc < instant);
#pragma warning disable CA1862, CA1304, CA1311, MA0011 // EF translates this form to lower() on both databases.
            if (sought is { Length: > 0 }) rows = rows.Where(row => row.PathNorm.Contains(sought) || row.Alt.ToLower().Contains(sought));
#pragma warning restore CA1862, CA1304, CA1311, MA0011
            found.AddRange(await rows.OrderByDescending(row => row.CreatedUtc).ThenByDescending(row => row.Id).Take(Math.Clamp(limit, 1, 200)).ToListAsync(stop));
        }

        return [.. found.OrderByDescending(row => row.CreatedUtc).ThenByDescending(row => row.Id, StringComparer.Ordinal).Take(Math.Clamp(limit, 1, 200)).Select(MediaAsset.Of)];
    }

    /// <summary>Says what a file shows, by language, or that it is decoration, and which point matters in it.</summary>
    public async Task<Outcome<MediaAsset>> DescribeAsync(
        ContentUser by, string path, IReadOnlyDictionary<string, string> alt, bool isDecorative, (double X, double Y)? focalPoint, CancellationToken stop = default)
    {
        if (!MayManage(by)) return Refusal.Forbidden;
        if (focalPoint is { } point && !(point.X is >= 0 and <= 1 && point.Y is >= 0 and <= 1)) return new Refusal("media.focal_point");

        var norm = MediaPath.Normalise(path);
        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Media.SingleOrDefaultAsync(row => row.PathNorm == norm, inner) is not { } row) return (Outcome<MediaAsset>)Refusal.NotFound;

            var before = Description(row);
            (row.Alt, row.IsDecorative, row.ModifiedUtc) = (MediaAlt.Write(alt), isDecorative, clock.GetUtcNow().UtcDateTime);
            (row.FocalX, row.FocalY) = (focalPoint?.X, focalPoint?.Y);
            if (before != Description(row)) Audit(by, "Saved", row, $"{before} → {Description(row)}");
            await db.SaveChangesAsync(inner);
            return MediaAsset.Of(row);
        }, stop);
    }

    /// <summary>Where a file is used, in what is public and in newest versions, at most 200 places.</summary>
    public async Task<IReadOnlyList<MediaUsage>> UsagesAsync(string path, CancellationToken stop = default)
    {
        var norm = MediaPath.Normalise(path);
        var uses = await (from use in db.References
                          join item in db.Items on use.ItemId equals item.ItemId
                          join version in db.Versions on item.LatestVersionId equals version.VersionId
                          where use.Kind == ReferenceKind.Media && use.Target == norm
                          orderby use.ItemId, use.Scope
                          select new { use.ItemId, version.DisplayText, use.JsonPath, use.Scope }).Take(400).ToListAsync(stop);
        return [.. uses.GroupBy(use => (use.ItemId, use.JsonPath)).Take(200)
            .Select(group => new MediaUsage(group.Key.ItemId, group.First().DisplayText, group.Key.JsonPath, group.Any(use => use.Scope == Scope.Published)))];
    }

    /// <summary>Removes a file that is used nowhere; else says in how many places it is.</summary>
    public async Task<Refusal?> DeleteAsync(ContentUser by, string path, CancellationToken stop = default)
    {
        if (!MayManage(by)) return Refusal.Forbidden;

        var norm = MediaPath.Normalise(path);
        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Media.SingleOrDefaultAsync(row => row.PathNorm == norm, inner) is not { } asset) return Refusal.NotFound;

            var uses = await db.References.CountAsync(use => use.Kind == ReferenceKind.Media && use.Target == norm, inner);
            if (uses > 0) return new Refusal("media.in_use", path, $"{uses}");

            db.Media.Remove(asset);
            Audit(by, "Removed", asset, Description(asset));
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    /// <summary>Removes the bytes that no file of the library has any more. Bytes touched in the last day stay: an upload may be about to name them.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> SweepAsync(CancellationToken stop = default)
    {
        var removed = 0;
        foreach (var hashes in files.UntouchedSince(clock.GetUtcNow().UtcDateTime.AddDays(-1)).Chunk(200))
        {
            var used = await db.Media.Where(row => hashes.Contains(row.Hash)).Select(row => row.Hash).ToListAsync(stop);
            foreach (var hash in hashes.Except(used))
            {
                files.Remove(hash);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>The pictures of an item's media field with what is to be read aloud: the field's own text before the library's.</summary>
    public async Task<IReadOnlyList<ShownPicture>> PicturesAsync(ContentItem item, string field, CancellationToken stop = default)
    {
        var norms = item.Pictures(field).Select(MediaPath.Normalise).ToArray();
        var rows = await db.Media.AsNoTracking().Where(row => norms.Contains(row.PathNorm)).ToListAsync(stop);
        return Pictures(item, field, rows.ToDictionary(row => row.PathNorm, MediaAsset.Of));
    }

    /// <summary>The files that items name in a media field, by their normalised paths, in one query: what <see cref="Pictures"/> asks for. At most 500.</summary>
    public async Task<IReadOnlyDictionary<string, MediaAsset>> FilesOfAsync(IEnumerable<ContentItem> items, string field, CancellationToken stop = default) =>
        (await FindManyAsync([.. items.SelectMany(item => item.Pictures(field))], stop)).ToDictionary(asset => MediaPath.Normalise(asset.Path));

    /// <inheritdoc cref="PicturesAsync"/>
    /// <param name="item">The item.</param>
    /// <param name="field">The name of the media field.</param>
    /// <param name="assets">The files that are known, by their normalised paths: for those who read those of many items at once.</param>
    public static IReadOnlyList<ShownPicture> Pictures(ContentItem item, string field, IReadOnlyDictionary<string, MediaAsset> assets)
    {
        var norms = item.Pictures(field).Select(MediaPath.Normalise).ToArray();
        var (texts, anchors) = (item.Field(field)?["MediaTexts"] as System.Text.Json.Nodes.JsonArray, item.Field(field)?["Anchors"] as System.Text.Json.Nodes.JsonArray);
        var shown = new List<ShownPicture>();
        for (var i = 0; i < norms.Length; i++)
        {
            if (!assets.TryGetValue(norms[i], out var asset)) continue;

            var text = i < texts?.Count ? ContentJson.TextOf(texts[i]) : null;
            var anchor = i < anchors?.Count ? anchors[i] as System.Text.Json.Nodes.JsonObject : null;
            var focus = anchor.Number("X") is { } x && anchor.Number("Y") is { } y ? (x, y) : asset.FocalPoint ?? (0.5, 0.5);
            shown.Add(new ShownPicture(asset, !string.IsNullOrWhiteSpace(text) ? text : asset.IsDecorative ? "" : asset.Alt.GetValueOrDefault(item.Culture ?? "", ""), focus));
        }

        return shown;
    }

    /// <summary>Takes a file in as it comes with a recipe, under exactly its path.</summary>
    internal async Task<Outcome<StagedFile>> StageAsync(string path, Stream stream, CancellationToken stop)
    {
        if (!MediaPath.IsValid(path)) return new Refusal("media.path", path);

        var staged = await files.StageAsync(path, stream, stop);
        if (!staged.Succeeded || staged.Result.Format.Extensions.Contains(Path.GetExtension(path).TrimStart('.').ToLowerInvariant())) return staged;

        using var misnamed = staged.Result;
        return new Refusal("media.extension", path, misnamed.Format.ContentType);
    }

    internal void Keep(StagedFile file) => files.Keep(file);

    /// <summary>Gives a staged file its row, inside the caller's transaction. False when it was there already, the same.</summary>
    internal async Task<bool> PutAsync(string path, StagedFile file, MediaDescription description, ContentUser by, CancellationToken stop)
    {
        var norm = MediaPath.Normalise(path);
        var row = await db.Media.SingleOrDefaultAsync(each => each.PathNorm == norm, stop);
        var before = row is null ? null : (row.Hash, row.Alt, row.IsDecorative, row.FocalX, row.FocalY) as (string, string, bool, double?, double?)?;
        row ??= Add(path.TrimStart('/'), file, by);
        (row.Hash, row.Kind, row.ContentType, row.Size, row.Width, row.Height) =
            (file.Hash, file.Format.Kind, file.Format.ContentType, file.Size, file.Width, file.Height);
        if (description.Alt is { } alt) row.Alt = MediaAlt.Write(alt);
        row.IsDecorative = description.IsDecorative ?? row.IsDecorative;
        if (description.FocalPoint is var (x, y)) (row.FocalX, row.FocalY) = (x, y);
        if (before == (row.Hash, row.Alt, row.IsDecorative, row.FocalX, row.FocalY)) return false;

        row.ModifiedUtc = clock.GetUtcNow().UtcDateTime;
        Audit(by, "Imported", row);
        await db.SaveChangesAsync(stop);
        return true;
    }

    private static bool MayManage(ContentUser by) => ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.ManageMedia);

    private void Audit(ContentUser by, string act, MediaRow row, string? comment = null) =>
        db.Audit.Add(AuditRow.Of(by, clock.GetUtcNow().UtcDateTime, act, "Media", row.Id, row.Path, comment));

    private static string Description(MediaRow row) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Alt}{(row.IsDecorative ? " decorative" : "")} {row.FocalX:0.##} {row.FocalY:0.##}").TrimEnd();

    private MediaRow Add(string path, StagedFile file, ContentUser by)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var row = new MediaRow
        {
            Id = ContentId.New(), Path = path, PathNorm = MediaPath.Normalise(path), Kind = file.Format.Kind, ContentType = file.Format.ContentType, Size = file.Size,
            Hash = file.Hash, Width = file.Width, Height = file.Height, Alt = "{}", IsDecorative = false, UploadedBy = by.Id, CreatedUtc = now, ModifiedUtc = now,
        };
        db.Media.Add(row);
        return row;
    }
}

/// <summary>What a recipe says of a file; null where it says nothing.</summary>
internal sealed record MediaDescription(IReadOnlyDictionary<string, string>? Alt, bool? IsDecorative, (double X, double Y)? FocalPoint);
