using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

public sealed partial class ContentReader
{
    /// <summary>The newest versions of up to 200 items, by id, published or not: for those who may preview them.</summary>
    public async Task<IReadOnlyDictionary<string, ContentItem>> FindLatestManyAsync(IReadOnlyList<string> itemIds, CancellationToken stop = default)
    {
        var sought = itemIds.Distinct().Take(200).ToArray();
        var found = await (from item in db.Items.AsNoTracking()
                           join version in db.Versions.AsNoTracking() on item.LatestVersionId equals version.VersionId
                           where sought.Contains(item.ItemId)
                           select new { item, version }).ToListAsync(stop);
        return found.ToDictionary(each => each.item.ItemId, each => ContentItem.Of(each.item, each.version));
    }
}
