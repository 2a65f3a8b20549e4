using System.Diagnostics;
using System.Globalization;

namespace Metro.Bench;

/// <summary>How measured figures are told.</summary>
internal static class Figures
{
    /// <summary>The value below which a share of the times lies, in milliseconds.</summary>
    public static double Percentile(IReadOnlyCollection<double> times, double share)
    {
        var sorted = times.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>The middle one, or the higher of the two in the middle.</summary>
    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The environment variable that names the file in which figures are kept for the program that asked for them.</summary>
    public const string KeptIn = "METRO_BENCH_FIGURES";

    /// <summary>Keeps a figure for the program that runs this command to put it into a table; nothing where none does.</summary>
    public static void Keep(string name, double value)
    {
        if (Environment.GetEnvironmentVariable(KeptIn) is { Length: > 0 } file)
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{name}\t{value}\n"));
    }

    /// <summary>
    /// Measures one thing: by the clock, and by the processor's time, which is what it would take on a machine
    /// that has nothing else to do.
    /// </summary>
    public static async Task MeasureAsync(Func<Task> work, List<double> clock, List<double> processor)
    {
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await work();
        clock.Add(watch.Elapsed.TotalMilliseconds);
        processor.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
    }

    public static void Tell(string what, IReadOnlyCollection<double> clock, IReadOnlyCollection<double> processor) =>
        Console.WriteLine($"{what,-34} n {clock.Count,5}   p50 {Percentile(clock, 0.50),7:0.00} ms   p95 {Percentile(clock, 0.95),7:0.00} ms   (processor: p50 {Percentile(processor, 0.50),6:0.00}, p95 {Percentile(processor, 0.95),6:0.00})");

    public static void Tell(string what, IReadOnlyCollection<double> milliseconds) =>
        Console.WriteLine($"{what,-28} n {milliseconds.Count,5}   p50 {Percentile(milliseconds, 0.50),7:0.00} ms   p95 {Percentile(milliseconds, 0.95),7:0.00} ms   max {milliseconds.Max(),7:0.00} ms");

    /// <summary>The memory that the process holds, in MiB.</summary>
    public static long ResidentMebibytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 >> 20;
    }
}
