using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>One version of a content item, as read. Its document is the caller's own copy.</summary>
public sealed class ContentItem
{
    /// <summary>Which item: the same for all its versions.</summary>
    public required string ItemId { get; init; }

    /// <summary>Which version of the item.</summary>
    public required string VersionId { get; init; }

    /// <summary>The version's place in the item's history, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The name of its content type.</summary>
    public required string Type { get; init; }

    /// <summary>What it is called in lists.</summary>
    public required string DisplayText { get; init; }

    /// <summary>Its language; null when it is of no language.</summary>
    public string? Culture { get; init; }

    /// <summary>What joins it to its translations; null when it is of no language.</summary>
    public string? LocalizationSet { get; init; }

    /// <summary>The id of the user who owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>The name of the user who wrote this version.</summary>
    public required string Author { get; init; }

    /// <summary>When the item was created.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>When this version was written.</summary>
    public required DateTime ModifiedUtc { get; init; }

    /// <summary>When this version was published; null when it never was.</summary>
    public DateTime? PublishedUtc { get; init; }

    /// <summary>When the item was deleted; null while it is there.</summary>
    public DateTime? DeletedUtc { get; init; }

    /// <summary>Whether it is the item's newest version.</summary>
    public required bool IsLatest { get; init; }

    /// <summary>Whether it is the version that the public sees.</summary>
    public required bool IsPublished { get; init; }

    /// <summary>Whether the public sees some version of the item.</summary>
    public required bool ItemIsPublished { get; init; }

    /// <summary>Its parts, each under its name.</summary>
    public required JsonObject Content { get; init; }

    /// <summary>Its address in the portal, without a slash in front; null when it has none.</summary>
    public string? Path => Content.Text("AutoroutePart", "Path");

    /// <summary>The Markdown of its body; null when it has none.</summary>
    public string? Markdown => Content.Text("MarkdownBodyPart", "Markdown");

    /// <summary>The object of a field of its type; null when it is absent.</summary>
    public JsonObject? Field(string name) => Content.Object(Type, name);

    /// <summary>The text of a text field; null when it is absent.</summary>
    public string? Text(string field) => Content.Text(Type, field, "Text");

    /// <summary>The value of a numeric field; null when it is absent.</summary>
    public double? Amount(string field) => Content.Number(Type, field, "Value");

    /// <summary>The instant of a DateTime field, in UTC; null when it is absent.</summary>
    public DateTime? Instant(string field) => Content.Instant(Type, field, "Value");

    /// <summary>The day of a Date field; null when it is absent.</summary>
    public DateOnly? Day(string field) => Content.Instant(Type, field, "Value") is { } instant ? DateOnly.FromDateTime(instant) : null;

    /// <summary>The pictures of a media field, in order.</summary>
    public IReadOnlyList<string> Pictures(string field) => Content.List(Type, field, "Paths");

    /// <summary>The ids of the terms of a taxonomy field.</summary>
    public IReadOnlyList<string> Terms(string field) => Content.List(Type, field, "TermContentItemIds");

    /// <summary>The item as Orchard writes it: its own properties first, then one object per part.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ContentItemId"] = ItemId,
            ["ContentItemVersionId"] = VersionId,
            ["ContentType"] = Type,
            ["DisplayText"] = DisplayText,
            ["Latest"] = IsLatest,
            ["Published"] = IsPublished,
            ["ModifiedUtc"] = ContentJson.Format(ModifiedUtc),
            ["PublishedUtc"] = PublishedUtc is { } published ? ContentJson.Format(published) : null,
            ["CreatedUtc"] = ContentJson.Format(CreatedUtc),
            ["Owner"] = Owner,
            ["Author"] = Author,
        };
        foreach (var (name, part) in Content) json[name] = part?.DeepClone();
        return json;
    }

    internal static ContentItem Of(ItemRow item, VersionRow version, JsonObject? instead = null) => new()
    {
        ItemId = item.ItemId,
        VersionId = version.VersionId,
        Number = version.Number,
        Type = item.Type,
        DisplayText = instead.Text("TitlePart", "Title") ?? version.DisplayText,
        Culture = item.Culture,
        LocalizationSet = version.LocSet ?? item.LocSet,
        Owner = item.Owner,
        Author = version.Author,
        CreatedUtc = item.CreatedUtc,
        ModifiedUtc = version.ModifiedUtc,
        PublishedUtc = version.PublishedUtc,
        DeletedUtc = item.DeletedUtc,
        IsLatest = item.LatestVersionId == version.VersionId,
        IsPublished = item.PublishedVersionId == version.VersionId,
        ItemIsPublished = item.PublishedVersionId is not null,
        Content = instead ?? ContentJson.Read(version.Doc),
    };
}
