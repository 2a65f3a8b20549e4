using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>What state an item is in, for the editors' list.</summary>
public enum ContentState
{
    /// <summary>Never published, or withdrawn.</summary>
    Draft,

    /// <summary>Published, and nothing newer.</summary>
    Published,

    /// <summary>Published, with a newer draft.</summary>
    PublishedWithDraft,
}

/// <summary>A line of the editors' list.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="LatestVersionId">Its newest version: what bulk acts and the editor begin from.</param>
/// <param name="Type">Its content type.</param>
/// <param name="DisplayText">What its newest version calls it.</param>
/// <param name="Culture">Its language; null when it has none.</param>
/// <param name="Owner">The id of its owner.</param>
/// <param name="State">What state it is in.</param>
/// <param name="ModifiedUtc">When its newest version was written.</param>
public sealed record EditorLine(
    string ItemId, string LatestVersionId, string Type, string DisplayText, string? Culture, string Owner, ContentState State, DateTime ModifiedUtc);

/// <summary>Which items the editors' list shows, the most recently written first.</summary>
public sealed record EditorQuery
{
    /// <summary>The content type; null for all.</summary>
    public string? Type { get; init; }

    /// <summary>The language; null for all.</summary>
    public string? Culture { get; init; }

    /// <summary>The id of the owner; null for all.</summary>
    public string? Owner { get; init; }

    /// <summary>True for what has a published version, false for what has none; null for both.</summary>
    public bool? IsPublished { get; init; }

    /// <summary>True for what has something that is not published yet, false for what is public as it stands; null for both.</summary>
    public bool? HasDraft { get; init; }

    /// <summary>A part of the title, in any case; null for all.</summary>
    public string? Title { get; init; }

    /// <summary>How many lines, 1 to 200.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>The last line of the page before; null for the first page.</summary>
    public EditorLine? After { get; init; }
}

/// <summary>The list from which editors start: everything they may see, drafts included.</summary>
public sealed class EditorList(ContentDbContext db)
{
    /// <summary>A page of the list; somebody who may preview only their own sees only their own.</summary>
    public async Task<Outcome<IReadOnlyList<EditorLine>>> FindAsync(ContentUser by, EditorQuery query, CancellationToken stop = default)
    {
        var granted = ContentRoles.PermissionsOf(by.Roles);
        if (!granted.Contains(ContentPermissions.ListContent)) return Refusal.Forbidden;

        var rows = db.Index.AsNoTracking().Where(row => row.Scope == Scope.Latest);
        var owner = granted.Contains("PreviewContent") || granted.Contains("EditContent") ? query.Owner : by.Id;
        if (owner is not null) rows = rows.Where(row => row.Owner == owner);
        if (query.Type is { } type) rows = rows.Where(row => row.Type == type);
        if (query.Culture is { } culture) rows = rows.Where(row => row.Culture == culture);
        if (query.Title is { Length: > 0 } title)
        {
            var pattern = title.ToLowerInvariant();
#pragma warning disable CA1862, CA1304, CA1311, MA0011 // EF translates this form to lower() on both databases.
            rows = rows.Where(row => row.DisplayText.ToLower().Contains(pattern));
#pragma warning restore CA1862, CA1304, CA1311, MA0011
        }

        if (query.After is { } after)
            rows = rows.Where(row => row.ModifiedUtc <= after.ModifiedUtc && (row.ModifiedUtc < after.ModifiedUtc || string.Compare(row.ItemId, after.ItemId) < 0));
        var lines = from row in rows
                    join item in db.Items on row.ItemId equals item.ItemId
                    where (query.IsPublished == null || (item.PublishedVersionId != null) == query.IsPublished)
                        && (query.HasDraft == null || (item.PublishedVersionId != item.LatestVersionId) == query.HasDraft)
                    orderby row.ModifiedUtc descending, row.ItemId descending
                    select new EditorLine(row.ItemId, row.VersionId, row.Type, row.DisplayText, item.Culture, row.Owner,
                        item.PublishedVersionId == null ? ContentState.Draft : item.PublishedVersionId == row.VersionId ? ContentState.Published : ContentState.PublishedWithDraft,
                        row.ModifiedUtc);
        return await lines.Take(Math.Clamp(query.PageSize, 1, 200)).ToListAsync(stop);
    }

    /// <summary>What was deleted and this person can bring back, the most recently deleted first.</summary>
    /// <param name="by">The person; somebody who may delete only their own is given only their own.</param>
    /// <param name="after">The last item of the page before; null for the first page.</param>
    /// <param name="limit">How many, at most 200.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<ContentItem>> DeletedAsync(ContentUser by, (DateTime DeletedUtc, string ItemId)? after = null, int limit = 50, CancellationToken stop = default)
    {
        var userId = ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.NameOf(ContentAct.Delete)) ? null : by.Id;
        var (isFirst, instant, id) = (after is null, after?.DeletedUtc, after?.ItemId);
        var found = await (from item in db.Items.AsNoTracking()
                           join version in db.Versions.AsNoTracking() on item.LatestVersionId equals version.VersionId
                           where item.DeletedUtc != null && (userId == null || item.Owner == userId)
                               && (isFirst || (item.DeletedUtc <= instant && (item.DeletedUtc < instant || string.Compare(item.ItemId, id) < 0)))
                           orderby item.DeletedUtc descending, item.ItemId descending
                           select new { item, version }).Take(Math.Clamp(limit, 1, 200)).ToListAsync(stop);
        return [.. found.Select(each => ContentItem.Of(each.item, each.version))];
    }
}
