using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>
/// What a document says by its shape alone, whatever its type: the stock fields are known by their
/// properties, so that items of types that no code describes are indexed too.
/// </summary>
internal static class DocumentWalk
{
    /// <summary>Every object in the document, with its place, parents first.</summary>
    public static IEnumerable<(string Path, JsonObject Value)> Objects(JsonObject content, string root = "$")
    {
        var waiting = new Stack<(string Path, JsonNode Node)>();
        waiting.Push((root, content));
        while (waiting.TryPop(out var next))
        {
            if (next.Node is JsonObject value)
            {
                yield return (next.Path, value);
                foreach (var (key, child) in value.Reverse())
                    if (child is JsonObject or JsonArray) waiting.Push(($"{next.Path}.{key}", child));
            }
            else if (next.Node is JsonArray array)
            {
                for (var i = array.Count - 1; i >= 0; i--)
                    if (array[i] is { } child and (JsonObject or JsonArray)) waiting.Push(($"{next.Path}[{i}]", child));
            }
        }
    }

    /// <summary>The content items inside the item, at any depth, each with its place.</summary>
    public static IEnumerable<(string Path, JsonObject Item)> Contained(JsonObject content) =>
        Objects(content).Where(each => each.Path != "$" && each.Value.Text("ContentItemId") is not null && each.Value.Text("ContentType") is not null);

    /// <summary>The ids of all terms that the document is sorted under.</summary>
    public static IReadOnlyList<string> Terms(JsonObject content) =>
        [.. Objects(content).SelectMany(each => each.Value.List("TermContentItemIds")).Where(ContentId.IsValid).Distinct()];

    /// <summary>All that the document refers to.</summary>
    public static IEnumerable<(ReferenceKind Kind, string Target, string JsonPath)> References(JsonObject content)
    {
        foreach (var (path, value) in Objects(content))
        {
            foreach (var media in value.List("Paths")) yield return (ReferenceKind.Media, MediaPath.Normalise(media), $"{path}.Paths");
            foreach (var id in value.List("ContentItemIds")) yield return (ReferenceKind.Item, id, $"{path}.ContentItemIds");
            foreach (var set in value.List("LocalizationSets")) yield return (ReferenceKind.Set, set, $"{path}.LocalizationSets");
            if (value.Text("Url") is { Length: > 0 } url && PathWithinPortal(url) is { } link) yield return (link.Kind, link.Target, $"{path}.Url");
        }

        foreach (var (path, html) in ContentChecks.Bodies(content))
            foreach (var element in SafeHtml.Parse(html).SelectMany(node => AngleSharp.Dom.NodeExtensions.GetDescendantsAndSelf(node)).OfType<AngleSharp.Dom.IElement>())
                if ((element.GetAttribute("href") ?? element.GetAttribute("src")) is { Length: > 0 } address && PathWithinPortal(address) is { } target)
                    yield return (target.Kind, target.Target, path);
    }

    private static (ReferenceKind Kind, string Target)? PathWithinPortal(string url)
    {
        if (!SafeHtml.IsWithinPortal(url) || url.StartsWith('#')) return null;

        var path = ContentPath.Normalise(url.StartsWith("~/", StringComparison.Ordinal) ? url[2..] : url);
        return path.StartsWith("media/", StringComparison.Ordinal)
            ? (ReferenceKind.Media, MediaPath.Normalise(path["media/".Length..]))
            : (ReferenceKind.Path, path);
    }
}
