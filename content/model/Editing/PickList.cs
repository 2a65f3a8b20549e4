using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>Content as a picker shows it.</summary>
/// <param name="ItemId">The item: what a ContentPicker holds.</param>
/// <param name="LocalizationSet">Its set: what a LocalizationSetContentPicker holds; null where it has no language.</param>
/// <param name="Type">Its content type.</param>
/// <param name="DisplayText">What its newest version calls it.</param>
/// <param name="Culture">Its language; null where it has none.</param>
/// <param name="IsPublished">Whether the public sees it: what is picked and not published is shown to nobody.</param>
public sealed record PickLine(string ItemId, string? LocalizationSet, string Type, string DisplayText, string? Culture, bool IsPublished);

/// <summary>What editors pick other content from: drafts included, as far as the person may see them.</summary>
public sealed class PickList(ContentDbContext db)
{
    private const int Most = 50;

    /// <summary>Content whose title contains the words, the most recently written first; one line for each set of translations.</summary>
    /// <param name="by">Who picks.</param>
    /// <param name="types">Only these types; all when empty.</param>
    /// <param name="culture">The language whose titles are preferred; null for none.</param>
    /// <param name="title">A part of the title, in any case; null or empty for all.</param>
    /// <param name="limit">How many, at most 50.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<PickLine>> FindAsync(
        ContentUser by, IReadOnlyList<string> types, string? culture, string? title, int limit = 20, CancellationToken stop = default)
    {
        var rows = db.Index.AsNoTracking().Where(row => row.Scope == Scope.Latest);
        var granted = ContentRoles.PermissionsOf(by.Roles);
        if (!granted.Contains("PreviewContent") && !granted.Contains("EditContent"))
            rows = rows.Where(row => row.Owner == by.Id || db.Items.Any(item => item.ItemId == row.ItemId && item.PublishedVersionId != null));
        if (types.Count > 0) rows = rows.Where(row => types.Contains(row.Type));
        if (title?.Trim().ToLowerInvariant() is { Length: > 0 } words)
        {
#pragma warning disable CA1862, CA1304, CA1311, MA0011 // EF translates this form to lower() on both databases.
            rows = rows.Where(row => row.DisplayText.ToLower().Contains(words));
#pragma warning restore CA1862, CA1304, CA1311, MA0011
        }

        // Of a set each language has a row: twice as many are read, and one of each set is kept.
        var found = await Lines(rows.OrderByDescending(row => row.ModifiedUtc).ThenByDescending(row => row.ItemId).Take(2 * Math.Clamp(limit, 1, Most))).ToListAsync(stop);
        return [.. OnePerSet(found, culture).Take(Math.Clamp(limit, 1, Most))];
    }

    /// <summary>The lines of what is picked already, by what was picked: an item's id or a set's. What is gone is missing.</summary>
    public async Task<IReadOnlyDictionary<string, PickLine>> NamesAsync(IReadOnlyCollection<string> itemsAndSets, string? culture, CancellationToken stop = default)
    {
        var ids = itemsAndSets.Take(500).ToArray();
        if (ids.Length == 0) return new Dictionary<string, PickLine>();

        var found = await Lines(db.Index.AsNoTracking().Where(row => row.Scope == Scope.Latest && (ids.Contains(row.ItemId) || ids.Contains(row.LocSet)))).ToListAsync(stop);
        var named = OnePerSet(found, culture).Where(line => line.LocalizationSet is not null).ToDictionary(line => line.LocalizationSet!);
        foreach (var line in found) named[line.ItemId] = line;
        return named;
    }

    private IQueryable<PickLine> Lines(IQueryable<IndexRow> rows) =>
        from row in rows
        join item in db.Items.AsNoTracking() on row.ItemId equals item.ItemId
        orderby row.ModifiedUtc descending, row.ItemId descending
        select new PickLine(row.ItemId, item.LocSet, row.Type, row.DisplayText, item.Culture, item.PublishedVersionId != null);

    private static IEnumerable<PickLine> OnePerSet(IEnumerable<PickLine> lines, string? culture) => lines
        .GroupBy(line => line.LocalizationSet ?? line.ItemId)
        .Select(set => set.OrderByDescending(line => line.Culture == culture).ThenBy(line => line.Culture, StringComparer.Ordinal).First());
}
