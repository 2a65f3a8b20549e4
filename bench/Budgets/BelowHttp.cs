namespace Metro.Bench.Budgets;

/// <summary>The promises that other commands of this program measure.</summary>
internal static class BelowHttp
{
    public static async Task MeasureAsync(Sheet sheet, Place place, int titles)
    {
        Console.Error.WriteLine("Below HTTP");
        var engine = await OtherBenches.RunAsync("graphql-engine");
        sheet.Budget("parse, validate, plan and execute `{ __typename }`, a document seen before", "≤ 5 µs", $"{engine["seen µs"]:0.00} µs, {engine["seen bytes"]:N0} bytes", engine["seen µs"] <= 5);

        var search = await OtherBenches.RunAsync("catalog-search", "--city", place.Database);
        sheet.Budget($"catalogue search in {titles:N0} titles, facets included", "p95 ≤ 30 ms", $"p95 {search["p95"]:0.0} ms; with 20 titles loaded {search["p95 with titles"]:0.0} ms", search["p95"] <= 30);
        sheet.Add("the search index", $"{search["index MiB"]:N0} MiB, built in {search["index seconds"]:0} s");

        var import = await OtherBenches.RunAsync("catalog-import", "--records", "50000");
        var isFlat = import["heap at the end MiB"] <= (2 * import["heap at first MiB"]) + 32;
        sheet.Budget("MARC import", "≥ 5,000 records a second, memory flat", $"{import["records a second"]:N0} a second; heap {import["heap at first MiB"]:N0} MiB after the first tenth, {import["heap at the end MiB"]:N0} at the end", import["records a second"] >= 5_000 && isFlat);

        var desk = await OtherBenches.RunAsync("check-out", "--rate", "50", "--seconds", "20");
        sheet.Budget("check-out at 50 a second", "p95 ≤ 15 ms", $"p95 {desk["p95"]:0.0} ms; {desk["refused"]:0} refused", desk["p95"] <= 15);

        var letters = await OtherBenches.RunAsync("reminders");
        sheet.Budget("100,000 reminders due in the same hour", "≤ 60 s, none twice", $"{letters["seconds"]:0.0} s; {letters["added again"]:N0} added by the same run again; heap at most {letters["heap MiB"]:N0} MiB", letters["seconds"] <= 60 && letters["queued"] >= 100_000 && letters["added again"] == 0);
    }
}
