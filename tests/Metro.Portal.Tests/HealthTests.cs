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
}
