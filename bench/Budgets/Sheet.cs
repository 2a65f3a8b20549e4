using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Metro.Bench.Budgets;

/// <summary>What was measured, as Markdown: budgets with what came out beside them, then what else was seen.</summary>
internal sealed class Sheet
{
    private readonly List<(string What, string Budget, string Measured, bool? IsKept)> budgets = [];
    private readonly List<(string What, string Measured)> others = [];

    /// <summary>A promise and what came out.</summary>
    /// <param name="what">What is promised.</param>
    /// <param name="budget">How much.</param>
    /// <param name="measured">How much it is.</param>
    /// <param name="isKept">Whether the promise is kept.</param>
    public void Budget(string what, string budget, string measured, bool isKept)
    {
        budgets.Add((what, budget, measured, isKept));
        Console.Error.WriteLine($"  {what}: {measured} ({budget}) {(isKept ? "kept" : "MISSED")}");
    }

    public void Add(string what, string measured)
    {
        others.Add((what, measured));
        Console.Error.WriteLine($"  {what}: {measured}");
    }

    public string Write(string city, string? commit, int seconds)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Measured\n\nOn {DateTime.UtcNow:d MMMM yyyy, HH:mm} UTC by `bench/run.sh`, {Machine()}; the published portal in Release and production, {city}; medians of five interleaved rounds of {seconds} s, four connections, the client on the same machine{(commit is null ? "" : $"; commit {commit}")}.\n\n");
        text.Append("## Budgets\n\n| what | budget | measured | |\n| --- | --- | --- | --- |\n");
        foreach (var (what, budget, measured, isKept) in budgets) text.Append(CultureInfo.InvariantCulture, $"| {what} | {budget} | {measured} | {(isKept == true ? "kept" : "**missed**")} |\n");
        text.Append("\n## Beside them\n\n| what | measured |\n| --- | --- |\n");
        foreach (var (what, measured) in others) text.Append(CultureInfo.InvariantCulture, $"| {what} | {measured} |\n");
        return text.ToString();
    }

    private static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        return string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores of {model}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
    }
}
