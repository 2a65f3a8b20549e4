using System.Diagnostics;
using System.Globalization;

namespace Metro.Bench.Budgets;

/// <summary>What is asked again and again.</summary>
/// <param name="Name">What it is called in the tables.</param>
/// <param name="Paths">Where, in turn.</param>
internal sealed record Load(string Name, params IReadOnlyList<string> Paths)
{
    /// <summary>What is posted; null to get instead.</summary>
    public string? Body { get; init; }

    /// <summary>Headers beside <c>Host</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = ["Accept-Encoding: br"];
}

/// <summary>What a round came to.</summary>
/// <param name="PerSecond">Requests a second.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P95">Milliseconds.</param>
/// <param name="ProcessorMilliseconds">The server's processor time for each request.</param>
/// <param name="Failed">Answers that were none, or of 400 and above.</param>
internal sealed record Round(double PerSecond, double P50, double P95, double ProcessorMilliseconds, long Failed);

/// <summary>Rounds of wrk against a portal, a few connections at once.</summary>
internal static class Wrk
{
    private const int Connections = 4;
    private const int MostWarmUps = 12;

    /// <summary>Interleaved rounds: each load once, then each again, so that whatever else the machine does meets all alike.</summary>
    /// <returns>The rounds of each load.</returns>
    public static async Task<IReadOnlyDictionary<Load, IReadOnlyList<Round>>> InterleavedAsync(PortalProcess portal, IReadOnlyList<Load> loads, int seconds, int rounds)
    {
        var all = loads.ToDictionary(load => load, _ => new List<Round>());
        foreach (var load in loads) await WarmUpAsync(portal, load, Math.Min(3, seconds));
        for (var i = 0; i < rounds; i++)
        {
            foreach (var load in loads)
            {
                var round = await RoundAsync(portal, load, seconds);
                if (round.Failed > 0) throw new CannotMeasureException($"{load.Name}: {round.Failed} of the requests failed, so the figures would mean nothing.");
                all[load].Add(round);
            }
        }

        return all.ToDictionary(each => each.Key, each => (IReadOnlyList<Round>)each.Value);
    }

    /// <summary>
    /// What is asked often is compiled anew in the background, and over again, which takes thousands of requests: rounds until two
    /// in a row were no cheaper than those before.
    /// </summary>
    private static async Task WarmUpAsync(PortalProcess portal, Load load, int seconds)
    {
        var (best, unchanged) = (double.MaxValue, 0);
        for (var round = 0; round < MostWarmUps && unchanged < 2; round++)
        {
            var cost = (await RoundAsync(portal, load, seconds)).ProcessorMilliseconds;
            unchanged = cost < best * 0.95 ? 0 : unchanged + 1;
            best = Math.Min(best, cost);
        }
    }

    private static async Task<Round> RoundAsync(PortalProcess portal, Load load, int seconds)
    {
        var asked = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(asked,
            [
                load.Body is null ? "GET" : "POST", load.Body ?? "", .. load.Headers, .. load.Body is null ? [] : (string[])["Content-Type: application/json"], "", .. load.Paths,
            ]);
            using var wrk = new Process
            {
                StartInfo = new("wrk")
                {
                    ArgumentList = { "-t1", $"-c{Connections}", $"-d{seconds}s", "--timeout", "30s", "-s", Path.Combine(AppContext.BaseDirectory, "Budgets/wrk.lua"), portal.Address.ToString(), "--", asked },
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                },
            };
            var before = portal.ProcessorTime;
            wrk.Start();
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            var processor = portal.ProcessorTime - before;
            var figures = output.Split('\n').FirstOrDefault(line => line.StartsWith("figures ", StringComparison.Ordinal))
                ?? throw new CannotMeasureException($"wrk said:\n{output}");
            var numbers = figures.Split(' ')[1..].Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            var (requests, microseconds) = (Math.Max(1, numbers[0]), numbers[1]);
            return new Round(requests * 1_000_000.0 / microseconds, numbers[2] / 1_000.0, numbers[3] / 1_000.0, processor.TotalMilliseconds / requests, numbers[4]);
        }
        finally
        {
            File.Delete(asked);
        }
    }
}
