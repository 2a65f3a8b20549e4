using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

/// <summary>What many people want at the same moment, so that they had better queue than collide.</summary>
internal enum Turn
{
    /// <summary>The seats of one session.</summary>
    Session = 1,

    /// <summary>The seats of all sessions of one program.</summary>
    Program = 2,

    /// <summary>Spaces and their equipment.</summary>
    Spaces = 3,

    /// <summary>The slots of class visits and the quotas of schools.</summary>
    Visits = 4,

    /// <summary>The messages that are due.</summary>
    Outbox = 5,

    /// <summary>The licences of one e-resource and its queue.</summary>
    Elending = 6,

    /// <summary>The queue for the copies of one title.</summary>
    Title = 7,
}

/// <summary>
/// Lets writers to the same few rows go one after the other. Correctness never rests on it: that is the serialised write's. But
/// on PostgreSQL a serialisable transaction that meets another fails and starts again, and when registration for a popular
/// session opens everybody would start again at once, most of them in vain. Whoever waits here waits before the transaction
/// takes its snapshot, first come, first served in each process. SQLite's writers queue as it is.
/// </summary>
internal static class WritingInTurn
{
    extension(LibraryDbContext db)
    {
        /// <inheritdoc cref="LibraryDbContext.WriteAsync{T}"/>
        public async Task<T> WriteInTurnAsync<T>(Turn turn, long of, Func<CancellationToken, Task<T>> work, CancellationToken stop)
        {
            if (!db.Database.IsNpgsql()) return await db.WriteAsync(work, stop);

            // Whoever waits at the database keeps a connection meanwhile. A process sends one there at a time; otherwise a crowd
            // before one session would use up its pool, and everybody else's requests would fail.
            var connection = db.Database.GetDbConnection();
            var queue = Queue.Join((connection.DataSource, connection.Database, turn, of));
            try
            {
                await queue.Front.WaitAsync(stop);
                try
                {
                    return await WriteAloneAsync(db, turn, of, work, stop);
                }
                finally
                {
                    queue.Front.Release();
                }
            }
            finally
            {
                queue.Leave();
            }
        }
    }

    /// <summary>Alone among all processes of the database.</summary>
    private static async Task<T> WriteAloneAsync<T>(LibraryDbContext db, Turn turn, long of, Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        // The lock belongs to the connection, which therefore stays open around the transaction; it ends with either.
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({(int)turn}, {unchecked((int)of)})", stop);
            try
            {
                return await db.WriteAsync(work, stop);
            }
            finally
            {
                if (db.Database.GetDbConnection().State == ConnectionState.Open)
                    await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({(int)turn}, {unchecked((int)of)})", CancellationToken.None);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Those of this process who want the same turn; there only while somebody does.</summary>
    private sealed class Queue((string Server, string Database, Turn Turn, long Of) key)
    {
        private static readonly Dictionary<(string Server, string Database, Turn Turn, long Of), Queue> Queues = [];

        private int members;

        public SemaphoreSlim Front { get; } = new(1);

        public static Queue Join((string Server, string Database, Turn Turn, long Of) key)
        {
            lock (Queues)
            {
                if (!Queues.TryGetValue(key, out var queue)) Queues[key] = queue = new Queue(key);
                queue.members++;
                return queue;
            }
        }

        public void Leave()
        {
            lock (Queues)
                if (--members == 0) Queues.Remove(key);
        }
    }
}
