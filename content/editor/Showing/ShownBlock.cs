using System.Text.Json.Nodes;

namespace Metro.Content.Editor;

/// <summary>A piece of an item: something in its bag, or a widget of its flow.</summary>
/// <param name="Title">What it is called; null where it has no title.</param>
/// <param name="Html">Its text as safe HTML; empty when it says nothing.</param>
/// <param name="Size">How much of the line it takes, in hundredths: 25, 33, 50, 66, 75 or 100.</param>
/// <param name="Blocks">What is inside it in turn.</param>
public sealed record ShownBlock(string? Title, string Html, int Size, IReadOnlyList<ShownBlock> Blocks)
{
    private const int Deepest = 5;

    private static readonly int[] Sizes = [25, 33, 50, 66, 75, 100];

    internal static IReadOnlyList<ShownBlock> Of(JsonObject content, int depth = 0) => depth == Deepest
        ? []
        : [.. content.Select(part => part.Value).OfType<JsonObject>()
            .SelectMany(part => (part["ContentItems"] ?? part["Widgets"]) as JsonArray ?? [])
            .OfType<JsonObject>().Select(item => Shown(item, depth))];

    private static ShownBlock Shown(JsonObject item, int depth)
    {
        var html = new System.Text.StringBuilder();
        foreach (var part in item.Select(each => each.Value).OfType<JsonObject>())
            foreach (var holder in part.Select(field => field.Value).OfType<JsonObject>().Prepend(part))
                html.Append(MarkdownText.ToHtml(holder.Text("Markdown"))).Append(SafeHtml.Sanitise(holder.Text("Html")));

        var size = (int)(item.Number("FlowMetadata", "Size") ?? 100);
        return new ShownBlock(
            item.Text("TitlePart", "Title") is { Length: > 0 } title ? title : null, html.ToString(),
            Sizes.Contains(size) ? size : 100, Of(item, depth + 1));
    }
}
