using Metro.Content;

namespace Metro.Portal.Schema.Content;

/// <summary>A published content item as a query reads it: in the reader's language, or in the one that stands in for it.</summary>
/// <param name="Item">The item.</param>
/// <param name="IsFallback">Whether it is in another language than was asked for.</param>
internal sealed record ContentEntry(ContentItem Item, bool IsFallback)
{
    public static ContentEntry Of(OfferedItem offered) => new(offered.Item, offered.IsFallback);
}

/// <summary>A page of content.</summary>
/// <param name="Entries">The items in order.</param>
/// <param name="HasNextPage">Whether more follow.</param>
/// <param name="EndCursor">What to ask for the next page with; null on an empty page.</param>
internal sealed record ContentList(IReadOnlyList<ContentEntry> Entries, bool HasNextPage, string? EndCursor);
