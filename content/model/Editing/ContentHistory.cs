using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>A version as the history lists it.</summary>
/// <param name="VersionId">Which version.</param>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="DisplayText">What the item was called in it.</param>
/// <param name="ModifiedUtc">When it was written.</param>
/// <param name="PublishedUtc">When it was published; null when it never was.</param>
/// <param name="Comment">What its author said of it; null when nothing.</param>
/// <param name="IsLatest">Whether it is the newest.</param>
/// <param name="IsPublished">Whether it is what the public sees.</param>
public sealed record VersionLine(
    string VersionId, int Number, string Author, string DisplayText, DateTime ModifiedUtc, DateTime? PublishedUtc, string? Comment, bool IsLatest, bool IsPublished);

/// <summary>A line of the audit: who did what, when, and from which version to which.</summary>
/// <param name="Id">The line's id.</param>
/// <param name="ItemId">The item; or the file, webhook, redirect or recipe.</param>
/// <param name="Type">Its content type; <c>Media</c>, <c>Webhook</c>, <c>Redirect</c> or <c>Recipe</c> for what is no item.</param>
/// <param name="DisplayText">What it was called.</param>
/// <param name="Act">Created, Saved, Published, Unpublished, Removed, Undeleted, Restored, Cloned, OwnerChanged, TranslationConfirmed, Imported, Paused, Resumed, SecretRenewed or Resent.</param>
/// <param name="UserId">Who did it.</param>
/// <param name="UserName">The name of who did it, at the time.</param>
/// <param name="AtUtc">When.</param>
/// <param name="BeforeVersionId">The version before; null when there was none.</param>
/// <param name="AfterVersionId">The version after; null when there is none.</param>
/// <param name="Comment">What was said of it; null when nothing.</param>
public sealed record AuditLine(
    string Id, string ItemId, string Type, string DisplayText, string Act, string UserId, string UserName, DateTime AtUtc,
    string? BeforeVersionId, string? AfterVersionId, string? Comment);

/// <summary>Which lines of the audit are sought, newest first.</summary>
public sealed record AuditQuery
{
    /// <summary>Of that item, file, webhook, redirect or recipe; null for all.</summary>
    public string? ItemId { get; init; }

    /// <summary>Of that content type, or <c>Media</c>, <c>Webhook</c>, <c>Redirect</c>, <c>Recipe</c>; null for all.</summary>
    public string? Type { get; init; }

    /// <summary>Of that act; null for all.</summary>
    public string? Act { get; init; }

    /// <summary>A part of the name of who did it, in any case; null for all.</summary>
    public string? Who { get; init; }

    /// <summary>A part of what the item was called, in any case; null for all.</summary>
    public string? Title { get; init; }

    /// <summary>Not before that instant, in UTC; null for all.</summary>
    public DateTime? FromUtc { get; init; }

    /// <summary>Before that instant, in UTC; null for all.</summary>
    public DateTime? UntilUtc { get; init; }

    /// <summary>The last line of the page before; null for the newest.</summary>
    public AuditLine? After { get; init; }

    /// <summary>How many lines, 1 to 500.</summary>
    public int PageSize { get; init; } = 100;
}

/// <summary>What items were, and who changed them. The caller has asked whether the reader may see it.</summary>
public sealed class ContentHistory(ContentDbContext db)
{
    /// <summary>The item's versions, newest first.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="before">Only versions with a smaller number; null for the newest.</param>
    /// <param name="limit">How many, at most 200.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<VersionLine>> VersionsAsync(string itemId, int? before = null, int limit = 50, CancellationToken stop = default)
    {
        var most = before ?? int.MaxValue;
        return await (from version in db.Versions
                      join item in db.Items on version.ItemId equals item.ItemId
                      where version.ItemId == itemId && version.Number < most
                      orderby version.Number descending
                      select new VersionLine(version.VersionId, version.Number, version.Author, version.DisplayText, version.ModifiedUtc, version.PublishedUtc,
                          version.Comment, version.VersionId == item.LatestVersionId, version.VersionId == item.PublishedVersionId))
            .Take(Math.Clamp(limit, 1, 200)).ToListAsync(stop);
    }

    /// <summary>One version of the item; null when the item has no such version.</summary>
    public async Task<ContentItem?> VersionAsync(string itemId, string versionId, CancellationToken stop = default) =>
        await (from version in db.Versions.AsNoTracking()
               join item in db.Items.AsNoTracking() on version.ItemId equals item.ItemId
               where version.VersionId == versionId && version.ItemId == itemId
               select new { item, version }).SingleOrDefaultAsync(stop) is { } found
            ? ContentItem.Of(found.item, found.version)
            : null;

    /// <summary>What changed from one version to another; null when the item lacks either.</summary>
    public async Task<IReadOnlyList<FieldChange>?> DiffAsync(string itemId, string fromVersionId, string toVersionId, CancellationToken stop = default) =>
        await VersionAsync(itemId, fromVersionId, stop) is { } from && await VersionAsync(itemId, toVersionId, stop) is { } to
            ? ContentDiff.Between(from.Content, to.Content)
            : null;

    /// <summary>The newest lines of one item's audit, or of all.</summary>
    /// <param name="itemId">The item; null for all.</param>
    /// <param name="limit">How many, at most 500.</param>
    /// <param name="stop">Stops the query.</param>
    public Task<IReadOnlyList<AuditLine>> AuditAsync(string? itemId = null, int limit = 100, CancellationToken stop = default) =>
        AuditAsync(new AuditQuery { ItemId = itemId, PageSize = limit }, stop);

    /// <summary>A page of the audit.</summary>
    public async Task<IReadOnlyList<AuditLine>> AuditAsync(AuditQuery query, CancellationToken stop = default)
    {
        var lines = db.Audit.AsNoTracking();
        if (query.ItemId is { } itemId) lines = lines.Where(line => line.ItemId == itemId);
        if (query.Type is { } type) lines = lines.Where(line => line.Type == type);
        if (query.Act is { } act) lines = lines.Where(line => line.Act == act);
        if (query.FromUtc is { } from) lines = lines.Where(line => line.AtUtc >= from);
        if (query.UntilUtc is { } until) lines = lines.Where(line => line.AtUtc < until);
        var (who, title) = (query.Who?.Trim().ToLowerInvariant(), query.Title?.Trim().ToLowerInvariant());
#pragma warning disable CA1862, CA1304, CA1311, MA0011 // EF translates this form to lower() on both databases.
        if (who is { Length: > 0 }) lines = lines.Where(line => line.UserName.ToLower().Contains(who));
        if (title is { Length: > 0 }) lines = lines.Where(line => line.DisplayText.ToLower().Contains(title));
#pragma warning restore CA1862, CA1304, CA1311, MA0011
        if (query.After is { AtUtc: var instant, Id: var id })
            lines = lines.Where(line => line.AtUtc <= instant && (line.AtUtc < instant || string.Compare(line.Id, id) < 0));
        return await lines.OrderByDescending(line => line.AtUtc).ThenByDescending(line => line.Id).Take(Math.Clamp(query.PageSize, 1, 500))
            .Select(line => new AuditLine(line.Id, line.ItemId, line.Type, line.DisplayText, line.Act, line.UserId, line.UserName, line.AtUtc,
                line.BeforeVersionId, line.AfterVersionId, line.Comment)).ToListAsync(stop);
    }
}
