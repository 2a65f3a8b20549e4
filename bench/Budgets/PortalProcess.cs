using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Metro.Bench.Budgets;

/// <summary>A published portal that this process started, in the production environment. It ends with whoever started it.</summary>
internal sealed class PortalProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly string logFile;
    private readonly EventHandler endsWithUs;

    private PortalProcess(Process process, Uri address, string log)
    {
        (this.process, Address, logFile) = (process, address, log);
        endsWithUs = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += endsWithUs;
    }

    public Uri Address { get; }

    /// <summary>Processor time used since the start, by all threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in MiB.</summary>
    public long ResidentMebibytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 >> 20;
        }
    }

    /// <summary>The most resident memory so far, in MiB, as the kernel remembers it.</summary>
    public long PeakMebibytes => long.Parse(
        File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) >> 10;

    /// <summary>Starts the portal on a folder of data and does not wait for it.</summary>
    /// <param name="portal">The folder into which it was published.</param>
    /// <param name="data">Its data.</param>
    /// <param name="isCompared">Whether the bare endpoints are let in.</param>
    /// <param name="settings">Settings beside these, such as <c>Portal__Jobs=false</c>.</param>
    public static PortalProcess Start(string portal, string data, bool isCompared = false, params IReadOnlyList<string> settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var log = Path.Combine(data, "bench.log");
        var start = new ProcessStartInfo("/bin/sh")
        {
            // The shell is gone before the portal begins, and its pipes with it.
            ArgumentList = { "-c", "exec dotnet \"$0\" >\"$1\" 2>&1", Path.Combine(portal, "Metro.Portal.dll"), log },
            UseShellExecute = false,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production", ["DOTNET_ENVIRONMENT"] = "Production", ["ASPNETCORE_URLS"] = address.ToString(), ["Portal__DataPath"] = data,
            },
        };
        foreach (var setting in settings) start.Environment[setting.Split('=')[0]] = setting.Split('=', 2)[1];
        if (isCompared) start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(PortalProcess).Assembly.Location;
        return new PortalProcess(Process.Start(start)!, address, log);
    }

    /// <summary>Waits until an address is answered with 200.</summary>
    /// <returns>How long it took from the call.</returns>
    /// <exception cref="CannotMeasureException">It ended or never answered; with the end of its log.</exception>
    public async Task<TimeSpan> AnsweredAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = Patience };
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience && !process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK) return watch.Elapsed;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(5);
        }

        throw new CannotMeasureException($"The portal did not answer {path}. Its log ends with:\n{string.Join('\n', (File.Exists(logFile) ? File.ReadLines(logFile) : []).TakeLast(20))}");
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= endsWithUs;
        Kill();
        process.Dispose();
    }

    private void Kill()
    {
        if (process.HasExited) return;
        process.Kill();
        process.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
