namespace Metro.Content;

/// <summary>Which of an item's versions a derived row describes.</summary>
internal enum Scope
{
    Published = 1,
    Latest = 2,
}

/// <summary>An item: identity, owner, and pointers to two of its versions.</summary>
internal sealed class ItemRow
{
    public required string ItemId { get; init; }
    public required string Type { get; init; }

    /// <summary>Null for an item of no language, and while it is deleted, so that its place in the set is free.</summary>
    public string? LocSet { get; set; }

    public string? Culture { get; init; }
    public required string LatestVersionId { get; set; }
    public string? PublishedVersionId { get; set; }
    public required string Owner { get; set; }
    public required DateTime CreatedUtc { get; init; }

    /// <summary>The order of news: a later correction does not bring it to the top again.</summary>
    public DateTime? FirstPublishedUtc { get; set; }

    public DateTime? DeletedUtc { get; set; }

    /// <summary>Grows with each change: the concurrency token.</summary>
    public long Stamp { get; set; }
}

/// <summary>A version: written once. Only <see cref="PublishedUtc"/> is set later, by its publication.</summary>
internal sealed class VersionRow
{
    public required string VersionId { get; init; }
    public required string ItemId { get; init; }
    public required int Number { get; init; }
    public required string Doc { get; init; }
    public required string DocHash { get; init; }

    /// <summary>The localization set, which outlives the item's deletion here.</summary>
    public string? LocSet { get; init; }

    public required string Author { get; init; }
    public required string DisplayText { get; init; }
    public required DateTime ModifiedUtc { get; init; }
    public DateTime? PublishedUtc { get; set; }
    public string? Comment { get; init; }
}

/// <summary>What an editor has typed and not saved: one per item and user, outside history.</summary>
internal sealed class AutosaveRow
{
    public required string ItemId { get; init; }
    public required string UserId { get; init; }
    public string? BaseVersionId { get; set; }

    /// <summary>The item's type, which an item that does not exist yet could not say.</summary>
    public string? Type { get; set; }

    public string? Culture { get; set; }
    public required string Doc { get; set; }
    public required DateTime SavedUtc { get; set; }
}

internal sealed class LockRow
{
    public required string ItemId { get; init; }
    public required string UserId { get; set; }
    public required string UserName { get; set; }
    public required string Token { get; set; }
    public required DateTime ExpiresUtc { get; set; }
}

/// <summary>
/// What lists are read from: a row per scope, item and language in which the item is offered. An item that
/// lacks a translation is offered in the other language too, marked as a fallback.
/// </summary>
internal sealed class IndexRow
{
    public required Scope Scope { get; init; }
    public required string ItemId { get; init; }

    /// <summary>The language in which it is offered; empty for an item of no language.</summary>
    public required string Culture { get; init; }

    public required bool IsFallback { get; init; }
    public required string VersionId { get; init; }
    public required string Type { get; init; }
    public string? LocSet { get; init; }
    public required string DisplayText { get; init; }
    public required string Owner { get; init; }
    public string? Path { get; init; }
    public required DateTime SortUtc { get; init; }

    /// <summary>When it begins; <see cref="Undated"/> when nothing says so, so that pages have one order.</summary>
    public required DateTime StartsUtc { get; init; }

    /// <summary>When it is over, exclusive; <see cref="Undated"/> when nothing says so.</summary>
    public required DateTime EndsUtc { get; init; }

    public required DateTime ModifiedUtc { get; init; }
    public DateTime? ArchiveUtc { get; init; }

    public static readonly DateTime Undated = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);
}

internal sealed class TermRow
{
    public required Scope Scope { get; init; }
    public required string TermId { get; init; }
    public required string ItemId { get; init; }
    public required string Culture { get; init; }
    public required string Type { get; init; }
    public required bool IsFallback { get; init; }
    public required DateTime SortUtc { get; init; }
    public required DateTime StartsUtc { get; init; }
    public required DateTime EndsUtc { get; init; }
}

/// <summary>
/// An address. Among what is published it belongs to one item; drafts may clash until they are published,
/// so a draft's row names its holder in the unique key.
/// </summary>
internal sealed class RouteRow
{
    public required Scope Scope { get; init; }
    public required string PathNorm { get; init; }
    public required string Holder { get; init; }
    public required string ItemId { get; init; }

    /// <summary>The contained item that the address shows, such as a term; null for the item itself.</summary>
    public string? ContainedItemId { get; init; }
}

internal sealed class AliasRow
{
    public required Scope Scope { get; init; }
    public required string Alias { get; init; }
    public required string Holder { get; init; }
    public required string ItemId { get; init; }
}

/// <summary>What an item refers to, so that usages are known and links can be checked.</summary>
internal sealed class ReferenceRow
{
    public long Id { get; init; }
    public required Scope Scope { get; init; }
    public required string ItemId { get; init; }
    public required ReferenceKind Kind { get; init; }

    /// <summary>The media path, item id, localization set or portal path, normalised.</summary>
    public required string Target { get; init; }

    public required string JsonPath { get; init; }
}

internal enum ReferenceKind
{
    Media,
    Item,
    Set,
    Path,
}

/// <summary>The value of a declared field, in the column of its kind.</summary>
internal sealed class FieldRow
{
    public long Id { get; init; }
    public required Scope Scope { get; init; }
    public required string ItemId { get; init; }
    public required string Type { get; init; }
    public required string Field { get; init; }
    public required string Culture { get; init; }
    public string? Text { get; init; }
    public double? Number { get; init; }
    public DateTime? Instant { get; init; }
}

/// <summary>The words of a published item; the databases' own full-text indexes are built over it by their migrations.</summary>
internal sealed class SearchRow
{
    public long Id { get; init; }
    public required string ItemId { get; init; }
    public required string Type { get; init; }
    public required string Culture { get; init; }
    public required string Title { get; init; }
    public required string Body { get; init; }

    /// <summary>The stems of all words, by the rules of the item's language.</summary>
    public required string Stems { get; init; }
}

/// <summary>An address that was left: it leads to the item wherever that is now, or to a fixed place.</summary>
internal sealed class RedirectRow
{
    public required string PathNorm { get; init; }
    public string? ItemId { get; init; }
    public string? Target { get; init; }
    public required DateTime CreatedUtc { get; init; }
}

internal enum ScheduledAct
{
    Publish,
    Archive,
}

internal sealed class ScheduleRow
{
    public required string VersionId { get; init; }
    public required ScheduledAct Act { get; init; }
    public required string ItemId { get; init; }
    public required DateTime DueUtc { get; init; }

    /// <summary>The refusal that met it when it was due; a row with one waits for an editor.</summary>
    public string? RefusalCode { get; set; }
}

/// <summary>Of which version of which item a translation was made.</summary>
internal sealed class TranslationRow
{
    public required string ItemId { get; init; }
    public required string SourceItemId { get; set; }
    public required string SourceVersionId { get; set; }
}

internal sealed class AuditRow
{
    public required string Id { get; init; }
    public required string ItemId { get; init; }
    public required string Type { get; init; }
    public required string DisplayText { get; init; }
    public required string Act { get; init; }
    public required string UserId { get; init; }
    public required string UserName { get; init; }
    public required DateTime AtUtc { get; init; }
    public string? BeforeVersionId { get; init; }
    public string? AfterVersionId { get; init; }
    public string? Comment { get; init; }

    /// <summary>A line about something that has no versions: a file, a webhook, a redirect, a recipe.</summary>
    public static AuditRow Of(ContentUser by, DateTime at, string act, string kind, string id, string text, string? comment = null) => new()
    {
        Id = ContentId.New(), ItemId = id, Type = kind, DisplayText = text, Act = act,
        UserId = by.Id, UserName = by.Name, AtUtc = at, Comment = comment,
    };
}

internal sealed class WebhookRow
{
    public required string Id { get; init; }
    public required string Url { get; set; }
    public required string Secret { get; set; }

    /// <summary>Type names divided by spaces; empty for all.</summary>
    public required string Types { get; set; }

    public required bool IsActive { get; set; }
    public required DateTime CreatedUtc { get; init; }
}

internal sealed class OutboxRow
{
    public required string Id { get; init; }
    public required string WebhookId { get; init; }
    public required string Event { get; init; }
    public required string ItemId { get; init; }
    public required string Payload { get; init; }
    public required DateTime CreatedUtc { get; init; }

    /// <summary>When it is to be tried next; null when it was delivered or given up.</summary>
    public DateTime? DueUtc { get; set; }

    public int Attempts { get; set; }
    public DateTime? DeliveredUtc { get; set; }
    public int? LastStatus { get; set; }
    public string? LastFailure { get; set; }
}

internal sealed class MediaRow
{
    public required string Id { get; init; }

    /// <summary>The path as it is shown and exported, with slashes between folders.</summary>
    public required string Path { get; set; }

    public required string PathNorm { get; set; }
    public required MediaKind Kind { get; set; }
    public required string ContentType { get; set; }
    public required long Size { get; set; }

    /// <summary>SHA-256 of the bytes, in hexadecimal: also the name of the file in storage.</summary>
    public required string Hash { get; set; }

    public int? Width { get; set; }
    public int? Height { get; set; }

    /// <summary>Alternative texts as a JSON object, language to text.</summary>
    public required string Alt { get; set; }

    public required bool IsDecorative { get; set; }
    public double? FocalX { get; set; }
    public double? FocalY { get; set; }
    public required string UploadedBy { get; init; }
    public required DateTime CreatedUtc { get; init; }
    public required DateTime ModifiedUtc { get; set; }
}

/// <summary>A type or part that came with a recipe and that no code describes.</summary>
internal sealed class DefinitionRow
{
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public required string Doc { get; set; }
    public required int Position { get; init; }
}

/// <summary>A recipe's step that the portal does not act on: kept, and exported again.</summary>
internal sealed class ParkedStepRow
{
    public required string Hash { get; init; }
    public required string Name { get; init; }
    public required string Doc { get; init; }
    public required int Position { get; init; }
}
