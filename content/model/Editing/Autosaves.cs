using System.Text.Json.Nodes;
using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>What an editor typed and has not saved.</summary>
/// <param name="ItemId">The item, which may not exist yet.</param>
/// <param name="BaseVersionId">The version that the editor began from; null for a new item.</param>
/// <param name="Content">The parts as typed.</param>
/// <param name="SavedUtc">When it was kept.</param>
public sealed record Autosave(string ItemId, string? BaseVersionId, JsonObject Content, DateTime SavedUtc);

/// <summary>A text that was typed and not saved, as the list of them shows it.</summary>
/// <param name="ItemId">The item, which may not exist yet.</param>
/// <param name="Type">Its content type; null when it is not known.</param>
/// <param name="Culture">Its language; null when it has none.</param>
/// <param name="DisplayText">What the typed text calls it, else its newest version; empty when neither does.</param>
/// <param name="IsNew">Whether the item does not exist yet.</param>
/// <param name="SavedUtc">When it was kept.</param>
public sealed record AutosaveLine(string ItemId, string? Type, string? Culture, string DisplayText, bool IsNew, DateTime SavedUtc);

/// <summary>Keeps what editors type, per item and editor, outside history: nothing here is a version, and saving clears it.</summary>
public sealed class Autosaves(ContentDbContext db, ContentSettings settings, TimeProvider clock)
{
    /// <summary>Keeps the text in place of what the same editor had kept for the item.</summary>
    /// <param name="by">Who types.</param>
    /// <param name="itemId">The item, which may not exist yet.</param>
    /// <param name="baseVersionId">The version that the editor began from; null for a new item.</param>
    /// <param name="content">The parts as typed.</param>
    /// <param name="type">The type of an item that does not exist yet, by which it is found again.</param>
    /// <param name="culture">The language of an item that does not exist yet; null when it has none.</param>
    /// <param name="stop">Stops the act.</param>
    public async Task<Refusal?> KeepAsync(
        ContentUser by, string itemId, string? baseVersionId, JsonObject content, string? type = null, string? culture = null, CancellationToken stop = default)
    {
        var doc = ContentJson.Write(content);
        if (!ContentId.IsValid(itemId)) return Refusal.NotFound;
        if (doc.Length > settings.MaxDocumentLength) return Refusal.Invalid([new Fault("content.too_large", "$", $"{doc.Length}", $"{settings.MaxDocumentLength}")]);

        var now = clock.GetUtcNow().UtcDateTime;
        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            var item = await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.ItemId == itemId, inner);
            if (item is not null && !by.May(ContentAct.Edit, item.Type, item.Owner)) return Refusal.Forbidden;

            if (await db.Autosaves.SingleOrDefaultAsync(row => row.ItemId == itemId && row.UserId == by.Id, inner) is { } kept)
                (kept.BaseVersionId, kept.Doc, kept.SavedUtc, kept.Type, kept.Culture) = (baseVersionId, doc, now, item?.Type ?? type, item is null ? culture : item.Culture);
            else
                db.Autosaves.Add(new AutosaveRow { ItemId = itemId, UserId = by.Id, BaseVersionId = baseVersionId, Doc = doc, SavedUtc = now, Type = item?.Type ?? type, Culture = item is null ? culture : item.Culture });
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    /// <summary>What the editor had kept for the item; null when nothing.</summary>
    public async Task<Autosave?> FindAsync(ContentUser by, string itemId, CancellationToken stop = default) =>
        await db.Autosaves.AsNoTracking().SingleOrDefaultAsync(row => row.ItemId == itemId && row.UserId == by.Id, stop) is { } row
            ? new Autosave(row.ItemId, row.BaseVersionId, ContentJson.Read(row.Doc), row.SavedUtc)
            : null;

    /// <summary>What the editor typed and never saved, the newest first, of items that are not deleted.</summary>
    /// <param name="by">The editor.</param>
    /// <param name="limit">How many, at most 200.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<AutosaveLine>> MineAsync(ContentUser by, int limit = 50, CancellationToken stop = default)
    {
        var userId = by.Id;
        var kept = await (from row in db.Autosaves.AsNoTracking()
                          where row.UserId == userId && !db.Items.Any(item => item.ItemId == row.ItemId && item.DeletedUtc != null)
                          orderby row.SavedUtc descending, row.ItemId
                          select new
                          {
                              row,
                              Title = (from item in db.Items
                                       join version in db.Versions on item.LatestVersionId equals version.VersionId
                                       where item.ItemId == row.ItemId
                                       select version.DisplayText).FirstOrDefault(),
                          }).Take(Math.Clamp(limit, 1, 200)).ToListAsync(stop);
        return [.. kept.Select(each => new AutosaveLine(each.row.ItemId, each.row.Type, each.row.Culture,
            ContentJson.Read(each.row.Doc).Text("TitlePart", "Title") is { Length: > 0 } typed ? typed : each.Title ?? "", each.Title is null, each.row.SavedUtc))];
    }

    /// <summary>The editor does not want it back.</summary>
    public Task DiscardAsync(ContentUser by, string itemId, CancellationToken stop = default) =>
        db.WriteAsync(inner => db.Autosaves.Where(row => row.ItemId == itemId && row.UserId == by.Id).ExecuteDeleteAsync(inner), stop);

    /// <summary>The editor wants none of it back.</summary>
    /// <returns>How many texts were forgotten.</returns>
    public Task<int> DiscardAllAsync(ContentUser by, CancellationToken stop = default) =>
        db.WriteAsync(inner => db.Autosaves.Where(row => row.UserId == by.Id).ExecuteDeleteAsync(inner), stop);

    /// <summary>Forgets what was kept before that instant and never saved.</summary>
    /// <returns>How many texts were forgotten.</returns>
    public Task<int> ForgetBeforeAsync(DateTime instant, CancellationToken stop = default) =>
        db.WriteAsync(inner => db.Autosaves.Where(row => row.SavedUtc < instant).ExecuteDeleteAsync(inner), stop);
}
