using System.Globalization;
using Metro.Data;
using Microsoft.Data.Sqlite;

namespace Metro.Scheduler.Backup;

/// <summary>Where copies of the database go.</summary>
public sealed class BackupSettings
{
    /// <summary>The folder of the nightly copies. <c>backups</c> in the data folder by default.</summary>
    public string Folder { get; set; } = "backups";

    /// <summary>How many nightly copies are kept; of older ones, the first of each month for a year. 14 by default.</summary>
    public int Keep { get; set; } = 14;
}

/// <summary>A copy that cannot be made or used, in one sentence for the operator.</summary>
/// <param name="remark">Why.</param>
/// <param name="cause">What failed.</param>
public sealed class BackupFaultException(string remark, Exception? cause = null) : Exception(remark, cause);

/// <summary>
/// Copies the SQLite file while the portal works (SQLite's online backup), opens the copy and has SQLite check every page of it.
/// PostgreSQL has tools of its own for this. Safe for several threads.
/// </summary>
public sealed class DatabaseBackup(DatabaseSettings database, BackupSettings settings, TimeProvider clock)
{
    private const string Prefix = "metro-";

    /// <summary>Copies the database into a file, which is there only when it is whole.</summary>
    /// <exception cref="BackupFaultException">The copy could not be made, or is not whole.</exception>
    public async Task<FileInfo> WriteAsync(string path, CancellationToken stop = default)
    {
        if (database.Provider != DatabaseProvider.Sqlite) throw new BackupFaultException("PostgreSQL is backed up by pg_dump.");
        var unfinished = path + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(unfinished);
            await Task.Run(() => Copy(database.ConnectionString, OfFile(unfinished, SqliteOpenMode.ReadWriteCreate)), stop);
            await Task.Run(() => Check(unfinished), stop);
            File.Move(unfinished, path, overwrite: true);
            return new FileInfo(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SqliteException)
        {
            File.Delete(unfinished);
            throw new BackupFaultException(fault.Message, fault);
        }
    }

    /// <summary>Makes the nightly copy and removes those that need not be kept.</summary>
    public async Task<FileInfo> RotateAsync(CancellationToken stop = default)
    {
        var written = await WriteAsync(Path.Combine(settings.Folder, Prefix + clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + ".db"), stop);
        foreach (var old in Superseded([.. Directory.EnumerateFiles(settings.Folder, Prefix + "*.db").Order(StringComparer.Ordinal)])) File.Delete(old);
        return written;
    }

    /// <summary>
    /// Puts a copy in the place of the database: what is there is copied aside first, and the pages of the copy replace it in one
    /// transaction. Nothing else may use the database meanwhile.
    /// </summary>
    /// <param name="path">The copy.</param>
    /// <param name="stop">Ends the work before the database is touched, not after.</param>
    /// <returns>Where what was there before is kept; null when there was nothing.</returns>
    /// <exception cref="BackupFaultException">The file is no whole copy of a portal's database, or the database cannot be written.</exception>
    public async Task<string?> RestoreAsync(string path, CancellationToken stop = default)
    {
        if (database.Provider != DatabaseProvider.Sqlite) throw new BackupFaultException("PostgreSQL is restored by pg_restore.");
        if (!File.Exists(path)) throw new BackupFaultException($"There is no file {path}.");
        try
        {
            await Task.Run(() => Check(path), stop);
            var live = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
            var aside = File.Exists(live) ? $"{live}.before-{clock.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}" : null;
            if (aside is not null) await WriteAsync(aside, stop);
            await Task.Run(() => Copy(OfFile(path, SqliteOpenMode.ReadOnly), database.ConnectionString), CancellationToken.None);
            return aside;
        }
        catch (SqliteException fault)
        {
            throw new BackupFaultException(fault.Message, fault);
        }
    }

    /// <summary>Which of the nightly copies go: all but the latest ones and the first of each of the last twelve months.</summary>
    private IEnumerable<string> Superseded(IReadOnlyList<string> copies)
    {
        var monthly = copies.GroupBy(MonthOf).OrderByDescending(month => month.Key, StringComparer.Ordinal).Take(12).Select(month => month.First()).ToHashSet();
        return copies.SkipLast(Math.Max(1, settings.Keep)).Where(copy => !monthly.Contains(copy));
    }

    private static string MonthOf(string path) => Path.GetFileName(path).Substring(Prefix.Length, "yyyyMM".Length);

    private static void Copy(string from, string to)
    {
        using var source = new SqliteConnection(from);
        using var target = new SqliteConnection(to);
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        // A copy is one file, without a log beside it.
        using var journal = target.CreateCommand();
        journal.CommandText = "PRAGMA journal_mode=DELETE";
        if (new SqliteConnectionStringBuilder(to).DataSource.EndsWith(".part", StringComparison.Ordinal)) journal.ExecuteNonQuery();
    }

    private static void Check(string path)
    {
        using var copy = new SqliteConnection(OfFile(path, SqliteOpenMode.ReadOnly));
        copy.Open();
        using var check = copy.CreateCommand();
        check.CommandText = "PRAGMA integrity_check(1)";
        if (check.ExecuteScalar() as string is not "ok" and var wrong) throw new BackupFaultException($"{path} is not whole: {wrong}");
        check.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations_library'";
        if (check.ExecuteScalar() is not 1L) throw new BackupFaultException($"{path} is not the database of a portal.");
    }

    private static string OfFile(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString;
}
