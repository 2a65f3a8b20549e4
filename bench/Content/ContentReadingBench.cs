using Metro.Content;
using Metro.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Metro.Bench.Content;

/// <summary>
/// What a reader of the portal waits for, with 100,000 published items in SQLite (or <c>--items</c>): each page with its
/// documents, one request at a time, each with a context of its own. The budget is 5 ms at the 95th
/// percentile for a filtered, sorted page.
/// </summary>
internal static class ContentReadingBench
{
    private const int Rounds = 400;
    private const double BudgetMilliseconds = 5;

    private static readonly DateTime Beginning = new(2024, 1, 1, 2, 0, 0, DateTimeKind.Utc);

    public static async Task RunAsync(Options commandLine)
    {
        var items = commandLine.Number("items", 100_000);
        var folder = Directory.CreateTempSubdirectory("metro-bench-");
        try
        {
            var options = new DbContextOptionsBuilder<SqliteContentDbContext>();
            options.UseDatabase(new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder.FullName, "content.db")}"), "content");
            await using (var db = new SqliteContentDbContext(options.Options))
            {
                await db.Database.MigrateAsync();
                await SeedAsync(db, items);
            }

            await MeasureAsync(options.Options, items);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(DbContextOptions<SqliteContentDbContext> options, int items)
    {
        var random = new Random(1);
        ContentQuery Agenda() => new("id", "Workshop")
        {
            Order = ContentOrder.Starts, StartsFrom = Beginning.AddDays(random.Next(900)), Terms = [$"4topic{random.Next(20)}"],
        };
        var questions = new (string Name, Func<ContentReader, Task<int>> Ask)[]
        {
            ("agenda of a topic from a day on", async reader => (await reader.ListAsync(Agenda())).Items.Count),
            ("agenda of a topic and an audience", async reader => (await reader.ListAsync(Agenda() with { Terms = [$"4topic{random.Next(20)}", $"4audience{random.Next(5)}"] })).Items.Count),
            ("agenda of a topic with enough seats", async reader => (await reader.ListAsync(Agenda() with { Where = [new FieldCondition("Capacity", FieldComparison.AtLeast, 95)] })).Items.Count),
            ("agenda in English, with fallbacks", async reader => (await reader.ListAsync(Agenda() with { Culture = "en", Terms = [] })).Items.Count),
            ("agenda of four types together", async reader => (await reader.ListAsync(new ContentQuery("id", "Workshop", "Exhibition", "ReadingProgram", "CommunityEvent")
                { Order = ContentOrder.Starts, StartsFrom = Beginning.AddDays(random.Next(900)) })).Items.Count),
            ("still on, soonest to end first", async reader => (await reader.ListAsync(new ContentQuery("id", "Exhibition")
                { Order = ContentOrder.Ends, EndsAfter = Beginning.AddDays(random.Next(900)) })).Items.Count),
            ("newest, and the page after it", async reader =>
            {
                var query = new ContentQuery("id", "NewsPost") { Terms = [$"4topic{random.Next(20)}"] };
                var first = await reader.ListAsync(query);
                return (await reader.ListAsync(query with { After = first.Items[^1].Cursor })).Items.Count;
            }),
            ("page by its address", async reader => (await reader.ByPathAsync($"bench/{random.Next(items)}"))?.Item is null ? 0 : 1),
            ("20 items by id", async reader => (await reader.FindManyAsync([.. Enumerable.Range(0, 20).Select(_ => $"4bench{random.Next(items):d8}")])).Count),
            ("search for two words", async reader => (await reader.SearchAsync($"kata{random.Next(2_000)} bersama", "id")).Count),
        };

        Console.WriteLine($"Reading content: {items} items on SQLite, one request at a time. Budget for a page: p95 of {BudgetMilliseconds} ms.");
        foreach (var (name, ask) in questions)
        {
            var (clock, processor) = (new List<double>(), new List<double>());
            for (var round = -20; round < Rounds; round++)
                await Figures.MeasureAsync(async () =>
                {
                    await using var db = new SqliteContentDbContext(options);
                    await ask(new ContentReader(db, ContentTypes.Shipped, new ContentSettings()));
                }, round < 0 ? [] : clock, round < 0 ? [] : processor);
            Figures.Tell(name, clock, processor);
        }
    }

    /// <summary>Written by SQL, as a restored database would be: the rows are those that publishing writes.</summary>
    private static async Task SeedAsync(SqliteContentDbContext db, int items)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TEMP TABLE n AS
            WITH RECURSIVE up(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM up WHERE i + 1 < {0}),
                 numbers AS (SELECT i, (i * 7919 + 13) % 100003 AS r FROM up)
            SELECT i, r, printf('4bench%08d', i) AS item, printf('4vbench%08d', i) AS version, printf('4sbench%08d', i) AS loc_set,
                CASE WHEN i % 10 < 4 THEN 'Workshop' WHEN i % 10 < 6 THEN 'NewsPost' WHEN i % 10 = 6 THEN 'Exhibition' WHEN i % 10 = 7 THEN 'ReadingProgram' WHEN i % 10 = 8 THEN 'CommunityEvent' ELSE 'Page' END AS type,
                strftime('%Y-%m-%d %H:%M:%S', '2024-01-01 02:00:00', (r % 1000) || ' days', (r % 9) || ' hours') AS starts,
                strftime('%Y-%m-%d %H:%M:%S', '2024-01-01 04:00:00', (r % 1000 + 20) || ' days') AS ends
            FROM numbers;
            CREATE TEMP TABLE culture (name, is_fallback);
            INSERT INTO culture VALUES ('id', 0), ('en', 1);
            """, items);
        foreach (var statement in (string[])
                 [
                     """
                     INSERT INTO content_item (item_id, type, loc_set, culture, latest_version_id, published_version_id, owner, created_utc, first_published_utc, stamp)
                     SELECT item, type, loc_set, 'id', version, version, 'bench', starts, starts, 1 FROM n
                     """,
                     """
                     INSERT INTO content_version (version_id, item_id, number, doc, doc_hash, loc_set, author, display_text, modified_utc, published_utc)
                     SELECT version, item, 1, '{"TitlePart":{"Title":"Kegiatan ' || i || '"},"AutoroutePart":{"Path":"bench/' || i || '"},"MarkdownBodyPart":{"Markdown":"' || replace(hex(zeroblob(60)), '00', 'Mari belajar bersama. ') || '"}}',
                         'hash', loc_set, 'Bench', 'Kegiatan ' || i, starts, starts FROM n
                     """,
                     """
                     INSERT INTO content_index (item_id, scope, culture, is_fallback, version_id, type, loc_set, display_text, owner, path, sort_utc, starts_utc, ends_utc, modified_utc)
                     SELECT item, 1, name, is_fallback, version, type, loc_set, 'Kegiatan ' || i, 'bench', 'bench/' || i, starts, starts, ends, starts FROM n, culture
                     """,
                     """
                     INSERT INTO content_term (item_id, scope, culture, term_id, type, is_fallback, sort_utc, starts_utc, ends_utc)
                     SELECT item, 1, name, '4topic' || (r % 20), type, is_fallback, starts, starts, ends FROM n, culture
                     UNION ALL SELECT item, 1, name, '4audience' || (r / 20 % 5), type, is_fallback, starts, starts, ends FROM n, culture
                     """,
                     """
                     INSERT INTO content_field (scope, item_id, type, field, culture, number)
                     SELECT 1, item, type, 'Capacity', name, r / 100 % 100 FROM n, culture WHERE type = 'Workshop'
                     """,
                     "INSERT INTO content_route (scope, path_norm, holder, item_id) SELECT 1, 'bench/' || i, '', item FROM n",
                     """
                     INSERT INTO content_search (item_id, type, culture, title, body, stems)
                     SELECT item, type, 'id', 'Kegiatan ' || i, 'Mari belajar bersama kata' || (r % 2000), 'mari ajar sama kata' || (r % 2000) FROM n
                     """,
                 ])
            await db.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        await db.Database.CloseConnectionAsync();
    }
}
