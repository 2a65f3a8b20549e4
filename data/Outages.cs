using Microsoft.Data.Sqlite;
using Npgsql;

namespace Metro.Data;

/// <summary>
/// Tells faults of ours from a world that fails for a while: the database is away, another program keeps it locked, there is no
/// room left, or everybody wants the same row. Whoever asked has done nothing wrong and may ask again; nothing of what they asked
/// for was done, unless the answer alone was lost.
/// </summary>
public static class Outages
{
    private const int NoSpaceLeftOnDevice = 28;

    /// <summary>Whether a fault, or what lies beneath it, passes by itself or by an operator's hand.</summary>
    public static bool Caused(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            var passes = fault switch
            {
                SqliteException sqlite => Passes(sqlite.SqliteErrorCode),
                PostgresException postgres => Passes(postgres.SqlState),
                // Not what the server said, but that it could not be talked to.
                NpgsqlException => true,
                IOException full => full.HResult == NoSpaceLeftOnDevice,
                AggregateException several => several.InnerExceptions.Any(Caused),
                _ => false,
            };
            if (passes) return true;
        }

        return false;
    }

    // https://sqlite.org/rescode.html: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
    private static bool Passes(int sqlite) => sqlite is 5 or 6 or 8 or 10 or 13 or 14;

    // https://www.postgresql.org/docs/current/errcodes-appendix.html: the classes of lost connections, of transactions rolled back
    // for others, of missing resources (a full disk among them), of operators' interventions and of the system.
    private static bool Passes(string state) => state[..2] is "08" or "40" or "53" or "57" or "58" || state == PostgresErrorCodes.LockNotAvailable;
}
