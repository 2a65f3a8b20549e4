using Metro.Content;
using Metro.Library.Elending;

namespace Metro.Portal.Pages.EResources;

/// <summary>
/// Which files of e-resources are not handed out to everybody who knows their address: what is for members or is read in the
/// library, and what is lent by licence. Where a file belongs to several resources, the strictest decides. Not thread-safe: one
/// per request.
/// </summary>
internal sealed class KeptFiles(MediaLibrary media, ContentReader reader, DigitalLending lending)
{
    /// <summary>Whether a file is kept. Pictures never are: they are covers.</summary>
    public async Task<bool> IsKeptAsync(MediaAsset file, CancellationToken stop)
    {
        if (file.Kind == MediaKind.Picture) return false;

        var ids = (await media.UsagesAsync(file.Path, stop)).Select(use => use.ItemId).Distinct().ToList();
        if (ids.Count == 0) return false;
        foreach (var item in (await reader.FindManyAsync(ids, stop)).Values.Concat((await reader.FindLatestManyAsync(ids, stop)).Values))
            if (await IsKeptAsync(item, stop)) return true;
        return false;
    }

    /// <summary>Whether the files of an item are kept.</summary>
    public async Task<bool> IsKeptAsync(ContentItem item, CancellationToken stop) => (await KeptAsync([item], stop)).Count > 0;

    /// <summary>Those of some items whose files are kept.</summary>
    public async Task<IReadOnlySet<ContentItem>> KeptAsync(IReadOnlyCollection<ContentItem> items, CancellationToken stop)
    {
        var lent = await lending.LentAsync([.. items.Where(item => item.Type == "EResource").Select(CodeOf).OfType<string>()], stop);
        return items.Where(item => item.Type == "EResource" && (item.Text("Access") != "anywhere" || (CodeOf(item) is { } code && lent.Contains(code)))).ToHashSet();
    }

    /// <summary>The code under which the library lends an item; null where it does not.</summary>
    public static string? CodeOf(ContentItem item) => item.Text("ResourceCode") is { Length: > 0 } code ? code : null;
}
