using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Metro.Library.Catalog;

/// <summary>
/// Writes many new titles at once, past the change tracker: an import's rows are tens of times as many as
/// a desk's. The caller has a write transaction. Notes of change are written as by any other path.
/// </summary>
internal static class TitleRows
{
    /// <summary>Inserts the titles, their parts and the records they came from; a title without a hash came from none.</summary>
    /// <returns>The titles' keys, in their order.</returns>
    public static async Task<IReadOnlyList<long>> InsertAsync(
        LibraryDbContext db, IReadOnlyList<(Title Title, string Hash, byte[] Record)> titles, CancellationToken stop)
    {
        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Titles are written inside a transaction.");
        var keys = await NewKeysAsync(connection, transaction, titles.Count, stop);

        await WriteAsync("titles",
            ["id", "format", "name", "subtitle", "edition", "place", "publisher", "year", "extent", "series", "series_number", "language",
                "audience", "summary", "ddc", "source_key", "fingerprint", "times_borrowed", "added_at", "changed_at", "version"],
            titles.Select((one, i) => (object?[])[keys[i], one.Title.Format.ToString(), one.Title.Name, one.Title.Subtitle, one.Title.Edition, one.Title.Place,
                one.Title.Publisher, one.Title.Year, one.Title.Extent, one.Title.Series, one.Title.SeriesNumber, one.Title.Language,
                one.Title.Audience.ToString(), one.Title.Summary, one.Title.Ddc, one.Title.SourceKey, one.Title.Fingerprint,
                one.Title.TimesBorrowed, one.Title.AddedAt, one.Title.ChangedAt, one.Title.Version]));
        await WriteAsync("title_contributors", ["title_id", "position", "name", "name_key", "role", "kind"],
            titles.SelectMany((one, i) => one.Title.Contributors.Select(part => (object?[])[keys[i], part.Position, part.Name, part.NameKey, part.Role.ToString(), part.Kind.ToString()])));
        await WriteAsync("title_subjects", ["title_id", "position", "text", "key"],
            titles.SelectMany((one, i) => one.Title.Subjects.Select(part => (object?[])[keys[i], part.Position, part.Text, part.Key])));
        await WriteAsync("title_identifiers", ["title_id", "kind", "value"],
            titles.SelectMany((one, i) => one.Title.Identifiers.Select(part => (object?[])[keys[i], part.Kind.ToString(), part.Value])));
        await WriteAsync("imported_records", ["title_id", "hash", "record"],
            titles.Select((one, i) => (object?[])[keys[i], one.Hash, one.Record]).Where(row => row[1] is not ""));
        await WriteAsync("catalog_changes", ["title_id"], keys.Select(key => (object?[])[key]));
        return keys;

        Task WriteAsync(string table, string[] columns, IEnumerable<object?[]> rows) => connection is NpgsqlConnection postgres
            ? CopyAsync(postgres, table, columns, rows, stop)
            : InsertRowsAsync((SqliteConnection)connection, (SqliteTransaction)transaction, table, columns, rows, stop);
    }

    /// <summary>Keys that nobody else gets: the writer is alone on SQLite, and a sequence never gives a number twice on PostgreSQL.</summary>
    private static async Task<IReadOnlyList<long>> NewKeysAsync(DbConnection connection, DbTransaction transaction, int count, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var keys = new List<long>(count);
        if (connection is NpgsqlConnection)
        {
            command.CommandText = $"select nextval(pg_get_serial_sequence('titles', 'id')) from generate_series(1, {count})";
            await using var reader = await command.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop)) keys.Add(reader.GetInt64(0));
            return keys;
        }

        // AUTOINCREMENT remembers the highest key ever given; an explicit one moves it on.
        command.CommandText = "select max(coalesce((select seq from sqlite_sequence where name = 'titles'), 0), coalesce((select max(id) from titles), 0))";
        var last = (long)(await command.ExecuteScalarAsync(stop))!;
        for (var i = 1; i <= count; i++) keys.Add(last + i);
        return keys;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)", stop);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(stop);
            foreach (var value in row)
            {
                if (value is null) await copy.WriteNullAsync(stop);
                else await copy.WriteAsync(value, stop);
            }
        }

        await copy.CompleteAsync(stop);
    }

    private static Task InsertRowsAsync(
        SqliteConnection connection, SqliteTransaction transaction, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken stop)
    {
        // One statement prepared once and run for every row: for SQLite, which is called and not talked to,
        // this is as fast as statements of many rows.
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Table and columns are this file's own.
        command.CommandText = $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
#pragma warning restore CA2100
        var parameters = columns.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" })).ToArray();
        command.Prepare();
        foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            for (var i = 0; i < row.Length; i++) parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        return Task.CompletedTask;
    }
}
