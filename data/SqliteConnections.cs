using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Metro.Data;

/// <summary>
/// What every SQLite connection is told when it opens: readers never wait for the writer (WAL), a commit
/// survives a killed process (synchronous=NORMAL in WAL), foreign keys hold.
/// </summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    public static readonly SqliteConnections Instance = new();

    private const string SetUp =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384;";

    /// <summary>
    /// The pool's connections stay open behind the ones that EF opens and closes, and keep what they were told:
    /// telling them again with every query would cost as much as a small query.
    /// </summary>
    private readonly ConditionalWeakTable<sqlite3, object> told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is not SqliteConnection { Handle: { } handle } || told.TryGetValue(handle, out _)) return;

        using var command = connection.CreateCommand();
        command.CommandText = SetUp;
        command.ExecuteNonQuery();
        told.AddOrUpdate(handle, SetUp);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite has no asynchronous calls; its driver runs them on the caller's thread either way.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
