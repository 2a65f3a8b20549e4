using Metro.Bench.Catalog;
using Metro.Library;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Bench.Budgets;

/// <summary>
/// Everything that is promised, measured on a published portal with a whole city's library and told in one table. Called by
/// <c>bench/run.sh</c>, which makes both.
/// </summary>
internal static class BudgetsCommand
{
    public static async Task RunAsync(Options options)
    {
        var place = new Place(
            Folder(options, "portal", "the published portal"), Folder(options, "city", "the folder with the city's metro.db"), Folder(options, "demo", "the folder with a migrated metro.db for the demonstration"));
        var (seconds, rounds) = (options.Number("seconds", 5), options.Number("rounds", 5));
        await using var db = GeneratedCatalogue.Connect(place.Database);
        var titles = (int)await db.Titles.MaxAsync(title => title.Id);
        var (sheet, only) = (new Sheet(), options.Text("only"));

        if (only is null or "starts") await StartsOverHttp.MeasureAsync(sheet, place, rounds);
        if (only is null or "answers") await AnswersAsync(sheet, place, db, titles, seconds, rounds);
        if (only is null or "below") await BelowHttp.MeasureAsync(sheet, place, titles);

        var text = sheet.Write($"a library of {titles:N0} titles", options.Text("commit"), seconds);
        Console.WriteLine(text);
        if (options.Text("results") is { } results) await File.WriteAllTextAsync(results, text);
    }

    private static async Task AnswersAsync(Sheet sheet, Place place, LibraryDbContext db, int titles, int seconds, int rounds)
    {
        Console.Error.WriteLine("Answers over HTTP");
        using var portal = PortalProcess.Start(place.Portal, place.City, isCompared: true, "Portal__Jobs=false");
        await portal.AnsweredAsync("/health/ready");
        await portal.AnsweredAsync("/catalog?q=sejarah");
        var known = new KnownPages(titles, await ProgramToComeAsync(db));
        await ComparisonsOverHttp.MeasureAsync(sheet, portal, seconds, rounds);
        await PagesOverHttp.MeasureAsync(sheet, portal, known, seconds, rounds);
        await PagesOverHttp.MeasureTransferAsync(sheet, portal, known);
        await SearchesOverHttp.MeasureAsync(sheet, portal, await CatalogSearchBench.QueriesAsync(db, titles));
        sheet.Add("memory after all these rounds, at most", $"{portal.ResidentMebibytes:N0} MiB, {portal.PeakMebibytes:N0} MiB");
    }

    private static string Folder(Options options, string name, string what)
    {
        var folder = Path.GetFullPath(options.Text(name) ?? throw new CannotMeasureException($"--{name} DIR: {what}"));
        return Directory.Exists(folder) ? folder : throw new CannotMeasureException($"{folder} is not there: {what}");
    }

    private static async Task<long> ProgramToComeAsync(LibraryDbContext db)
    {
        var soon = DateTime.UtcNow.AddDays(7);
        return await db.Sessions.ForThePublic().ToCome(soon).Select(session => session.ProgramId).FirstAsync();
    }
}

/// <summary>Where what is measured lies.</summary>
/// <param name="Portal">The published portal.</param>
/// <param name="City">The data of a portal with a whole city's library.</param>
/// <param name="Demonstration">The data of a portal with the demonstration's.</param>
internal sealed record Place(string Portal, string City, string Demonstration)
{
    public string Database => Path.Combine(City, "metro.db");
}

/// <summary>Pages that are there.</summary>
/// <param name="Titles">Titles have the keys from 1 to this.</param>
/// <param name="Program">A program with sessions to come.</param>
internal sealed record KnownPages(int Titles, long Program);
