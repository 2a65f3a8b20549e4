using Microsoft.EntityFrameworkCore;

namespace Metro.Data;

/// <summary>Brings a database to the shape that this build of the portal expects, and says whether it has it.</summary>
public static class DatabaseSchema
{
    /// <summary>Applies the migrations of each context that the database has not seen; safe to call again.</summary>
    /// <returns>The names of the migrations applied, in order; none when the database was up to date.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        this IEnumerable<MetroDbContext> contexts, CancellationToken stop = default)
    {
        var applied = new List<string>();
        foreach (var context in contexts)
        {
            applied.AddRange(await context.Database.GetPendingMigrationsAsync(stop));
            await context.Database.MigrateAsync(stop);
        }

        return applied;
    }

    /// <summary>Whether the database answers and has every migration of every context.</summary>
    public static async Task<bool> IsUpToDateAsync(
        this IEnumerable<MetroDbContext> contexts, CancellationToken stop = default)
    {
        foreach (var context in contexts)
            if ((await context.Database.GetPendingMigrationsAsync(stop)).Any()) return false;

        return true;
    }
}
