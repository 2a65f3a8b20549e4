using System.Diagnostics;
using System.Globalization;
using Metro.Bench.Budgets;
using Metro.Bench.Catalog;
using Metro.Content;
using Metro.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Metro.Bench.City;

/// <summary>
/// A whole city's library in one SQLite file: the schema by the portal's migrations, the rows by prepared statements. The same
/// scale and day make the same city, but for the ciphers of identity numbers, which are different every time by design.
/// </summary>
internal static class CityCommand
{
    /// <summary>The tables that are filled past their indexes.</summary>
    private static readonly string[] LargeTables =
    [
        "titles", "title_contributors", "title_subjects", "title_identifiers", "catalog_changes", "copies", "members", "loans",
        "programs", "sessions", "registrations", "content_item", "content_version", "content_index", "content_term", "content_field", "content_route", "content_ref",
    ];

    public static async Task RunAsync(Options options)
    {
        var path = Path.GetFullPath(options.Text("to") ?? throw new CannotMeasureException("Where to? --to FILE"));
        var size = CitySize.From(options);
        var today = options.Text("today") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : DateOnly.FromDateTime(DateTime.UtcNow);
        if (File.Exists(path)) throw new CannotMeasureException($"{path} is there already.");

        var whole = Stopwatch.StartNew();
        var unfinished = path + ".unfinished";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        foreach (var left in (string[])[unfinished, unfinished + "-wal", unfinished + "-shm", unfinished + "-journal"]) File.Delete(left);

        IReadOnlyList<CityContent.Taxonomy> taxonomies = [];
        IModel? content = null;
        await StepAsync("schema, branches and content of the demonstration", async () => (taxonomies, content) = await BeginAsync(unfinished, Path.GetDirectoryName(path)!, today));
        SqliteConnection.ClearAllPools();
        IReadOnlyList<string> indexes;
        using (var file = new CityFile(unfinished)) indexes = file.DropIndexes(LargeTables);
        await StepAsync($"{size.Titles:N0} titles", () => CityCatalogue.WriteTitlesAsync(unfinished, size));
        using (var file = new CityFile(unfinished))
        {
            var shelves = new CityShelves(size);
            Step($"{size.Copies:N0} copies", () => shelves.Write(file, today));
            Step($"{size.Members:N0} members", () => CityMembers.Write(file, size, Path.GetDirectoryName(path)!, today));
            Step($"{size.PastLoans:N0} past loans and {size.CurrentLoans:N0} current ones", () => CityLoans.Write(file, size, shelves, today));
            Step($"{size.Sessions:N0} sessions of {size.Programs:N0} programs", () => CityPrograms.Write(file, size, today));
            Step($"{size.ContentVersions:N0} versions of content", () => CityContent.Write(file, content!, taxonomies, size, today));
            Step($"{indexes.Count} indexes", () =>
            {
                foreach (var index in indexes) file.Run(index);
                file.Finish();
            });
        }

        SqliteConnection.ClearAllPools();
        File.Move(unfinished, path);
        Console.WriteLine($"{path}: {new FileInfo(path).Length >> 20:N0} MiB in {whole.Elapsed.TotalSeconds:0} s");
    }

    private static async Task<(IReadOnlyList<CityContent.Taxonomy> Taxonomies, IModel Content)> BeginAsync(string path, string folder, DateOnly today)
    {
        await using (var library = GeneratedCatalogue.Connect(path))
        {
            await library.Database.MigrateAsync();
            GeneratedCatalogue.AddBranches(library);
            await library.SaveChangesAsync();
        }

        await using var content = Connect(path);
        await content.Database.MigrateAsync();
        var media = new MediaLibrary(content, new MediaSettings(Path.Combine(folder, "media")), TimeProvider.System);
        var import = new RecipeImport(content, new ContentStore(content, ContentTypes.Shipped, new ContentSettings(), TimeProvider.System), media, TimeProvider.System);
        using var demonstration = DemoContent.Open();
        var outcome = await import.ImportAsync(new ContentUser("bench", "Bench", ContentRoles.Administrator), demonstration, DemoContent.On(today));
        if (outcome.Result is null) throw new CannotMeasureException("The demonstration's content was refused.");

        IReadOnlyList<CityContent.Taxonomy> taxonomies = [await CityContent.TaxonomyAsync(content, "topic"), await CityContent.TaxonomyAsync(content, "audience")];
        return (taxonomies, content.Model);
    }

    private static SqliteContentDbContext Connect(string path)
    {
        var options = new DbContextOptionsBuilder<SqliteContentDbContext>();
        options.UseDatabase(new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={path}"), "content");
        return new SqliteContentDbContext(options.Options);
    }

    private static void Step(string what, Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        Console.WriteLine($"  {watch.Elapsed.TotalSeconds,6:0.0} s  {what}");
    }

    private static async Task StepAsync(string what, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Console.WriteLine($"  {watch.Elapsed.TotalSeconds,6:0.0} s  {what}");
    }
}
