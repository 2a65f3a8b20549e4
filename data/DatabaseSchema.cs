using Microsoft.EntityFrameworkCore;
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
            applied.AddRange((await context.Database.GetPendingMigrationsAsync(stop)).Select(name => $"{DatabaseRegistration.ModuleOf(context.GetType())}: {name}"));
            await context.Database.MigrateAsync(stop);
        }

        return applied;
    }

    /// <summary>Whether the database answers and has every migration of every registered context.</summary>
    public static async Task<bool> IsUpToDateAsync(this IServiceProvider scope, CancellationToken stop = default)
    {
        foreach (var context in Contexts(scope))
            if ((await context.Database.GetPendingMigrationsAsync(stop)).Any()) return false;

        return true;
    }

    private static IEnumerable<DbContext> Contexts(IServiceProvider scope) =>
        scope.GetServices<ModuleContext>().Select(module => (DbContext)scope.GetRequiredService(module.Type));
}
