using Metro.Bench.Catalog;

namespace Metro.Bench.Budgets;

/// <summary>The pages that visitors come to, compressed as browsers ask for them.</summary>
internal static class PagesOverHttp
{
    private const long BudgetOfPage = 100 * 1024;
    private const long BudgetOfScripts = 30 * 1024;
    private const int ManyPages = 500;

    public static async Task MeasureAsync(Sheet sheet, PortalProcess portal, KnownPages known, int seconds, int rounds)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        var size = (await http.GetByteArrayAsync(new Uri("/", UriKind.Relative))).Length;
        var bare = new Load($"a bare page of as many bytes ({size / 1024} KiB)", $"/bare/page?bytes={size}");
        var catalogue = new GeneratedCatalogue(known.Titles);
        var dice = new Random(3);
        Load[] pages =
        [
            bare,
            new("home", "/"),
            new("home in English", "/en"),
            new("catalogue, searched", [.. Enumerable.Range(0, ManyPages).Select(i => $"/catalog?q={Uri.EscapeDataString(catalogue.Word(i * 11 % 6_000))}")]),
            new("book", [.. Enumerable.Range(0, ManyPages).Select(_ => $"/catalog/{1 + dice.Next(known.Titles)}")]),
            new("programs", "/programs"),
            new("program", $"/programs/{known.Program}"),
            new("news", "/news"),
        ];
        var measured = await Wrk.InterleavedAsync(portal, pages, seconds, rounds);
        foreach (var page in pages)
        {
            var of = measured[page];
            double Median(Func<Round, double> figure) => Figures.Median([.. of.Select(figure)]);
            var ratio = Figures.Median([.. of.Zip(measured[bare], (one, other) => one.ProcessorMilliseconds / other.ProcessorMilliseconds)]);
            sheet.Add($"page: {page.Name}", $"{Median(round => round.PerSecond):N0}/s; p50 {Median(round => round.P50):0.0} ms, p95 {Median(round => round.P95):0.0} ms; {Median(round => round.ProcessorMilliseconds):0.00} ms of processor time, {ratio:0.0} times the bare page's");
        }
    }

    public static async Task MeasureTransferAsync(Sheet sheet, PortalProcess portal, KnownPages known)
    {
        var transfers = new List<(string Name, FirstVisit.Transfer Transfer)>();
        foreach (var (name, path) in ((string, string)[])[("home", "/"), ("catalogue", "/catalog?q=sejarah"), ("book", "/catalog/7"), ("program", $"/programs/{known.Program}"), ("programs", "/programs")])
            transfers.Add((name, await FirstVisit.OfAsync(portal.Address, path)));
        var (largest, most) = transfers.MaxBy(one => one.Transfer.Whole);
        var (_, scripted) = transfers.MaxBy(one => one.Transfer.Scripts);
        sheet.Budget("public page, first visit, compressed, without pictures", "≤ 100 KiB", $"{most.Whole / 1024.0:0.0} KiB ({largest}, of five pages the largest)", most.Whole <= BudgetOfPage);
        sheet.Budget("scripts of a public page", "≤ 30 KiB", $"{scripted.Scripts / 1024.0:0.0} KiB", scripted.Scripts <= BudgetOfScripts);
        sheet.Add("first visit, in KiB: all (the page alone, scripts, fonts)", string.Join("; ", transfers.Select(one => $"{one.Name} {one.Transfer.Whole / 1024.0:0.0} ({one.Transfer.Page / 1024.0:0.0}, {one.Transfer.Scripts / 1024.0:0.0}, {one.Transfer.Fonts / 1024.0:0.0})")));
    }
}
