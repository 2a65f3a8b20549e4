using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>An item of a content step: Orchard's own properties apart from its parts.</summary>
internal sealed record RecipeItem
{
    private static readonly HashSet<string> OwnProperties = new(StringComparer.OrdinalIgnoreCase)
    {
        "Id", "ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published", "ModifiedUtc", "PublishedUtc", "CreatedUtc", "Owner", "Author",
    };

    public string? ItemId { get; private init; }
    public string? VersionId { get; private init; }
    public string? Type { get; private init; }
    public string? DisplayText { get; private init; }
    public string? Owner { get; private init; }
    public string? Author { get; private init; }
    public bool IsLatest { get; private init; }
    public bool IsPublished { get; private init; }
    public DateTime? CreatedUtc { get; private init; }
    public DateTime? ModifiedUtc { get; private init; }
    public DateTime? PublishedUtc { get; private init; }
    public string? Culture { get; private init; }
    public string? LocSet { get; private init; }
    public required JsonObject Content { get; init; }

    public static RecipeItem Of(JsonObject given)
    {
        // As in Orchard, unknown objects and lists at the root survive, and unknown scalars do not.
        var content = new JsonObject(given.Where(property => !OwnProperties.Contains(property.Key) && property.Value is JsonObject or JsonArray)
            .Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
        var (set, culture) = (content.Text("LocalizationPart", "LocalizationSet"), content.Text("LocalizationPart", "Culture"));
        var isLocalised = ContentId.IsValid(set) && culture is { Length: > 0 and <= 16 };
        return new RecipeItem
        {
            ItemId = given.GetText("ContentItemId"), VersionId = given.GetText("ContentItemVersionId"), Type = given.GetText("ContentType"),
            DisplayText = given.GetText("DisplayText"), Owner = given.GetText("Owner"), Author = given.GetText("Author"),
            IsLatest = given.GetFlag("Latest") ?? true, IsPublished = given.GetFlag("Published") ?? false,
            CreatedUtc = ContentJson.Instant(given.GetText("CreatedUtc")), ModifiedUtc = ContentJson.Instant(given.GetText("ModifiedUtc")),
            PublishedUtc = ContentJson.Instant(given.GetText("PublishedUtc")),
            Culture = isLocalised ? culture : null, LocSet = isLocalised ? set : null, Content = content,
        };
    }
}
