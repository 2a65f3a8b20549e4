using BenchmarkDotNet.Running;
using Metro.Bench.Budgets;
using Metro.Bench.Catalog;
using Metro.Bench.Circulation;
using Metro.Bench.City;
using Metro.Bench.Content;
using Metro.Bench.GraphQL;
using Metro.Bench.Scheduler;

namespace Metro.Bench;

/// <summary>
/// What can be measured by name: <c>dotnet run -c Release --project bench -- NAME --option value</c>. Whatever
/// is not in the table goes to BenchmarkDotNet.
/// </summary>
internal static class Commands
{
    private static readonly Command[] All =
    [
        new("catalog-search", "--titles N or --city FILE: p50 and p95 of searches in a generated catalogue on SQLite, with what else it takes", CatalogSearchBench.RunAsync),
        new("catalog-import", "--records N [--xml true] or --file FILE: records a second and peak memory of a MARC import into SQLite", CatalogImportBench.RunAsync),
        new("catalog-fts5", "--titles N: the same common searches by SQLite's FTS5, for comparison", Fts5Comparison.RunAsync),
        new("graphql-engine", "[--rounds N]: processor time and memory of each step of the GraphQL engine, and against JSON by hand", EngineFigures.RunAsync),
        new("graphql-books", "[--seconds N] [--books N]: 20 books with authors and availability over HTTP, by GraphQL and by hand-written SQL", DataBooksBench.RunAsync),
        new("graphql-http", "[--seconds N]: { __typename } over HTTP, by GraphQL and by an endpoint that only writes the same bytes", HttpTypenameBench.RunAsync),
        new("http-load", "the client's side of the comparisons over HTTP, which start it themselves", HttpComparison.LoadAsync),
        new("content-reading", "--items N: p50 and p95 of the portal's questions about published content on SQLite", ContentReadingBench.RunAsync),
        new("content-import", "--items N: items a second of a recipe imported, imported again and exported, on SQLite", ContentImportBench.RunAsync),
        new("check-out", "--rate N --seconds N: p50 and p95 of check-outs at a steady rate on SQLite", CheckOutBench.RunAsync),
        new("city", "--to FILE [--scale 1.0] [--today yyyy-MM-dd]: a whole city's library in one SQLite file, made and not measured", CityCommand.RunAsync),
        new("budgets", "--portal DIR --city DIR --demo DIR [--seconds N] [--results FILE]: every budget on a published portal; bench/run.sh makes what it needs", BudgetsCommand.RunAsync),
        new("reminders", "--loans N: reminders queued in one hour on SQLite, queued again, and against bare inserts", RemindersBench.RunAsync),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 0 && All.FirstOrDefault(command => command.Name == args[0]) is { } named)
        {
            try
            {
                await named.Run(new Options(args[1..]));
                return 0;
            }
            catch (CannotMeasureException fault)
            {
                await Console.Error.WriteLineAsync(fault.Message);
                return 1;
            }
        }

        foreach (var command in All) Console.WriteLine($"{command.Name,-18} {command.Summary}");
        Console.WriteLine();
        BenchmarkSwitcher.FromAssembly(typeof(Commands).Assembly).Run(args);
        return 0;
    }

    private sealed record Command(string Name, string Summary, Func<Options, Task> Run);
}

/// <summary>Options given as <c>--name value</c>.</summary>
internal sealed class Options(string[] args)
{
    public int Number(string name, int otherwise) => int.Parse(Text(name) ?? $"{otherwise}");

    public bool Has(string name) => Text(name) is not null;

    public string? Text(string name)
    {
        var at = Array.IndexOf(args, "--" + name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
