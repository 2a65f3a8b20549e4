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

/// <summary>Keeps what editors type, per item and editor, outside history: nothing here is a version, and saving clears it.</summary>
public sealed class Autosaves(ContentDbContext db, ContentSettings settings, TimeProvider clock)
{
    /// <summary>Keeps the text in place of what the same editor had kept for the item.</summary>
    public async Task<Refusal?> KeepAsync(ContentUser by, string itemId, string? baseVersionId, JsonObject content, CancellationToken stop = default)
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
                (kept.BaseVersionId, kept.Doc, kept.SavedUtc) = (baseVersionId, doc, now);
            else
                db.Autosaves.Add(new AutosaveRow { ItemId = itemId, UserId = by.Id, BaseVersionId = baseVersionId, Doc = doc, SavedUtc = now });
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    /// <summary>What the editor had kept for the item; null when nothing.</summary>
    public async Task<Autosave?> FindAsync(ContentUser by, string itemId, CancellationToken stop = default) =>
        await db.Autosaves.AsNoTracking().SingleOrDefaultAsync(row => row.ItemId == itemId && row.UserId == by.Id, stop) is { } row
            ? new Autosave(row.ItemId, row.BaseVersionId, ContentJson.Read(row.Doc), row.SavedUtc)
            : null;

    /// <summary>The editor does not want it back.</summary>
    public Task DiscardAsync(ContentUser by, string itemId, CancellationToken stop = default) =>
        db.WriteAsync(inner => db.Autosaves.Where(row => row.ItemId == itemId && row.UserId == by.Id).ExecuteDeleteAsync(inner), stop);

    /// <summary>Forgets what was kept before that instant and never saved.</summary>
    /// <returns>How many texts were forgotten.</returns>
    public Task<int> ForgetBeforeAsync(DateTime instant, CancellationToken stop = default) =>
        db.WriteAsync(inner => db.Autosaves.Where(row => row.SavedUtc < instant).ExecuteDeleteAsync(inner), stop);
}
