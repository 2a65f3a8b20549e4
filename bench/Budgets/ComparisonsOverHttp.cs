using System.Text;
using System.Text.Json;

namespace Metro.Bench.Budgets;

/// <summary>The API against endpoints by hand in the same process, which give the same bytes.</summary>
internal static class ComparisonsOverHttp
{
    public static async Task MeasureAsync(Sheet sheet, PortalProcess portal, int seconds, int rounds)
    {
        var typeName = JsonSerializer.Serialize(new { query = "{ __typename }" });
        var twenty = JsonSerializer.Serialize(new { query = BareBooks.Query });
        var (nakedName, bareName, name) = (new Load("naked", "/naked/typename") { Body = typeName, Headers = [] }, new Load("bare", "/bare/typename") { Body = typeName, Headers = [] }, new Load("{ __typename }", "/graphql") { Body = typeName, Headers = [] });
        var (bareBooks, books) = (new Load("books by hand", "/bare/books") { Body = twenty, Headers = [] }, new Load("books", "/graphql") { Body = twenty, Headers = [] });
        await SameAsync(portal, bareName, name);
        await SameAsync(portal, bareBooks, books);

        var measured = await Wrk.InterleavedAsync(portal, [nakedName, bareName, name, bareBooks, books], seconds, rounds);
        var (speed, cost) = Ratios(measured[bareName], measured[name]);
        sheet.Budget("`{ __typename }` over HTTP", "≥ 0.75 of a bare endpoint's requests a second", $"{speed:0.00}; {cost:0.00} times its processor time; {Told(measured[name])} against {Told(measured[bareName])}", speed >= 0.75);
        var (booksSpeed, booksCost) = Ratios(measured[bareBooks], measured[books]);
        sheet.Budget("20 books with authors and availability over HTTP", "≥ 0.6 of SQL and a JSON writer by hand", $"{booksSpeed:0.00}; {booksCost:0.00} times its processor time; {Told(measured[books])} against {Told(measured[bareBooks])}", booksSpeed >= 0.6);
        var (nakedSpeed, nakedCost) = Ratios(measured[nakedName], measured[name]);
        sheet.Add("`{ __typename }` against an endpoint before all middleware: no headers, sign-in, limits or log", $"{nakedSpeed:0.00}; {nakedCost:0.00} times its processor time; naked {Told(measured[nakedName])}");
    }

    /// <summary>The medians of the rounds' ratios: requests a second, and processor time.</summary>
    private static (double Speed, double Cost) Ratios(IReadOnlyList<Round> bare, IReadOnlyList<Round> other) => (
        Figures.Median([.. bare.Zip(other, (one, two) => two.PerSecond / one.PerSecond)]),
        Figures.Median([.. bare.Zip(other, (one, two) => two.ProcessorMilliseconds / one.ProcessorMilliseconds)]));

    private static string Told(IReadOnlyList<Round> rounds) =>
        $"{Figures.Median([.. rounds.Select(round => round.PerSecond)]):N0}/s of {Figures.Median([.. rounds.Select(round => round.ProcessorMilliseconds)]) * 1000:N0} µs";

    private static async Task SameAsync(PortalProcess portal, Load bare, Load other)
    {
        var (one, two) = (await AnswerAsync(portal, bare), await AnswerAsync(portal, other));
        if (one != two) throw new CannotMeasureException($"{bare.Name} and {other.Name} must answer alike:\n{one}\n{two}");
    }

    private static async Task<string> AnswerAsync(PortalProcess portal, Load load)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        using var content = new StringContent(load.Body!, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(load.Paths[0], UriKind.Relative), content);
        return await answer.Content.ReadAsStringAsync();
    }
}
