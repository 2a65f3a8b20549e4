using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>An address that leads elsewhere.</summary>
/// <param name="Path">The address that was left, normalised, without a slash in front.</param>
/// <param name="Target">Where it leads: a fixed place with a slash in front or a scheme; null when it follows an item.</param>
/// <param name="ItemId">The item that it follows; null when it leads to a fixed place.</param>
/// <param name="CreatedUtc">Since when.</param>
public sealed record Redirect(string Path, string? Target, string? ItemId, DateTime CreatedUtc);

/// <summary>
/// Addresses that lead elsewhere. A page that moves leaves one by itself; here people make others, for the
/// addresses of an older site or of a poster.
/// </summary>
public sealed class Redirects(ContentDbContext db, TimeProvider clock)
{
    /// <summary>The redirects by address.</summary>
    /// <param name="after">Only addresses after that one; null from the first.</param>
    /// <param name="limit">How many, at most 500.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<Redirect>> ListAsync(string? after = null, int limit = 100, CancellationToken stop = default)
    {
        after ??= "";
        return await db.Redirects.AsNoTracking().Where(row => string.Compare(row.PathNorm, after) > 0).OrderBy(row => row.PathNorm)
            .Take(Math.Clamp(limit, 1, 500)).Select(row => new Redirect(row.PathNorm, row.Target, row.ItemId, row.CreatedUtc)).ToListAsync(stop);
    }

    /// <summary>Lets an address lead to a fixed place, instead of where it led. Null when done.</summary>
    /// <returns>Refused when a published page has the address, when the place is no safe link, or when it is the address itself.</returns>
    public async Task<Refusal?> PutAsync(ContentUser by, string path, string target, CancellationToken stop = default)
    {
        if (!MayManage(by)) return Refusal.Forbidden;

        var norm = ContentPath.Normalise(path);
        var isPlace = target.StartsWith('/') ? SafeHtml.IsWithinPortal(target) : Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";
        if (norm.Length is 0 or > ContentPath.MaxLength || !isPlace || (target.StartsWith('/') && ContentPath.Normalise(target) == norm)) return new Refusal("content.redirect", path, target);

        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Routes.AnyAsync(route => route.Scope == Scope.Published && route.PathNorm == norm, inner)) return new Refusal("content.redirect_taken", path);

            await db.Redirects.Where(row => row.PathNorm == norm).ExecuteDeleteAsync(inner);
            var now = clock.GetUtcNow().UtcDateTime;
            db.Redirects.Add(new RedirectRow { PathNorm = norm, Target = target, CreatedUtc = now });
            db.Audit.Add(AuditRow.Of(by, now, "Saved", nameof(Redirect), ContentId.Of(nameof(Redirect), norm), norm, target));
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
            db.Audit.Add(AuditRow.Of(by, clock.GetUtcNow().UtcDateTime, "Removed", nameof(Redirect), ContentId.Of(nameof(Redirect), norm), norm, row.Target ?? row.ItemId));
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    private static bool MayManage(ContentUser by) => ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.ManageSettings);
}
