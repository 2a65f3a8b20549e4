using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Data;

/// <summary>A context that some module registered: which of the portal's contexts there are.</summary>
/// <param name="Type">The type under which it is resolved.</param>
public sealed record ModuleContext(Type Type);

/// <summary>How a module's context is registered and connected.</summary>
public static class DatabaseRegistration
{
    /// <summary>
    /// Registers <typeparamref name="TContext"/>, scoped and pooled, as the derived context of the chosen
    /// provider: migrations belong to a derived context, so that each provider has its own.
    /// </summary>
    public static IServiceCollection AddDatabase<TContext, TSqlite, TPostgreSql>(
        this IServiceCollection services, DatabaseSettings settings)
        where TContext : DbContext
        where TSqlite : TContext
        where TPostgreSql : TContext
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
            services.AddDbContextPool<TContext, TSqlite>(options => options.UseDatabase(settings, ModuleOf<TContext>()));
        else
            services.AddDbContextPool<TContext, TPostgreSql>(options => options.UseDatabase(settings, ModuleOf<TContext>()));

        services.AddSingleton(new ModuleContext(typeof(TContext)));
        return services;
    }

    /// <summary>Connects a context to the database; each module keeps a migrations history of its own.</summary>
    /// <param name="options">The options being built.</param>
    /// <param name="settings">Which database, and where.</param>
    /// <param name="module">The module's name in lower case, as in <see cref="ModuleOf{TContext}"/>.</param>
    public static DbContextOptionsBuilder UseDatabase(
        this DbContextOptionsBuilder options, DatabaseSettings settings, string module)
    {
        var history = $"migrations_{module}";
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            options.UseSqlite(settings.ConnectionString, sqlite => sqlite
                .MigrationsHistoryTable(history)
                .UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)
                // One parameter for a list of keys. With one for each key, EF Core writes such a question anew every time it is asked.
                .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter));
            options.AddInterceptors(SqliteConnections.Instance);
            options.ReplaceService<ISqliteRelationalConnection, SqliteContextConnection>();
        }
        else
        {
            options.UseNpgsql(settings.ConnectionString, postgres => postgres
                .MigrationsHistoryTable(history)
                .UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery));
        }

        return options.ConfigureWarnings(warnings =>
        {
            // A write that runs again after a conflict has already been logged where it matters.
            warnings.Log((CoreEventId.SaveChangesFailed, Microsoft.Extensions.Logging.LogLevel.Debug));
            if (IsStrict) warnings.Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning);
        });
    }

    /// <summary>Whether a part of a list whose order nobody said is a fault instead of a warning; so in tests, by the switch <c>Metro.Data.StrictQueries</c>.</summary>
    private static bool IsStrict { get; } = AppContext.TryGetSwitch("Metro.Data.StrictQueries", out var strict) && strict;

    /// <summary>The module to which a context belongs: <c>LibraryDbContext</c> is of <c>library</c>.</summary>
    public static string ModuleOf<TContext>() => ModuleOf(typeof(TContext));

    /// <inheritdoc cref="ModuleOf{TContext}"/>
    public static string ModuleOf(Type context)
    {
        var name = context;
        while (name.BaseType is { } parent && parent.Assembly == context.Assembly) name = parent;
        return name.Name.Replace("DbContext", "", StringComparison.Ordinal).ToLowerInvariant();
    }
}
