using System.Globalization;
using System.IO.Compression;

namespace Metro.Content;

/// <summary>
/// The portal's demonstration content: a recipe like any other, in both languages, whose events lie around
/// the day on which it is imported.
/// </summary>
public static class DemoContent
{
    private const int DaysBack = 30;
    private const int DaysAhead = 90;
    private const int WeeksBack = 4;
    private const int WeeksAhead = 12;

    private const string Folder = "Metro.Content.Demo/";

    /// <summary>The recipe with its pictures and books, packed as any package is; to be disposed.</summary>
    public static RecipePackage Open()
    {
        var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in Files)
            {
                using var file = typeof(DemoContent).Assembly.GetManifestResourceStream(Folder + name)!;
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                file.CopyTo(entry);
            }
        }

        return RecipePackage.Read(package).Result ?? throw new InvalidOperationException("The demonstration recipe cannot be read.");
    }

    /// <summary>The paths of the recipe and of all that it brings along.</summary>
    private static IEnumerable<string> Files => typeof(DemoContent).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..]);

    /// <summary>What its <c>parameters('day6')</c>, <c>parameters('dayMinus7')</c> and <c>parameters('saturday1')</c> mean when it is imported on that day.</summary>
    public static RecipeOptions On(DateOnly today) => new()
    {
        Parameters = Days(today).ToDictionary(day => day.Key, day => day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    };

    /// <summary>
    /// The days by the names that the demonstration gives them: <c>day0</c> is today, <c>dayMinus1</c> yesterday; <c>saturday1</c>
    /// the first Saturday after tomorrow and <c>saturday2</c> the one after; <c>saturdayMinus1</c> the last one before today.
    /// </summary>
    public static IReadOnlyDictionary<string, DateOnly> Days(DateOnly today)
    {
        var days = Enumerable.Range(-DaysBack, DaysBack + DaysAhead + 1).ToDictionary(days => days < 0 ? $"dayMinus{-days}" : $"day{days}", today.AddDays);
        foreach (var weekday in Enum.GetValues<DayOfWeek>())
        {
#pragma warning disable CA1308 // A name for people who write recipes.
            var name = weekday.ToString().ToLowerInvariant();
#pragma warning restore CA1308
            var first = Enumerable.Range(2, 7).Select(today.AddDays).First(day => day.DayOfWeek == weekday);
            var last = Enumerable.Range(1, 7).Select(back => today.AddDays(-back)).First(day => day.DayOfWeek == weekday);
            for (var week = 0; week < WeeksAhead; week++) days[$"{name}{week + 1}"] = first.AddDays(7 * week);
            for (var week = 0; week < WeeksBack; week++) days[$"{name}Minus{week + 1}"] = last.AddDays(-7 * week);
        }

        return days;
    }
}
