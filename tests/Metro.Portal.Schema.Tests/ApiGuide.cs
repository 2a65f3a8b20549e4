using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Metro.Testing;

namespace Metro.Portal.Schema.Tests;

/// <summary>The guide of docs/api.md and its examples.</summary>
internal static partial class ApiGuide
{
    /// <summary>All of it.</summary>
    public static string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "api.md"));

    /// <summary>Each example: who asks (<c>anonymous</c>, <c>member</c>, <c>desk</c>, <c>administrator</c>; <c>subscription</c> for a stream), what, and with which variables.</summary>
    public static IEnumerable<(string Who, string Document, JsonNode? Variables)> Examples() => Fences().Matches(Text).Select(fence => (
        fence.Groups["who"].Value, fence.Groups["document"].Value, fence.Groups["variables"] is { Success: true, Value: var json } ? JsonNode.Parse(json) : null));

    [GeneratedRegex("```graphql (?<who>[a-z]+)\n(?<document>.*?)```(?:\n```json\n(?<variables>.*?)```)?", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fences();
}
