using Metro.Content;
using Metro.Library;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Content;

/// <summary>A link that editors gave.</summary>
/// <param name="Url">Where it leads: within the portal with a slash in front, or with a scheme.</param>
/// <param name="Text">What it says; null where nobody wrote it.</param>
public sealed record ContentLink(string Url, string? Text)
{
    internal static ContentLink? Of(ContentItem item, string field) =>
        item.Field(field).Text("Url") is { Length: > 0 } url && SafeHtml.IsSafeLink(url)
            ? new(url.StartsWith("~/", StringComparison.Ordinal) ? url[1..] : url, item.Field(field).Text("Text"))
            : null;
}

/// <summary>A place on the map.</summary>
/// <param name="Latitude">In degrees, north of the equator.</param>
/// <param name="Longitude">In degrees, east of Greenwich.</param>
public sealed record PlaceOnMap(double Latitude, double Longitude)
{
    internal static PlaceOnMap? Of(ContentItem item, string field) =>
        item.Field(field).Number("Latitude") is { } north && item.Field(field).Number("Longitude") is { } east ? new(north, east) : null;
}

/// <summary>A picture with what is read aloud in its place.</summary>
[ObjectType]
public sealed class Picture
{
    private readonly Func<int?, Uri> address;

    internal Picture(ShownPicture shown, PortalAddress portal)
    {
        var asset = shown.Asset;
        address = width => portal.File(width is { } pixels ? asset.AddressAt(PictureSizes.Widths.FirstOrDefault(each => each >= pixels, PictureSizes.Widths[^1])) : asset.Address);
        (Alt, Width, Height, MediaType) = (shown.Alt, asset.Width, asset.Height, asset.ContentType);
    }

    /// <summary>A picture that the portal paints itself, in one size.</summary>
    internal Picture(Uri painted, string alt, int width, int height)
    {
        address = _ => painted;
        (Alt, Width, Height, MediaType) = (alt, width, height, "image/png");
    }

    /// <summary>The absolute address of the picture as it was uploaded, or of a copy.</summary>
    /// <param name="width">How wide the copy is at most, in pixels: 320, 640, 960, 1280 or 1920. The original where it is left out, or where there are no copies.</param>
    public Uri Url(int? width = null) => address(width);

    /// <summary>What it shows, for those who cannot see it; empty for mere decoration.</summary>
    public string Alt { get; }

    /// <summary>The width of the original in pixels; null where the file does not say.</summary>
    public int? Width { get; }

    /// <summary>The height of the original in pixels; null where the file does not say.</summary>
    public int? Height { get; }

    /// <summary>The media type of the original, such as `image/jpeg`.</summary>
    public string MediaType { get; }
}

/// <summary>A term by which content is sorted.</summary>
/// <param name="Id">Its id, to filter by.</param>
/// <param name="Name">Its name in the language of the request.</param>
/// <param name="ParentId">The id of the term above it; null at the top.</param>
public sealed record ContentTerm([property: GraphQLType("ID!")] string Id, string Name, [property: GraphQLType("ID")] string? ParentId);

/// <summary>The pictures of content, those of many items read at once.</summary>
internal static class Pictures
{
    public static async ValueTask<IReadOnlyList<Picture>> OfAsync(IResolverContext resolved, string field) =>
        await OfAsync(resolved.Parent<ContentEntry>().Item, field, resolved);

    public static async ValueTask<IReadOnlyList<Picture>> OfAsync(ContentItem item, string field, IResolverContext resolved)
    {
        var paths = item.Pictures(field).Select(MediaPath.Normalise).Distinct().ToArray();
        if (paths.Length == 0) return [];
        var assets = await resolved.DataLoader<IDataLoader<string, MediaAsset>>(null).LoadAsync(paths, resolved.RequestAborted);
        var known = paths.Zip(assets).Where(one => one.Second is not null).ToDictionary(one => one.First, one => one.Second!);
        var portal = (PortalAddress)resolved.Services.GetService(typeof(PortalAddress))!;
        return [.. MediaLibrary.Pictures(item, field, known).Select(shown => new Picture(shown, portal))];
    }

    [DataLoader]
    internal static async Task<IReadOnlyDictionary<string, MediaAsset>> GetAssetByPathAsync(IReadOnlyList<string> paths, MediaLibrary library, CancellationToken stop) =>
        (await library.FindManyAsync([.. paths], stop)).ToDictionary(asset => MediaPath.Normalise(asset.Path));

    [DataLoader]
    internal static Task<IReadOnlyDictionary<string, ContentItem>> GetContentByIdAsync(IReadOnlyList<string> ids, ContentReader reader, CancellationToken stop) =>
        reader.FindManyAsync(ids, stop);

    [DataLoader]
    internal static async Task<IReadOnlyDictionary<string, LibraryProgram>> GetProgramByCodeAsync(IReadOnlyList<string> codes, LibraryDbContext db, CancellationToken stop) =>
        (await db.Programs.AsNoTracking().ForThePublic().Where(program => program.ContentKey != null && codes.Contains(program.ContentKey)).OrderBy(program => program.Id).ToListAsync(stop))
            .DistinctBy(program => program.ContentKey).ToDictionary(program => program.ContentKey!);
}

/// <summary>The terms of content, a taxonomy read once in a request.</summary>
internal static class Terms
{
    public static async ValueTask<object?> OfAsync(IResolverContext resolved, FieldDef field)
    {
        var ids = resolved.Parent<ContentEntry>().Item.Terms(field.Name);
        if (ids.Count == 0) return Array.Empty<ContentTerm>();
        var known = await resolved.DataLoader<IDataLoader<TaxonomyKey, IReadOnlyList<TaxonomyTerm>>>(null).LoadAsync(new TaxonomyKey(field.Taxonomy!, Language.OfRequest.Code), resolved.RequestAborted);
        return (known ?? []).Where(term => ids.Contains(term.TermId)).Select(term => new ContentTerm(term.TermId, term.Text, term.ParentId)).ToList();
    }

    [DataLoader]
    internal static Task<IReadOnlyList<TaxonomyTerm>> GetTermsOfTaxonomyAsync(TaxonomyKey key, ContentReader reader, CancellationToken stop) =>
        reader.TermsAsync(key.Alias, key.Culture, stop);
}

/// <summary>A taxonomy in one language.</summary>
internal readonly record struct TaxonomyKey(string Alias, string Culture);
