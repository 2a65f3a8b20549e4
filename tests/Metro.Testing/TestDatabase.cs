using System.Collections.Concurrent;
using Metro.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Metro.Testing;

/// <summary>Fresh databases for tests, of the provider that METRO_TEST_DATABASE names (Sqlite unless told).</summary>
public static class TestDatabase
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<DatabaseSettings>>> Templates = new(StringComparer.Ordinal);
    private static int count;

    /// <summary>The database on which this run checks the rules.</summary>
    public static DatabaseProvider Provider { get; } =
        Environment.GetEnvironmentVariable("METRO_TEST_DATABASE") is { Length: > 0 } name
            ? Enum.Parse<DatabaseProvider>(name, ignoreCase: true)
            : DatabaseProvider.Sqlite;

    /// <summary>A new, empty database with the context's schema, copied from a template made once a run.</summary>
    public static async Task<TestDatabase<TContext>> CreateAsync<TContext>()
        where TContext : DbContext =>
        new(await CopyOfAsync(typeof(TContext).Name, async settings =>
        {
            await using var context = Connect<TContext>(settings);
            if (context.Database.GetMigrations().Any()) await context.Database.MigrateAsync();
            else await context.Database.EnsureCreatedAsync();
        }));

    /// <summary>Settings of a copy of a database that is made once a run.</summary>
    /// <param name="name">What the template is called.</param>
    /// <param name="make">Makes it in a database that exists nowhere yet, or is empty.</param>
    public static async Task<DatabaseSettings> CopyOfAsync(string name, Func<DatabaseSettings, Task> make) =>
        await CopyAsync(await Templates.GetOrAdd(name, _ => new(async () =>
        {
            var settings = await EmptyAsync(name + "_template");
            await make(settings);
            // Closes the template, so that it can be copied whole.
            ClearPools();
            return settings;
        })).Value);

    /// <summary>Settings of a database that exists nowhere yet (SQLite) or is empty (PostgreSQL).</summary>
    /// <param name="name">What it is called, apart from what makes the name its own.</param>
    /// <param name="provider">Which kind; that of the run unless a rule speaks of one only.</param>
    public static async Task<DatabaseSettings> EmptyAsync(string name = "empty", DatabaseProvider? provider = null)
    {
        var unique = $"{name}_{Environment.ProcessId}_{Interlocked.Increment(ref count)}".ToLowerInvariant();
        if ((provider ?? Provider) == DatabaseProvider.Sqlite) return Sqlite(unique);

        await MaintainAsync($"CREATE DATABASE {unique}");
        return PostgreSql(unique);
    }

    internal static TContext Connect<TContext>(DatabaseSettings settings)
        where TContext : DbContext
    {
        var derived = typeof(TContext).Assembly.GetTypes().Single(type => type.BaseType == typeof(TContext) && !type.IsAbstract
            && type.Name.StartsWith(settings.Provider.ToString(), StringComparison.Ordinal));
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(derived))!;
        builder.UseDatabase(settings, DatabaseRegistration.ModuleOf<TContext>()).EnableDetailedErrors();
        return (TContext)Activator.CreateInstance(derived, builder.Options)!;
    }

    /// <summary>Takes a database away again, whoever still has it open.</summary>
    public static async Task DropAsync(DatabaseSettings settings)
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            await using (var connection = new SqliteConnection(settings.ConnectionString)) SqliteConnection.ClearPool(connection);
            var file = new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
            foreach (var path in (string[])[file, file + "-wal", file + "-shm"]) File.Delete(path);
            return;
        }

        await using (var connection = new NpgsqlConnection(settings.ConnectionString)) NpgsqlConnection.ClearPool(connection);
        await MaintainAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(settings.ConnectionString).Database} WITH (FORCE)");
    }

    private static async Task<DatabaseSettings> CopyAsync(DatabaseSettings template)
    {
        if (template.Provider == DatabaseProvider.PostgreSql)
        {
            var source = new NpgsqlConnectionStringBuilder(template.ConnectionString).Database;
            var unique = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref count)}";
            await MaintainAsync($"CREATE DATABASE {unique} TEMPLATE {source}");
            return PostgreSql(unique);
        }

        var copy = await EmptyAsync("test");
        File.Copy(
            new SqliteConnectionStringBuilder(template.ConnectionString).DataSource,
            new SqliteConnectionStringBuilder(copy.ConnectionString).DataSource);
        return copy;
    }

    private static void ClearPools()
    {
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
    }

    private static DatabaseSettings Sqlite(string name) => new(DatabaseProvider.Sqlite,
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder.Value, name + ".db"), DefaultTimeout = 30 }.ConnectionString);

    private static DatabaseSettings PostgreSql(string name) => new(DatabaseProvider.PostgreSql,
        new NpgsqlConnectionStringBuilder(PostgreSqlServer.ConnectionString) { Database = name }.ConnectionString);

    private static async Task MaintainAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static readonly Lazy<string> Folder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("metro-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        };
        return folder;
    });
}

/// <summary>One fresh database; each context has a connection of its own. Dropped when disposed.</summary>
public sealed class TestDatabase<TContext>(DatabaseSettings settings) : IAsyncDisposable
    where TContext : DbContext
{
    /// <summary>How to reach it, also from another process.</summary>
    public DatabaseSettings Settings => settings;

    /// <summary>A context with a connection of its own, as another user of the same database would have.</summary>
    public TContext NewContext() => TestDatabase.Connect<TContext>(settings);

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(settings);
}
