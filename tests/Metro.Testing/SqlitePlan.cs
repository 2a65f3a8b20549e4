using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Metro.Testing;

/// <summary>How SQLite would go about a question.</summary>
public static partial class SqlitePlan
{
    /// <summary>The steps that SQLite would take.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(SqliteConnection connection, Question question)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + question.Text;
        foreach (var (name, value) in question.Parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        await using var rows = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await rows.ReadAsync()) steps.Add(rows.GetString(3));
        return steps;
    }

    /// <summary>The table that a step reads from end to end; null where it reads a part of one, or a part of the question, which is explained by itself.</summary>
    /// <param name="step">The step.</param>
    /// <param name="text">The question to which it belongs.</param>
    public static string? ReadWhole(string step, string text) => step.Split(' ') switch
    {
        ["SCAN", var alias] when !IsReadByKey(text) => TableOf(alias, text),
        // In the order of an index, and no further than the limit.
        ["SCAN", var alias, "USING", ..] when !text.Contains("LIMIT", StringComparison.Ordinal) => TableOf(alias, text),
        _ => null,
    };

    private static string? TableOf(string alias, string text) =>
        Regex.Match(text, $"\"(\\w+)\" AS \"{Regex.Escape(alias)}\"") is { Success: true } named ? named.Groups[1].Value : null;

    /// <summary>The first or last rows of a table in the order of its key: SQLite calls that a scan, and stops at the limit.</summary>
    private static bool IsReadByKey(string text) => OrderedByKey().IsMatch(text) && !text.Contains("WHERE", StringComparison.Ordinal);

    [GeneratedRegex("^ORDER BY \"\\w+\"\\.\"id\"(?: DESC)?\\r?\\nLIMIT", RegexOptions.Multiline)]
    private static partial Regex OrderedByKey();
}
