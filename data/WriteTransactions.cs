using System.Collections.Concurrent;
using System.Data;
using System.Runtime.CompilerServices;
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

    /// <summary>Contexts whose writes join one transaction at the moment.</summary>
    private static readonly ConditionalWeakTable<DbContext, object> Together = [];

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction in which no other writer's effects can be
    /// half-seen: <c>BEGIN IMMEDIATE</c> on SQLite, <c>SERIALIZABLE</c> on PostgreSQL. What it saved is
    /// committed when it returns and undone when it throws. The context forgets what it had read before,
    /// and on a conflict with another writer the work runs again: it must load what it decides on, and
    /// have no effects outside the database.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context already has a transaction: writes do not nest.</exception>
    public static async Task<T> WriteAsync<T>(
        this DbContext db, Func<CancellationToken, Task<T>> work, CancellationToken stop = default)
    {
        if (Together.TryGetValue(db, out _)) return await JoinAsync(db, work, stop);
        RefuseToNest(db);

        var gate = GateOf(db);
        if (gate is not null) await gate.WaitAsync(stop);
        try
        {
            var attempts = new Attempts();
            while (true)
            {
                try
                {
                    return await Once(db, work, stop);
                }
                catch (Exception fault) when (attempts.AllowAnotherAfter(fault))
                {
                    // Rivals that fail together must not meet again: each waits a random while, longer each time.
                    if (gate is null) await Task.Delay(Random.Shared.Next(1, 5 << Math.Min(attempts.Made, 6)), stop);
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

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction that all writes of this context join meanwhile: what the writes did is
    /// there as a whole or not at all, also after a killed process. A write that throws or is refused undoes only itself, and
    /// the work goes on or not as it likes. Other writers wait as long as it lasts, so it is for filling a database, not for
    /// serving people. On a conflict with another writer it is not tried again: the exception rises.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context already has a transaction: writes do not nest.</exception>
    public static async Task WriteTogetherAsync(this DbContext db, Func<CancellationToken, Task> work, CancellationToken stop = default)
    {
        RefuseToNest(db);
        var gate = GateOf(db);
        if (gate is not null) await gate.WaitAsync(stop);
        try
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, stop);
            Together.Add(db, transaction);
            await work(stop);
            await transaction.CommitAsync(stop);
        }
        finally
        {
            Together.Remove(db);
            gate?.Release();
        }
    }

    private static async Task<T> JoinAsync<T>(DbContext db, Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        const string before = "before_this_write";
        db.ChangeTracker.Clear();
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(before, stop);
        try
        {
            var result = await work(stop);
            await transaction.ReleaseSavepointAsync(before, stop);
            return result;
        }
        catch
        {
            await transaction.RollbackToSavepointAsync(before, CancellationToken.None);
            throw;
        }
    }

    private static void RefuseToNest(DbContext db)
    {
        if (db.Database.CurrentTransaction is not null)
            throw new InvalidOperationException("A write is already under way on this context.");
    }

    private static async Task<T> Once<T>(DbContext db, Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        // What was read before this transaction may be true no longer.
        db.ChangeTracker.Clear();

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

    /// <summary>How often one piece of work has been tried, and whether it is worth another try.</summary>
    private sealed class Attempts
    {
        private const int MostConflicts = 20;
        private const int MostViolations = 3;

        private int conflicts;
        private int violations;

        public int Made => conflicts + violations;

        /// <summary>
        /// A conflict means only that another writer was faster. A unique violation is tried again on PostgreSQL,
        /// because there it is how two serialisable rivals for the same row often meet; the second look finds the
        /// winner's row, and the model refuses in its own words. The two are counted apart: work that met many
        /// conflicts still deserves that look. A locked SQLite file is no conflict: the writers of this process queue, and for
        /// another program's lock the beginning of the transaction has waited as long as the connection's timeout says already.
        /// </summary>
        public bool AllowAnotherAfter(Exception fault) => fault switch
        {
            DbUpdateConcurrencyException => ++conflicts < MostConflicts,
            PostgresException postgres => postgres.SqlState switch
            {
                PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => ++conflicts < MostConflicts,
                PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => ++violations < MostViolations,
                _ => false,
            },
            { InnerException: { } inner } => AllowAnotherAfter(inner),
            _ => false,
        };
    }
}
