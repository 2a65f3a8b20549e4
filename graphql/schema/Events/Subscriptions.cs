using Metro.Content;
using Metro.Library.Catalog;
using Metro.Library.Programs;
using Metro.Portal.Schema.Content;

namespace Metro.Portal.Schema.Events;

/// <summary>What can be listened to. Everybody may: what is told is public.</summary>
[SubscriptionType]
internal static class Subscriptions
{
    /// <summary>The session, whenever its seats, its time or its state change, and the change holds.</summary>
    /// <param name="session">The session.</param>
    [Subscribe]
    [Topic("seats_{session}")]
    public static Task<Session?> SeatsLeftAsync([ID<Session>] long session, [EventMessage] SeatsChanged changed, IDataLoader<long, Session> sessions, CancellationToken stop) =>
        sessions.LoadAsync(changed.SessionId, stop);

    /// <summary>The book, whenever a copy of it is lent, returned, moved or claimed, or its queue changes.</summary>
    /// <param name="book">The book.</param>
    [Subscribe]
    [Topic("availability_{book}")]
    public static Task<Title?> CopyAvailabilityAsync([ID<Title>] long book, [EventMessage] AvailabilityChanged changed, IDataLoader<long, Title> books, CancellationToken stop) =>
        books.LoadAsync(changed.BookId, stop);

    /// <summary>Content, whenever some is published; null where it is withdrawn again before it can be read.</summary>
    /// <param name="type">Only content of this type; of every type where it is left out.</param>
    [Subscribe(With = nameof(ListenToContentAsync))]
    [GraphQLType("ContentItem")]
    public static async Task<object?> ContentPublishedAsync(
        [GraphQLType("ContentType")] string? type, [EventMessage] ContentPublished published, ContentReader reader, CancellationToken stop) =>
        await reader.FindAsync(published.ItemId, stop) is { } item && ContentObjectTypes.Offered.Any(offered => offered.Name == item.Type) ? new ContentEntry(item, false) : null;

    public static ValueTask<ISourceStream<ContentPublished>> ListenToContentAsync(string? type, ITopicEventReceiver topics, CancellationToken stop) =>
        topics.SubscribeAsync<ContentPublished>(ContentPublications.TopicOf(type), stop);
}
