using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>A recipe's step that the portal does not act on.</summary>
/// <param name="Hash">By what it is found: the SHA-256 of its JSON.</param>
/// <param name="Name">The step's name.</param>
/// <param name="Json">The step as the recipe had it.</param>
public sealed record ParkedStep(string Hash, string Name, string Json);

/// <summary>The steps of imported recipes that mean something to Orchard Core and nothing here: kept, and exported again.</summary>
public sealed class ParkedSteps(ContentDbContext db, TimeProvider clock)
{
    /// <summary>The steps in the order in which they came and are exported, at most 500.</summary>
    public async Task<IReadOnlyList<ParkedStep>> ListAsync(CancellationToken stop = default) =>
        await db.ParkedSteps.AsNoTracking().OrderBy(row => row.Position).ThenBy(row => row.Hash).Take(500)
            .Select(row => new ParkedStep(row.Hash, row.Name, row.Doc)).ToListAsync(stop);

    /// <summary>Forgets a step: exports have it no more. Null when done.</summary>
    public async Task<Refusal?> RemoveAsync(ContentUser by, string hash, CancellationToken stop = default)
    {
        if (!ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.ManageRecipes)) return Refusal.Forbidden;

        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.ParkedSteps.SingleOrDefaultAsync(row => row.Hash == hash, inner) is not { } step) return Refusal.NotFound;

            db.ParkedSteps.Remove(step);
            db.Audit.Add(AuditRow.Of(by, clock.GetUtcNow().UtcDateTime, "Removed", "Recipe", ContentId.Of("Recipe", hash), step.Name));
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }
}
