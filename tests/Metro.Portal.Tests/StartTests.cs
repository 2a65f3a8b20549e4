using System.Net;
using System.Net.Sockets;

namespace Metro.Portal.Tests;

/// <summary>What an operator meets: a start that works, or one sentence that says what to mend.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("metro-start-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Database__Provider", "Oracle", "Database__Provider", "Sqlite or PostgreSQL")]
    [InlineData("ConnectionStrings__Portal", "Data Sauce=x", "ConnectionStrings__Portal", "Data Source=metro.db")]
    [InlineData("ConnectionStrings__Portal", "=;;=", "ConnectionStrings__Portal", "Data Source=metro.db")]
    [InlineData("Portal__DataPath", "/proc/metro", "Portal__DataPath", "choose a folder")]
    [InlineData("Portal__Demo", "perhaps", "Portal__Demo", "true or false")]
    [InlineData("Library__Zone", "Asia/Atlantis", "Library__Zone", "Asia/Jakarta")]
    [InlineData("Mail__Port", "many", "Mail", "README")]
    [InlineData("Mail__Sender", "perpustakaan", "Mail__Sender", "perpustakaan@")]
    [InlineData("Mail__Host", "mail.example", "Mail__Sender", "perpustakaan@")]
    [InlineData("Mail__User", "metro", "Mail__Password", "Mail__User")]
    [InlineData("Mail__Site", "perpustakaan", "Mail__Site", "https://")]
    [InlineData("Mail__Security", "SSL", "Mail", "README")]
    [InlineData("Portal__Jobs", "perhaps", "Portal__Jobs", "true or false")]
    [InlineData("Portal__LeastFreeMebibytes", "some", "Portal__LeastFreeMebibytes", "whole number")]
    [InlineData("Portal__Proxies__0", "entrance", "Portal__Proxies", "172.29.4.0/24")]
    [InlineData("Backup__Keep", "0", "Backup__Keep", "14")]
    [InlineData("Library__Languages__0", "fr", "Library__Languages", "id and en")]
    [InlineData("ASPNETCORE_URLS", "localhost", "ASPNETCORE_URLS", "http://localhost:5000")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:99999", "ASPNETCORE_URLS", "http://localhost:5000")]
    [InlineData("ASPNETCORE_URLS", "http://203.0.113.1:5000", "ASPNETCORE_URLS", "http://localhost:5000")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence_that_names_it(string name, string value, string named, string instead)
    {
        var (exitCode, output, errors) = await PortalProcess.RunAsync([], Settings((name, value)), Stop);

        Assert.Equal((1, ""), (exitCode, output));
        AssertOneSentence(errors, named, instead);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host=;Database=metro")]
    [InlineData("Port=many")]
    public async Task PostgreSQL_without_a_readable_address_stops_the_start(string connection)
    {
        var (exitCode, _, errors) = await PortalProcess.RunAsync(
            [], Settings(("Database__Provider", "PostgreSQL"), ("ConnectionStrings__Portal", connection)), Stop);

        Assert.Equal(1, exitCode);
        AssertOneSentence(errors, "ConnectionStrings__Portal", "Host=localhost");
    }

    [Theory]
    [InlineData("")]
    [InlineData("migrate")]
    public async Task A_server_that_does_not_answer_stops_the_start(string command)
    {
        var unreachable = $"Host=127.0.0.1;Port={PortalProcess.FreePort()};Database=metro;Username=metro;Timeout=2";

        var (exitCode, output, errors) = await PortalProcess.RunAsync(
            command.Length == 0 ? [] : [command], Settings(("Database__Provider", "PostgreSQL"), ("ConnectionStrings__Portal", unreachable)), Stop);

        Assert.Equal((1, ""), (exitCode, output));
        AssertOneSentence(errors, "ConnectionStrings__Portal", "check its address");
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start()
    {
        using var neighbour = new TcpListener(IPAddress.Loopback, 0);
        neighbour.Start();
        var port = ((IPEndPoint)neighbour.LocalEndpoint).Port;

        var (exitCode, output, errors) = await PortalProcess.RunAsync([], Settings(("ASPNETCORE_URLS", $"http://127.0.0.1:{port}")), Stop);

        Assert.Equal((1, ""), (exitCode, output));
        AssertOneSentence(errors, "ASPNETCORE_URLS", "another port");
    }

    [Fact]
    public async Task A_wrong_setting_leaves_no_database_behind()
    {
        await PortalProcess.RunAsync([], Settings(("Library__Zone", "Asia/Atlantis")), Stop);

        Assert.Empty(data.EnumerateFiles("*.db*"));
    }

    [Fact]
    public async Task A_mistyped_command_is_refused_instead_of_starting_a_server()
    {
        var (exitCode, _, errors) = await PortalProcess.RunAsync(["migrat"], Settings(), Stop);

        Assert.Equal(1, exitCode);
        AssertOneSentence(errors, "migrat", "--help");
    }

    [Fact]
    public async Task It_speaks_Indonesian_to_operators_whose_system_does()
    {
        var (_, _, errors) = await PortalProcess.RunAsync([], Settings(("Database__Provider", "Oracle"), ("LANG", "id_ID.UTF-8")), Stop);

        Assert.Contains("padahal pilihannya Sqlite atau PostgreSQL", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_serves_where_it_was_told_keeps_its_data_where_it_was_told_and_stops_on_Ctrl_C()
    {
        var address = $"http://127.0.0.1:{PortalProcess.FreePort()}";
        using var portal = await PortalProcess.ServeAsync(Settings(("ASPNETCORE_URLS", address)), Stop);
        using var client = new HttpClient();

        using var ready = await client.GetAsync($"{address}/health/ready", Stop);
        var (asked, answer, _) = await PortalProcess.RunAsync(["health"], Settings(("ASPNETCORE_URLS", address)), Stop);
        var exitCode = await portal.InterruptAsync(Stop);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(0, asked);
        Assert.Contains("Healthy", answer, StringComparison.Ordinal);
        Assert.Contains(address, portal.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(data.FullName, "metro.db")));
        Assert.Equal(0, exitCode);
        Assert.Empty(portal.Errors);
    }

    [Fact]
    public async Task Health_of_a_portal_that_does_not_run_is_1()
    {
        var (exitCode, _, errors) = await PortalProcess.RunAsync(["health"], Settings(("ASPNETCORE_URLS", $"http://127.0.0.1:{PortalProcess.FreePort()}")), Stop);

        Assert.Equal(1, exitCode);
        AssertOneSentence(errors, "does not answer", "127.0.0.1");
    }

    [Fact]
    public async Task Migrating_makes_the_database_ready_and_may_be_repeated()
    {
        var first = await PortalProcess.RunAsync(["migrate"], Settings(("ASPNETCORE_ENVIRONMENT", "Production")), Stop);
        var second = await PortalProcess.RunAsync(["migrate"], Settings(("ASPNETCORE_ENVIRONMENT", "Production")), Stop);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Contains("_Initial", first.Output, StringComparison.Ordinal);
        Assert.Contains("0 migrations", second.Output, StringComparison.Ordinal);
    }

    public void Dispose() => data.Delete(recursive: true);

    private IEnumerable<(string Name, string Value)> Settings(params (string Name, string Value)[] settings) =>
        [("Portal__DataPath", data.FullName), ("ASPNETCORE_URLS", $"http://127.0.0.1:{PortalProcess.FreePort()}"), .. settings];

    private static void AssertOneSentence(string errors, params string[] parts)
    {
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }
}
