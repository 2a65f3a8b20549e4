using System.Text.Json;

namespace Metro.Bench.Budgets;

/// <summary>From the start of the process to the first page, on a database that exists; and what it holds when nobody asks.</summary>
internal static class StartsOverHttp
{
    private const double BudgetSeconds = 2;
    private const long BudgetMebibytes = 250;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Arrival = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task MeasureAsync(Sheet sheet, Place place, int rounds)
    {
        Console.Error.WriteLine("Starts");
        // The demonstration arrives with the first start that is told to have one.
        using (var first = PortalProcess.Start(place.Portal, place.Demonstration, settings: "Portal__Demo=true")) await ArrivedAsync(first);

        var (demonstration, small) = await StartAsync(place, place.Demonstration, rounds);
        // Jobs would change the city: its letters of tonight are a hundred thousand.
        var (city, large) = await StartAsync(place, place.City, rounds, "Portal__Jobs=false");
        sheet.Budget("start to first answer, the demonstration's library", $"≤ {BudgetSeconds} s", $"{demonstration.Home:0.00} s", demonstration.Home <= BudgetSeconds);
        sheet.Budget("start to first answer, the city's library", $"≤ {BudgetSeconds} s", $"{city.Home:0.00} s", city.Home <= BudgetSeconds);
        sheet.Budget("resident memory idle, the demonstration's library", $"≤ {BudgetMebibytes} MiB", $"{small:N0} MiB", small <= BudgetMebibytes);
        sheet.Add("resident memory idle, the city's library, its search index included", $"{large:N0} MiB");
        sheet.Add("start to first search in the city's catalogue", $"{city.Search:0.0} s");
    }

    /// <summary>A portal serves while the demonstration is still being brought in, and says so.</summary>
    private static async Task ArrivedAsync(PortalProcess portal)
    {
        await portal.AnsweredAsync("/health/ready");
        using var http = new HttpClient { BaseAddress = portal.Address };
        for (var waited = TimeSpan.Zero; waited < Arrival; waited += Pause)
        {
            using var health = JsonDocument.Parse(await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
            if (health.RootElement.GetProperty("status").GetString() is "Healthy") return;
            await Task.Delay(Pause);
        }

        throw new CannotMeasureException("The demonstration did not arrive.");
    }

    private static async Task<((double Home, double Search) Seconds, long Mebibytes)> StartAsync(Place place, string data, int rounds, params IReadOnlyList<string> settings)
    {
        var (home, search, memory) = (new List<double>(), new List<double>(), 0L);
        for (var i = 0; i < rounds; i++)
        {
            using var portal = PortalProcess.Start(place.Portal, data, settings: settings);
            var first = await portal.AnsweredAsync("/");
            home.Add(first.TotalSeconds);
            search.Add((first + await portal.AnsweredAsync("/catalog?q=sejarah")).TotalSeconds);
            if (i < rounds - 1) continue;

            await Task.Delay(Idle);
            memory = portal.ResidentMebibytes;
        }

        return ((Figures.Median(home), Figures.Median(search)), memory);
    }
}
