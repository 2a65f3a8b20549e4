using System.Data.Common;
using System.Diagnostics;
using Metro.Data;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Metro.Library.Tests;

/// <summary>
/// Hears what a context asks of its database and reads the plans. A question is poor when it reads a table from end to end, or
/// sorts what an index could have given in order; the few rows of a branch's furniture may be read as they are.
/// </summary>
internal sealed class QueryPlans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    /// <summary>Tables that stay small in the largest library: branches, their rooms and things, offers, terms, holidays.</summary>
    private static readonly string[] SmallTables =
        ["branches", "spaces", "space_kinds", "equipment", "calendar_exceptions", "visit_offers", "visit_times", "loan_terms", "counters"];

    private readonly LibraryDbContext db;
    private readonly List<IDisposable> subscriptions = [];
    private readonly List<(string Text, IReadOnlyList<DbParameter> Parameters)> heard = [];

    public QueryPlans(LibraryDbContext db)
    {
        this.db = db;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>The questions that no index answers, with their plans.</summary>
    /// <param name="inOrder">Whether an index has to give the order as well, as for a list that is read a stretch at a time.</param>
    public async Task<IReadOnlyList<string>> PoorAsync(bool inOrder)
    {
        var poor = new List<string>();
        foreach (var (text, parameters) in heard.DistinctBy(one => one.Text).ToList())
        {
            if (!text.Contains("FROM ", StringComparison.Ordinal) || text.EndsWith("WHERE 0", StringComparison.Ordinal)) continue;
            var steps = await StepsAsync(text, parameters);
            // What has been cut to a page may be put in order once more.
            var isPage = steps.Exists(step => step.Text.StartsWith("CO-ROUTINE", StringComparison.Ordinal) || step.Text.StartsWith("MATERIALIZE", StringComparison.Ordinal));
            poor.AddRange(steps.Where(step => IsScan(step.Text, text)
                    || (inOrder && step.Text.Contains("B-TREE FOR ORDER BY", StringComparison.Ordinal) && !(isPage && step.Parent == 0)))
                .Select(step => $"{step.Text}\n{text}"));
        }

        return poor;
    }

    public int Count => heard.Count;

    /// <summary>The steps by which the questions are answered, each in the database's own words.</summary>
    public async Task<IReadOnlyList<string>> StepsAsync()
    {
        var steps = new List<string>();
        foreach (var (text, parameters) in heard.DistinctBy(one => one.Text).ToList()) steps.AddRange((await StepsAsync(text, parameters)).Select(step => step.Text));
        return steps;
    }

    private static bool IsScan(string step, string text) => TestDatabase.Provider == DatabaseProvider.Sqlite
        ? SqlitePlan.ReadWhole(step, text) is { } read && !SmallTables.Contains(read)
        : step.Contains("Seq Scan on ", StringComparison.Ordinal) && !Array.Exists(SmallTables, table => step.Contains($"Seq Scan on {table} ", StringComparison.Ordinal));

    private async Task<List<(int Parent, string Text)>> StepsAsync(string text, IReadOnlyList<DbParameter> parameters)
    {
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        if (TestDatabase.Provider != DatabaseProvider.Sqlite)
        {
            await using var discourage = connection.CreateCommand();
            // A planner that finds ten rows in a table reads them all, whatever the indexes; it shall say what it would do with a million.
            discourage.CommandText = "SET enable_seqscan = off";
            await discourage.ExecuteNonQueryAsync();
        }

        await using var command = connection.CreateCommand();
        command.CommandText = (TestDatabase.Provider == DatabaseProvider.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + text;
        foreach (var parameter in parameters) command.Parameters.Add(CopyOf(parameter, command));

        await using var rows = await command.ExecuteReaderAsync();
        var steps = new List<(int, string)>();
        while (await rows.ReadAsync()) steps.Add(TestDatabase.Provider == DatabaseProvider.Sqlite ? (rows.GetInt32(1), rows.GetString(3)) : (0, rows.GetString(0)));
        return steps;
    }

    private static DbParameter CopyOf(DbParameter parameter, DbCommand command)
    {
        if (parameter is ICloneable cloneable) return (DbParameter)cloneable.Clone();
        var copy = command.CreateParameter();
        (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
        return copy;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) subscriptions.Add(value.Subscribe(this, name => name == RelationalEventId.CommandExecuting.Name));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandEventData data || !ReferenceEquals(data.Context, db)) return;
        heard.Add((data.Command.CommandText, [.. data.Command.Parameters.Cast<DbParameter>()]));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions) subscription.Dispose();
    }
}
