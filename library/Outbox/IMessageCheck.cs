namespace Metro.Library.Outbox;

/// <summary>
/// An area says whether what it wrote to somebody is still true just before it is sent (DOMAIN.md rule 14). A boundary: the
/// sender knows none of the areas.
/// </summary>
public interface IMessageCheck
{
    /// <summary>Whether messages of this kind are the area's.</summary>
    bool Knows(string kind);

    /// <summary>Whether the message still holds; one that does not is cancelled instead of sent.</summary>
    Task<bool> IsStillTrueAsync(LibraryDbContext db, OutboxMessage message, CancellationToken stop);
}
