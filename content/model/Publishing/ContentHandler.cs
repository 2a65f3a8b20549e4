using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>A change of one item, as handlers see it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Type">The name of its type.</param>
/// <param name="Content">The parts as they are about to be, or have been, stored; a handler before the change may alter them.</param>
/// <param name="By">Who acts.</param>
/// <param name="AtUtc">When.</param>
public sealed record ContentChange(string ItemId, string Type, JsonObject Content, ContentUser By, DateTime AtUtc);

/// <summary>
/// What else happens when content changes. As in Orchard, handlers before a change run in the order of
/// registration and those after it in reverse. Before: inside the transaction, possibly more than once, so
/// without effects elsewhere. After: once, when the change is committed; a fault there does not undo it.
/// </summary>
public abstract class ContentHandler
{
    /// <summary>A draft is about to be stored.</summary>
    public virtual ValueTask SavingAsync(ContentChange change, CancellationToken stop) => default;

    /// <summary>A version is about to be published.</summary>
    public virtual ValueTask PublishingAsync(ContentChange change, CancellationToken stop) => default;

    /// <summary>A version is now what the public sees.</summary>
    public virtual ValueTask PublishedAsync(ContentChange change, CancellationToken stop) => default;

    /// <summary>The public no longer sees the item.</summary>
    public virtual ValueTask UnpublishedAsync(ContentChange change, CancellationToken stop) => default;
}

/// <summary>A publication that took place needs no appointment any more.</summary>
internal sealed class PublishLaterIsDone : ContentHandler
{
    public override ValueTask PublishingAsync(ContentChange change, CancellationToken stop)
    {
        if (change.Content["PublishLaterPart"] is JsonObject part && part["ScheduledPublishUtc"] is not null) part["ScheduledPublishUtc"] = null;
        return default;
    }
}
