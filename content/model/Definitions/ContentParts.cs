namespace Metro.Content;

/// <summary>What one property of a part holds.</summary>
public enum PartValueKind
{
    /// <summary>A text or null.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number or null.</summary>
    Number,

    /// <summary>An instant in UTC, or null.</summary>
    Instant,

    /// <summary>Content items, each with its own type and parts.</summary>
    Items,

    /// <summary>Any array or object: kept as it is.</summary>
    Json,
}

/// <summary>A property of a part's JSON object.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Kind">What it holds.</param>
public sealed record PartProperty(string Name, PartValueKind Kind = PartValueKind.Text);

/// <summary>A stock part of Orchard Core: its name and the properties that Orchard writes.</summary>
public abstract class ContentPart(params IReadOnlyList<PartProperty> properties)
{
    /// <summary>The part's name, as in Orchard.</summary>
    public string Name => GetType().Name;

    /// <summary>The properties of its JSON object.</summary>
    public IReadOnlyList<PartProperty> Properties => properties;
}

/// <summary>The title: also what the item is called in lists.</summary>
public sealed class TitlePart() : ContentPart(new PartProperty("Title"));

/// <summary>A name by which code finds the item, unique among all.</summary>
public sealed class AliasPart() : ContentPart(new PartProperty("Alias"));

/// <summary>A body in HTML.</summary>
public sealed class HtmlBodyPart() : ContentPart(new PartProperty("Html"));

/// <summary>A body in Markdown.</summary>
public sealed class MarkdownBodyPart() : ContentPart(new PartProperty("Markdown"));

/// <summary>The item's address in the portal, made from a pattern when the editor gives none.</summary>
public sealed class AutoroutePart() : ContentPart(
    new("Path"), new("SetHomepage", PartValueKind.Boolean), new("Disabled", PartValueKind.Boolean),
    new("RouteContainedItems", PartValueKind.Boolean), new("Absolute", PartValueKind.Boolean));

/// <summary>The item's language, and the set that joins it to its translations.</summary>
public sealed class LocalizationPart() : ContentPart(new PartProperty("LocalizationSet"), new PartProperty("Culture"));

/// <summary>When the latest version is to be published.</summary>
public sealed class PublishLaterPart() : ContentPart(new PartProperty("ScheduledPublishUtc", PartValueKind.Instant));

/// <summary>When the published version is to be withdrawn.</summary>
public sealed class ArchiveLaterPart() : ContentPart(new PartProperty("ScheduledArchiveUtc", PartValueKind.Instant));

/// <summary>Content items inside the item, under a name of its own.</summary>
public sealed class BagPart() : ContentPart(new PartProperty("ContentItems", PartValueKind.Items));

/// <summary>Widgets in order, each with its alignment and size.</summary>
public sealed class FlowPart() : ContentPart(new PartProperty("Widgets", PartValueKind.Items));

/// <summary>The terms of a taxonomy.</summary>
public sealed class TaxonomyPart() : ContentPart(new PartProperty("TermContentType"), new PartProperty("Terms", PartValueKind.Items));

/// <summary>The taxonomy to which a term belongs.</summary>
public sealed class TermPart() : ContentPart(new PartProperty("TaxonomyContentItemId"));

/// <summary>Marks a menu.</summary>
public sealed class MenuPart : ContentPart;

/// <summary>The entries of a menu, or below an entry.</summary>
public sealed class MenuItemsListPart() : ContentPart(new PartProperty("MenuItems", PartValueKind.Items));

/// <summary>Where an entry of a menu leads.</summary>
public sealed class LinkMenuItemPart() : ContentPart(new PartProperty("Name"), new PartProperty("Url"), new PartProperty("Target"));

/// <summary>The page of a site's search results and cards in social media.</summary>
public sealed class SeoMetaPart() : ContentPart(
    new("PageTitle"), new("Render", PartValueKind.Boolean), new("MetaDescription"), new("MetaKeywords"), new("Canonical"),
    new("MetaRobots"), new("CustomMetaTags", PartValueKind.Json), new("DefaultSocialImage", PartValueKind.Json),
    new("OpenGraphImage", PartValueKind.Json), new("OpenGraphType"), new("OpenGraphTitle"), new("OpenGraphDescription"),
    new("TwitterImage", PartValueKind.Json), new("TwitterTitle"), new("TwitterDescription"), new("TwitterCard"),
    new("TwitterCreator"), new("TwitterSite"), new("GoogleSchema"));

/// <summary>A part as one content type uses it.</summary>
public sealed class PartUse
{
    internal PartUse(ContentPart part, string name) => (Part, Name) = (part, name);

    /// <summary>The stock part.</summary>
    public ContentPart Part { get; }

    /// <summary>The key of its object in the item's JSON; differs from the part's name for a named bag.</summary>
    public string Name { get; }

    /// <summary>What a stored definition calls the part here, the same in every language; null where it bears its own name.</summary>
    public string? OwnLabel { get; internal init; }

    /// <summary>How the path is made when the editor gives none: <c>{culture}</c> and <c>{slug}</c>; null for other parts.</summary>
    public string? Pattern { get; internal init; }

    /// <summary>Whether publishing refuses the part's text empty: a title, a body, an alias.</summary>
    public bool IsRequired { get; internal init; }

    /// <summary>The content types that may be inside; empty when any may.</summary>
    public IReadOnlyList<string> ContainedTypes { get; internal init; } = [];
}
