using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>Who is editing an item.</summary>
/// <param name="UserId">The editor's id.</param>
/// <param name="UserName">The editor's name, to show to others.</param>
/// <param name="ExpiresUtc">When the lock is over unless it is renewed.</param>
/// <param name="Token">What its holder renews it with; null when it is somebody else's, or held in another window.</param>
public sealed record EditLock(string UserId, string UserName, DateTime ExpiresUtc, string? Token)
{
    /// <summary>Whether the one who asked holds it.</summary>
    public bool IsYours => Token is not null;
}

/// <summary>
/// Notices that somebody is already editing. A lock is courtesy, not protection: saving is safe without one
/// (<see cref="EditConflict"/>), it expires by itself, and others may take it over.
/// </summary>
public sealed class EditLocks(ContentDbContext db, ContentSettings settings, TimeProvider clock)
{
    /// <summary>Takes the lock if it is free, renews it if the token is the holder's, else tells who holds it.</summary>
    /// <param name="by">Who edits.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="token">The token of the lock that this window holds; null when it holds none.</param>
    /// <param name="stop">Stops the act.</param>
    public Task<EditLock> TakeAsync(ContentUser by, string itemId, string? token = null, CancellationToken stop = default) =>
        WriteAsync(by, itemId, row => row.ExpiresUtc <= Now || row.Token == token, stop);

    /// <summary>Takes the lock whoever holds it; the other learns of it when renewing.</summary>
    public Task<EditLock> TakeOverAsync(ContentUser by, string itemId, CancellationToken stop = default) =>
        WriteAsync(by, itemId, _ => true, stop);

    /// <summary>Gives the lock back; nothing happens when it was taken over.</summary>
    public Task ReleaseAsync(string itemId, string token, CancellationToken stop = default) =>
        db.WriteAsync(inner => db.Locks.Where(row => row.ItemId == itemId && row.Token == token).ExecuteDeleteAsync(inner), stop);

    /// <summary>Who is editing the item now; null when nobody is. The token is not shown.</summary>
    public async Task<EditLock?> FindAsync(string itemId, CancellationToken stop = default)
    {
        var now = Now;
        return await db.Locks.AsNoTracking().SingleOrDefaultAsync(row => row.ItemId == itemId && row.ExpiresUtc > now, stop) is { } row ? Shown(row, false) : null;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<EditLock> WriteAsync(ContentUser by, string itemId, Func<LockRow, bool> mayHave, CancellationToken stop) =>
        db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            var expires = Now + settings.LockLasts;
            var row = await db.Locks.SingleOrDefaultAsync(held => held.ItemId == itemId, inner);
            if (row is not null && !mayHave(row)) return Shown(row, false);

            if (row is null) db.Locks.Add(row = new LockRow { ItemId = itemId, UserId = by.Id, UserName = by.Name, Token = ContentId.New(), ExpiresUtc = expires });
            else if (row.UserId == by.Id && row.ExpiresUtc > Now) row.ExpiresUtc = expires;
            else (row.UserId, row.UserName, row.Token, row.ExpiresUtc) = (by.Id, by.Name, ContentId.New(), expires);
            await db.SaveChangesAsync(inner);
            return Shown(row, true);
        }, stop);

    private static EditLock Shown(LockRow row, bool yours) => new(row.UserId, row.UserName, row.ExpiresUtc, yours ? row.Token : null);
}
