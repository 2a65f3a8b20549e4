using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Metro.Content;

/// <summary>The order of a list; each is on an index, and ends with the item's id, so that pages never overlap.</summary>
public enum ContentOrder
{
    /// <summary>The soonest beginning first: an agenda. What has no date comes last.</summary>
    Starts,

    /// <summary>The latest beginning first: what has been.</summary>
    StartsDescending,

    /// <summary>The soonest end first: what is still on.</summary>
    Ends,

    /// <summary>The newest publication first: news. A later correction does not count.</summary>
    Newest,

    /// <summary>By title.</summary>
    Title,
}

/// <summary>How a declared field is compared.</summary>
public enum FieldComparison
{
    /// <summary>It is the value, exactly.</summary>
    Equal,

    /// <summary>It is the value or greater, or later.</summary>
    AtLeast,

    /// <summary>It is the value or less, or earlier.</summary>
    AtMost,
}

/// <summary>A condition on a declared field.</summary>
/// <param name="Field">The field's name; declared with <see cref="FieldDef.Indexed"/>.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Value">A string, a number, a bool or a UTC DateTime, as the field's kind has it; or a list of strings, of which it is one.</param>
public sealed record FieldCondition(string Field, FieldComparison Comparison, object Value);

/// <summary>A list of published content: which, in what order, and from where on. All conditions hold together.</summary>
/// <param name="Culture">The language of the reader. Items of no language are listed in each.</param>
/// <param name="Types">The names of the content types, one to eight.</param>
public sealed record ContentQuery(string Culture, params IReadOnlyList<string> Types)
{
    /// <summary>The most items of a page.</summary>
    public const int MaxPageSize = 100;

    /// <summary>Only what begins then or later, in UTC.</summary>
    public DateTime? StartsFrom { get; init; }

    /// <summary>Only what begins before, in UTC.</summary>
    public DateTime? StartsBefore { get; init; }

    /// <summary>Only what is not over by then, in UTC. With <see cref="ContentOrder.Ends"/> on an index.</summary>
    public DateTime? EndsAfter { get; init; }

    /// <summary>The ids of terms; the item is sorted under each of them, or under a term below it.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Conditions on declared fields.</summary>
    public IReadOnlyList<FieldCondition> Where { get; init; } = [];

    /// <summary>Whether items that lack a translation are listed too, marked as such.</summary>
    public bool WithFallback { get; init; } = true;

    /// <summary>The order.</summary>
    public ContentOrder Order { get; init; } = ContentOrder.Newest;

    /// <summary>How many items, 1 to 100.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>Where the page before ended; null for the first page.</summary>
    public ContentCursor? After { get; init; }
}

/// <summary>A place in a list: opaque to clients, of one order.</summary>
public sealed record ContentCursor
{
    internal ContentCursor(ContentOrder order, DateTime instant, string text, string itemId) =>
        (Order, Instant, Text, ItemId) = (order, instant, text, itemId);

    internal ContentOrder Order { get; }

    internal DateTime Instant { get; }

    internal string Text { get; }

    internal string ItemId { get; }

    /// <summary>The place that a client sent back; null when it is none of ours.</summary>
    public static ContentCursor? TryParse(string? sent)
    {
        if (string.IsNullOrEmpty(sent) || sent.Length > 2_000 || !Base64Url.IsValid(sent)) return null;

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(sent)).Split('\n');
        return parts.Length == 4 && Enum.TryParse<ContentOrder>(parts[0], out var order) && Enum.IsDefined(order) && ContentId.IsValid(parts[3])
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new ContentCursor(order, new DateTime(ticks, DateTimeKind.Utc), parts[2], parts[3])
            : null;
    }

    /// <summary>The text for clients.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Order}\n{Instant.Ticks}\n{Text.ReplaceLineEndings(" ")}\n{ItemId}")));
}

/// <summary>An item as it is offered to a reader of some language.</summary>
/// <param name="Item">The item, in its own language.</param>
/// <param name="IsFallback">Whether it stands in for a translation that is not published: to be marked with its own language.</param>
public sealed record OfferedItem(ContentItem Item, bool IsFallback)
{
    /// <summary>Its place in the list from which it came; null when it came from none.</summary>
    public ContentCursor? Cursor { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The items, in order.</param>
/// <param name="HasMore">Whether there are more after them.</param>
public sealed record ContentPage(IReadOnlyList<OfferedItem> Items, bool HasMore);

/// <summary>What an address leads to: an item, a term inside one, or somewhere else.</summary>
/// <param name="Item">The item; null for a redirect.</param>
/// <param name="ContainedItemId">The contained item that the address shows, such as a term; null for the item itself.</param>
/// <param name="RedirectTo">Where the address moved, with a slash in front or a scheme; null when it did not.</param>
public sealed record RouteAnswer(ContentItem? Item, string? ContainedItemId, string? RedirectTo);
