using System.Diagnostics;
using Metro.Library.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Metro.Bench.Catalog;

/// <summary>
/// The alternative that was not chosen (docs/decisions/0008): the same searches by a contentless FTS5 table,
/// with the first twenty by rank and one facet counted over the whole result.
/// </summary>
internal static class Fts5Comparison
{
    public static async Task RunAsync(Options options)
    {
        var titles = options.Number("titles", 100_000);
        await using var db = await GeneratedCatalogue.OpenAsync(titles);
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var watch = Stopwatch.StartNew();
        Run(connection, "drop table if exists titles_fts");
        Run(connection, "create virtual table titles_fts using fts5(name, subjects, contributors, content='', tokenize='unicode61 remove_diacritics 2')");
        Run(connection, """
            insert into titles_fts (rowid, name, subjects, contributors)
            select id, name || ' ' || coalesce(subtitle, ''),
                (select group_concat(text, ' ') from title_subjects where title_id = titles.id),
                (select group_concat(name, ' ') from title_contributors where title_id = titles.id)
            from titles
            """);
        Console.WriteLine($"{titles:N0} titles; FTS5 table filled in {watch.Elapsed.TotalSeconds:0.0} s");

        foreach (var (kind, queries) in (await CatalogSearchBench.QueriesAsync(db, titles)).Take(5))
        {
            var times = new List<double>();
            foreach (var query in queries.Take(20))
            {
                var match = string.Join(' ', WordBreaker.Words(query.Text!).Select(word => $"\"{word}\""));
                watch.Restart();
                Run(connection, "select rowid from titles_fts where titles_fts match @match order by rank limit 20", match);
                Run(connection, "select format, count(*) from titles_fts join titles on titles.id = titles_fts.rowid where titles_fts match @match group by format", match);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            Figures.Tell($"{kind}, one facet", times);
        }

        Run(connection, "drop table titles_fts");
    }

    private static void Run(SqliteConnection connection, string sql, string? match = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (match is not null) command.Parameters.AddWithValue("@match", match);
        using var reader = command.ExecuteReader();
        while (reader.Read()) _ = reader.GetValue(0);
    }
}
