using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Metro.Portal.Web.Caching;

/// <summary>
/// Watches what is written to the tables of the library and its content, whoever writes, and renews the editions when the write
/// holds: before whoever wrote is answered. What was undone is not told. Safe for several threads.
/// </summary>
/// <remarks>
/// Titles that an import writes past EF are not seen; whoever imports renews the catalogue. What another process writes, such as a
/// command line, is not seen on SQLite: pages are kept for half a minute at most.
/// </remarks>
internal sealed partial class ChangesSeen(Editions editions) : DbCommandInterceptor, ISaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, StrongBox<Matters>> underWay = [];

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Note(command, eventData);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Note(command, eventData);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData);
        return ValueTask.FromResult(result);
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        TellUnlessMoreComes(eventData.Context);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        TellUnlessMoreComes(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        Forget(eventData.Context);
        return result;
    }

    public ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Tell(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(eventData.Context);
        return Task.CompletedTask;
    }

    private void Note(DbCommand command, CommandExecutedEventData data)
    {
        if (data.CommandSource == CommandSource.LinqQuery || data.Context is not { } db) return;

        var matters = Matters.None;
        foreach (var written in Written().EnumerateMatches(command.CommandText))
            matters |= MattersOfTables.Of(TableOf(command.CommandText.AsSpan(written.Index, written.Length)));
        if (matters == Matters.None) return;

        underWay.GetOrCreateValue(db).Value |= matters;
        // Saving tells when all its commands are done; what is sent by itself, outside a transaction, holds already.
        if (data.CommandSource != CommandSource.SaveChanges) TellUnlessMoreComes(db);
    }

    private void TellUnlessMoreComes(DbContext? db)
    {
        if (db is { Database.CurrentTransaction: null }) Tell(db);
    }

    private void Tell(DbContext? db)
    {
        if (db is null || !underWay.TryGetValue(db, out var matters)) return;
        underWay.Remove(db);
        editions.Renew(matters.Value);
    }

    private void Forget(DbContext? db)
    {
        if (db is not null) underWay.Remove(db);
    }

    private static string TableOf(ReadOnlySpan<char> written) => written[(written.LastIndexOfAny(' ', '"') + 1)..].ToString();

    /// <summary>The beginning of a statement that writes, up to its table's name: <c>INSERT INTO "titles</c>.</summary>
    [GeneratedRegex("\\b(?:INSERT INTO|UPDATE(?! SET\\b)|DELETE FROM) \"?\\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Written();
}
