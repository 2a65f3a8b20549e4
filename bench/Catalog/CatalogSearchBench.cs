using System.Diagnostics;
using Metro.Library.Catalog;
using Metro.Library.Search;
using Microsoft.EntityFrameworkCore;

namespace Metro.Bench.Catalog;

/// <summary>Budget: p95 at most 30 ms in 1,000,000 titles on SQLite, one request at a time, facets included.</summary>
internal static class CatalogSearchBench
{
    public static async Task RunAsync(Options options)
    {
        await using var db = options.Text("city") is { } city ? GeneratedCatalogue.Connect(city) : await GeneratedCatalogue.OpenAsync(options.Number("titles", 100_000));
        var titles = (int)await db.Titles.MaxAsync(title => title.Id);
        var before = Figures.ResidentMebibytes();
        using var index = new CatalogIndex(TimeProvider.System);
        var watch = Stopwatch.StartNew();
        await index.WarmUpAsync(db);
        var built = watch.Elapsed;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Console.WriteLine($"{titles:N0} titles; index built in {built.TotalSeconds:0.0} s; managed memory {GC.GetTotalMemory(true) >> 20} MiB, resident {Figures.ResidentMebibytes()} MiB ({before} before)");

        Figures.Keep("index seconds", built.TotalSeconds);
        Figures.Keep("index MiB", GC.GetTotalMemory(false) >> 20);
        var search = new CatalogSearch(db, index, new FruitlessSearches(TimeProvider.System));
        var (all, allProcessor) = (new List<double>(), new List<double>());
        foreach (var (kind, queries) in await QueriesAsync(db, titles))
        {
            foreach (var query in queries.Take(20)) await search.SearchAsync(query);
            var (times, processor) = (new List<double>(), new List<double>());
            var found = 0L;
            foreach (var query in queries)
                await Figures.MeasureAsync(async () => found += (await search.SearchAsync(query)).Total, times, processor);
            all.AddRange(times);
            allProcessor.AddRange(processor);
            Figures.Tell($"{kind} ({found / queries.Count:N0} found)", times, processor);
        }

        Figures.Tell("all, with facets", all, allProcessor);
        Figures.Keep("p95", Figures.Percentile(all, 0.95));

        var (pages, pagesProcessor) = (new List<double>(), new List<double>());
        foreach (var query in (await QueriesAsync(db, titles)).SelectMany(kind => kind.Queries.Take(20)))
            await Figures.MeasureAsync(async () => await search.TitlesOfAsync(await search.SearchAsync(query)), pages, pagesProcessor);
        Figures.Tell("all, with 20 titles loaded", pages, pagesProcessor);
        Figures.Keep("p95 with titles", Figures.Percentile(pages, 0.95));

        var suggested = new List<double>();
        foreach (var typed in (string[])["se", "sej", "sejar", "pem", "laskar pe", "budi", "ind", "k", "history of", "metro la"])
        {
            for (var i = 0; i < 5; i++)
            {
                watch.Restart();
                await search.SuggestAsync(typed);
                if (i > 0) suggested.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        Figures.Tell("suggestions", suggested);

        var follow = new List<double>();
        var desk = await db.Titles.Whole().Where(title => title.Id <= 50).ToListAsync();
        for (var i = 0; i < 20; i++)
        {
            desk[i].Describe(desk[i].Description() with { Edition = $"Cetakan ke-{Random.Shared.Next()}" }, DateTime.UtcNow);
            await db.SaveChangesAsync();
            watch.Restart();
            await search.SearchAsync(new CatalogQuery { Text = "isbn:0", WithFacets = false });
            follow.Add(watch.Elapsed.TotalMilliseconds);
        }

        Figures.Tell("first search after a change", follow);
    }

    internal static async Task<List<(string Kind, List<CatalogQuery> Queries)>> QueriesAsync(Metro.Library.LibraryDbContext db, int titles)
    {
        const int many = 100;
        var dice = new Random(1);
        var catalogue = new GeneratedCatalogue(titles);
        var names = new List<string>();
        for (var i = 0; i < many; i++)
        {
            var id = 1 + dice.NextInt64(titles);
            names.Add(await db.Titles.Where(title => title.Id == id).Select(title => title.Name).SingleAsync());
        }

        CatalogQuery Query(string text) => new() { Text = text };
        return
        [
            ("rare word", [.. Enumerable.Range(0, many).Select(i => Query(catalogue.Word(20_000 + i * 300)))]),
            ("common word", [.. Enumerable.Range(0, many).Select(i => Query(catalogue.Word(i % 20)))]),
            ("two common words", [.. Enumerable.Range(0, many).Select(i => Query($"{catalogue.Word(i % 12)} {catalogue.Word(12 + i % 17)}"))]),
            ("a title's words", [.. names.Select(Query)]),
            ("phrase", [.. names.Select(name => Query($"\"{string.Join(' ', name.Split(' ').Take(2))}\""))]),
            ("as you type", [.. Enumerable.Range(0, many).Select(i => Query(catalogue.Word(i * 3)[..Math.Min(catalogue.Word(i * 3).Length, 2 + i % 4)]) with { AsYouType = true })]),
            ("mistyped", [.. names.Select((name, i) => Query(Mistyped(name, i)))]),
            ("author", [.. Enumerable.Range(0, many).Select(i => Query($"author:{catalogue.Person(i * 7).Replace(", ", " author:")}"))]),
            ("common, narrowed", [.. Enumerable.Range(0, many).Select(i => Query(catalogue.Word(i % 20)) with { Formats = [TitleFormat.Print, TitleFormat.Journal], Languages = ["ind"], YearFrom = 2000, AvailableNow = i % 2 == 0, Branches = i % 3 == 0 ? [1, 2] : [] })]),
            ("everything, narrowed", [.. Enumerable.Range(0, 20).Select(i => new CatalogQuery { Formats = [(TitleFormat)(i % 8)], Order = (SearchOrder)(i % 4) })]),
        ];
    }

    private static string Mistyped(string name, int seed)
    {
        var words = name.Split(' ');
        var longest = Array.IndexOf(words, words.MaxBy(word => word.Length));
        var at = 1 + seed % Math.Max(1, words[longest].Length - 1);
        words[longest] = words[longest].Remove(Math.Min(at, words[longest].Length - 1), 1);
        return string.Join(' ', words);
    }
}
