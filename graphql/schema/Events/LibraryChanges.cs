using System.Data.Common;
using System.Runtime.CompilerServices;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Metro.Portal.Schema.Events;

/// <summary>The seats of a session are other than they were.</summary>
/// <param name="SessionId">The session's key.</param>
public sealed record SeatsChanged(long SessionId);

/// <summary>The copies of a book are doing something else, or its queue has changed.</summary>
/// <param name="BookId">The title's key.</param>
public sealed record AvailabilityChanged(long BookId);

/// <summary>
/// Tells subscribers what writes have changed, whoever made them: a page, the API, a job. It watches what is saved, and speaks when
/// the transaction holds; what was undone, or tried again, is not told. The library knows nothing of it. Safe for several threads.
/// </summary>
/// <remarks>Rows that an import writes past the change tracker are not seen; nobody listens for a title that was not there.</remarks>
internal sealed class LibraryChanges(ITopicEventSender topics, ILogger<LibraryChanges> log) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Changes> underWay = [];

    public static string SeatsOf(long sessionId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"seats_{sessionId}");

    public static string AvailabilityOf(long bookId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"availability_{bookId}");

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LibraryDbContext db) Note(db);
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        // Without a transaction of its own, what is saved holds at once.
        if (eventData.Context is { Database.CurrentTransaction: null } db) await TellAsync(db);
        return result;
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

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        eventData.Context is { } db ? TellAsync(db) : Task.CompletedTask;

    private void Note(LibraryDbContext db)
    {
        var changes = underWay.GetOrCreateValue(db);
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            switch (entry.Entity)
            {
                case Session { Id: > 0 } session: changes.Sessions.Add(session.Id); break;
                case Copy { TitleId: > 0 } copy: changes.Books.Add(copy.TitleId); break;
                case Hold { TitleId: > 0 } hold: changes.Books.Add(hold.TitleId); break;
            }
        }
    }

    private void Forget(DbContext? db)
    {
        if (db is not null) underWay.Remove(db);
    }

    private async Task TellAsync(DbContext db)
    {
        if (!underWay.TryGetValue(db, out var changes)) return;
        underWay.Remove(db);
        try
        {
            foreach (var session in changes.Sessions) await topics.SendAsync(SeatsOf(session), new SeatsChanged(session), CancellationToken.None);
            foreach (var book in changes.Books) await topics.SendAsync(AvailabilityOf(book), new AvailabilityChanged(book), CancellationToken.None);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The write holds; that subscribers were not told must not make it look undone.
            log.LogError(fault, "Subscribers were not told of a change.");
        }
    }

    private sealed class Changes
    {
        public HashSet<long> Sessions { get; } = [];

        public HashSet<long> Books { get; } = [];
    }
}
