using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Data;

/// <summary>Brings a database to the shape that this build of the portal expects, and says whether it has it.</summary>
public static class DatabaseSchema
{
    /// <summary>Applies the migrations of each registered context that the database has not seen; safe to call again.</summary>
    /// <param name="scope">A scope of its own.</param>
    /// <param name="stop">Stops between migrations; what was applied stays.</param>
    /// <returns>The names of the migrations applied, in order; none when the database was up to date.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(this IServiceProvider scope, CancellationToken stop = default)
    {
        var applied = new List<string>();
        foreach (var context in Contexts(scope))
        {
            // Migrating compares the whole model with the last snapshot, which an up-to-date database need not wait for.
            var pending = await PendingAsync(context, stop);
            if (pending.Count == 0) continue;

            applied.AddRange(pending.Select(name => $"{DatabaseRegistration.ModuleOf(context.GetType())}: {name}"));
            await context.Database.MigrateAsync(stop);
        }

        return applied;
    }

    /// <summary>Whether the database answers and has every migration of every registered context.</summary>
    public static async Task<bool> IsUpToDateAsync(this IServiceProvider scope, CancellationToken stop = default)
    {
        foreach (var context in Contexts(scope))
            if ((await PendingAsync(context, stop)).Count > 0) return false;

        return true;
    }

    /// <summary>Asked of a new database on PostgreSQL, the question for its migrations fails and is logged as a fault; whether it has any does not.</summary>
    private static async Task<IReadOnlyList<string>> PendingAsync(DbContext context, CancellationToken stop) =>
        await context.GetService<IHistoryRepository>().ExistsAsync(stop)
            ? [.. await context.Database.GetPendingMigrationsAsync(stop)]
            : [.. context.Database.GetMigrations()];

    private static IEnumerable<DbContext> Contexts(IServiceProvider scope) =>
        scope.GetServices<ModuleContext>().Select(module => (DbContext)scope.GetRequiredService(module.Type));
}
