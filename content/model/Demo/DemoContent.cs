using System.Globalization;

namespace Metro.Content;

/// <summary>
/// The portal's demonstration content: a recipe like any other, in both languages, whose events lie around
/// the day on which it is imported.
/// </summary>
public static class DemoContent
{
    private const int DaysBack = 30;
    private const int DaysAhead = 90;

    /// <summary>The recipe; to be disposed.</summary>
    public static RecipePackage Open()
    {
        using var stream = typeof(DemoContent).Assembly.GetManifestResourceStream("Metro.Content.Demo.demo.recipe.json")!;
        return RecipePackage.Read(stream).Result ?? throw new InvalidOperationException("The demonstration recipe cannot be read.");
    }

    /// <summary>What its <c>parameters('day6')</c> and <c>parameters('dayMinus7')</c> mean when it is imported on that day.</summary>
    public static RecipeOptions On(DateOnly today) => new()
    {
        Parameters = Enumerable.Range(-DaysBack, DaysBack + DaysAhead + 1).ToDictionary(
            days => days < 0 ? $"dayMinus{-days}" : $"day{days}",
            days => today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    };
}
