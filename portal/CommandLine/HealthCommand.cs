namespace Metro.Portal.CommandLine;

/// <summary>
/// Asks the portal that runs beside it whether it is ready, for containers and supervisors: the runtime image
/// has no other program that could ask.
/// </summary>
internal static class HealthCommand
{
    private const string DefaultAddress = "http://localhost:5000";

    public static async Task<int> RunAsync(string[] settings, CancellationToken stop)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(settings).Build();
        var address = AddressToAsk(configuration);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync($"{address}/health/ready", stop);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(stop));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync(PortalText.Get("Health.Away", address, fault.Message));
            return 1;
        }
    }

    /// <summary>The first address that the portal was told to serve, as seen from the same machine.</summary>
    private static string AddressToAsk(IConfiguration configuration)
    {
        if (configuration["urls"] is { Length: > 0 } urls)
        {
            var first = urls.Split(';')[0].TrimEnd('/');
            foreach (var everywhere in (string[])["//+", "//*", "//0.0.0.0", "//[::]"])
                first = first.Replace(everywhere, "//localhost", StringComparison.Ordinal);
            return first;
        }

        return configuration["http_ports"] is { Length: > 0 } ports ? $"http://localhost:{ports.Split(';')[0]}" : DefaultAddress;
    }
}
