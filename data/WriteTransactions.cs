using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Metro.Data;

/// <summary>The one way by which state changes: load, ask the model, save, all in one serialised transaction.</summary>
public static class WriteTransactions
{
    /// <summary>
    /// Writers to one SQLite file, from the same process, queue here: SQLite itself would make them poll
    /// with blocked threads, and let the unlucky starve.
    /// </summary>
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction in which no other writer's effects can be
    /// half-seen: <c>BEGIN IMMEDIATE</c> on SQLite, <c>SERIALIZABLE</c> on PostgreSQL. What it saved is
    /// committed when it returns and undone when it throws. On a conflict with another writer the
    /// context is cleared and the work runs again, so it must load what it decides on, and have no
    /// effects outside the database.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context already has a transaction: writes do not nest.</exception>
    public static async Task<T> WriteAsync<T>(
        this DbContext db, Func<CancellationToken, Task<T>> work, CancellationToken stop = default)
    {
        if (db.Database.CurrentTransaction is not null)
            throw new InvalidOperationException("A write is already under way on this context.");

        var gate = GateOf(db);
        if (gate is not null) await gate.WaitAsync(stop);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await Once(db, work, stop);
                }
                catch (Exception fault) when (attempt < TriesFor(fault))
                {
                    db.ChangeTracker.Clear();
                    // Rivals that fail together must not meet again: each waits a random while, longer each time.
                    if (gate is null) await Task.Delay(Random.Shared.Next(1, 5 << Math.Min(attempt, 6)), stop);
                }
            }
        }
        finally
        {
            gate?.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public static Task WriteAsync(this DbContext db, Func<CancellationToken, Task> work, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            await work(inner);
            return true;
        }, stop);

    private static async Task<T> Once<T>(DbContext db, Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        // Microsoft.Data.Sqlite begins a serialisable transaction as BEGIN IMMEDIATE.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, stop);
        var result = await work(stop);
        await transaction.CommitAsync(stop);
        return result;
    }

    private static SemaphoreSlim? GateOf(DbContext db) =>
        db.Database.GetDbConnection() is SqliteConnection sqlite
            ? Gates.GetOrAdd(sqlite.DataSource, _ => new SemaphoreSlim(1, 1))
            : null;

    /// <summary>
    /// How often work is tried that failed so. A unique violation is tried again on PostgreSQL because
    /// there it is how two serialisable rivals for the same row often meet; the second look finds the
    /// winner's row, and the model refuses in its own words.
    /// </summary>
    private static int TriesFor(Exception fault) => fault switch
    {
        DbUpdateConcurrencyException => ConflictTries,
        PostgresException postgres => postgres.SqlState switch
        {
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => ConflictTries,
            PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => ViolationTries,
            _ => 1,
        },
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked ? ConflictTries : 1,
        { InnerException: { } inner } => TriesFor(inner),
        _ => 1,
    };

    private const int ConflictTries = 20;
    private const int ViolationTries = 3;
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
}
