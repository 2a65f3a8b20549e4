using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Metro.GraphQL.Tests.Http;

/// <summary>What clients and auditors that others wrote think of the server. The build installs them.</summary>
public sealed class IndependentClientTests : IAsyncLifetime
{
    // Both want application/json where nothing is asked for, as was usual until 2025 (GRAPHQL.md section 15).
    private static readonly string[] Expected = ["47DE", "80D8"];
    private GraphQLHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GraphQLHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_public_audits_of_GraphQL_over_HTTP_pass_but_for_two_of_the_past()
    {
        var verdicts = await RunAsync("audit.mjs");

        var failed = verdicts.EnumerateArray().Where(audit => audit.GetProperty("status").GetString() != "ok").ToArray();
        Assert.Equal(61, verdicts.GetArrayLength());
        Assert.Equal(Expected, failed.Select(audit => audit.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Clients_subscribe_over_sockets_and_event_streams()
    {
        var received = await RunAsync("subscriptions.mjs");

        Assert.Equal("[1,2,3]", received.GetProperty("socket").GetRawText());
        Assert.Equal("""[{"hello":"Hello ws"}]""", received.GetProperty("socketQuery").GetRawText());
        Assert.Contains("Cannot query field", received.GetProperty("socketError").GetString(), StringComparison.Ordinal);
        Assert.Equal("[1,2,3]", received.GetProperty("events").GetRawText());
        Assert.Equal("""[{"hello":"Hello world"}]""", received.GetProperty("eventsQuery").GetRawText());
        Assert.Equal("[[1,2,3],[1,2,3],[1,2,3]]", received.GetProperty("together").GetRawText());
        await _host.NeverStopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task<JsonElement> RunAsync(string script)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [script, _host.Endpoint.ToString()])
        {
            WorkingDirectory = typeof(IndependentClientTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(metadata => metadata.Key == "ClientsFolder").Value,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}
