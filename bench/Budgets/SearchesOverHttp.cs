using System.Diagnostics;
using System.Net.Http.Json;
using Metro.Library.Search;

namespace Metro.Bench.Budgets;

/// <summary>Searches of the catalogue one at a time, as a reader waits for them: by the API with all facets, and as a page.</summary>
internal static class SearchesOverHttp
{
    private const double BudgetMilliseconds = 30;
    private const int EachKind = 40;

    private const string Query =
        "query($text: String) { searchBooks(text: $text, first: 20) { totalCount books { id title yearOfPublication contributors { filingName } } facets { formats { value count } languages { value count } audiences { value count } years { value count } subjects { value count } classes { value count } availableNow } } }";

    public static async Task MeasureAsync(Sheet sheet, PortalProcess portal, IReadOnlyList<(string Kind, List<CatalogQuery> Queries)> kinds)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        var texts = kinds.SelectMany(kind => kind.Queries.Take(EachKind)).Select(query => query.Text).OfType<string>().Distinct().ToList();
        var (api, page) = (new List<double>(), new List<double>());
        foreach (var text in texts.Take(20).Concat(texts))
        {
            api.Add(await TimedAsync(async () =>
            {
                using var answer = await http.PostAsJsonAsync("/graphql", new { query = Query, variables = new { text } });
                var said = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
                if (said.StartsWith("{\"errors\"", StringComparison.Ordinal)) throw new CannotMeasureException(said);
            }));
            page.Add(await TimedAsync(async () => await http.GetByteArrayAsync(new Uri($"/catalog?q={Uri.EscapeDataString(text)}", UriKind.Relative))));
        }

        // The first twenty came twice, to warm up.
        (api, page) = ([.. api.Skip(20)], [.. page.Skip(20)]);
        var p95 = Figures.Percentile(api, 0.95);
        sheet.Budget("catalogue search over HTTP with facets and 20 books, one at a time", $"p95 ≤ {BudgetMilliseconds} ms", $"p95 {p95:0.0} ms, p50 {Figures.Percentile(api, 0.5):0.0} ms of {api.Count} searches", p95 <= BudgetMilliseconds);
        sheet.Add("the same searches as pages, one at a time", $"p95 {Figures.Percentile(page, 0.95):0.0} ms, p50 {Figures.Percentile(page, 0.5):0.0} ms");
    }

    private static async Task<double> TimedAsync(Func<Task> ask)
    {
        var watch = Stopwatch.StartNew();
        await ask();
        return watch.Elapsed.TotalMilliseconds;
    }
}
