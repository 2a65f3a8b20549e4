using System.Globalization;
using System.Net;

namespace Metro.Portal.Tests;

public sealed class HealthTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_portal_with_its_database_is_alive_and_ready(string question)
    {
        await using var portal = new PortalUnderTest();

        using var answer = await portal.Visitor().GetAsync(question, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"status\":\"Healthy\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_whose_database_was_not_migrated_is_alive_but_not_ready()
    {
        await using var portal = new PortalUnderTest { Environment = "Production" };
        var visitor = portal.Visitor();

        using var live = await visitor.GetAsync("/health/live", Stop);
        using var ready = await visitor.GetAsync("/health/ready", Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (live.StatusCode, ready.StatusCode));
        Assert.Contains("migrat", await ready.Content.ReadAsStringAsync(Stop), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_portal_whose_room_runs_out_says_so_and_still_serves()
    {
        await using var portal = new PortalUnderTest { Settings = new Dictionary<string, string> { ["Portal:LeastFreeMebibytes"] = int.MaxValue.ToString(CultureInfo.InvariantCulture) } };

        using var answer = await portal.Visitor().GetAsync("/health/ready", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Matches("\"status\":\"Degraded\",\"description\":\"[0-9]+ MiB are left", await answer.Content.ReadAsStringAsync(Stop));
    }
}
