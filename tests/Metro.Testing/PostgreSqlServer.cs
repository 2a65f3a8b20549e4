using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Metro.Data;
using Npgsql;

namespace Metro.Testing;

/// <summary>
/// A PostgreSQL server for this test run: the one named by METRO_TEST_POSTGRES, or a cluster of our own
/// on a free loopback port, made from Debian's packages and thrown away at the end.
/// </summary>
public static class PostgreSqlServer
{
    private static readonly Lazy<string> Server = new(Start);

    /// <summary>A connection string to the server's maintenance database, as a user who may create databases.</summary>
    public static string ConnectionString => Server.Value;

    private static string Start() =>
        Environment.GetEnvironmentVariable("METRO_TEST_POSTGRES") is { Length: > 0 } given ? given : StartCluster();

    /// <summary>Runs one of PostgreSQL's own programs, as an operator does, on a database.</summary>
    /// <returns>How it ended, and what it said on standard error.</returns>
    public static async Task<(int ExitCode, string Errors)> RunAsync(string program, DatabaseSettings database, IEnumerable<string> arguments, CancellationToken stop)
    {
        var to = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        // A server elsewhere comes with its programs on the path.
        var start = new ProcessStartInfo(Binaries() is { } folder ? Path.Combine(folder, program) : program, [.. arguments, $"--dbname={to.Database}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment = { ["PGHOST"] = to.Host, ["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture), ["PGUSER"] = to.Username, ["PGPASSWORD"] = to.Password },
        };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, errors);
    }

    private static string? Binaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        : null;

    private static string StartCluster()
    {
        if (Binaries() is not { } binaries)
            throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql, or name a server in METRO_TEST_POSTGRES.");

        var folder = Directory.CreateTempSubdirectory("metro-postgres-").FullName;
        var port = FreePort();
        if (Environment.UserName == "root") Run("chown", "postgres", folder);
        AsServerUser(Path.Combine(binaries, "initdb"), "-D", $"{folder}/data", "-U", "metro", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8");
        AsServerUser(Path.Combine(binaries, "pg_ctl"), "-D", $"{folder}/data", "-l", $"{folder}/log", "-w", "start", "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=300 -c shared_buffers=64MB -c max_pred_locks_per_transaction=256");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            AsServerUser(Path.Combine(binaries, "pg_ctl"), "-D", $"{folder}/data", "-m", "immediate", "stop");
            Directory.Delete(folder, recursive: true);
        };
        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = port, Username = "metro", Database = "postgres", MaxPoolSize = 60, IncludeErrorDetail = true,
        }.ConnectionString;
    }

    /// <summary>The server refuses to run as root.</summary>
    private static void AsServerUser(string program, params string[] arguments)
    {
        if (Environment.UserName == "root") Run("runuser", ["-u", "postgres", "--", program, .. arguments]);
        else Run(program, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // pg_ctl leaves a server behind that would keep a redirected output open for ever.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/tmp" };
        foreach (var part in (string[])["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) start.ArgumentList.Add(part);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
