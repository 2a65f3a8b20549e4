using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Metro.Bench.Content;

/// <summary>How long a recipe of published pages takes to be imported into SQLite, imported again, and exported.</summary>
internal static class ContentImportBench
{
    private static readonly ContentUser Administrator = new("bench", "Bench", ContentRoles.Administrator);

    public static async Task RunAsync(Options commandLine)
    {
        var items = commandLine.Number("items", 2_000);
        var folder = Directory.CreateTempSubdirectory("metro-bench-");
        try
        {
            var options = new DbContextOptionsBuilder<SqliteContentDbContext>();
            options.UseDatabase(new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder.FullName, "content.db")}"), "content");
            await using var db = new SqliteContentDbContext(options.Options);
            await db.Database.MigrateAsync();
            var media = new MediaLibrary(db, new MediaSettings(Path.Combine(folder.FullName, "media")), TimeProvider.System);
            var import = new RecipeImport(db, new ContentStore(db, ContentTypes.Shipped, new ContentSettings(), TimeProvider.System), media, TimeProvider.System);
            using var recipe = new MemoryStream(Encoding.UTF8.GetBytes(Recipe(items)));

            foreach (var what in (string[])["import", "import again"])
            {
                var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                using var package = RecipePackage.Read(recipe).Result!;
                var outcome = await import.ImportAsync(Administrator, package);
                Console.WriteLine($"{what,-14} {items} items   {items / watch.Elapsed.TotalSeconds,8:0} a second, {items / (Environment.CpuUsage.TotalTime - before).TotalSeconds,8:0} a second of processor   changed nothing: {outcome.Result!.ChangesNothing}");
            }

            var exporting = Stopwatch.StartNew();
            await new RecipeExport(db, ContentTypes.Shipped, media).WriteJsonAsync(Stream.Null);
            Console.WriteLine($"{"export",-14} {items} items   {items / exporting.Elapsed.TotalSeconds,8:0} a second   {Figures.ResidentMebibytes()} MiB resident");
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static string Recipe(int items) => new JsonObject
    {
        ["name"] = "Bench",
        ["steps"] = new JsonArray(new JsonObject
        {
            ["name"] = "content",
            ["data"] = new JsonArray([.. Enumerable.Range(0, items).Select(i => (JsonNode)new JsonObject
            {
                ["ContentItemId"] = $"4bench{i:d8}",
                ["ContentType"] = "Page",
                ["Published"] = true,
                ["Latest"] = true,
                ["TitlePart"] = new JsonObject { ["Title"] = $"Halaman {i}" },
                ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = string.Concat(Enumerable.Repeat("Mari belajar bersama. ", 60)) },
            })]),
        }),
    }.ToJsonString();
}
