using Metro.Content;

namespace Metro.Portal.Schema.Events;

/// <summary>Editors, the schedule or an import have published something.</summary>
/// <param name="ItemId">The item's id.</param>
/// <param name="Type">The name of its content type.</param>
public sealed record ContentPublished(string ItemId, string Type);

/// <summary>Tells subscribers what is published, when the publication holds.</summary>
internal sealed class ContentPublications(ITopicEventSender topics) : ContentHandler
{
    /// <summary>The topic of a content type; of all content where none is named.</summary>
    public static string TopicOf(string? type) => type is null ? "contentPublished" : $"contentPublished_{type}";

    public override async ValueTask PublishedAsync(ContentChange change, CancellationToken stop)
    {
        var published = new ContentPublished(change.ItemId, change.Type);
        await topics.SendAsync(TopicOf(null), published, stop);
        await topics.SendAsync(TopicOf(change.Type), published, stop);
    }
}
