using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

/// <summary>
/// Everything the library keeps. Each area adds its sets in its own folder's part of this class and its
/// <see cref="IEntityTypeConfiguration{TEntity}"/>s beside its entities. Not thread-safe, as any <see cref="DbContext"/>.
/// </summary>
public abstract partial class LibraryDbContext(DbContextOptions options) : MetroDbContext(options)
{
    /// <summary>
    /// Changes state in one serialised transaction; see <see cref="WriteTransactions.WriteAsync{T}"/>. Work that
    /// ends in a refusal is undone, also what it had saved by then: a no changes nothing.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken stop = default)
    {
        try
        {
            return await WriteTransactions.WriteAsync(this, async inner =>
            {
                var result = await work(inner);
                return result is Refusal or IOutcome { Refusal: not null } ? throw new RefusedWrite<T>(result) : result;
            }, stop);
        }
        catch (RefusedWrite<T> refused)
        {
            ChangeTracker.Clear();
            return refused.Result;
        }
    }

    /// <summary>
    /// Does the work and undoes it: what a change would lead to, found by the rules that make it. Other writers wait for so long.
    /// </summary>
    internal async Task<T> RehearseAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        try
        {
            return await WriteTransactions.WriteAsync<T>(this, async inner => throw new RefusedWrite<T>(await work(inner)), stop);
        }
        catch (RefusedWrite<T> undone)
        {
            ChangeTracker.Clear();
            return undone.Result;
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<CancellationToken, Task> work, CancellationToken stop = default) =>
        WriteTransactions.WriteAsync(this, work, stop);

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(LibraryDbContext).Assembly);
}

/// <summary>Carries a refusal, or what a rehearsal came to, out of the transaction, which is undone on its way.</summary>
internal sealed class RefusedWrite<T>(T result) : Exception
{
    public T Result => result;
}

/// <summary>The library on SQLite; the owner of the SQLite migrations.</summary>
public sealed class SqliteLibraryDbContext(DbContextOptions<SqliteLibraryDbContext> options) : LibraryDbContext(options);

/// <summary>The library on PostgreSQL; the owner of the PostgreSQL migrations.</summary>
public sealed class PostgreSqlLibraryDbContext(DbContextOptions<PostgreSqlLibraryDbContext> options) : LibraryDbContext(options)
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // The beginning of a name is found by comparing characters, as SQLite does, not by a language's order.
        modelBuilder.Entity<Members.Member>().Property(member => member.NameKey).UseCollation("C");
    }
}
