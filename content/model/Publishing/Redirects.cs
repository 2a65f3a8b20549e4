using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>An address that leads elsewhere.</summary>
/// <param name="Path">The address that was left, normalised, without a slash in front.</param>
/// <param name="Target">Where it leads: a fixed place with a slash in front or a scheme; null when it follows an item.</param>
/// <param name="ItemId">The item that it follows; null when it leads to a fixed place.</param>
/// <param name="CreatedUtc">Since when.</param>
/// <param name="ItemPath">Where the item that it follows is now; null when it follows none, or one that is not published.</param>
public sealed record Redirect(string Path, string? Target, string? ItemId, DateTime CreatedUtc, string? ItemPath);

/// <summary>
/// Addresses that lead elsewhere. A page that moves leaves one by itself; here people make others, for the
/// addresses of an older site or of a poster. One that leads to another is followed to its end before the reader is
/// sent on, and none can be made that comes back to itself.
/// </summary>
public sealed class Redirects(ContentDbContext db, TimeProvider clock)
{
    /// <summary>How many redirects in a row are followed.</summary>
    internal const int LongestChain = 8;

    /// <summary>The redirects by address.</summary>
    /// <param name="after">Only addresses after that one; null from the first.</param>
    /// <param name="limit">How many, at most 500.</param>
    /// <param name="words">Only those whose address or fixed place contains that; null for all.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<Redirect>> ListAsync(string? after = null, int limit = 100, string? words = null, CancellationToken stop = default)
    {
        after ??= "";
        var rows = db.Redirects.AsNoTracking().Where(row => string.Compare(row.PathNorm, after) > 0);
        if (words?.Trim().ToLowerInvariant() is { Length: > 0 } sought)
        {
#pragma warning disable CA1862, CA1304, CA1311, MA0011 // EF translates this form to lower() on both databases.
            rows = rows.Where(row => row.PathNorm.Contains(sought) || row.Target!.ToLower().Contains(sought));
#pragma warning restore CA1862, CA1304, CA1311, MA0011
        }

        return await rows.OrderBy(row => row.PathNorm).Take(Math.Clamp(limit, 1, 500)).Select(row => new Redirect(
            row.PathNorm, row.Target, row.ItemId, row.CreatedUtc,
            db.Index.Where(index => index.ItemId == row.ItemId && index.Scope == Scope.Published && !index.IsFallback).Select(index => index.Path).FirstOrDefault())).ToListAsync(stop);
    }

    /// <summary>Lets an address lead to a fixed place, instead of where it led. Null when done.</summary>
    /// <returns>Refused when a published page has the address, when the place is no safe link, or when the way comes back to the address.</returns>
    public async Task<Refusal?> PutAsync(ContentUser by, string path, string target, CancellationToken stop = default)
    {
        if (!MayManage(by)) return Refusal.Forbidden;

        (path, target) = (path.Trim(), target.Trim());
        var norm = ContentPath.Normalise(path);
        var isPlace = target.StartsWith('/') ? SafeHtml.IsWithinPortal(target) : Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";
        if (norm.Length is 0 or > ContentPath.MaxLength || target.Length > ContentPath.MaxLength || !isPlace || norm.Any(char.IsControl) || target.Any(char.IsControl))
            return new Refusal("content.redirect", path, target);

        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Routes.AnyAsync(route => route.Scope == Scope.Published && route.PathNorm == norm, inner)) return new Refusal("content.redirect_taken", path);
            if (target.StartsWith('/') && await LeadsBackAsync(ContentPath.Normalise(target), norm, inner)) return new Refusal("content.redirect_loop", path, target);

            await db.Redirects.Where(row => row.PathNorm == norm).ExecuteDeleteAsync(inner);
            var now = clock.GetUtcNow().UtcDateTime;
            db.Redirects.Add(new RedirectRow { PathNorm = norm, Target = target, CreatedUtc = now });
            db.Audit.Add(AuditRow.Of(by, now, "Saved", nameof(Redirect), ContentId.Of(nameof(Redirect), norm), ContentWrites.Cut(norm, 400)!, ContentWrites.Cut(target, 500)));
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    /// <summary>Lets an address lead nowhere. Null when done.</summary>
    public async Task<Refusal?> RemoveAsync(ContentUser by, string path, CancellationToken stop = default)
    {
        if (!MayManage(by)) return Refusal.Forbidden;

        var norm = ContentPath.Normalise(path);
        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Redirects.SingleOrDefaultAsync(each => each.PathNorm == norm, inner) is not { } row) return Refusal.NotFound;

            db.Redirects.Remove(row);
            db.Audit.Add(AuditRow.Of(by, clock.GetUtcNow().UtcDateTime, "Removed", nameof(Redirect), ContentId.Of(nameof(Redirect), norm), ContentWrites.Cut(norm, 400)!, ContentWrites.Cut(row.Target ?? row.ItemId, 500)));
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    /// <summary>Whether the way from one address comes to another, or is longer than anyone is sent.</summary>
    private async Task<bool> LeadsBackAsync(string from, string to, CancellationToken stop)
    {
        for (var step = 1; step < LongestChain; step++)
        {
            if (from == to) return true;
            var next = await db.Redirects.AsNoTracking().Where(row => row.PathNorm == from).Select(row => row.Target).SingleOrDefaultAsync(stop);
            if (next?.StartsWith('/') != true) return false;
            from = ContentPath.Normalise(next);
        }

        return true;
    }

    private static bool MayManage(ContentUser by) => ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.ManageSettings);
}
