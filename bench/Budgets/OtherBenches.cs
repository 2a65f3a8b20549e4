using System.Diagnostics;
using System.Globalization;

namespace Metro.Bench.Budgets;

/// <summary>Runs another command of this program in a process of its own, so that one's memory is not the other's.</summary>
internal static class OtherBenches
{
    /// <returns>The figures that it kept (<see cref="Figures.Keep"/>).</returns>
    public static async Task<IReadOnlyDictionary<string, double>> RunAsync(params string[] command)
    {
        var kept = Path.GetTempFileName();
        try
        {
            Console.Error.WriteLine($"  ... {string.Join(' ', command)}");
            using var bench = new Process { StartInfo = new(Environment.ProcessPath!, command) { Environment = { [Figures.KeptIn] = kept }, RedirectStandardOutput = true, UseShellExecute = false } };
            bench.Start();
            using var _ = new EndedWithUs(bench);
            while (await bench.StandardOutput.ReadLineAsync() is { } line) await Console.Error.WriteLineAsync($"      {line}");
            await bench.WaitForExitAsync();
            if (bench.ExitCode != 0) throw new CannotMeasureException($"{command[0]} ended with {bench.ExitCode}.");
            return (await File.ReadAllLinesAsync(kept)).Select(line => line.Split('\t')).ToDictionary(line => line[0], line => double.Parse(line[1], CultureInfo.InvariantCulture));
        }
        finally
        {
            File.Delete(kept);
        }
    }

    private sealed class EndedWithUs : IDisposable
    {
        private readonly Process process;
        private readonly EventHandler end;

        public EndedWithUs(Process process)
        {
            this.process = process;
            end = (_, _) => process.Kill(entireProcessTree: true);
            AppDomain.CurrentDomain.ProcessExit += end;
        }

        public void Dispose()
        {
            AppDomain.CurrentDomain.ProcessExit -= end;
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
