using Microsoft.Data.Sqlite;

namespace Metro.Bench.City;

/// <summary>
/// The city's database while it is filled: one connection, nothing kept for a crash, and tables without their indexes,
/// which are built once all rows are there. For one thread.
/// </summary>
internal sealed class CityFile : IDisposable
{
    private const int RowsInTransaction = 500_000;

    private readonly SqliteConnection connection;

    public CityFile(string path)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        // From WAL one goes to a journal and only then to none.
        Run("PRAGMA journal_mode=DELETE");
        Run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-524288; PRAGMA temp_store=FILE; PRAGMA threads=1");
    }

    /// <summary>Writes rows to a table by one prepared statement.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, divided by commas.</param>
    /// <param name="rows">Values in the order of the columns. The same array may come again with other values.</param>
    /// <returns>How many rows were written.</returns>
    public long Write(string table, string columns, IEnumerable<object?[]> rows)
    {
        var names = columns.Split(',', StringSplitOptions.TrimEntries);
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", names.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", names.Select((_, i) => $"@p{i}"))})";
        var parameters = names.Select((_, i) => insert.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" })).ToArray();
        Run("BEGIN");
        var written = 0L;
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) parameters[i].Value = row[i] ?? DBNull.Value;
            insert.ExecuteNonQuery();
            if (++written % RowsInTransaction == 0) Run("COMMIT; BEGIN");
        }

        Run("COMMIT");
        return written;
    }

    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<long> Numbers(string sql)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        using var reader = command.ExecuteReader();
        var numbers = new List<long>();
        while (reader.Read()) numbers.Add(reader.GetInt64(0));
        return numbers;
    }

    /// <summary>Takes the indexes from the tables that will be filled.</summary>
    /// <returns>The statements that give them back.</returns>
    public IReadOnlyList<string> DropIndexes(params string[] tables)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({string.Join(", ", tables.Select(table => $"'{table}'"))})";
        var indexes = new List<(string Name, string Sql)>();
        using (var reader = command.ExecuteReader())
            while (reader.Read()) indexes.Add((reader.GetString(0), reader.GetString(1)));
        foreach (var (name, _) in indexes) Run($"DROP INDEX \"{name}\"");
        return [.. indexes.Select(index => index.Sql)];
    }

    /// <summary>Leaves the file as the portal likes it: written ahead, with what the planner knows of every table.</summary>
    public void Finish()
    {
        Run("PRAGMA journal_mode=WAL");
        Run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public void Dispose() => connection.Dispose();
}
