using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Metro.Testing;

namespace Metro.Portal.Tests;

/// <summary>The portal as its own process, as an operator runs it: as it is shipped where the environment variable METRO_PUBLISHED names its folder, otherwise from the build of these tests.</summary>
internal sealed class PortalProcess : IDisposable
{
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly List<(string Words, TaskCompletionSource Heard)> awaited = [];
    private readonly TaskCompletionSource served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    private PortalProcess(string[] arguments, IEnumerable<(string Name, string Value)> environment)
    {
        // Whoever runs the tests may have them ignore Ctrl-C, and a process inherits that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet"])
        {
            WorkingDirectory = Published ?? Path.Combine(Repository.Root, "portal"),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Program());
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Portal__Demo"] = "false";
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in environment) start.Environment[name] = value;

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(output, line.Data);
        process.ErrorDataReceived += (_, line) => Hear(errors, line.Data);
        process.Exited += (_, _) => served.TrySetException(new InvalidOperationException("The portal ended before it served."));
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it said on standard error.</summary>
    public string Errors
    {
        get
        {
            lock (errors) return errors.ToString();
        }
    }

    /// <summary>What it said on standard output.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <summary>Runs the portal to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string[] arguments, IEnumerable<(string Name, string Value)> environment, CancellationToken stop)
    {
        using var portal = new PortalProcess(arguments, environment);
        _ = portal.served.Task.Exception;
        await portal.process.WaitForExitAsync(stop);
        return (portal.process.ExitCode, portal.Output, portal.Errors);
    }

    /// <summary>Starts the portal and returns when it has greeted, that is, when it serves.</summary>
    public static async Task<PortalProcess> ServeAsync(IEnumerable<(string Name, string Value)> environment, CancellationToken stop)
    {
        var portal = new PortalProcess([], environment);
        await portal.served.Task.WaitAsync(stop);
        return portal;
    }

    /// <summary>Returns when it has said these words on standard output.</summary>
    public async Task SaysAsync(string words, CancellationToken stop)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (output)
        {
            if (output.ToString().Contains(words, StringComparison.Ordinal)) return;
            awaited.Add((words, heard));
        }

        await heard.Task.WaitAsync(stop);
    }

    /// <summary>Ends it as a power cut does.</summary>
    public async Task KillAsync(CancellationToken stop)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(stop);
    }

    /// <summary>Tells it to stop, as Ctrl-C does, and waits until it has.</summary>
    public async Task<int> InterruptAsync(CancellationToken stop)
    {
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString()])) await kill.WaitForExitAsync(stop);
        await process.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromMinutes(1), stop);
        return process.ExitCode;
    }

    /// <summary>A loopback port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private void Hear(StringBuilder heard, string? line)
    {
        if (line is null) return;
        lock (heard) heard.AppendLine(line);
        if (heard == output)
            lock (output)
                foreach (var (_, said) in awaited.Where(one => line.Contains(one.Words, StringComparison.Ordinal))) said.TrySetResult();
        if (line.Contains("Ctrl-C", StringComparison.Ordinal)) served.TrySetResult();
    }

    /// <summary>The folder of the portal as it is shipped, which starts sooner; null where only the build beside the tests' is there.</summary>
    private static string? Published => Environment.GetEnvironmentVariable("METRO_PUBLISHED") is { Length: > 0 } folder ? folder : null;

    /// <summary>The portal's own output beside the tests': the same configuration of the same build.</summary>
    private static string Program()
    {
        if (Published is { } folder) return Path.Combine(folder, "Metro.Portal.dll");

        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Repository.Root, "portal", "bin", own.Parent!.Name, own.Name, "Metro.Portal.dll");
    }
}
