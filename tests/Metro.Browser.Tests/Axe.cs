using System.Text.Json;
using Metro.Testing;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>axe-core on a page: WCAG 2.2 A and AA, and its best practices.</summary>
internal static class Axe
{
    private static readonly string Source =
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Metro.Browser.Tests", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>The faults found, each with its rule and the elements that break it.</summary>
    /// <param name="page">The page as it stands.</param>
    /// <param name="rule">The only rule that is asked; null for all.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, string? rule = null)
    {
        // Evaluated through the debugger, because the page's own policy rightly refuses a script from elsewhere.
        if (!await page.EvaluateAsync<bool>("'axe' in window")) await page.EvaluateAsync(Source + ";0");
        var result = await page.EvaluateAsync<JsonElement>("rule => axe.run(document, { resultTypes: ['violations'], ...(rule ? { runOnly: [rule] } : {}) })", rule);
        return
        [
            .. result.GetProperty("violations").EnumerateArray().Select(violation =>
                $"{violation.GetProperty("id").GetString()}: {string.Join(", ", violation.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("html").GetString()))}"),
        ];
    }
}
